"""One entry as a message: title in both languages, its kind's text, related entries, sources."""

from __future__ import annotations

from datetime import date

from bot.answers import ids, words
from bot.answers.kinds.case import build_case
from bot.answers.kinds.checklist import build_checklist
from bot.answers.kinds.section import build_section
from bot.answers.kinds.term import build_term
from bot.answers.sources import source_runs
from bot.handbook.models import Case, Checklist, Entry, Handbook, Section, Term, Tip
from bot.i18n import Lang, Text, other_lang
from bot.slack.action_ids import START_CHECKLIST, Target
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    bullets,
    button,
    context,
    header,
    paragraph,
    rich,
    run,
)
from bot.slack.entries import (
    MAX_RELATED,
    action_on,
    build_tip,
    notes_of,
    open_buttons,
    rating_buttons,
)
from bot.slack.mrkdwn import escape
from bot.slack.words import RELATED, START_WITH_TEAM


def build_answer(
    handbook: Handbook, entry: Entry, lang: Lang, *, share: bool = True, today: date | None = None
) -> Reply:
    """`share`: offer to post it to the channel (a private answer). `today` chooses a tip's text,
    and tells whether the entry's review is overdue."""
    blocks: list[Block] = [header(title_of(entry, lang)), _what(entry, lang, today)]
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


def _what(entry: Entry, lang: Lang, today: date | None) -> Block:
    parts = [words.KIND_NAMES[entry.kind].get(lang), *entry.sections]
    if entry.status:
        parts.append(words.STATUS[entry.status].get(lang))
    if entry.checked:
        parts.append(words.CHECKED.get(lang).format(date=entry.checked.isoformat()))
    if entry.review_by and today and entry.is_overdue(today):
        parts.append(words.OVERDUE.get(lang).format(date=entry.review_by.isoformat()))
    return context(" · ".join(parts))


def _sources(entry: Entry, lang: Lang) -> list[Element]:
    lines = [source_runs(source) for source in entry.sources]
    return [paragraph(run(words.SOURCES.get(lang), bold=True)), bullets(lines)]


def _own_buttons(entry: Entry, lang: Lang, share: bool) -> list[Element]:
    value = str(Target(entry.id, lang))
    other = str(Target(entry.id, other_lang(lang)))
    buttons = [button(words.LANGUAGE.get(lang), ids.LANGUAGE, other)]
    if isinstance(entry, Checklist):
        start = START_WITH_TEAM.get(lang)
        buttons.append(button(start, START_CHECKLIST, value, style="primary"))
    if share:
        buttons.append(button(words.SHARE.get(lang), ids.SHARE, value))
    buttons += rating_buttons(value, lang)
    return buttons
