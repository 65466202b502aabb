"""Questions to the team. Who asked stands in `askers` alone, from the question to its answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from bot.admin.tables import settings as SETTINGS
from bot.database.engine import Database
from bot.database.workspaces import require_workspace
from bot.i18n import Lang
from bot.insights.models import (
    KEEP,
    KEEP_TEXT,
    MAX_A_DAY,
    MAX_OPEN,
    Asker,
    AskOutcome,
    Question,
    QuestionState,
)
from bot.insights.posts import (
    QUESTIONS,
    build_asker_post,
    build_question_post,
    build_question_update,
)
from bot.insights.tables import QUESTION_CHARS
from bot.insights.tables import askers as ASKERS
from bot.insights.tables import questions as TABLE
from bot.outbox.models import Kind, OutboundMessage, State
from bot.outbox.repository import Outbox, new_id
from bot.search.normalize import key_of

DAY = timedelta(days=1)
EXPIRED = 100  # at a time
OPEN = TABLE.c.state == QuestionState.OPEN


class QuestionRepository:
    def __init__(self, database: Database, outbox: Outbox) -> None:
        self._database = database
        self._outbox = outbox

    def ask(
        self, team_id: str, user_id: str, text: str, lang: Lang, channel_id: str, now: datetime
    ) -> AskOutcome:
        """Keep a question, with the post that shows it in the curators' channel; the same one asked
        again counts up. Raises WorkspaceGone."""
        text, key = text[:QUESTION_CHARS], key_of(text)[:QUESTION_CHARS]
        if not key:
            return AskOutcome.EMPTY
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            _lock_team(connection, team_id)
            question = _find_open(connection, team_id, key)
            if question and _has_asked(connection, question, user_id):
                return AskOutcome.ALREADY
            if _count_open(connection, team_id, user_id) >= MAX_OPEN:
                return AskOutcome.TOO_MANY_OPEN
            if question:
                more = {"times": question.times + 1, "last_at": now}
                connection.execute(update(TABLE).where(TABLE.c.id == question.id).values(**more))
                self._show(connection, question, now)
                outcome = AskOutcome.COUNTED
            elif refusal := _refuse(connection, team_id, key, now):
                return refusal
            else:
                question = Question(
                    id=new_id(), team_id=team_id, text=text, times=1, state=QuestionState.OPEN,
                    asked_at=now, last_at=now,
                )  # fmt: skip
                connection.execute(insert(TABLE).values(key=key, **_row(question)))
                post = build_question_post(question, channel_id, now, new_id())
                self._outbox.add(connection, [post])
                outcome = AskOutcome.SENT
            asker = {"question_id": question.id, "user_id": user_id, "team_id": team_id,
                     "token": new_id(), "lang": lang, "asked_at": now}  # fmt: skip
            connection.execute(insert(ASKERS).values(asker))
            return outcome

    def find(self, team_id: str, question_id: str) -> Question | None:
        query = select(TABLE).where(TABLE.c.team_id == team_id, TABLE.c.id == question_id)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return _question(row) if row else None

    def list_open(self, team_id: str, limit: int = 100) -> list[Question]:
        """The open questions, those asked most often first."""
        query = select(TABLE).where(TABLE.c.team_id == team_id, OPEN)
        query = query.order_by(TABLE.c.times.desc(), TABLE.c.asked_at, TABLE.c.id).limit(limit)
        with self._database.read() as connection:
            return [_question(row) for row in connection.execute(query).mappings()]

    def count_open(self, team_id: str) -> int:
        query = select(func.count()).select_from(TABLE).where(TABLE.c.team_id == team_id, OPEN)
        with self._database.read() as connection:
            return connection.scalar(query) or 0

    def find_asker(self, team_id: str, token: str) -> Asker | None:
        query = select(ASKERS).where(ASKERS.c.team_id == team_id, ASKERS.c.token == token)
        with self._database.read() as connection:
            row = connection.execute(query).mappings().first()
        return _asker(row) if row else None

    def decide(
        self, team_id: str, question_id: str, state: QuestionState, by: str, now: datetime,
        entry_id: str = "",
    ) -> bool:  # fmt: skip
        """Answer or decline an open question, and have everybody told who asked; False where it is
        not open any more. Raises StorageError."""
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            query = select(TABLE).where(TABLE.c.team_id == team_id, TABLE.c.id == question_id, OPEN)
            row = connection.execute(query.with_for_update()).mappings().first()
            if row is None:
                return False
            values = {"state": state, "decided_by": by, "entry_id": entry_id, "last_at": now}
            connection.execute(update(TABLE).where(TABLE.c.id == question_id).values(**values))
            tokens = connection.scalars(
                select(ASKERS.c.token).where(ASKERS.c.question_id == question_id)
            )
            posts = [build_asker_post(team_id, token, now, new_id()) for token in sorted(tokens)]
            self._outbox.add(connection, posts)
            self._show(connection, _question(row), now)
            return True

    def post_open(self, team_id: str, channel_id: str, now: datetime) -> None:
        """Show all open questions in a channel that has just become the curators'."""
        found = self.list_open(team_id)
        with self._outbox.write() as connection:
            require_workspace(connection, team_id)
            self._outbox.add(
                connection, [build_question_post(q, channel_id, now, new_id()) for q in found]
            )

    def note_posted(self, connection: Connection, post: OutboundMessage, now: datetime) -> None:
        """Within the transaction that saves a post: what changed while it was under way is shown by
        an update."""
        query = select(TABLE).where(TABLE.c.id == post.subject)
        row = connection.execute(query).mappings().first()
        if row and (row["state"] != QuestionState.OPEN or row["last_at"] > row["asked_at"]):
            self._ask_update(connection, _question(row), post, now)

    def find_posted(self, message: OutboundMessage) -> str:
        """The ts of the message that an update is about; "" if there is none."""
        with self._database.read() as connection:
            posts = self._posts(connection, message.team_id, message.subject)
        found = (p.ts for p in posts if p.channel_id == message.channel_id and p.ts)
        return next(found, "")

    def forget_asker(self, connection: Connection, team_id: str, token: str) -> None:
        """Who asked has been told, or cannot be."""
        here = (ASKERS.c.team_id == team_id, ASKERS.c.token == token)
        connection.execute(delete(ASKERS).where(*here))

    def expire(self, now: datetime) -> None:
        """End what nobody answered in time; nobody is told, as who asked is forgotten with it."""
        old = now - KEEP
        query = select(TABLE).where(OPEN, TABLE.c.last_at <= old).limit(EXPIRED)
        with self._outbox.write() as connection:
            rows = connection.execute(query.with_for_update(skip_locked=True)).mappings().all()
            for question in map(_question, rows):
                here = TABLE.c.id == question.id
                connection.execute(update(TABLE).where(here).values(state=QuestionState.EXPIRED))
                self._show(connection, question, now)
            ids = [row["id"] for row in rows]
            connection.execute(delete(ASKERS).where(ASKERS.c.question_id.in_(ids)))
            connection.execute(delete(ASKERS).where(ASKERS.c.asked_at <= old))
            connection.execute(delete(TABLE).where(~OPEN, TABLE.c.last_at <= now - KEEP_TEXT))

    def _show(self, connection: Connection, question: Question, now: datetime) -> None:
        """Have the question's messages show how it stands now. One that is still to be posted will
        do so by itself."""
        for post in self._posts(connection, question.team_id, question.id):
            if post.state is State.SENT:
                self._ask_update(connection, question, post, now)

    def _ask_update(
        self, connection: Connection, question: Question, post: OutboundMessage, now: datetime
    ) -> None:
        message = build_question_update(question, post, now, new_id())
        self._outbox.ask_update(connection, message, now)

    def _posts(self, connection: Connection, team_id: str, subject: str) -> list[OutboundMessage]:
        found = self._outbox.list_of(connection, team_id, QUESTIONS, subject)
        return [message for message in found if message.kind is Kind.POST]


