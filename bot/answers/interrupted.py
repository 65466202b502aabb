"""Promises as a customer of the outbox: a message to the user that waits, and is withdrawn when
what was asked for is done. It is sent where the process died before that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.answers import words
from bot.database.workspaces import require_workspace
from bot.i18n import Lang
from bot.outbox.models import GRACE, OutboundMessage, Rendered
from bot.outbox.outcomes import Effect
from bot.outbox.repository import Outbox, new_id
from bot.slack.blocks import clip
from bot.slack.languages import Languages
from bot.slack.mrkdwn import literal
from bot.slack.notes import build_note
from bot.slack.request import Request

if TYPE_CHECKING:
    from bot.outbox.ports import Transaction

FEATURE = "interrupted"
PATIENCE = timedelta(minutes=2)  # longer than anything takes that is still under way
SAID_CHARS = 120


class Interrupted:
    name = FEATURE
    noun = "notice of an interruption"
    event_type = "interrupted"

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        lang: Lang = "zh" if message.data["lang"] == "zh" else "en"
        said, channel_id = literal(str(message.data["said"])), str(message.data["channel_id"])
        in_channel = channel_id and not channel_id.startswith("D")
        where = words.INTERRUPTED_WHERE.get(lang).format(channel=channel_id) if in_channel else ""
        text = words.INTERRUPTED.get(lang).format(said=said, where=where)
        return Rendered(build_note(text).as_message())

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        """Nothing is kept beside the message itself."""

    def describe(self, message: OutboundMessage) -> str:
        return f"key={message.key}"


class Promises:
    """See bot/slack/promises.py."""

    def __init__(self, outbox: Outbox, languages: Languages, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._languages = languages
        self._clock = clock

    def make(self, request: Request, said: str) -> Callable[[], object]:
        """The call that ends the promise. A request that Slack sends again has the first one's
        promise, which only its own call ends. Raises StorageError and WorkspaceGone."""
        at = self._clock() + PATIENCE
        post_id = new_id()
        lang = self._languages.of(request.team_id, request.user_id, request.text)
        post = OutboundMessage(
            id=post_id,
            team_id=request.team_id,
            channel_id=request.user_id,
            feature=FEATURE,
            key=_key(request) or post_id,
            subject=post_id,
            data={"said": clip(said, SAID_CHARS), "lang": lang, "channel_id": request.channel_id},
            due_at=at,
            next_at=at,
            expires_at=at + GRACE,
        )
        with self._outbox.write() as connection:
            require_workspace(connection, request.team_id)
            self._outbox.add(connection, [post])
        return lambda: self._end(request.team_id, post_id)

    def _end(self, team_id: str, post_id: str) -> None:
        with self._outbox.write() as connection:
            found = self._outbox.lock_waiting(connection, team_id, FEATURE, post_id)
            self._outbox.withdraw(connection, found)


def _key(request: Request) -> str:
    """The same key for one click or one message, however often Slack sends it."""
    return request.event_key or request.trigger_id
