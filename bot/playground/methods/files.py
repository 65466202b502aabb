"""files.*: an upload in three steps, as Slack has had it since files.upload went."""

from __future__ import annotations

import json
from contextlib import suppress

from bot.playground.methods.shared import Answer, ApiError, Params, find_channel, new_message
from bot.playground.workspace import Workspace


def get_upload_url(workspace: Workspace, params: Params) -> Answer:
    name, length = str(params.get("filename") or ""), str(params.get("length") or "")
    if not name or not length.isdigit() or int(length) < 1:
        raise ApiError("invalid_arguments")
    file = workspace.add_file(name, int(length))
    return {"file_id": file.id, "upload_url": f"{workspace.url}upload/{file.id}"}


def complete_upload(workspace: Workspace, params: Params) -> Answer:
    files = []
    for wanted in _read_files(params.get("files")):
        file = workspace.files.get(str(wanted.get("id")))
        if file is None or len(file.data) != file.length:
            raise ApiError("file_not_found")
        file.title = str(wanted.get("title") or file.name)
        files.append({"id": file.id, "name": file.name, "title": file.title,
                      "url_private": f"{workspace.url}files/{file.id}"})  # fmt: skip
    if params.get("channel_id"):
        channel = find_channel(workspace, {"channel": params["channel_id"]}, member=True)
        shown = {"text": params.get("initial_comment", ""), "thread_ts": params.get("thread_ts")}
        workspace.add(new_message(channel, shown, files=files))
    return {"files": files}


def _read_files(given: object) -> list[Params]:
    """`files` is a list of objects, or JSON of one."""
    with suppress(ValueError):
        given = json.loads(given) if isinstance(given, str) else given
    if isinstance(given, list) and given and all(isinstance(file, dict) for file in given):
        return given
    raise ApiError("invalid_arguments")
