"""The outbox in tests: a Slack that does as it is told, a feature, and a worker by a fake clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from bot.outbox.dispatcher import Dispatcher
from bot.outbox.models import Content, OutboundMessage, Rendered, State
from bot.outbox.outcomes import Effect, Outcome
from bot.outbox.ports import Customer, Now, Planner, Sender, Store, Workspaces
from bot.outbox.worker import Worker

TEAM, CHANNEL, USER = "T1", "C1", "U1"
Step = Outcome | Callable[[OutboundMessage], Outcome]


@dataclass
class FakeSlack:
    """Keeps what was posted. `script` answers the next posts and updates instead, each by an
    outcome or by a callable that gets the message and may call `accept`.

    `readable`: whether the app may read the history, and so find what it posted. `refusing`: the
    workspaces whose token Slack does not accept.
    """

    now: Now
    readable: bool = False
    script: list[Step] = field(default_factory=list)
    history: list[OutboundMessage] = field(default_factory=list)
    contents: list[Content] = field(default_factory=list)
    updates: list[tuple[datetime, OutboundMessage, Content]] = field(default_factory=list)
    posted_at: list[tuple[datetime, str, str]] = field(default_factory=list)
    refusing: set[str] = field(default_factory=set)
    checked_at: list[tuple[datetime, str]] = field(default_factory=list)
    skew: timedelta = timedelta()
    asked_time: int = 0
    lock: Any = field(default_factory=Lock)

    def post(self, message: OutboundMessage, content: Content, event_type: str) -> Outcome:
        step = self._next_step()
        if step is not None:
            return step(message) if callable(step) else step
        return self.accept(message, content)

    def update(self, message: OutboundMessage, content: Content) -> Outcome:
        step = self._next_step()
        if step is not None:
            return step(message) if callable(step) else step
        with self.lock:
            self.updates.append((self.now(), message, content))
        return Outcome(Effect.POSTED, ts=message.ts)

    def accept(self, message: OutboundMessage, content: Content | None = None) -> Outcome:
        with self.lock:
            self.history.append(message)
            self.contents.append(content or {})
            self.posted_at.append((self.now(), message.team_id, message.channel_id))
            return Outcome(Effect.POSTED, ts=f"1700000000.{len(self.history):06}")

    def accept_but_lose_the_answer(self, message: OutboundMessage) -> Outcome:
        self.accept(message)
        return Outcome(Effect.UNSURE, error="RemoteDisconnected")

    def find(self, message: OutboundMessage) -> Outcome:
        if not self.readable:
            return Outcome(Effect.UNSURE, error="missing_scope")
        for number, found in enumerate(self.history, 1):
            if found.id == message.id:
                return Outcome(Effect.POSTED, ts=f"1700000000.{number:06}")
        return Outcome(Effect.ABSENT)

    def check(self, team_id: str) -> Outcome:
        self.checked_at.append((self.now(), team_id))
        if team_id in self.refusing:
            return Outcome(Effect.WORKSPACE_DEAD, error="account_inactive")
        return Outcome(Effect.POSTED)

    def slack_time(self) -> datetime | None:
        self.asked_time += 1
        return self.now() - self.skew

    def _next_step(self) -> Step | None:
        with self.lock:
            return self.script.pop(0) if self.script else None


@dataclass
class FakeFeature:
    """Renders each message's key. `unwanted` and `failing` name keys that it does otherwise with;
    `heard` is what it was told."""

    name: str = "notes"
    noun: str = "note"
    event_type: str = "note"
    unwanted: set[str] = field(default_factory=set)
    failing: dict[str, Exception] = field(default_factory=dict)
    threads: dict[str, str] = field(default_factory=dict)
    look_again: dict[str, datetime] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)
    heard: list[tuple[str, State, Effect]] = field(default_factory=list)

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        self.rendered.append(message.key)
        if message.key in self.failing:
            raise self.failing[message.key]
        if message.key in self.unwanted:
            return None
        return Rendered(
            {"text": message.key},
            thread_ts=self.threads.get(message.key, ""),
            ts="17.1" if message.kind == "update" else "",
            look_again=self.look_again.get(message.key),
        )

    def record(
        self, connection: Connection, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        self.heard.append((message.key, message.state, effect))

    def describe(self, message: OutboundMessage) -> str:
        return f"key={message.key}"


def build_message(key: str, now: datetime, **changes: Any) -> OutboundMessage:
    """To C1, due `now` unless `changes` say otherwise, and for twelve hours after it."""
    due_at = changes.get("due_at", now)
    values: dict[str, Any] = {
        "id": f"{changes.get('team_id', TEAM)}-{key}",
        "team_id": TEAM,
        "channel_id": CHANNEL,
        "feature": "notes",
        "key": key,
        "due_at": due_at,
        "next_at": due_at,
        "expires_at": due_at + timedelta(hours=12),
    }
    return OutboundMessage(**values | changes)


def build_worker(
    outbox: Store,
    workspaces: Workspaces,
    sender: Sender,
    features: Iterable[Customer],
    now: Now,
    planners: Iterable[Planner] = (),
    threads: int = 0,
) -> Worker:
    """By default one that does all within the calls of `catch_up`."""
    dispatcher = Dispatcher(outbox, workspaces, sender, features, now, threads)
    return Worker(outbox, workspaces, sender, dispatcher, planners, now)


class Failing:
    """`real`, of which the method `name` fails once."""

    def __init__(self, real: object, name: str, error: Exception) -> None:
        self._real, self._name, self._error = real, name, error
        self._failed = False

    def __getattr__(self, attribute: str) -> Any:
        if attribute == self._name and not self._failed:
            return self._fail
        return getattr(self._real, attribute)

    def _fail(self, *args: object, **kwargs: object) -> None:
        self._failed = True
        raise self._error


def sent(message: OutboundMessage, ts: str = "17.1") -> OutboundMessage:
    return replace(message, state=State.SENT, ts=ts, next_at=None)
