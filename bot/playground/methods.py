"""The Web API methods that the bot calls, with Slack's errors. A method returns its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.limits import find_problems
from bot.playground.workspace import (
    BOT_ID,
    BOT_NAME,
    BOT_USER_ID,
    TEAM_ID,
    VIEW_STACK,
    Channel,
    Message,
    View,
    Workspace,
)

MAX_TEXT = 40_000
UPDATE_TEXT = 4_000
Params = dict[str, Any]
Answer = dict[str, Any]


class ApiError(Exception):
    """An answer with ok: false; `code` is Slack's."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


def call(workspace: Workspace, method: str, params: Params) -> Answer:
    """The answer's body to one call."""
    handler = METHODS.get(method)
    if handler is None:
        return {"ok": False, "error": "unknown_method"}
    try:
        with workspace.lock:
            return {"ok": True, **handler(workspace, params)}
    except ApiError as error:
        return {"ok": False, "error": error.code, **error.more}


def _auth_test(workspace: Workspace, params: Params) -> Answer:
    return {"url": "http://127.0.0.1/", "team": "Local", "team_id": TEAM_ID, "user": BOT_NAME,
            "user_id": BOT_USER_ID, "bot_id": BOT_ID}  # fmt: skip


def _users_info(workspace: Workspace, params: Params) -> Answer:
    user = workspace.users.get(str(params.get("user")))
    if user is None:
        raise ApiError("user_not_found")
    found: Params = {
        "id": user.id, "team_id": TEAM_ID, "name": user.name, "real_name": user.name,
        "deleted": False, "tz": user.tz, "is_bot": False, "is_admin": user.is_admin,
        "is_owner": user.is_admin,
    }  # fmt: skip
    if str(params.get("include_locale", "")).lower() in ("true", "1"):
        found["locale"] = user.locale
    return {"user": found}


def _post_message(workspace: Workspace, params: Params) -> Answer:
    channel = _channel(workspace, params, member=True)
    _check_text(params)
    metadata = params.get("metadata")
    message: Message = {
        "channel": channel.id, "user": BOT_USER_ID, "bot": True, "text": params.get("text", ""),
        "blocks": params.get("blocks") or [], "thread_ts": params.get("thread_ts"),
    }  # fmt: skip
    if metadata is not None:
        if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
            raise ApiError("invalid_metadata_format")
        message["metadata"] = metadata
    workspace.add(message)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def _post_ephemeral(workspace: Workspace, params: Params) -> Answer:
    channel = _channel(workspace, params, member=True)
    user_id = str(params.get("user"))
    if user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    _check_text(params)
    message = workspace.add({
        "channel": channel.id, "user": BOT_USER_ID, "bot": True, "only_for": user_id,
        "text": params.get("text", ""), "blocks": params.get("blocks") or [],
        "thread_ts": params.get("thread_ts"),
    })  # fmt: skip
    return {"message_ts": message["ts"]}


def _update(workspace: Workspace, params: Params) -> Answer:
    channel = _channel(workspace, params)
    message = workspace.find(channel.id, str(params.get("ts")))
    if message is None or message.get("only_for"):
        raise ApiError("message_not_found")
    if not message.get("bot"):
        raise ApiError("cant_update_message")
    _check_text(params)
    if len(str(params.get("text", ""))) > UPDATE_TEXT:
        raise ApiError("msg_too_long")
    message |= {
        "text": params.get("text", ""),
        "blocks": params.get("blocks") or [],
        "edited": True,
    }
    workspace.touch()
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"]}


def _delete(workspace: Workspace, params: Params) -> Answer:
    channel = _channel(workspace, params)
    message = workspace.find(channel.id, str(params.get("ts")))
    if message is None:
        raise ApiError("message_not_found")
    workspace.remove(message)
    return {"channel": channel.id, "ts": message["ts"]}


def _permalink(workspace: Workspace, params: Params) -> Answer:
    channel = _channel(workspace, params)
    ts = str(params.get("message_ts"))
    if workspace.find(channel.id, ts) is None:
        raise ApiError("message_not_found")
    return {"channel": channel.id, "permalink": f"http://127.0.0.1/#{channel.id}/{ts}"}


def _open_view(workspace: Workspace, params: Params) -> Answer:
    return _show_view(workspace, params, [])


