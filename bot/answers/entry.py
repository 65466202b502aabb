"""One entry as a message: title in both languages, its kind's text, related entries, sources."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.answers import ids, words
from bot.answers.kinds.case import build_case
from bot.answers.kinds.checklist import build_checklist
from bot.answers.kinds.section import build_section
from bot.answers.kinds.term import build_term
from bot.answers.kinds.tip import action_on, build_tip
from bot.answers.sources import source_runs
from bot.checklists import ids as run_ids
from bot.handbook.models import Case, Checklist, Entry, Handbook, Section, Term, Tip
from bot.i18n import Lang, Text, other_lang
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    bullets,
    button,
    clip,
    context,
    header,
    paragraph,
    rich,
    run,
)
from bot.slack.mrkdwn import escape
from bot.slack.words import (
    DISCLAIMERS,
    HELPFUL,
    HELPFUL_LABEL,
    NOT_HELPFUL,
    NOT_HELPFUL_LABEL,
    RELATED,
    START_CHECKLIST,
)

MAX_RELATED = 5  # buttons in one row on a desktop


def build_answer(
    handbook: Handbook, entry: Entry, lang: Lang, *, share: bool = True, today: date | None = None
) -> Reply:
    """`share`: offer to post it to the channel (a private answer); `today` chooses a tip's text."""
    blocks: list[Block] = [header(title_of(entry, lang)), _what(entry, lang)]
    blocks.append(rich(*body_of(entry, lang, today)))
    if entry.sources:
        blocks.append(rich(*_sources(entry, lang)))
    notes = notes_of(entry, lang)
    if notes:
        blocks.append(context(*notes))
    related = handbook.related_to(entry)[:MAX_RELATED]
    if related:
        blocks.append(context(RELATED.get(lang)))
        blocks.append(actions(open_buttons(related, lang)))
    blocks.append(actions(_own_buttons(entry, lang, share)))
    return Reply(fallback_text(entry, lang, today), tuple(blocks))


def body_of(entry: Entry, lang: Lang, today: date | None = None) -> list[Element]:
    """The text of an entry as rich text, by its kind."""
    match entry:
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
    return elements or [paragraph(run(entry.title.get(lang)))]


def title_of(entry: Entry, lang: Lang) -> str:
    """Both titles, the reader's language first; a tip's names its section."""
    if isinstance(entry, Tip):
        return f"{words.TIP_TITLE.get(lang)} · {' '.join(entry.sections)}"
    return join_title(entry.title, lang)


def join_title(title: Text, lang: Lang) -> str:
    first, second = title.get(lang), title.get(other_lang(lang))
    return first if first == second else f"{first} · {second}"


def fallback_text(entry: Entry, lang: Lang, today: date | None = None) -> str:
    """What screen readers and notifications say: the title and the heart of the text."""
    if isinstance(entry, Tip):
        heart = action_on(entry, today).get(lang)
    else:
        heart = "\n".join(filter(None, (entry.short.get(lang), entry.body.get(lang))))
    return escape("\n".join(filter(None, (title_of(entry, lang), heart))))


def notes_of(entry: Entry, lang: Lang) -> list[str]:
    """The disclaimers that belong to an entry."""
    names = list(entry.disclaimers)
    if isinstance(entry, Case):
        names.append("case")
    return [DISCLAIMERS[name].get(lang) for name in names]


def _what(entry: Entry, lang: Lang) -> Block:
    parts = [words.KIND_NAMES[entry.kind].get(lang), *entry.sections]
    if entry.status:
        parts.append(words.STATUS[entry.status].get(lang))
    if entry.checked:
        parts.append(words.CHECKED.get(lang).format(date=entry.checked.isoformat()))
    return context(" · ".join(parts))


def _sources(entry: Entry, lang: Lang) -> list[Element]:
    lines = [source_runs(source) for source in entry.sources]
    return [paragraph(run(words.SOURCES.get(lang), bold=True)), bullets(lines)]


def open_buttons(entries: Iterable[Entry], lang: Lang) -> list[Element]:
    """A button for each entry that opens it privately."""
    return [
        button(
            short_title(entry, lang),
            ids.numbered(ids.OPEN, number),
            str(ids.Target(entry.id, lang)),
        )
        for number, entry in enumerate(entries)
    ]


def short_title(entry: Entry, lang: Lang) -> str:
    """A title for a button: without what follows its colon."""
    title = entry.title.get(lang)
    return clip(title.partition("：" if lang == "zh" else ": ")[0], 40)


def _own_buttons(entry: Entry, lang: Lang, share: bool) -> list[Element]:
    value = str(ids.Target(entry.id, lang))
    other = str(ids.Target(entry.id, other_lang(lang)))
    buttons = [button(words.LANGUAGE.get(lang), ids.LANGUAGE, other)]
    if isinstance(entry, Checklist):
        start = START_CHECKLIST.get(lang)
        buttons.append(button(start, run_ids.START, value, style="primary"))
    if share:
        buttons.append(button(words.SHARE.get(lang), ids.SHARE, value))
    for emoji, label, action_id in (
        (HELPFUL, HELPFUL_LABEL, ids.HELPFUL),
        (NOT_HELPFUL, NOT_HELPFUL_LABEL, ids.NOT_HELPFUL),
    ):
        buttons.append(button(emoji.get(lang), action_id, value, label=label.get(lang)))
    return buttons
