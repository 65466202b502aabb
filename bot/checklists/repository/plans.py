"""What a change to a run makes of its messages, within the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.checklists.changes import Changed
from bot.checklists.posts import FEATURE, build_reminders, is_punctual, is_wanted, new_posts
from bot.outbox.repository import Outbox, new_id


def save_plan(outbox: Outbox, connection: Connection, made: Changed, now: datetime) -> None:
    """Call off what waits and is not wanted any more; add what is new. One that was planned before,
    and perhaps sent, stays as it is."""
    run = made.after
    waiting = outbox.lock_waiting(connection, run.team_id, FEATURE, run.id)
    unwanted = [post for post in waiting if not (is_wanted(run, post) and is_punctual(run, post))]
    outbox.withdraw(connection, unwanted)
    outbox.add(connection, [*new_posts(made, now, new_id), *build_reminders(run, now, new_id)])
