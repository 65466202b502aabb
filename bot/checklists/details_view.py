"""The modal of an item: how it stands, why it is asked, and all that can be set, in one form."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.checklists import ids, words
from bot.checklists.lists import log_text
from bot.checklists.models import (
    NOTE_CHARS,
    REASON_CHARS,
    Change,
    ChangeKind,
    Item,
    ItemState,
    LogLine,
    Run,
)
from bot.checklists.texts import item_text
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.slack.blocks import Block, Element, context, plain_section, section
from bot.slack.entries import short_title
from bot.slack.fields import View, entered, entered_text, field, line_input, modal
from bot.slack.typed import clean_line, clean_text
from bot.slack.words import SAVE, WHY

OWNER, DUE, NOTE, REASON = "run_owner", "run_due", "run_note", "run_reason"
LOG_SHOWN = 4
MAX_TERMS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set of an item: the form's fields, as texts."""

    owner: str = ""
    due: str = ""
    note: str = ""
    reason: str = ""  # why it is not applicable; "" if it is

    @classmethod
    def of(cls, item: Item) -> Settings:
        excluded = item.state is ItemState.NOT_APPLICABLE
        due = item.due.isoformat() if item.due else ""
        return cls(item.owner, due, item.note, item.reason if excluded else "")


@dataclass(frozen=True, slots=True)
class Submission:
    """`before`: how the item stood when the modal was opened."""

    target: ids.RunTarget
    before: Settings
    after: Settings


def build_details(
    run: Run,
    item: Item,
    terms: Sequence[Entry],
    log: Sequence[LogLine],
    lang: Lang,
    now: datetime,
    typed: Settings | None = None,
) -> Element:
    """`typed`: what was entered, where the item has been changed meanwhile."""
    shown = typed or Settings.of(item)
    blocks: list[Block] = [section(item_text(run, item, lang, now))]
    if typed:
        blocks.append(plain_section(words.CHANGED_MEANWHILE.get(lang)))
    if why := item.why.get(lang):
        blocks.append(plain_section(f"{WHY.get(lang)}  {why}"))
    if terms:
        names = (", " if lang == "en" else "、").join(
            short_title(term, lang) for term in terms[:MAX_TERMS]
        )
        blocks.append(context(words.TERMS_IN_ITEM.get(lang).format(terms=names)))
    owner: Element = {"type": "users_select"}
    due: Element = {"type": "datepicker"}
    owner |= {"initial_user": shown.owner} if shown.owner else {}
    due |= {"initial_date": shown.due} if shown.due else {}
    note = line_input(shown.note, NOTE_CHARS, multiline=True)
    blocks += [
        field(OWNER, words.FIELD_OWNER, owner, lang),
        field(DUE, words.FIELD_DUE, due, lang),
        field(NOTE, words.FIELD_NOTE, note, lang),
        field(REASON, words.FIELD_APPLIES, line_input(shown.reason, REASON_CHARS), lang),
    ]
    if log:
        lines = "\n".join(log_text(run, line, lang) for line in log[:LOG_SHOWN])
        blocks.append(section(lines))
    before = [str(ids.RunTarget(run.id, item.no)), *_values(Settings.of(item))]
    metadata = json.dumps(before, ensure_ascii=False)  # of 3,000 characters at most
    return modal(ids.DETAILS_VIEW, words.DETAILS_TITLE, SAVE, blocks, lang, metadata)


def read_details(view: View) -> Submission:
    """Raises ValueError for a view that `build_details` did not make."""
    target, *before = json.loads(str(view.get("private_metadata") or "[]"))
    return Submission(
        ids.RunTarget.parse(str(target)),
        Settings(*map(str, before)),
        Settings(
            owner=str(entered(view, OWNER).get("selected_user") or ""),
            due=str(entered(view, DUE).get("selected_date") or ""),
            note=clean_text(entered_text(view, NOTE), NOTE_CHARS),
            reason=clean_line(entered_text(view, REASON))[:REASON_CHARS],
        ),
    )


def find_changes(submission: Submission) -> dict[str, Change]:
    """What the user changed, by field; an owner comes without a zone."""
    before, after, no = submission.before, submission.after, submission.target.number
    changes: Mapping[str, tuple[bool, Change]] = {
        OWNER: (
            before.owner != after.owner,
            Change(what=ChangeKind.ASSIGNED, item=no, user_id=after.owner),
        ),
        DUE: (
            before.due != after.due,
            Change(
                what=ChangeKind.DUE,
                item=no,
                day=date.fromisoformat(after.due) if after.due else None,
            ),
        ),
        NOTE: (
            before.note != after.note,
            Change(what=ChangeKind.NOTED, item=no, text=after.note),
        ),
        REASON: (
            before.reason != after.reason,
            Change(what=ChangeKind.EXCLUDED, item=no, text=after.reason)
            if after.reason
            else Change(what=ChangeKind.UNTICKED, item=no),
        ),
    }
    return {name: change for name, (is_new, change) in changes.items() if is_new}


def is_outdated(submission: Submission, item: Item) -> bool:
    """Whether somebody else has changed one of the fields that the user changed."""
    now, before, after = Settings.of(item), submission.before, submission.after
    return any(
        was != typed and was != stands
        for was, typed, stands in zip(_values(before), _values(after), _values(now), strict=True)
    )


def _values(settings: Settings) -> tuple[str, ...]:
    return settings.owner, settings.due, settings.note, settings.reason
