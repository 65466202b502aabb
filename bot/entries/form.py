"""What is entered in the form of an entry: reading it, and what is wrong with it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import zip_longest

from bot.entries import ids, words
from bot.entries.models import Draft
from bot.handbook.models import Kind
from bot.i18n import LANGS, Lang, Text
from bot.slack.fields import View, chosen_day, entered, entered_text, ticked
from bot.slack.typed import clean_line, clean_text

TITLE_CHARS = 80
SHORT_CHARS = 500
BODY_CHARS = 3_000  # of one field, as Slack has it
MOST_ALIASES, ALIAS_CHARS = 20, 60
MOST_ITEMS, ITEM_CHARS = 60, 200  # as a run has them
MOST_LINKS, LINK_CHARS = 10, 500
FIELD_CHARS = 3_000  # the most that one field of Slack's holds
JOINT = "; "  # between other names
SPLIT = re.compile("[;；\n]")
LINK = re.compile(r"https?://[^\s<>|\"]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What the form is about; travels in its metadata. `replaces`: an entry of the handbook that
    may be replaced. `changed`: it is shown again, after somebody else's change."""

    kind: Kind = Kind.TERM
    entry_id: str = ""
    based_on: int = 0
    proposal_id: str = ""
    replaces: str = ""
    source: str = ""
    question: str = ""

    def __str__(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def parse(cls, metadata: str) -> Origin:
        """Raises ValueError for metadata of another form."""
        found = json.loads(metadata)
        texts = {name: str(found[name]) for name in
                 ("entry_id", "proposal_id", "replaces", "source", "question")}  # fmt: skip
        return cls(kind=Kind(found["kind"]), based_on=int(found["based_on"]), **texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What the form holds. The owner and the day are asked of curators alone."""

    draft: Draft = field(default_factory=lambda: Draft(title=Text()))
    owner: str = ""
    review_by: date | None = None


def origin_of(view: View) -> Origin:
    return Origin.parse(str(view.get("private_metadata") or ""))


def read_form(view: View, lang: Lang) -> tuple[Filled, dict[str, str]]:
    """What was entered, cleaned, and what is wrong with it by field."""
    origin = origin_of(view)
    typed = {lang: tuple(_lines(entered_text(view, ids.ITEMS[lang]))) for lang in LANGS}
    draft = Draft(
        kind=origin.kind,
        title=_texts(view, ids.TITLES, line=True),
        short=_texts(view, ids.SHORTS),
        body=_texts(view, ids.BODIES),
        aliases=_names(entered_text(view, ids.ALIASES)),
        links=tuple(dict.fromkeys(_lines(entered_text(view, ids.LINKS)))),
        items=tuple(Text(zh, en) for zh, en in
                    zip_longest(typed["zh"], typed["en"], fillvalue="")),
        replaces=_replaces(view, origin),
    )  # fmt: skip
    day = chosen_day(view, ids.REVIEW)
    owner = str(entered(view, ids.OWNER).get("selected_user") or "")
    filled = Filled(draft=draft, owner=owner, review_by=date.fromisoformat(day) if day else None)
    return filled, dict(_find_errors(draft, typed, lang))


def fits(draft: Draft) -> bool:
    """Whether the form can hold all of it: what was imported may be longer."""
    lines = [draft.links, [i.zh for i in draft.items], [i.en for i in draft.items]]
    limits = ((draft.title, TITLE_CHARS), (draft.short, SHORT_CHARS), (draft.body, BODY_CHARS))
    return (
        all(len("\n".join(texts)) <= FIELD_CHARS for texts in lines)
        and len(JOINT.join(draft.aliases)) <= FIELD_CHARS
        and all(len(half) <= limit for text, limit in limits for half in (text.zh, text.en))
    )


def as_typed(view: View) -> Filled:
    """What stands in the form, right or wrong, to show it again."""
    return read_form(view, "en")[0]


def switch_kind(filled: Filled, kind: Kind) -> Filled:
    return replace(filled, draft=replace(filled.draft, kind=kind))


def _find_errors(
    draft: Draft, typed: dict[Lang, tuple[str, ...]], lang: Lang
) -> Iterable[tuple[str, str]]:
    first = lang
    if not draft.title:
        yield ids.TITLES[first], words.NO_TITLE.get(lang)
    is_list = draft.kind is Kind.CHECKLIST
    if is_list and not draft.items:
        yield ids.ITEMS[first], words.NO_TEXT.get(lang)
    elif not is_list and not (draft.short or draft.body):
        yield ids.SHORTS[first], words.NO_TEXT.get(lang)
    for names, text, limit in (
        (ids.TITLES, draft.title, TITLE_CHARS),
        (ids.SHORTS, draft.short, SHORT_CHARS),
        (ids.BODIES, draft.body, BODY_CHARS),
    ):
        for one in LANGS:
            half = text.zh if one == "zh" else text.en
            if len(half) > limit:
                yield names[one], words.TOO_LONG.get(lang).format(limit=limit)
    yield from _list_errors(ids.ALIASES, draft.aliases, MOST_ALIASES, ALIAS_CHARS, lang)
    for one in LANGS:
        yield from _list_errors(ids.ITEMS[one], typed[one], MOST_ITEMS, ITEM_CHARS, lang)
    if typed["zh"] and typed["en"] and len(typed["zh"]) != len(typed["en"]):
        counts = {one: len(typed[one]) for one in LANGS}
        yield ids.ITEMS[first], words.UNEQUAL.get(lang).format(**counts)
    yield from _list_errors(ids.LINKS, draft.links, MOST_LINKS, LINK_CHARS, lang)
    for link in draft.links:
        if not LINK.fullmatch(link):
            yield ids.LINKS, words.BAD_LINK.get(lang).format(text=link[:60])


def _list_errors(
    name: str, texts: Sequence[str], most: int, limit: int, lang: Lang
) -> Iterable[tuple[str, str]]:
    if len(texts) > most:
        yield name, words.TOO_MANY.get(lang).format(count=most)
    for text in texts:
        if len(text) > limit:
            yield name, words.LONG_ONE.get(lang).format(text=text[:30], limit=limit)


def _replaces(view: View, origin: Origin) -> str:
    """Where the handbook's entry has gone, and the form did not ask, it stays as it was."""
    if not entered(view, ids.REPLACES):
        return origin.replaces if origin.entry_id else ""
    return origin.replaces if ids.REPLACES in ticked(view, ids.REPLACES) else ""


def _texts(view: View, names: dict[str, str], *, line: bool = False) -> Text:
    halves = {}
    for lang in LANGS:
        raw = entered_text(view, names[lang])
        halves[lang] = clean_line(raw) if line else clean_text(raw, BODY_CHARS + 1)
    return Text(halves["zh"], halves["en"])


def _names(raw: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean_line, SPLIT.split(raw)))))


def _lines(raw: str) -> Iterable[str]:
    return filter(None, map(clean_line, raw.splitlines()))
