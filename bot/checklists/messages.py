"""Running checklists as a customer of the outbox: their posts, and the updates of their lists."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.checklists.blocks import build_run
from bot.checklists.models import ChangeKind, Item, Run
from bot.checklists.notices import build_assigned, build_due_today, build_stopped, build_summary
from bot.checklists.posts import DIRECT, FEATURE, PostKind, is_wanted, item_of, kind_of
from bot.checklists.progress import next_overdue
from bot.checklists.repository.mutes import MuteRepository
from bot.checklists.repository.runs import RunRepository
from bot.checklists.repository.series import SeriesRepository
from bot.checklists.series import Series
from bot.i18n import Lang
from bot.outbox.models import GRACE, Kind, OutboundMessage, Rendered, State
from bot.outbox.outcomes import Effect
from bot.slack.blocks import Reply

if TYPE_CHECKING:
    from bot.outbox.ports import Transaction

LOST = frozenset({"message_not_found"})
LangOf = Callable[[str, str], Lang]  # of (team_id, user_id)

log = logging.getLogger("bot.checklists")


class ChecklistMessages:
    name = FEATURE
    noun = "checklist message"
    event_type = "checklist_run"

    def __init__(self, runs: RunRepository, mutes: MuteRepository, lang_of: LangOf) -> None:
        self._runs = runs
        self._mutes = mutes
        self._lang_of = lang_of

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        """The message as its run stands now; None if nobody wants it any more."""
        run = self._runs.find(message.team_id, message.subject)
        if run is None:
            return None
        if message.kind is Kind.UPDATE:
            return _render_update(run, message, now)
        kind = kind_of(message)
        if not is_wanted(run, message) or (kind in DIRECT and self._is_muted(message)):
            return None
        thread_ts = run.message_ts if kind is PostKind.SUMMARY else ""
        return Rendered(self._build(run, message, kind, now).as_message(), thread_ts=thread_ts)

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        if message.kind is Kind.UPDATE:
            if effect is Effect.POSTED:
                self._runs.note_update(connection, message, "")
            elif message.state is State.FAILED:
                lost = message.error in LOST
                self._runs.note_update(connection, message, message.error, lost=lost)
        elif kind_of(message) is PostKind.LIST:
            self._runs.show(connection, message, now)
            if effect is Effect.CHANNEL_GONE:
                place = (message.team_id, message.channel_id)
                self._runs.end_series_within(connection, *place, message.error, now)
        elif kind_of(message) in DIRECT and effect is Effect.CHANNEL_GONE:
            self._runs.mark_unreachable_within(
                connection, message.team_id, message.channel_id, message.error, now
            )

    def describe(self, message: OutboundMessage) -> str:
        return f"run={message.subject} what={message.key.partition(':')[2]}"

    def _is_muted(self, message: OutboundMessage) -> bool:
        return self._mutes.is_muted(message.team_id, message.channel_id)

    def _build(self, run: Run, post: OutboundMessage, kind: PostKind, now: datetime) -> Reply:
        if kind is PostKind.LIST:
            return build_run(run, now)
        if kind is PostKind.SUMMARY:
            return build_summary(run, now)
        if kind is PostKind.STOPPED:
            lang = self._lang_of(run.team_id, post.channel_id)
            return build_stopped(run, str(post.data["reason"]), lang)
        item = run.items[item_of(post) - 1]
        lang = self._lang_of(run.team_id, post.channel_id)
        if kind is PostKind.DUE:
            return build_due_today(run, item, lang, now)
        return build_assigned(run, item, self._assigner(run, item), lang, now)

    def _assigner(self, run: Run, item: Item) -> str:
        """Who assigned an item to its owner last."""
        for line in self._runs.log(run.team_id, run.id):
            change = line.change
            if (change.what, change.item) == (ChangeKind.ASSIGNED, item.no):
                return line.by
        return run.started_by


class SeriesPlanner:
    """Starts each round when it is due: until then its series may still change or end."""

    def __init__(self, series: SeriesRepository) -> None:
        self._series = series

    def next_moment(self) -> datetime | None:
        return self._series.next_moment()

    def enqueue_due(self, now: datetime) -> bool:
        moment = self._series.next_moment()
        if moment is None or moment > now:  # mostly, and no need to write
            return False
        done = [self._start(one, now) for one in self._series.list_due(now)]
        return any(done)

    def _start(self, due: Series, now: datetime) -> bool:
        after = self._series.start_next(due, now)
        if after is not None and after.skipped:
            log.warning("round of %s left out: more than %s late series=%s team=%s channel=%s",
                        after.skipped, GRACE, due.id, due.team_id, due.channel_id)  # fmt: skip
        return after is not None


def _render_update(run: Run, message: OutboundMessage, now: datetime) -> Rendered | None:
    """Slack keeps what it knows of a block by its id, so each update has new ones: also one that
    shows only that an item is overdue."""
    if not run.message_ts:
        return None
    shown = replace(run, revision=run.revision + message.attempt)
    content = build_run(shown, now).as_message()
    return Rendered(content, ts=run.message_ts, look_again=next_overdue(run, now))
