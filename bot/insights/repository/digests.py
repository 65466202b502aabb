"""When digests are due: kept with the workspaces' settings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from bot.admin.digest_time import digest_days, next_digest
from bot.admin.models import Digest, WorkspaceSettings
from bot.admin.tables import settings as SETTINGS
from bot.database.engine import Database
from bot.database.workspaces import is_installed
from bot.insights.posts import build_digest_post
from bot.outbox.repository import Outbox, new_id

BATCH = 50
THERE = is_installed(SETTINGS.c.team_id)
NEXT_MOMENT = select(func.min(SETTINGS.c.digest_at)).where(THERE)


class DigestRepository:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def next_moment(self) -> datetime | None:
        with self._database.read() as connection:
            found: datetime | None = connection.scalar(NEXT_MOMENT)
        return found

    def enqueue_due(self, now: datetime) -> bool:
        """Enqueue the digests that are due, one a workspace, and set when the next ones are; False
        if there was none. One that is more than two days late is skipped."""
        query = select(SETTINGS).where(SETTINGS.c.digest_at <= now, THERE).limit(BATCH)
        with self._outbox.write() as connection:
            rows = connection.execute(query.with_for_update(skip_locked=True)).mappings().all()
            for row in rows:
                digest = Digest(row["digest"])
                later = next_digest(WorkspaceSettings(digest=digest, zone=row["zone"]), now)
                connection.execute(
                    update(SETTINGS)
                    .where(SETTINGS.c.team_id == row["team_id"])
                    .values(digest_at=later)
                )
                if row["curators_channel"] and digest is not Digest.OFF:
                    post = build_digest_post(
                        row["team_id"], row["curators_channel"], row["digest_at"],
                        digest_days(digest), new_id(),
                    )  # fmt: skip
                    self._outbox.add(connection, [post])
        return bool(rows)
