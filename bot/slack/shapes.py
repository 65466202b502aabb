"""The shapes of what Slack sends, as far as Bolt and the listeners read them.

Both read without looking: a list where an object belongs would end in a traceback. What stands
under a key that is not named here may have any shape.
"""

from __future__ import annotations

from typing import Any

TEXT = "a text"
URL = "a web address"
FLAGS = "a list"

Shape = Any  # TEXT, a dict of shapes by key, a list of one shape, or a tuple of alternatives
OPTION = {"value": TEXT}
PLACE = {"id": TEXT, "name": TEXT}
PERSON = {"id": TEXT, "team_id": TEXT, "tz": TEXT, "locale": TEXT}
ELEMENT = {
    "value": TEXT,
    "selected_option": OPTION,
    "selected_options": [OPTION],
    "selected_user": TEXT,
    "selected_date": TEXT,
    "selected_time": TEXT,
    "selected_conversation": TEXT,
    "selected_channel": TEXT,
    "rich_text_value": {},
}
EACH = ""  # the key of a dict whose values all have one shape
MESSAGE = {  # its blocks, attachments and files may be odd: answers/message_text.py looks
    "text": TEXT,
    "ts": TEXT,
    "thread_ts": TEXT,
    "user": TEXT,
}
VIEW = {
    "id": TEXT,
    "type": TEXT,
    "callback_id": TEXT,
    "private_metadata": TEXT,
    "hash": TEXT,
    "team_id": TEXT,
    "app_installed_team_id": TEXT,
    "blocks": [{"block_id": TEXT, "type": TEXT}],
    "state": {"values": {EACH: {EACH: ELEMENT}}},
}
EVENT = {
    "type": TEXT,
    "subtype": TEXT,
    "text": TEXT,
    "ts": TEXT,
    "thread_ts": TEXT,
    "channel": (TEXT, PLACE),
    "channel_type": TEXT,
    "user": (TEXT, PERSON),
    "team": TEXT,
    "user_team": TEXT,
    "bot_id": TEXT,
    "tab": TEXT,
    "old_channel_id": TEXT,
    "new_channel_id": TEXT,
    "tokens": {"bot": FLAGS},
    "message": MESSAGE,
    "previous_message": MESSAGE,
    "blocks": [{}],
    "attachments": [{}],
    "files": [{}],
    "view": {},
}
PAYLOAD = {
    "type": TEXT,
    "team_id": TEXT,
    "event_id": TEXT,
    "user_id": TEXT,
    "channel_id": TEXT,
    "text": TEXT,
    "command": TEXT,
    "response_url": URL,
    "trigger_id": TEXT,
    "callback_id": TEXT,
    "enterprise_id": TEXT,
    "challenge": TEXT,
    "team": {"id": TEXT, "enterprise_id": TEXT},
    "enterprise": {"id": TEXT},
    "user": PERSON,
    "channel": PLACE,
    "authorizations": [{"team_id": TEXT, "enterprise_id": TEXT}],
    "actions": [
        {"action_id": TEXT, "block_id": TEXT, "value": TEXT, "selected_option": OPTION,
         "selected_conversation": TEXT}
    ],
    "container": {"type": TEXT, "message_ts": TEXT, "thread_ts": TEXT, "channel_id": TEXT},
    "message": MESSAGE,
    "view": VIEW,
    "event": EVENT,
    "response_urls": [{"response_url": URL}],
}  # fmt: skip
MAX_DEPTH = 60  # Slack's own payloads stay below 20


def find_fault(payload: dict[str, Any]) -> str:
    """Where the payload has another shape, "" if nowhere. What is null counts as left out."""
    if _is_deeper(payload, MAX_DEPTH):
        return "nesting"
    if payload.get("actions") == []:
        return "actions"
    if fault := _find_fault(payload, PAYLOAD, ""):
        return fault
    named = all(action and "action_id" in action for action in payload.get("actions") or ())
    return "" if named else "actions"  # Bolt asks each for its id


def clean(value: Any) -> Any:
    """Without what no database or connection takes: NUL characters and halves of a surrogate."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    if isinstance(value, list):
        return [clean(part) for part in value]
    if isinstance(value, dict):
        return {clean(key): clean(part) for key, part in value.items()}
    return value


def _find_fault(value: Any, shape: Shape, path: str) -> str:
    if value is None:
        return ""
    if isinstance(shape, tuple):
        faults = [_find_fault(value, one, path) for one in shape]
        return "" if "" in faults else path
    if shape == TEXT:
        return "" if isinstance(value, str) else path
    if shape == URL:
        return "" if value == "" or str(value).startswith(("https://", "http://")) else path
    if shape == FLAGS:
        return "" if isinstance(value, (list, bool)) else path
    if isinstance(shape, list):
        if not isinstance(value, list):
            return path
        return next(filter(None, (_find_item_fault(one, shape[0], path) for one in value)), "")
    if not isinstance(value, dict):
        return path
    keys = value.keys() if EACH in shape else shape.keys() & value.keys()
    found = (
        _find_fault(value[key], shape.get(EACH) or shape[key], f"{path}.{key}") for key in keys
    )
    return next(filter(None, found), "")


def _find_item_fault(item: Any, shape: Shape, path: str) -> str:
    return path if item is None else _find_fault(item, shape, f"{path}[]")


def _is_deeper(value: Any, depth: int) -> bool:
    if depth == 0:
        return True
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(_is_deeper(part, depth - 1) for part in parts)
