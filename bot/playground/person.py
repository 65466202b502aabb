"""What a person does in the page, as the payloads that Slack would send for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.playground.bridge import Bridge
from bot.playground.records import BOT_NAME, BOT_USER_ID, TEAM_ID, Message
from bot.playground.workspace import Workspace

COMMAND = re.compile(r"/llm-startup(?:\s+(.*))?", re.DOTALL)
MENTION = re.compile(rf"@{BOT_NAME}\b")
NO_SUCH_COMMAND = "{command} is not a valid command. A message that starts with / is a command."
NO_COMMANDS_IN_THREADS = "{command} is not supported in threads. Mention @llm-startup there."
Deed = dict[str, Any]
Payload = dict[str, Any]


def act(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    """Carry out one deed of the page. Raises KeyError for one that names what is not there."""
    DEEDS[deed["kind"]](workspace, bridge, deed)


def _say(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    """Type a line: a slash command, a mention, or only a message."""
    text, user_id, channel_id = str(deed["text"]), deed["user"], deed["channel"]
    thread_ts = deed.get("thread_ts")
    if text.startswith("/"):
        found = COMMAND.fullmatch(text)
        if found and not thread_ts:
            _command(workspace, bridge, user_id, channel_id, found[1] or "")
        else:
            said = NO_COMMANDS_IN_THREADS if found else NO_SUCH_COMMAND
            _refuse(workspace, deed, said.format(command=text.split(maxsplit=1)[0]))
        return
    message: Message = {"channel": channel_id, "user": user_id, "text": text, "blocks": [],
                        "thread_ts": thread_ts}  # fmt: skip
    workspace.add(message)
    event: Payload = {
        "user": user_id, "ts": message["ts"], "channel": channel_id,
        "text": MENTION.sub(f"<@{BOT_USER_ID}>", escape(text)),
    }  # fmt: skip
    if thread_ts:
        event["thread_ts"] = thread_ts
    if workspace.channels[channel_id].im_of:
        bridge.event(workspace, {"type": "message", "channel_type": "im", **event})
    elif MENTION.search(text):
        bridge.event(workspace, {"type": "app_mention", **event})


def _refuse(workspace: Workspace, deed: Deed, said: str) -> None:
    """What Slack itself tells the person alone."""
    workspace.add({
        "channel": deed["channel"], "user": "Slackbot", "text": said, "blocks": [],
        "only_for": deed["user"], "thread_ts": deed.get("thread_ts"),
    })  # fmt: skip


def _command(
    workspace: Workspace, bridge: Bridge, user_id: str, channel_id: str, text: str
) -> None:
    answer = bridge.form(workspace, {
        "command": "/llm-startup", "text": text, "user_id": user_id,
        "user_name": workspace.users[user_id].name, "channel_id": channel_id,
        "channel_name": workspace.channels[channel_id].name, "team_id": TEAM_ID,
        "team_domain": "local", "api_app_id": "ALOCAL", "is_enterprise_install": "false",
        "trigger_id": workspace.new_trigger(user_id),
        "response_url": workspace.new_response_url(channel_id, user_id),
    })  # fmt: skip
    if answer:
        only_for = None if answer.get("response_type") == "in_channel" else user_id
        workspace.add({
            "channel": channel_id, "user": BOT_USER_ID, "bot": True, "only_for": only_for,
            "text": answer.get("text", ""), "blocks": answer.get("blocks") or [], "command": text,
        })  # fmt: skip


def _click(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    """A button or select, in a message, on the Home tab or in a modal."""
    user_id = deed["user"]
    payload = _interaction(workspace, "block_actions", user_id)
    payload["actions"] = [{"action_ts": workspace.new_ts(), **deed["action"]}]
    if deed.get("view"):
        view = _view(workspace, user_id, deed["view"])
        payload |= {"view": {**view, "state": {"values": deed.get("values") or {}}},
                    "container": {"type": "view", "view_id": view["id"]}}  # fmt: skip
    else:
        message = workspace.find(deed["channel"], deed["ts"])
        if message is None:
            raise KeyError(deed["ts"])
        payload |= _about(workspace, message, user_id)
    bridge.interaction(workspace, payload)


def _submit(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    """Submit a modal; the answer may hold errors, another view, or close it."""
    user_id = deed["user"]
    view = _view(workspace, user_id, deed["view"])
    payload = _interaction(workspace, "view_submission", user_id)
    payload["view"] = {**view, "state": {"values": deed.get("values") or {}}}
    answer = bridge.interaction(workspace, payload) or {}
    stack = workspace.modals.get(user_id, [])
    match answer.get("response_action"):
        case "errors":
            view["errors"] = answer["errors"]
        case "update":
            stack[stack.index(view)] = workspace.keep_view(answer["view"], view["id"])
        case "push":
            stack.append(workspace.keep_view(answer["view"]))
        case "clear":
            stack.clear()
        case _:
            stack.remove(view)
    workspace.touch()


def _close(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    stack = workspace.modals.get(deed["user"], [])
    if stack:
        stack.pop()
    workspace.touch()


def _explain(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    """The message shortcut."""
    message = workspace.find(deed["channel"], deed["ts"])
    if message is None:
        raise KeyError(deed["ts"])
    payload = _interaction(workspace, "message_action", deed["user"])
    payload |= _about(workspace, message, deed["user"])
    payload |= {"callback_id": "explain_terms", "message_ts": message["ts"]}
    bridge.interaction(workspace, payload)


def _open_home(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    user_id = deed["user"]
    event: Payload = {"type": "app_home_opened", "user": user_id, "tab": "home",
                      "channel": f"D{user_id}"}  # fmt: skip
    if home := workspace.homes.get(user_id):
        event["view"] = home
    bridge.event(workspace, event)


def _interaction(workspace: Workspace, kind: str, user_id: str) -> Payload:
    return {
        "type": kind, "team": {"id": TEAM_ID, "domain": "local"}, "api_app_id": "ALOCAL",
        "user": {"id": user_id, "username": user_id, "team_id": TEAM_ID},
        "trigger_id": workspace.new_trigger(user_id),
    }  # fmt: skip


def _about(workspace: Workspace, message: Message, user_id: str) -> Payload:
    """The parts of a payload that say which message it is about, and where to answer."""
    channel = workspace.channels[message["channel"]]
    container: Payload = {
        "type": "message", "message_ts": message["ts"], "channel_id": channel.id,
        "is_ephemeral": bool(message.get("only_for")),
    }  # fmt: skip
    if message.get("thread_ts"):
        container["thread_ts"] = message["thread_ts"]
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel.name},
        "message": {k: v for k, v in message.items() if v is not None},
        "response_url": workspace.new_response_url(channel.id, user_id, message["ts"]),
    }


def _view(workspace: Workspace, user_id: str, view_id: str) -> dict[str, Any]:
    views = [*workspace.modals.get(user_id, []), workspace.homes.get(user_id) or {}]
    return next(view for view in views if view.get("id") == view_id)


def escape(text: str) -> str:
    """As Slack sends what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


DEEDS: Mapping[str, Callable[[Workspace, Bridge, Deed], None]] = {
    "say": _say,
    "click": _click,
    "submit": _submit,
    "close": _close,
    "explain": _explain,
    "home": _open_home,
}
