"""Files in Slack: uploaded, or as text where the app may not upload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.blocks import Reply, context, rich
from bot.slack.failures import code_of
from bot.slack.mrkdwn import escape
from bot.slack.spreadsheets import BOM

# The scope is files:write; some workspaces forbid uploads altogether.
NO_FILES = frozenset({
    "missing_scope", "not_allowed_token_type", "file_uploads_disabled", "no_permission",
    "file_uploads_except_images_disabled", "unknown_method",
})  # fmt: skip
PART_CHARS = 3_000  # of a text in one message


def upload(client: WebClient, files: Mapping[str, str], **where: Any) -> bool:
    """`files`: contents by name; `where`: what else files_upload_v2 takes. False where the app may
    not upload. Raises SlackApiError."""
    uploads = [{"filename": name, "title": name, "content": text} for name, text in files.items()]
    try:
        client.files_upload_v2(file_uploads=uploads, **where)
    except SlackApiError as error:
        if code_of(error) not in NO_FILES:
            raise
        return False
    return True


def build_text_parts(name: str, content: str) -> Iterable[Reply]:
    """A file as messages, where no file can be uploaded."""
    parts = split_text(content)
    for number, part in enumerate(parts, 1):
        title = name if len(parts) == 1 else f"{name} ({number}/{len(parts)})"
        text = {"type": "text", "text": part}
        shown = rich({"type": "rich_text_preformatted", "elements": [text]})
        yield Reply(escape(title), (context(title), shown))


def split_text(content: str) -> list[str]:
    """At ends of lines; a longer line is cut."""
    parts = [""]
    for line in content.removeprefix(BOM).splitlines(keepends=True):
        for start in range(0, len(line), PART_CHARS):
            piece = line[start : start + PART_CHARS]
            if len(parts[-1]) + len(piece) > PART_CHARS:
                parts.append("")
            parts[-1] += piece
    return parts
