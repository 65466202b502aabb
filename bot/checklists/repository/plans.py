"""What a change to a run makes of its posts, within the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, select

from bot.checklists.changes import Changed
from bot.checklists.posts import Post, build_reminders, is_punctual, is_wanted, new_posts
from bot.checklists.repository.rows import post_row, to_post
from bot.checklists.tables import run_posts
from bot.database.engine import Database
from bot.tips.models import State


def save_plan(
    database: Database,
    connection: Connection,
    made: Changed,
    now: datetime,
    new_id: Callable[[], str],
) -> None:
    """Call off what waits and is not wanted any more; add what is new."""
    run = made.after
    here = (run_posts.c.run_id == run.id, run_posts.c.state == State.WAITING)
    waiting = [
        to_post(row) for row in connection.execute(select(run_posts).where(*here)).mappings()
    ]
    unwanted = [
        post.id for post in waiting if not (is_wanted(run, post) and is_punctual(run, post))
    ]
    if unwanted:
        connection.execute(delete(run_posts).where(run_posts.c.id.in_(unwanted), *here))
    save_posts(
        database, connection, [*new_posts(made, now, new_id), *build_reminders(run, now, new_id)]
    )


def save_posts(database: Database, connection: Connection, posts: Iterable[Post]) -> None:
    """One that was planned before, and perhaps sent, stays as it is."""
    rows = [post_row(post) for post in posts]
    if rows:
        connection.execute(database.insert(run_posts).on_conflict_do_nothing(), rows)
