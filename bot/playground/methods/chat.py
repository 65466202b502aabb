"""chat.*: messages."""

from __future__ import annotations

from bot.playground.methods.shared import (
    MAX_TEXT,
    Answer,
    ApiError,
    Params,
    check_person,
    check_text,
    find_channel,
    new_message,
)
from bot.playground.workspace import Workspace

UPDATE_TEXT = 4_000


def post_message(workspace: Workspace, params: Params) -> Answer:
    channel = find_channel(workspace, params, member=True)
    check_person(workspace, channel)
    check_text(params)
    message = new_message(channel, params)
    message["text"] = message["text"][:MAX_TEXT]  # here alone Slack shortens
    metadata = params.get("metadata")
    if metadata is not None:
        if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
            raise ApiError("invalid_metadata_format")
        message["metadata"] = metadata
    workspace.add(message)
    return {"channel": channel.id, "ts": message["ts"], "message": message}


def post_ephemeral(workspace: Workspace, params: Params) -> Answer:
    channel = find_channel(workspace, params, member=True)
    user_id = str(params.get("user"))
    if user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    check_text(params)
    if len(str(params.get("text"))) > MAX_TEXT:
        raise ApiError("msg_too_long")
    message = workspace.add(new_message(channel, params, only_for=user_id))
    return {"message_ts": message["ts"]}


def update(workspace: Workspace, params: Params) -> Answer:
    channel = find_channel(workspace, params)
    message = workspace.find(channel.id, str(params.get("ts")))
    if message is None or message.get("only_for"):
        raise ApiError("message_not_found")
    if not message.get("bot"):
        raise ApiError("cant_update_message")
    check_text(params)
    text = params.get("text") or ""
    if len(text) > UPDATE_TEXT:
        raise ApiError("msg_too_long")
    message |= {"text": text, "blocks": params.get("blocks") or [], "edited": True}
    workspace.touch()
    return {"channel": channel.id, "ts": message["ts"], "text": text}


def delete(workspace: Workspace, params: Params) -> Answer:
    channel = find_channel(workspace, params)
    message = workspace.find(channel.id, str(params.get("ts")))
    if message is None:
        raise ApiError("message_not_found")
    if not message.get("bot"):
        raise ApiError("cant_delete_message")
    workspace.remove(message)
    return {"channel": channel.id, "ts": message["ts"]}
