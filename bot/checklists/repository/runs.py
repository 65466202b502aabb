"""Running checklists. A change is made while its run is locked: on PostgreSQL by its row, on SQLite
by the transaction. So the stored state is what the log, in its order, makes of the start.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from bot.checklists.changes import Changed, Refusal, make
from bot.checklists.models import Change, ChangeKind, Item, ItemState, LogLine, Run
from bot.checklists.posts import (
    FEATURE,
    PostKind,
    build_list_post,
    build_reminders,
    build_update,
    kind_of,
)
from bot.checklists.repository.kept import (
    THERE,
    change_owned_items,
    find_series,
    follow_owners,
    forget_series,
)
from bot.checklists.repository.plans import save_plan
from bot.checklists.repository.reading import load_runs, lock_run
from bot.checklists.repository.rows import item_row, log_row, run_row, series_row, to_line
from bot.checklists.series import Series, without_owner
from bot.checklists.start import first_line
from bot.checklists.tables import run_items, run_log, runs
from bot.checklists.tables import series as SERIES
from bot.database.engine import Database
from bot.database.workspaces import is_installed, require_workspace
from bot.outbox.models import Kind, OutboundMessage, State
from bot.outbox.repository import Outbox, new_id

UNDER_WAY = {State.WAITING, State.CLAIMED}
IN_STATE = ("closed_by", "closed_at", "finished_at", "changes", "revision")
OF_OWNERS = {ChangeKind.ASSIGNED, ChangeKind.ZONE_CHANGED, ChangeKind.UNREACHABLE}


class RunRepository:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def create(self, run: Run, series: Series | None = None) -> None:
        """Save a new run, with its post, and the series that it begins. One that is there already
        stays: its form was submitted twice."""
        with self._outbox.write() as connection:
            require_workspace(connection, run.team_id)
            if self.create_within(connection, run, run.started_at) and series is not None:
                connection.execute(insert(SERIES).values(**series_row(series)))

    def create_within(self, connection: Connection, run: Run, due_at: datetime) -> bool:
        """The same, in a transaction of the caller's; False if it is there. `due_at`: when its
        message was to be posted. That message has the run's id: a round which is started again
        after a backup was restored is found in Slack by it."""
        new = self._database.insert(runs).values(**run_row(run), changed_at=run.started_at)
        saved = new.on_conflict_do_nothing().returning(runs.c.id)
        if connection.execute(saved).first() is None:
            return False
        connection.execute(insert(run_items), [item_row(run, item) for item in run.items])
        connection.execute(insert(run_log), [log_row(run, first_line(run))])
        post = build_list_post(run, 1, due_at, run.id)
        reminders = build_reminders(run, run.started_at, new_id)
        self._outbox.add(connection, [post, *reminders])
        return True

    def find(self, team_id: str, run_id: str) -> Run | None:
        with self._database.read() as connection:
            found = load_runs(connection, runs.c.team_id == team_id, runs.c.id == run_id)
        return found[0] if found else None

    def count(self, team_id: str, since: datetime) -> tuple[int, int]:
        """How many run now in a workspace, and how many were finished since."""
        here = runs.c.team_id == team_id
        running = select(func.count()).where(
            here, runs.c.closed_at.is_(None), runs.c.finished_at.is_(None)
        )
        finished = select(func.count()).where(here, runs.c.finished_at >= since)
        with self._database.read() as connection:
            return connection.scalar(running) or 0, connection.scalar(finished) or 0

    def change(
        self, team_id: str, run_id: str, change: Change, by: str, now: datetime
    ) -> Changed | Refusal:
        """Make a change, keep its line, mark the message, and plan what is to be told of it."""
        with self._outbox.write() as connection:
            return self.change_within(connection, team_id, run_id, change, by, now)

    def show_page(self, team_id: str, run_id: str, page: int, now: datetime) -> bool:
        """Turn the message to another page; False if there is no such run."""
        with self._outbox.write() as connection:
            run = lock_run(connection, team_id, run_id)
            if run is not None and run.page != page:
                values = {"page": page, "revision": run.revision + 1}
                self._update(connection, run, now, **values)
        return run is not None

    def adopt(self, team_id: str, run_id: str, message_ts: str, now: datetime) -> None:
        """A button was pressed on a message that the run did not know of: its post's answer was
        lost. Where the run has a message already, that one stays."""
        with self._outbox.write() as connection:
            run = lock_run(connection, team_id, run_id)
            if run is not None and not run.message_ts:
                values = {"message_ts": message_ts, "problem": "", "revision": run.revision + 1}
                self._update(connection, run, now, **values)

    def post_again(self, team_id: str, run_id: str, now: datetime) -> Run | None:
        """Have the list posted anew, where its message is gone or was never confirmed. None if
        there is no such run."""
        with self._outbox.write() as connection:
            run = lock_run(connection, team_id, run_id)
            if run is not None and not run.message_ts:
                found = self._outbox.list_of(connection, team_id, FEATURE, run_id)
                posts = [m for m in found if m.kind is Kind.POST and kind_of(m) is PostKind.LIST]
                if not any(post.state in UNDER_WAY for post in posts):
                    post = build_list_post(run, len(posts) + 1, now, new_id())
                    self._outbox.add(connection, [post])
                    tried = update(runs).where(runs.c.id == run_id).values(problem="")
                    connection.execute(tried)
        return run

    def delete(self, team_id: str, run_id: str) -> Run | None:
        """Everything of a run; what it was."""
        with self._outbox.write() as connection:
            run = lock_run(connection, team_id, run_id)
            if run is not None:
                connection.execute(delete(runs).where(runs.c.id == run_id))
                self._outbox.forget(connection, team_id, FEATURE, run_id)
        return run

    def log(self, team_id: str, run_id: str, limit: int | None = None) -> list[LogLine]:
        """The newest first."""
        query = (
            select(run_log)
            .where(run_log.c.team_id == team_id, run_log.c.run_id == run_id)
            .order_by(run_log.c.number.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return [to_line(row) for row in connection.execute(query).mappings()]

    def list_running(
        self, team_id: str, channel_id: str, checklist_ids: Collection[str] = ()
    ) -> list[Run]:
        """A channel's runs that are not closed, the newest first; of some checklists, or of all."""
        here = [runs.c.team_id == team_id, runs.c.channel_id == channel_id]
        if checklist_ids:
            here.append(runs.c.checklist_id.in_(checklist_ids))
        with self._database.read() as connection:
            return load_runs(connection, *here, runs.c.closed_at.is_(None))

    def list_recent(self, team_id: str, channel_id: str, limit: int) -> list[Run]:
        """A channel's runs, also closed ones, that changed last first."""
        here = (runs.c.team_id == team_id, runs.c.channel_id == channel_id)
        with self._database.read() as connection:
            return load_runs(connection, *here, order=runs.c.changed_at.desc(), limit=limit)

    def list_assigned(self, team_id: str, user_id: str) -> list[tuple[Run, Item]]:
        """A person's open items of all channels, that due first first."""
        with self._database.read() as connection:
            items = self._assigned(connection, team_id, user_id)
        return sorted(items, key=lambda pair: (pair[1].due is None, str(pair[1].due)))

    def _assigned(
        self, connection: Connection, team_id: str, user_id: str
    ) -> list[tuple[Run, Item]]:
        mine = select(run_items.c.run_id).where(
            run_items.c.team_id == team_id,
            run_items.c.owner == user_id,
            run_items.c.state == ItemState.OPEN,
        )
        found = load_runs(connection, runs.c.id.in_(mine), runs.c.closed_at.is_(None))
        return [(r, i) for r in found for i in r.items if i.is_open and i.owner == user_id]

    def mark_unreachable(self, team_id: str, user_id: str, error: str, now: datetime) -> int:
        """A person cannot be written to, or, without `error`, can be again: their open items say
        so. How many did not yet."""
        with self._outbox.write() as connection:
            return self.mark_unreachable_within(connection, team_id, user_id, error, now)

    def mark_unreachable_within(
        self, connection: Connection, team_id: str, user_id: str, error: str, now: datetime
    ) -> int:
        """The same, in a transaction of the caller's."""
        assigned = self._assigned(connection, team_id, user_id)
        wrong = [(r, i) for r, i in assigned if i.unreachable != error]
        for run, item in sorted(wrong, key=lambda pair: pair[0].id):  # everybody locks them so
            change = Change(what=ChangeKind.UNREACHABLE, item=item.no, user_id=user_id, text=error)
            self.change_within(connection, team_id, run.id, change, user_id, now)
        return len(wrong)

    def follow_zone(self, team_id: str, user_id: str, zone: str, now: datetime) -> int:
        """A person moved to another time zone: their reminders follow. Returns the number of
        items."""
        theirs = [(r, i) for r, i in self.list_assigned(team_id, user_id) if i.zone != zone]
        for run, item in theirs:
            change = Change(what=ChangeKind.ZONE_CHANGED, item=item.no, user_id=user_id, zone=zone)
            self.change(team_id, run.id, change, by=user_id, now=now)
        return len(theirs)

    def unassign(self, team_id: str, channel_id: str, user_id: str, now: datetime) -> int:
        """Unassign a person's open items in a channel; return how many."""
        theirs = [(r, i) for r, i in self.list_assigned(team_id, user_id)
                  if r.channel_id == channel_id]  # fmt: skip
        for run, item in theirs:
            self.change(
                team_id, run.id, Change(what=ChangeKind.ASSIGNED, item=item.no), user_id, now
            )
        with self._database.write() as connection:
            here = SERIES.c.channel_id == channel_id
            change_owned_items(connection, team_id, user_id, without_owner, here)
        return len(theirs)

    def suspend(self, team_id: str, channel_id: str, problem: str, now: datetime) -> None:
        """The channel is gone: its runs name the `problem`, nobody is reminded of them, and none
        starts by itself any more."""
        with self._outbox.write() as connection:
            here = _in_channel(team_id, channel_id)
            self.end_series_within(connection, team_id, channel_id, problem, now)
            connection.execute(update(runs).where(*here).values(problem=problem))

    def end_series_within(
        self, connection: Connection, team_id: str, channel_id: str, problem: str, now: datetime
    ) -> None:
        """All series of a channel that is gone; whoever set one up is told."""
        here = (SERIES.c.team_id == team_id, SERIES.c.channel_id == channel_id, THERE)
        for series in sorted(find_series(connection, *here), key=lambda one: one.run_id):
            change = Change(what=ChangeKind.UNREPEATED, text=problem)
            self.change_within(connection, team_id, series.run_id, change, "", now)
            forget_series(connection, team_id, series.id)

    def move(self, team_id: str, channel_id: str, new_channel_id: str, now: datetime) -> None:
        """Slack gave the channel another id. What waited to be shown is shown there."""
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            here = _in_channel(team_id, channel_id)
            connection.execute(update(runs).where(*here).values(channel_id=new_channel_id))
            theirs = (SERIES.c.team_id == team_id, SERIES.c.channel_id == channel_id)
            connection.execute(update(SERIES).where(*theirs).values(channel_id=new_channel_id))
            self._outbox.move(connection, team_id, channel_id, new_channel_id)
            self._resume(connection, team_id, new_channel_id, now)

    def resume(self, team_id: str, channel_id: str, now: datetime) -> None:
        """The channel is back: its messages show what happened meanwhile."""
        with self._outbox.write() as connection:
            self._resume(connection, team_id, channel_id, now)

    def redraw(self, team_id: str, channel_id: str, now: datetime) -> None:
        """Have the messages of a channel's open runs updated, though nothing changed."""
        here = (*_in_channel(team_id, channel_id), runs.c.closed_at.is_(None))
        with self._outbox.write() as connection:
            for run in load_runs(connection, *here):
                self._ask_update(connection, run, now)

    def redraw_all(self, now: datetime) -> None:
        """The same for the open runs of all workspaces: they show what the database knows."""
        with self._outbox.write() as connection:
            for run in load_runs(connection, runs.c.closed_at.is_(None)):
                self._ask_update(connection, run, now)

    # For the outbox, within its transactions

    def show(self, connection: Connection, post: OutboundMessage, now: datetime) -> None:
        """The run knows the message of its list, or why there is none. What changed while it was
        being posted is shown by an update."""
        run = lock_run(connection, post.team_id, post.subject)
        if run is None or run.message_ts:
            return
        if post.state is State.SENT:
            shown = replace(run, message_ts=post.ts)
            values = {"message_ts": post.ts, "problem": ""}
            if run.revision > 1:
                self._ask_update(connection, shown, now)
        else:
            known = {State.WAITING: "", State.FAILED: post.error}
            values = {"problem": known.get(post.state, str(post.state))}
        connection.execute(update(runs).where(runs.c.id == run.id).values(**values))

    def note_update(
        self, connection: Connection, message: OutboundMessage, problem: str, *, lost: bool = False
    ) -> None:
        """ChangeKind Slack said to an update of the message; `lost`: it is no more."""
        here = (runs.c.id == message.subject, runs.c.message_ts == message.ts)
        if lost:
            values = {"problem": problem, "message_ts": ""}
            connection.execute(update(runs).where(*here).values(**values))
        else:
            changed = runs.c.problem != problem
            connection.execute(update(runs).where(*here, changed).values(problem=problem))

    def change_within(
        self, connection: Connection, team_id: str, run_id: str, change: Change, by: str,
        now: datetime,
    ) -> Changed | Refusal:  # fmt: skip
        """The same as `change`, in a transaction of the caller's."""
        run = lock_run(connection, team_id, run_id)
        if run is None:
            return Refusal.GONE
        made = make(run, change, by, now)
        if isinstance(made, Changed):
            self._save(connection, made, now)
        return made

    def _save(self, connection: Connection, made: Changed, now: datetime) -> None:
        run = made.after
        self._update(connection, run, now, **_state_of(run))
        for before, after in zip(made.before.items, run.items, strict=True):
            if before is not after and before != after:
                here = and_(run_items.c.run_id == run.id, run_items.c.no == after.no)
                connection.execute(update(run_items).where(here).values(**item_row(run, after)))
        connection.execute(insert(run_log), [log_row(run, made.line)])
        if run.rhythm and made.line.change.what in OF_OWNERS:
            follow_owners(connection, run)
        save_plan(self._outbox, connection, made, now)

    def _resume(self, connection: Connection, team_id: str, channel_id: str, now: datetime) -> None:
        here = _in_channel(team_id, channel_id)
        connection.execute(update(runs).where(*here).values(problem=""))
        for run in load_runs(connection, *here):
            self._ask_update(connection, run, now)

    def _update(self, connection: Connection, run: Run, now: datetime, **values: Any) -> None:
        """Save, and have the message updated as soon as it may be."""
        query = update(runs).where(runs.c.id == run.id)
        connection.execute(query.values(**values, changed_at=now))
        message_ts = values.get("message_ts", run.message_ts)
        self._ask_update(connection, replace(run, message_ts=message_ts), now)

    def _ask_update(self, connection: Connection, run: Run, now: datetime) -> None:
        if run.message_ts:
            self._outbox.ask_update(connection, build_update(run, now, new_id()), now)


def _in_channel(team_id: str, channel_id: str) -> tuple[ColumnElement[bool], ...]:
    """A channel's runs, where they may be changed."""
    return (
        runs.c.team_id == team_id, runs.c.channel_id == channel_id, is_installed(runs.c.team_id),
    )  # fmt: skip


def _state_of(run: Run) -> dict[str, Any]:
    """What a change may have made of the run itself."""
    return {name: getattr(run, name) for name in IN_STATE} | {"rhythm": run.rhythm.value}