def _push_view(workspace: Workspace, params: Params) -> Answer:
    user_id, _ = workspace.triggers.get(str(params.get("trigger_id")), ("", None))
    stack = workspace.modals.get(user_id, [])
    if len(stack) >= VIEW_STACK:
        raise ApiError("push_limit_reached")
    return _show_view(workspace, params, stack)


def _show_view(workspace: Workspace, params: Params, below: list[View]) -> Answer:
    view = _view(params, "modal")
    user_id, error = workspace.take_trigger(str(params.get("trigger_id")))
    if error:
        raise ApiError(error)
    view = _kept(workspace, view)
    workspace.modals[user_id] = [*below, view]
    workspace.touch()
    return {"view": view}


def _update_view(workspace: Workspace, params: Params) -> Answer:
    new = _view(params, "modal")
    for stack in workspace.modals.values():
        for place, view in enumerate(stack):
            if view["id"] == params.get("view_id"):
                if params.get("hash") not in (None, view["hash"]):
                    raise ApiError("hash_conflict")
                stack[place] = {**_kept(workspace, new), "id": view["id"]}
                workspace.touch()
                return {"view": stack[place]}
    raise ApiError("not_found")


def _publish_view(workspace: Workspace, params: Params) -> Answer:
    view = _view(params, "home")
    user_id = str(params.get("user_id"))
    if user_id not in workspace.users:
        raise ApiError("user_not_found")
    old = workspace.homes.get(user_id)
    if old and params.get("hash") not in (None, old["hash"]):
        raise ApiError("hash_conflict")
    workspace.homes[user_id] = _kept(workspace, view)
    workspace.touch()
    return {"view": workspace.homes[user_id]}


def _history(workspace: Workspace, params: Params) -> Answer:
    raise ApiError("missing_scope", needed="channels:history", provided="chat:write")


def _conversations_info(workspace: Workspace, params: Params) -> Answer:
    channel = _channel(workspace, params, archived=True)
    return {
        "channel": {
            "id": channel.id, "name": channel.name, "is_archived": channel.is_archived,
            "is_im": bool(channel.im_of), "is_member": BOT_USER_ID in channel.members,
        }
    }  # fmt: skip


def _conversations_open(workspace: Workspace, params: Params) -> Answer:
    user_id = str(params.get("users"))
    if user_id not in workspace.users:
        raise ApiError("user_not_found")
    return {"channel": {"id": f"D{user_id}"}}


def _channel(
    workspace: Workspace, params: Params, *, member: bool = False, archived: bool = False
) -> Channel:
    """The channel of a call; a user's id means their direct messages."""
    wanted = str(params.get("channel"))
    channel = workspace.channels.get(f"D{wanted}" if wanted in workspace.users else wanted)
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.is_archived and not archived:
        raise ApiError("is_archived")
    if member and BOT_USER_ID not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def _check_text(params: Params) -> None:
    """Refuse what Slack refuses in a message."""
    blocks = params.get("blocks") or []
    text = str(params.get("text") or "")
    if not text and not blocks:
        raise ApiError("no_text")
    if len(text) > MAX_TEXT:
        raise ApiError("msg_too_long")
    if blocks and (problems := find_problems({"text": "-", "blocks": blocks}, "message")):
        raise ApiError("invalid_blocks", response_metadata={"messages": problems[:5]})


def _view(params: Params, surface: str) -> View:
    view = params.get("view")
    if not isinstance(view, dict) or view.get("type") != surface:
        raise ApiError("invalid_arguments")
    if problems := find_problems(view, surface):
        raise ApiError("invalid_arguments", response_metadata={"messages": problems[:5]})
    return dict(view)


def _kept(workspace: Workspace, view: View) -> View:
    number = workspace.number()
    return {**view, "id": f"V{number}", "hash": f"{number}.hash", "team_id": TEAM_ID}


def _api_test(workspace: Workspace, params: Params) -> Answer:
    return {}  # the Date header is what is asked for


METHODS: Mapping[str, Callable[[Workspace, Params], Answer]] = {
    "api.test": _api_test,
    "auth.test": _auth_test,
    "users.info": _users_info,
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
    "chat.getPermalink": _permalink,
    "views.open": _open_view,
    "views.push": _push_view,
    "views.update": _update_view,
    "views.publish": _publish_view,
    "conversations.history": _history,
    "conversations.info": _conversations_info,
    "conversations.open": _conversations_open,
}