def _lock_team(connection: Connection, team_id: str) -> None:
    """Questions of one workspace come one after the other, so that none is there twice. The row of
    its settings is there: they name the curators' channel."""
    query = select(SETTINGS.c.team_id).where(SETTINGS.c.team_id == team_id)
    connection.execute(query.with_for_update())


def _find_open(connection: Connection, team_id: str, key: str) -> Question | None:
    query = select(TABLE).where(TABLE.c.team_id == team_id, OPEN, TABLE.c.key == key)
    row = connection.execute(query.with_for_update()).mappings().first()
    return _question(row) if row else None


def _has_asked(connection: Connection, question: Question, user_id: str) -> bool:
    here = (ASKERS.c.question_id == question.id, ASKERS.c.user_id == user_id)
    return connection.scalar(select(ASKERS.c.token).where(*here)) is not None


def _count_open(connection: Connection, team_id: str, user_id: str) -> int:
    here = (ASKERS.c.team_id == team_id, ASKERS.c.user_id == user_id)
    return connection.scalar(select(func.count()).select_from(ASKERS).where(*here)) or 0


def _refuse(connection: Connection, team_id: str, key: str, now: datetime) -> AskOutcome | None:
    """Why a new question is not taken."""
    declined = select(TABLE.c.id).where(
        TABLE.c.team_id == team_id, TABLE.c.key == key,
        TABLE.c.state == QuestionState.DECLINED, TABLE.c.last_at > now - KEEP,
    )  # fmt: skip
    if connection.scalar(declined.limit(1)) is not None:
        return AskOutcome.DECLINED
    today = select(func.count()).where(TABLE.c.team_id == team_id, TABLE.c.asked_at > now - DAY)
    return AskOutcome.TOO_MANY_TODAY if (connection.scalar(today) or 0) >= MAX_A_DAY else None


def _row(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in Question.__dataclass_fields__}


def _question(row: RowMapping) -> Question:
    values = {name: row[name] for name in Question.__dataclass_fields__}
    return Question(**values | {"state": QuestionState(row["state"])})


def _asker(row: RowMapping) -> Asker:
    lang: Lang = "zh" if row["lang"] == "zh" else "en"
    return Asker(row["token"], row["question_id"], lang, row["user_id"])
