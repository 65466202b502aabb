"""Whose an entry is: the line under a workspace's own."""

from __future__ import annotations

from bot.answers import words
from bot.answers.place import Place
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.slack.blocks import Block, clip
from bot.slack.mrkdwn import literal

TITLE_CHARS = 60


def build_origin(entry: Entry, lang: Lang, place: Place) -> list[Block]:
    """Nothing for the handbook's. Who owns it is named where only the asker reads it: in a channel
    it would call them."""
    line = say_origin(entry, lang, place)
    if not line:
        return []
    text = {"type": "mrkdwn", "text": line, "verbatim": True}
    return [{"type": "context", "elements": [text]}]


def say_origin(entry: Entry, lang: Lang, place: Place = Place.PRIVATE) -> str:
    """That an entry is the team's own, since when, and whose, as mrkdwn; "" for the handbook's."""
    mark = entry.team
    if mark is None:
        return ""
    parts = [
        words.FROM_TEAM.get(lang),
        words.SINCE.get(lang).format(date=mark.published.isoformat()),
    ]
    if mark.owner and place is not Place.PUBLIC:
        parts.append(words.OWNER.get(lang).format(user=f"<@{mark.owner}>"))
    if mark.replaces:
        title = literal(clip(mark.replaces.get(lang), TITLE_CHARS))
        parts.append(words.INSTEAD_OF.get(lang).format(title=title))
    return " · ".join(parts)
