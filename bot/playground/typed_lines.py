"""What a person types: a slash command, a mention, or only a message."""

from __future__ import annotations

import re

from bot.playground.bridge import Bridge
from bot.playground.lookups import Payload, UserAction, find_channel, find_message
from bot.playground.records import BOT_NAME, BOT_USER_ID, TEAM_ID, Channel, Message
from bot.playground.workspace import Workspace

COMMAND = re.compile(r"/llm-startup(?:\s+(.*))?", re.DOTALL)
MENTION = re.compile(rf"@{BOT_NAME}\b")
NO_SUCH_COMMAND = "{command} is not a valid command. A message that starts with / is a command."
NO_COMMANDS_IN_THREADS = "{command} is not supported in threads. Mention @llm-startup there."
FAILED = '{command} failed with the error "{error}".'


def say(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """Type a line."""
    channel, text = find_channel(workspace, user_action), user_action["text"]
    if not isinstance(text, str):
        raise TypeError("text should be a string")
    if user_action.get("thread_ts"):
        find_message(workspace, user_action, "thread_ts")
    if not text.startswith("/"):
        _post(workspace, bridge, channel, user_action)
        return
    found = COMMAND.fullmatch(text)
    if found and not user_action.get("thread_ts"):
        _command(workspace, bridge, channel, user_action, found[1] or "")
    else:
        said = NO_COMMANDS_IN_THREADS if found else NO_SUCH_COMMAND
        _tell(workspace, user_action, said.format(command=text.split(maxsplit=1)[0]))


def _post(workspace: Workspace, bridge: Bridge, channel: Channel, user_action: UserAction) -> None:
    text, user_id, thread_ts = (
        user_action["text"],
        user_action["user"],
        user_action.get("thread_ts"),
    )
    message: Message = {"channel": channel.id, "user": user_id, "text": text, "blocks": [],
                        "thread_ts": thread_ts}  # fmt: skip
    workspace.add(message)
    event: Payload = {
        "user": user_id, "ts": message["ts"], "channel": channel.id,
        "text": MENTION.sub(f"<@{BOT_USER_ID}>", escape(text)),
    }  # fmt: skip
    if thread_ts:
        event["thread_ts"] = thread_ts
    if channel.im_of:
        bridge.event(workspace, {"type": "message", "channel_type": "im", **event})
    elif MENTION.search(text):
        bridge.event(workspace, {"type": "app_mention", **event})


def _command(
    workspace: Workspace, bridge: Bridge, channel: Channel, user_action: UserAction, text: str
) -> None:
    user_id = user_action["user"]
    ack = bridge.form(workspace, {
        "command": "/llm-startup", "text": text, "user_id": user_id,
        "user_name": workspace.users[user_id].name, "channel_id": channel.id,
        "channel_name": channel.name, "team_id": TEAM_ID,
        "team_domain": "local", "api_app_id": "ALOCAL", "is_enterprise_install": "false",
        "trigger_id": workspace.new_trigger(user_id),
        "response_url": workspace.new_response_url(channel.id, user_id),
    })  # fmt: skip
    if ack.error:
        _tell(workspace, user_action, FAILED.format(command="/llm-startup", error=ack.error))
    elif ack.body or ack.text:
        only_for = None if ack.body.get("response_type") == "in_channel" else user_id
        workspace.add({
            "channel": channel.id, "user": BOT_USER_ID, "bot": True, "only_for": only_for,
            "text": ack.text or ack.body.get("text", ""), "blocks": ack.body.get("blocks") or [],
        })  # fmt: skip


def _tell(workspace: Workspace, user_action: UserAction, said: str) -> None:
    """What Slack itself tells the person alone."""
    workspace.add({
        "channel": user_action["channel"], "user": "Slackbot", "text": said, "blocks": [],
        "only_for": user_action["user"], "thread_ts": user_action.get("thread_ts"),
    })  # fmt: skip


def escape(text: str) -> str:
    """Escape what people type, as Slack does before it sends it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
