"""Claiming, within one transaction. What makes it safe with any number of processes: on PostgreSQL
it locks the workspaces and rows that it takes and passes over those that another has (SKIP LOCKED);
on SQLite write transactions come one after the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from bot.database.tables import workspaces as TEAMS
from bot.outbox.models import LEASE, OPEN_STATES, UPDATE_LEASE, Kind, OutboundMessage, Pace, State
from bot.outbox.tables import outbox as OUTBOX
from bot.outbox.tables import to_message

ALIVE = TEAMS.c.stopped == ""
IS_POST = OUTBOX.c.kind == Kind.POST
IS_UPDATE = OUTBOX.c.kind == Kind.UPDATE
TO_POST = and_(IS_POST, OUTBOX.c.state == State.WAITING)
TO_LOOK_UP = and_(IS_POST, OUTBOX.c.state.in_(OPEN_STATES))
# An update whose process died is claimed again: to repeat it does no harm.
TO_UPDATE = and_(IS_UPDATE, OUTBOX.c.state.in_([State.WAITING, State.CLAIMED]))
LOOKUPS = 20  # at a time


def is_late(now: datetime) -> ColumnElement[bool]:
    return and_(OUTBOX.c.expires_at.is_not(None), OUTBOX.c.expires_at < now)


@dataclass(frozen=True, slots=True)
class Claiming:
    """One claim of at most `limit` posts and as many updates, of some features."""

    connection: Connection
    pace: Pace
    now: datetime
    limit: int
    features: Collection[str]

    def claim(self) -> list[OutboundMessage]:
        return [*self._lookups(), *self._posts(), *self._updates()]

    def _lookups(self) -> list[OutboundMessage]:
        """Claimed a lease ago and never settled: now unconfirmed, for the caller to look up."""
        values = {"state": State.UNCONFIRMED, "next_at": self.now + LEASE}
        return self._take(self._due(TO_LOOK_UP, min(self.limit, LOOKUPS)), values)

    def _posts(self) -> list[OutboundMessage]:
        """A few due messages of each workspace, so that none waits for another's thousands."""
        ready = and_(TO_POST, self._ours(), OUTBOX.c.next_at <= self.now, ~is_late(self.now))
        teams = self._teams(ready)
        if not teams:
            return []
        place = func.row_number().over(
            partition_by=OUTBOX.c.team_id, order_by=(OUTBOX.c.next_at, OUTBOX.c.due_at, OUTBOX.c.id)
        )
        ranked = (
            select(OUTBOX.c.id, place.label("place"))
            .where(OUTBOX.c.team_id.in_(teams), ready)
            .subquery()
        )
        some = (
            select(ranked.c.id)
            .where(ranked.c.place <= self.pace.burst)
            .order_by(ranked.c.place)
            .limit(self.limit)
        )
        values = self._claimed(self.now + LEASE)
        posts = self._take(select(OUTBOX.c.id).where(OUTBOX.c.id.in_(some), ready), values)
        self._advance(posts)
        return posts

    def _updates(self) -> list[OutboundMessage]:
        held = or_(TEAMS.c.next_update_at.is_(None), TEAMS.c.next_update_at <= self.now)
        values = self._claimed(self.now + UPDATE_LEASE) | {"again": False}
        return self._take(self._due(TO_UPDATE, self.limit).where(held), values)

    def _teams(self, ready: ColumnElement[bool]) -> list[str]:
        """Workspaces with something to post, that served longest ago first; locked."""
        query = (
            select(TEAMS.c.team_id)
            .where(
                ALIVE,
                or_(TEAMS.c.next_post_at.is_(None), TEAMS.c.next_post_at <= self.now),
                TEAMS.c.team_id.in_(select(OUTBOX.c.team_id).where(ready)),
            )
            .order_by(TEAMS.c.next_post_at.asc().nulls_first())
            .limit(max(1, self.limit // self.pace.burst))
            .with_for_update(skip_locked=True, key_share=True)
        )
        return list(self.connection.scalars(query))

    def _due(self, condition: ColumnElement[bool], limit: int) -> Select[Any]:
        return (
            select(OUTBOX.c.id)
            .join(TEAMS, OUTBOX.c.team_id == TEAMS.c.team_id)
            .where(condition, self._ours(), OUTBOX.c.next_at <= self.now, ALIVE)
            .order_by(OUTBOX.c.next_at, OUTBOX.c.id)
            .limit(limit)
        )

    def _ours(self) -> ColumnElement[bool]:
        """A process of an older version leaves alone the features it does not know."""
        return OUTBOX.c.feature.in_(self.features)

    def _claimed(self, until: datetime) -> dict[str, Any]:
        return {
            "state": State.CLAIMED,
            "attempt": OUTBOX.c.attempt + 1,
            "tries": OUTBOX.c.tries + 1,
            "claimed_at": self.now,
            "next_at": until,
        }

    def _take(self, ids: Select[Any], values: dict[str, Any]) -> list[OutboundMessage]:
        """Lock the rows, change them, and return them in the order in which they were due."""
        locked = ids.with_for_update(skip_locked=True, of=OUTBOX)
        found = list(self.connection.scalars(locked))
        if not found:
            return []
        query = update(OUTBOX).where(OUTBOX.c.id.in_(found)).values(**values)
        rows = self.connection.execute(query.returning(*OUTBOX.c)).mappings().all()
        return sorted(map(to_message, rows), key=lambda message: (message.due_at, message.key))

    def _advance(self, posts: Sequence[OutboundMessage]) -> None:
        """Move each workspace's next post on by the pace, for the messages claimed; those with as
        many at once."""
        teams = defaultdict(list)
        for team_id, count in Counter(post.team_id for post in posts).items():
            teams[count].append(team_id)
        for count, team_ids in teams.items():
            later = self.now + count * self.pace.interval
            # Slack's answer to another process may have asked for more meanwhile.
            earlier = or_(TEAMS.c.next_post_at.is_(None), TEAMS.c.next_post_at < later)
            here = (TEAMS.c.team_id.in_(team_ids), earlier)
            self.connection.execute(update(TEAMS).where(*here).values(next_post_at=later))
