"""One entry as a message: short first, and whole."""

from __future__ import annotations

from datetime import date

from bot.answers import ids, words
from bot.answers.brief import build_brief, draw_brief, entries_in
from bot.answers.controls import build_controls
from bot.answers.kinds.case import build_case
from bot.answers.kinds.checklist import build_checklist
from bot.answers.kinds.comparison import build_comparison
from bot.answers.kinds.section import build_section
from bot.answers.kinds.term import build_term
from bot.answers.origin import build_origin
from bot.answers.place import Place
from bot.answers.rows import build_rows
from bot.answers.sources import source_runs
from bot.handbook.models import Case, Checklist, Comparison, Entry, Handbook, Section, Term, Tip
from bot.i18n import Lang, Text, other_lang
from bot.slack.action_ids import Target
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    bullets,
    context,
    header,
    option,
    paragraph,
    plain,
    rich,
    run,
)
from bot.slack.entries import MAX_RELATED, build_tip, notes_of
from bot.slack.mrkdwn import escape
from bot.slack.words import DISCLAIMERS, RELATED

OPTIONS = 100  # of one select
UNSURE = frozenset({"reported", "unverified"})


def build_short(
    handbook: Handbook,
    entry: Entry,
    lang: Lang,
    place: Place = Place.PRIVATE,
    today: date | None = None,
    *,
    shared: bool = False,
) -> Reply:
    """Title, one grey line, what has to be known first; the rest behind More. `today` chooses a
    tip's text, and tells whether the entry's review is overdue."""
    title, grey = title_of(entry, lang), _grey_line(entry, lang, today)
    origin = build_origin(entry, lang, place)
    notes = [DISCLAIMERS["crisis"].get(lang)] if "crisis" in entry.disclaimers else []
    brief = build_brief(handbook, entry, lang, today, (title, grey, *notes))
    blocks: list[Block] = [header(title), context(grey), *origin]
    if drawn := draw_brief(brief):
        blocks.append(rich(*drawn))
    if notes:
        blocks.append(context(*notes))
    blocks += build_controls(entry, lang, place, whole=False, shared=shared)
    said = escape("\n".join((title, *brief.texts)))
    return Reply(said, tuple(blocks), entry_id=entry.id)


def build_whole(
    handbook: Handbook,
    entry: Entry,
    lang: Lang,
    place: Place = Place.PRIVATE,
    today: date | None = None,
    *,
    shared: bool = False,
) -> Reply:
    """All of an entry, its sources and what is related."""
    blocks: list[Block] = [header(title_of(entry, lang)), _what(entry, lang, today)]
    blocks += build_origin(entry, lang, place)
    blocks += body_of(entry, lang, today)
    if entry.sources:
        blocks.append(rich(*_sources(entry, lang)))
    notes = notes_of(entry, lang)
    if notes:
        blocks.append(context(*notes))
    if isinstance(entry, Section):
        blocks += _inside(handbook, entry, lang)
    related = handbook.related_to(entry)[:MAX_RELATED]
    if related:
        blocks += [context(RELATED.get(lang)), *build_rows(related, lang)]
    blocks += build_controls(entry, lang, place, whole=True, shared=shared)
    said = build_short(handbook, entry, lang, place, today).text
    return Reply(said, tuple(blocks), entry_id=entry.id)


def body_of(entry: Entry, lang: Lang, today: date | None = None) -> list[Block]:
    """The text of an entry, by its kind."""
    elements: list[Element] = []
    match entry:
        case Comparison():
            return build_comparison(entry, lang)
        case Term():
            elements = build_term(entry, lang)
        case Checklist():
            elements = build_checklist(entry, lang)
        case Case():
            elements = build_case(entry, lang)
        case Section():
            elements = build_section(entry, lang)
        case Tip():
            elements = build_tip(entry, lang, today)
        case _:
            raise TypeError(f"no reply for {type(entry).__name__}")
    return [rich(*(elements or [paragraph(run(entry.title.get(lang)))]))]


def title_of(entry: Entry, lang: Lang) -> str:
    """Both titles, the reader's language first; a tip has none."""
    return words.TIP_TITLE.get(lang) if isinstance(entry, Tip) else join_title(entry.title, lang)


def join_title(title: Text, lang: Lang) -> str:
    first, second = title.get(lang), title.get(other_lang(lang))
    return first if first == second else f"{first} · {second}"


def _grey_line(entry: Entry, lang: Lang, today: date | None) -> str:
    """What it is, how sure where that is not sure, when it was checked, what it is not."""
    parts = [words.KIND_NAMES[entry.kind].get(lang)]
    if entry.status in UNSURE:
        parts.append(words.STATUS[entry.status].get(lang))
    parts += _dates(entry, lang, today)
    parts += [words.NO_ADVICE[name].get(lang) for name in entry.disclaimers
              if name in words.NO_ADVICE]  # fmt: skip
    return " · ".join(parts)


def _what(entry: Entry, lang: Lang, today: date | None) -> Block:
    parts = [words.KIND_NAMES[entry.kind].get(lang), *entry.sections]
    if entry.status:
        parts.append(words.STATUS[entry.status].get(lang))
    return context(" · ".join((*parts, *_dates(entry, lang, today))))


def _dates(entry: Entry, lang: Lang, today: date | None) -> list[str]:
    dates = []
    if entry.checked:
        dates.append(words.CHECKED.get(lang).format(date=entry.checked.isoformat()))
    elif entry.sources and not entry.is_own:
        dates.append(words.UNREAD.get(lang))
    if entry.review_by and today and entry.is_overdue(today):
        dates.append(words.OVERDUE.get(lang).format(date=entry.review_by.isoformat()))
    return dates


def _sources(entry: Entry, lang: Lang) -> list[Element]:
    lines = [source_runs(source) for source in entry.sources]
    return [paragraph(run(words.SOURCES.get(lang), bold=True)), bullets(lines)]


def _inside(handbook: Handbook, section: Section, lang: Lang) -> list[Block]:
    """What stands in a section, to choose from."""
    entries = entries_in(handbook, section)[:OPTIONS]
    if not entries:
        return []
    select = {
        "type": "static_select",
        "action_id": ids.PICK,
        "placeholder": plain(words.PICK_ONE.get(lang), 150),
        "options": [option(e.title.get(lang), str(Target(e.id, lang))) for e in entries],
    }
    label = words.IN_SECTION_COUNT.get(lang).format(count=len(entries))
    return [context(label), actions([select])]
