"""A channel named in a typed line: the command is carried out there, or refused."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.i18n import Lang
from bot.slack.edge import Edge
from bot.slack.feature import Handler
from bot.slack.members import is_member
from bot.slack.mrkdwn import literal
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import send_privately
from bot.slack.words import NO_LINK, NOT_IN_NAMED, NOT_YOUR_CHANNEL, ONE_CHANNEL

PAGE, MAX_PAGES = 1_000, 20  # members a call, and calls


def run_in_channel(edge: Edge, request: Request, channels: Sequence[str], handle: Handler) -> None:
    """Handle `request` as if it had been typed in the one channel of `channels`; the user is told
    if it cannot be: both the user and the bot have to be in it."""
    lang = edge.lang_of_text(request)
    if refusal := _refuse(edge, request, channels, lang):
        send_privately(request, build_note(refusal))
    elif channels[0] == request.channel_id:
        handle(request)
    else:
        handle(request.about_channel(channels[0]))


def has_member(client: WebClient, channel_id: str, user_id: str) -> bool:
    """Whether a person is in a channel that the bot is in; False where Slack will not say."""
    cursor = ""
    for _ in range(MAX_PAGES):
        try:
            page = client.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor)
        except SlackApiError:
            return False
        if user_id in (page.get("members") or ()):
            return True
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return False
    return False


def _refuse(edge: Edge, request: Request, channels: Sequence[str], lang: Lang) -> str:
    """Why a line cannot be handled in `channels`; "" if it can."""
    first, *others = channels
    if others:
        return ONE_CHANNEL.get(lang)
    if first.startswith("#"):
        return NO_LINK.get(lang).format(name=literal(first))
    if first == request.channel_id:
        return ""
    if not is_member(request.client, first):
        return NOT_IN_NAMED.get(lang).format(channel=first, bot=edge.identity(request).name)
    if not has_member(request.client, first, request.user_id):
        return NOT_YOUR_CHANNEL.get(lang).format(channel=first)
    return ""
