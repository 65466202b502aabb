"""What a person clicks, as the payloads that Slack sends for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.playground.bridge import Ack, Bridge, NoAnswer
from bot.playground.limits import find_problems
from bot.playground.lookups import (
    Payload,
    UserAction,
    find_channel,
    find_message,
    find_view,
)
from bot.playground.records import TEAM_ID, VIEW_STACK, Message, View
from bot.playground.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


def click(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """A button or select, in a message, on the Home tab or in a modal."""
    user_id = user_action["user"]
    payload = _interaction(workspace, "block_actions", user_id)
    payload["actions"] = [{"action_ts": workspace.new_ts(), **user_action["action"]}]
    if user_action.get("view"):
        view = find_view(workspace, user_action)
        payload |= {"view": _with_values(view, user_action),
                    "container": {"type": "view", "view_id": view["id"]}}  # fmt: skip
    else:
        payload |= _about(workspace, find_message(workspace, user_action), user_id)
    _need_answer(bridge.interaction(workspace, payload))


def explain(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """The message shortcut "Explain terms"."""
    _use_shortcut(workspace, bridge, user_action, "explain_terms")


def save(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """The message shortcut "Save as term"."""
    _use_shortcut(workspace, bridge, user_action, "save_as_term")


def _use_shortcut(
    workspace: Workspace, bridge: Bridge, user_action: UserAction, callback_id: str
) -> None:
    message = find_message(workspace, user_action)
    payload = _interaction(workspace, "message_action", user_action["user"])
    payload |= _about(workspace, message, user_action["user"])
    payload |= {"callback_id": callback_id, "message_ts": message["ts"]}
    _need_answer(bridge.interaction(workspace, payload))


def submit(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """Submit a modal; the answer may hold errors, another view, or close it."""
    view = find_view(workspace, user_action)
    payload = _interaction(workspace, "view_submission", user_action["user"])
    payload["view"] = _with_values(view, user_action)
    payload["response_urls"] = list(_form_urls(workspace, view, user_action))
    ack = bridge.interaction(workspace, payload)
    with workspace.lock:
        _follow(workspace, workspace.modals.get(user_action["user"], []), view["id"], ack)
        workspace.touch()


def _form_urls(workspace: Workspace, view: View, user_action: UserAction) -> Iterator[Payload]:
    """An address for each conversation that was chosen in a field that asks for one."""
    for block in view["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        name, action_id = block["block_id"], element["action_id"]
        entered = ((user_action.get("values") or {}).get(name) or {}).get(action_id) or {}
        if chosen := entered.get("selected_conversation"):
            channel = find_channel(workspace, {**user_action, "channel": chosen})
            url = workspace.new_response_url(channel.id, user_action["user"])
            yield {"block_id": name, "action_id": action_id, "channel_id": channel.id,
                   "response_url": url}  # fmt: skip


def _follow(workspace: Workspace, stack: list[View], view_id: str, ack: Ack) -> None:
    """What the bot's answer does to the view, unless that was closed meanwhile."""
    place = next((n for n, view in enumerate(stack) if view["id"] == view_id), None)
    if place is None:
        return
    action, new = ack.body.get("response_action"), ack.body.get("view")
    shows = action in ("update", "push")
    pushes_too_far = action == "push" and len(stack) >= VIEW_STACK
    if ack.error or pushes_too_far or (shows and find_problems(new or {}, "modal")):
        stack[place] = {**stack[place], "errors": {}, "trouble": TROUBLE}
    elif action == "errors":
        stack[place] = {**stack[place], "errors": ack.body.get("errors") or {}, "trouble": ""}
    elif action == "update":
        stack[place] = workspace.keep_view(new or {}, view_id)
    elif action == "push":
        stack.append(workspace.keep_view(new or {}))
    elif action == "clear":
        stack.clear()
    else:
        del stack[place]


def close(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """The topmost modal, or with `all` the whole stack."""
    with workspace.lock:
        stack = workspace.modals.get(user_action["user"], [])
        del stack[0 if user_action.get("all") else -1 :]
        workspace.touch()


def open_home(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    user_id = user_action["user"]
    event: Payload = {"type": "app_home_opened", "user": user_id, "tab": "home",
                      "channel": f"D{user_id}"}  # fmt: skip
    if home := workspace.homes.get(user_id):
        event["view"] = home
    bridge.event(workspace, event)


def _need_answer(ack: Ack) -> None:
    if ack.error:
        raise NoAnswer(f"{TROUBLE} ({ack.error})")


def _with_values(view: View, user_action: UserAction) -> dict[str, Any]:
    return {**view, "state": {"values": user_action.get("values") or {}}}


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
