"""Names that questions used, learnt from what curators said of questions to the team alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot.database.engine import Database
from bot.database.workspaces import require_workspace
from bot.insights.posts import build_name_post
from bot.insights.tables import heard_names as TABLE
from bot.outbox.repository import Outbox, new_id
from bot.search.normalize import key_of

NAME_CHARS = 120
ENOUGH = 2  # times, before a name is offered


class NameRepository:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def hear(self, team_id: str, name: str, entry_id: str, channel_id: str, now: datetime) -> None:
        """One more question that called the entry so. At the second one the curators are asked, in
        their channel, whether it is a name of it; once."""
        name, key = name[:NAME_CHARS], key_of(name)[:NAME_CHARS]
        keys = {"team_id": team_id, "key": key, "entry_id": entry_id}
        new = self._database.insert(TABLE).values(**keys, name=name, times=1, offered=0)
        counted = new.on_conflict_do_update(
            index_elements=list(keys), set_={"times": TABLE.c.times + 1}
        )
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            connection.execute(counted)
            here = [TABLE.c[column] == value for column, value in keys.items()]
            row = connection.execute(select(TABLE).where(*here)).mappings().one()
            if row["times"] >= ENOUGH and not row["offered"] and channel_id:
                connection.execute(update(TABLE).where(*here).values(offered=1))
                post = build_name_post(team_id, key, entry_id, name, channel_id, now, new_id())
                self._outbox.add(connection, [post])
