"""Several meanings of one name, beside each other: the workspace's own first, then the
handbook's."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import words
from bot.answers.brief import build_brief
from bot.answers.origin import say_origin
from bot.answers.place import Place
from bot.answers.rows import build_row
from bot.handbook.models import Checklist, Entry, Handbook
from bot.i18n import Lang
from bot.search import How, Match
from bot.search.normalize import key_of
from bot.slack.blocks import Block, Reply, clip, plain_section
from bot.slack.blocks import section as mrkdwn_section
from bot.slack.mrkdwn import escape, literal

NAMED = frozenset({How.EXACT, How.SPELLING})
MOST = 4
SHOWN_CHARS = 200  # of items
EQUAL = 0.9  # of the best score: what has less is named so by the way


def find_meanings(matches: Sequence[Match]) -> list[Match]:
    """The matches of one name, if a workspace's own entry is among them; none where another name
    is asked for beside it, or where one of them has the better claim to it."""
    if not matches or matches[0].how not in NAMED:
        return []
    key = key_of(matches[0].matched)
    if any(match.how is How.EXACT and _is_beside(key, key_of(match.matched)) for match in matches):
        return []
    least = EQUAL * matches[0].score
    same = [
        match
        for match in matches
        if match.how in NAMED and key_of(match.matched) == key and match.score >= least
    ]
    return same[:MOST] if len(same) > 1 and any(match.entry.team for match in same) else []


def _is_beside(key: str, other: str) -> bool:
    """Whether it is a name of its own: neither is a part of the other."""
    return other not in key and key not in other


def build_meanings(handbook: Handbook, matches: Sequence[Match], lang: Lang, place: Place) -> Reply:
    name = matches[0].matched
    title = words.MEANINGS.get(lang).format(name=name, count=len(matches))
    blocks: list[Block] = [plain_section(title)]
    said = [title]
    for number, match in enumerate(matches):
        entry = match.entry
        brief = build_brief(handbook, entry, lang, None, [])
        text = brief.text or _items_of(entry, lang)
        blocks += [
            build_row(entry, lang, number, "", kind=True),
            mrkdwn_section(f"{literal(text) or '–'}\n_{_origin(entry, lang, place)}_"),
        ]
        said.append(f"{entry.title.get(lang)}: {text}")
    return Reply(escape("\n".join(said)), tuple(blocks))


def _items_of(entry: Entry, lang: Lang) -> str:
    """The first items of a checklist that has nothing else to say."""
    items = entry.items if isinstance(entry, Checklist) else ()
    return clip("; ".join(item.text.get(lang) for item in items), SHOWN_CHARS)


def _origin(entry: Entry, lang: Lang, place: Place) -> str:
    return say_origin(entry, lang, place) or words.FROM_HANDBOOK.get(lang)
