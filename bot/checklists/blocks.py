"""The message that shows a run: shared by a channel, so ticked by buttons. Slack's checkboxes would
show a tick to nobody but who made it."""

from __future__ import annotations

from datetime import datetime

from bot.checklists import ids, words
from bot.checklists.models import Item, ItemState, Run
from bot.checklists.progress import Page, count_progress, page_of
from bot.checklists.texts import DOT, item_text, mention, moment_text, name_of, progress_text
from bot.i18n import Lang, Text
from bot.slack.blocks import Block, Element, Reply, actions, button, header, option, plain, section
from bot.slack.mrkdwn import escape
from bot.slack.words import CANCEL

MENU = (ids.ASSIGN, ids.DUE, ids.NOTE, ids.EXCLUDE, ids.WHY)
CONFIRM_CHARS = 30


def build_run(run: Run, now: datetime) -> Reply:
    """In the run's own language, the page that it shows."""
    lang = run.lang
    progress = count_progress(run, now)
    page = page_of(run)
    name = name_of(run, lang)
    blocks: list[Block] = [
        header(name),
        mrkdwn_context(DOT.join(_facts(run, lang))),
        section(progress_text(progress, lang)),
    ]
    for item in page.items:
        blocks += _item_blocks(run, item, lang, now)
    if page.count > 1:
        blocks += _paging(run, page, lang)
    blocks.append(actions(_own_buttons(run, lang)))
    numbered = tuple(
        b | {"block_id": ids.list_block_id(run.revision, n)} for n, b in enumerate(blocks)
    )
    return Reply(escape(f"{name}: {progress.done} / {progress.total}"), numbered)


def mrkdwn_context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def tick_button(run: Run, item: Item, lang: Lang) -> Element:
    """What is next for an item. Each button says what it makes of it, so that two people who press
    it at once do the same thing, not one thing and its opposite."""
    value = str(ids.RunTarget(run.id, item.no))
    name = f"{item.no}. {item.text.get(lang)}"
    if item.is_open:
        label = words.TICK_LABEL.get(lang).format(item=name)
        return button(words.TICK.get(lang), ids.TICK, value, label=label)
    label = words.UNTICK_LABEL.get(lang).format(item=name)
    excluded = item.state is ItemState.NOT_APPLICABLE
    word = words.APPLIES if excluded else words.UNTICK
    return button(word.get(lang), ids.UNTICK, value, label=label)


def confirm(question: Text, yes: Text, lang: Lang, *, danger: bool = False) -> Element:
    element = {
        "title": plain(yes.get(lang), 100),
        "text": plain(question.get(lang), 300),
        "confirm": plain(yes.get(lang), CONFIRM_CHARS),
        "deny": plain(CANCEL.get(lang), CONFIRM_CHARS),
    }
    return element | ({"style": "danger"} if danger else {})


def _facts(run: Run, lang: Lang) -> list[str]:
    started = words.BY.get(lang)
    facts = [started.format(user=mention(run.started_by), when=moment_text(run.started_at))]
    if run.closed_at is not None:
        closed = words.CLOSED.get(lang)
        facts.append(closed.format(user=mention(run.closed_by), when=moment_text(run.closed_at)))
    elif run.finished_at is not None:
        facts.append(f"✅ {words.FINISHED.get(lang).format(when=moment_text(run.finished_at))}")
    return facts


def _item_blocks(run: Run, item: Item, lang: Lang, now: datetime) -> list[Block]:
    text = item_text(run, item, lang, now)
    if run.is_closed:
        return [section(text)]
    target = ids.RunTarget(run.id, item.no)
    options = [
        option(words.MENU[verb].get(lang), str(ids.MenuChoice(verb, target))) for verb in MENU
    ]
    menu = {"type": "overflow", "action_id": ids.MENU, "options": options}
    return [section(text, menu), actions([tick_button(run, item, lang)])]


def _paging(run: Run, page: Page, lang: Lang) -> list[Block]:
    place = words.PAGE.get(lang).format(number=page.number + 1, count=page.count)
    buttons = []
    for word, number in ((words.PREVIOUS, page.number - 1), (words.NEXT, page.number + 1)):
        if 0 <= number < page.count:
            value = str(ids.RunTarget(run.id, number))
            buttons.append(button(word.get(lang), f"{ids.PAGE}:{number}", value))
    return [mrkdwn_context(place), actions(buttons)]


def _own_buttons(run: Run, lang: Lang) -> list[Element]:
    value = str(ids.RunTarget(run.id))
    if run.is_closed:
        first = button(words.REOPEN.get(lang), ids.REOPEN, value)
    else:
        ask = confirm(words.CLOSE_ASK, words.CLOSE, lang)
        first = button(words.CLOSE.get(lang), ids.CLOSE, value) | {"confirm": ask}
    ask = confirm(words.DELETE_ASK, words.DELETE, lang, danger=True)
    return [
        first,
        button(words.EXPORT.get(lang), ids.EXPORT, value),
        button(words.LOG.get(lang), ids.LOG, value),
        button(words.DELETE.get(lang), ids.DELETE, value, style="danger") | {"confirm": ask},
    ]
