"""The message that shows a run: shared by a channel, so ticked by buttons. Slack's checkboxes would
show a tick to nobody but who made it."""

from __future__ import annotations

from datetime import datetime

from bot.checklists import ids, words
from bot.checklists.models import Item, ItemState, Run
from bot.checklists.progress import (
    Page,
    count_progress,
    is_folded,
    is_overdue,
    next_item,
    page_of,
)
from bot.checklists.texts import (
    DOT,
    item_text,
    mention,
    moment_text,
    name_of,
    progress_text,
    spoken_item,
    started_text,
)
from bot.i18n import Lang, Text
from bot.slack.action_ids import SAVE_RUN
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    header,
    option,
    plain,
    plain_section,
    section,
)
from bot.slack.mrkdwn import literal
from bot.slack.words import CANCEL, MORE, NEXT, PAGE, PREVIOUS

CONFIRM_CHARS = 30
DONE_SHOWN = 45  # Slack shows 50 blocks in a message


def build_run(run: Run, now: datetime) -> Reply:
    """In the run's own language, the page that it shows: one block an item, with the one button
    that it mostly needs. What is next and what is overdue stands out, and nothing else."""
    lang = run.lang
    progress = count_progress(run, now)
    page, name = page_of(run), name_of(run, lang)
    facts = DOT.join((progress_text(progress, lang), *_facts(run, lang)))
    blocks: list[Block] = [header(name), mrkdwn_context(facts)]
    folded = is_folded(run)
    if folded:
        blocks.append(_folded(run, lang))
    following = next_item(run)
    for item in page.items:
        if item.is_open or not folded:
            out = item is following or is_overdue(run, item, now)
            blocks.append(build_item(run, item, lang, now, stands_out=out))
    if page.count > 1:
        blocks += _paging(run, page, lang)
    blocks.append(actions(_own_controls(run, page, lang)))
    numbered = tuple(
        b | {"block_id": ids.list_block_id(run.revision, n)} for n, b in enumerate(blocks)
    )
    spoken = [spoken_item(run, item, lang, now) for item in run.items if item.is_open]
    head = f"{literal(name)}: {progress.done} / {progress.total}"
    said = "\n".join((head, *_spoken_series(run, lang), *spoken))
    return Reply(said, numbered)


def build_done(run: Run, lang: Lang, now: datetime) -> Reply:
    """What is done, for one person; each can be undone."""
    title = words.DONE_TITLE.get(lang).format(title=name_of(run, lang))
    settled = [item for item in run.items if not item.is_open]
    blocks: list[Block] = [plain_section(title)]
    blocks += [build_item(run, item, lang, now) for item in settled[:DONE_SHOWN]]
    if len(settled) > DONE_SHOWN:
        blocks.append(plain_section(MORE.get(lang).format(count=len(settled) - DONE_SHOWN)))
    names = (f"{item.no}. {item.text.get(lang)}" for item in settled)
    return Reply(literal("\n".join((title, *names))), tuple(blocks), private=True)


def build_item(
    run: Run, item: Item, lang: Lang, now: datetime, *, stands_out: bool = False
) -> Block:
    text = item_text(run, item, lang, now, stands_out=stands_out)
    return section(text, None if run.is_closed else tick_button(run, item, lang))


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
    facts = [started_text(run, mention(run.started_by), moment_text(run.started_at), lang)]
    if run.rhythm:
        facts.append(f"🔁 {words.REPEATING[run.rhythm].get(lang)}")
    if run.left_open:
        facts.append(words.LEFT_OPEN.get(lang).format(count=run.left_open))
    if run.closed_at is not None and not run.closed_by:
        facts.append(words.FOLLOWED.get(lang).format(when=moment_text(run.closed_at)))
    elif run.closed_at is not None:
        closed = words.CLOSED.get(lang)
        facts.append(closed.format(user=mention(run.closed_by), when=moment_text(run.closed_at)))
    elif run.finished_at is not None:
        facts.append(f"✅ {words.FINISHED.get(lang).format(when=moment_text(run.finished_at))}")
    return facts


def _spoken_series(run: Run, lang: Lang) -> list[str]:
    """Read out: that it repeats, and what the round before left."""
    said = [words.REPEATING[run.rhythm].get(lang)] if run.rhythm else []
    if run.left_open:
        said.append(words.LEFT_OPEN.get(lang).format(count=run.left_open))
    return said


def stop_button(series_id: str, name: str, lang: Lang) -> Element:
    """No more rounds of a series; `name` is its own, as plain text."""
    label = words.STOP_LABEL.get(lang).format(title=name)
    element = button(words.STOP.get(lang), ids.STOP, str(ids.RunTarget(series_id)), label=label)
    return element | {"confirm": confirm(words.STOP_ASK, words.STOP, lang)}


def _folded(run: Run, lang: Lang) -> Block:
    """One line for all that is done."""
    count = sum(not item.is_open for item in run.items)
    show = button(words.SHOW_DONE.get(lang), ids.DONE, str(ids.RunTarget(run.id)))
    return plain_section(words.SETTLED_COUNT.get(lang).format(count=count), show)


def _paging(run: Run, page: Page, lang: Lang) -> list[Block]:
    place = PAGE.get(lang).format(number=page.number + 1, count=page.count)
    buttons = []
    for word, number in ((PREVIOUS, page.number - 1), (NEXT, page.number + 1)):
        if 0 <= number < page.count:
            value = str(ids.RunTarget(run.id, number))
            buttons.append(button(word.get(lang), f"{ids.PAGE}:{number}", value))
    return [mrkdwn_context(place), actions(buttons)]


def _own_controls(run: Run, page: Page, lang: Lang) -> list[Element]:
    """One select for the rest of an item, and what concerns the whole."""
    return [*([] if run.is_closed else [_details(run, page, lang)]), *_own_buttons(run, lang)]


def _details(run: Run, page: Page, lang: Lang) -> Element:
    options = [
        option(f"{item.no}. {item.text.get(lang)}", str(ids.RunTarget(run.id, item.no)))
        for item in page.items
    ]
    placeholder = plain(words.DETAILS.get(lang), 150)
    return {"type": "static_select", "action_id": ids.DETAILS, "placeholder": placeholder,
            "options": options}  # fmt: skip


def _is_changed(item: Item) -> bool:
    """Left out, or added at the start: in both languages as it was typed, and without a reason."""
    is_added = item.text.zh == item.text.en and not item.why
    return is_added or item.state is ItemState.NOT_APPLICABLE


def _own_buttons(run: Run, lang: Lang) -> list[Element]:
    value = str(ids.RunTarget(run.id))
    over = run.is_closed or run.finished_at is not None
    again = [button(words.AGAIN.get(lang), ids.AGAIN, value)] if over else []
    stop = [stop_button(run.series_id, name_of(run, lang), lang)] if run.rhythm else []
    if over or any(_is_changed(item) for item in run.items):
        again.append(button(words.SAVE_RUN.get(lang), SAVE_RUN, value))
    if run.is_closed:
        first = button(words.REOPEN.get(lang), ids.REOPEN, value)
    else:
        ask = confirm(words.CLOSE_ASK, words.CLOSE, lang)
        first = button(words.CLOSE.get(lang), ids.CLOSE, value) | {"confirm": ask}
    ask = confirm(words.DELETE_ASK, words.DELETE, lang, danger=True)
    return [
        *again,
        first,
        button(words.EXPORT.get(lang), ids.EXPORT, value),
        button(words.LOG.get(lang), ids.LOG, value),
        *stop,
        button(words.DELETE.get(lang), ids.DELETE, value, style="danger") | {"confirm": ask},
    ]
