"""The posts of running checklists as the courier takes them, and what came of them.

It has the shape of the tips' queue, deliveries and subscriptions (tips/ports.py), so that one
courier with one guarantee serves both. Each workspace's pace is shared with its tips.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, and_, case, exists, func, or_, select, update

from bot.checklists.models import Run
from bot.checklists.posts import DIRECT, Post, PostKind, is_wanted
from bot.checklists.repository.reading import instant, load_runs, lock_run
from bot.checklists.repository.rows import to_post
from bot.checklists.repository.runs import RunRepository
from bot.checklists.tables import reminder_mutes, run_posts, runs
from bot.database.engine import Database
from bot.database.tables import workspaces
from bot.tips.claims import Take
from bot.tips.delivery import MUTED, UNWANTED
from bot.tips.models import GRACE, LEASE, Delivery, State, Subscription
from bot.tips.ports import Claimed
from bot.tips.repository.claiming import ALIVE, Pace
from bot.tips.repository.deliveries import OPEN_STATES

TEAMS = workspaces
LATE = "late"
DUE_STATES = (State.WAITING, *OPEN_STATES)


class RunPostQueue:
    def __init__(self, database: Database, repository: RunRepository, pace: Pace) -> None:
        self._database = database
        self._repository = repository
        self._pace = pace

    def next_moment(self) -> datetime | None:
        """When there is something to do; None if never."""
        held = case(
            (and_(run_posts.c.state == State.WAITING, TEAMS.c.next_post_at > run_posts.c.retry_at),
             TEAMS.c.next_post_at),
            else_=run_posts.c.retry_at,
        )  # fmt: skip
        query = (
            select(func.min(held))
            .join_from(run_posts, TEAMS, run_posts.c.team_id == TEAMS.c.team_id)
            .where(run_posts.c.state.in_(DUE_STATES), run_posts.c.retry_at.is_not(None), ALIVE)
        )
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(query)
        return found

    def claim(self, now: datetime, take: Take) -> Claimed:
        """Claim what may be posted now; too late, or to somebody who wants none, is settled as
        missed. `take` is for tips, and is not asked."""
        free = or_(TEAMS.c.next_post_at.is_(None), TEAMS.c.next_post_at <= now)
        query = (
            select(run_posts)
            .join(TEAMS, run_posts.c.team_id == TEAMS.c.team_id)
            .where(run_posts.c.state == State.WAITING, run_posts.c.retry_at <= now, ALIVE, free)
            .order_by(run_posts.c.retry_at, run_posts.c.id)
            .limit(self._pace.batch)
            .with_for_update(skip_locked=True, of=run_posts)
        )
        posts: list[Post] = []
        missed: list[Post] = []
        with self._database.write() as connection:
            ready = [to_post(row) for row in connection.execute(query).mappings()]
            found = load_runs(connection, runs.c.id.in_({post.run_id for post in ready}))
            by_id = {run.id: run for run in found}
            counts: Counter[str] = Counter()
            for post in ready:
                if error := self._reason_to_miss(connection, by_id[post.run_id], post, now):
                    missed.append(_settled(connection, post, State.MISSED, error))
                elif counts[post.team_id] < self._pace.burst:
                    counts[post.team_id] += 1
                    posts.append(_claimed(connection, by_id[post.run_id], post, now))
            self._advance(connection, counts, now)
        return Claimed(posts, missed)

    def claim_lookups(self, now: datetime) -> list[Delivery]:
        """Claimed a lease ago and never settled: now unconfirmed, for the caller to look up."""
        query = (
            select(run_posts)
            .join(TEAMS, run_posts.c.team_id == TEAMS.c.team_id)
            .where(run_posts.c.state.in_(OPEN_STATES), run_posts.c.retry_at <= now, ALIVE)
            .order_by(run_posts.c.retry_at)
            .limit(self._pace.batch)
            .with_for_update(skip_locked=True, of=run_posts)
        )
        with self._database.write() as connection:
            rows = connection.execute(query).mappings().all()
            return [
                _settled(connection, to_post(row), State.UNCONFIRMED, retry_at=now + LEASE)
                for row in rows
            ]

    def claim_farewells(self) -> list[Subscription]:
        """Nothing here is subscribed to."""
        return []

    def settle(self, team_id: str, after: Delivery, *, give_back: bool = False) -> bool:
        """Save what came of the attempt `after.attempt`; a list that was posted has its message.

        False, and nothing saved, if the post is no longer this attempt's.
        """
        if not isinstance(after, Post):
            raise TypeError(f"{after!r} is no post of a run")
        here = (
            run_posts.c.id == after.id,
            run_posts.c.team_id == team_id,
            run_posts.c.attempt == after.attempt,
            run_posts.c.state.in_(OPEN_STATES),
        )
        came = {name: getattr(after, name) for name in ("state", "retry_at", "ts", "error")}
        query = update(run_posts).where(*here).values(**came).returning(run_posts.c.id)
        with self._database.write() as connection:
            if after.kind is PostKind.LIST:  # the run first, as whoever changes or deletes it
                lock_run(connection, team_id, after.run_id)
            saved = connection.execute(query).first() is not None
            if saved and after.kind is PostKind.LIST:
                _show(connection, after)
        return saved

    def end(self, team_id: str, channel_id: str, error: str) -> None:
        """Slack takes no message there: a person's items say so. A channel's lists have said it
        when they were settled."""
        if not channel_id.startswith(("U", "W")):
            return
        here = (run_posts.c.team_id == team_id, run_posts.c.channel_id == channel_id)
        with self._database.read() as connection:
            found_at = connection.scalar(select(func.max(run_posts.c.claimed_at)).where(*here))
        if found_at is not None:
            self._repository.mark_unreachable(team_id, channel_id, error, found_at)

    def _reason_to_miss(self, connection: Connection, run: Run, post: Post, now: datetime) -> str:
        if post.due_at < now - GRACE:
            return LATE
        if not is_wanted(run, post):  # while it was being tried, the run went on
            return UNWANTED
        muted = exists().where(
            reminder_mutes.c.team_id == post.team_id, reminder_mutes.c.user_id == post.channel_id
        )
        if post.kind in DIRECT and connection.scalar(select(muted)):
            return MUTED
        return ""

    def _advance(self, connection: Connection, counts: Counter[str], now: datetime) -> None:
        for team_id, count in counts.items():
            later = now + count * self._pace.interval
            earlier = or_(TEAMS.c.next_post_at.is_(None), TEAMS.c.next_post_at < later)
            connection.execute(
                update(TEAMS).where(TEAMS.c.team_id == team_id, earlier).values(next_post_at=later)
            )


def _claimed(connection: Connection, run: Run, post: Post, now: datetime) -> Post:
    values = {
        "thread_ts": run.message_ts if post.kind is PostKind.SUMMARY else "",
        "state": State.CLAIMED,
        "attempt": post.attempt + 1,
        "claimed_at": now,
        "retry_at": now + LEASE,
    }
    return _save(connection, post, values)


def _settled(
    connection: Connection,
    post: Post,
    state: State,
    error: str = "",
    retry_at: datetime | None = None,
) -> Post:
    values = {"state": state, "error": error or post.error, "retry_at": retry_at}
    return _save(connection, post, values)


def _save(connection: Connection, post: Post, values: Mapping[str, object]) -> Post:
    query = update(run_posts).where(run_posts.c.id == post.id).values(**values)
    row = connection.execute(query.returning(*run_posts.c)).mappings().one()
    return to_post(row)


def _show(connection: Connection, post: Post) -> None:
    """The run knows its message, or why there is none. What changed while it was being posted is
    shown by the next update."""
    here = update(runs).where(runs.c.id == post.run_id, runs.c.message_ts == "")
    if post.state is not State.SENT:
        problem = {State.WAITING: "", State.FAILED: post.error}.get(post.state, str(post.state))
        connection.execute(here.values(problem=problem))
        return
    fresh = runs.c.revision == 1  # as it was created
    connection.execute(
        here.values(
            message_ts=post.ts,
            problem="",
            shown=case((fresh, 1), else_=runs.c.shown),
            refresh_at=case((fresh, instant(None)), else_=instant(post.claimed_at)),
        )
    )
