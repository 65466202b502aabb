"""Claim -> render -> post -> record, for every message that is due. The truth is in the database:
this may run in any number of processes, stop at any point, and start again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from bot.database.errors import StorageError
from bot.outbox.holds import HELD_BACK, Holds
from bot.outbox.lanes import Lanes
from bot.outbox.models import HIDDEN, Kind, OutboundMessage, Rendered, State
from bot.outbox.outcomes import ADVICE, Effect, Outcome
from bot.outbox.ports import CannotRender, Customer, Now, Sender, Store, Workspaces
from bot.outbox.report import report
from bot.outbox.settlement import expire, settle_lookup, settle_post, settle_update, try_again

if TYPE_CHECKING:
    from bot.outbox.ports import Transaction

THREADS = 8

log = logging.getLogger("bot.outbox")


class Dispatcher:
    """Sends what is due. `on_settled` is called from any thread when a message has been settled,
    `on_saved` with what came of it."""

    def __init__(
        self,
        outbox: Store,
        workspaces: Workspaces,
        sender: Sender,
        features: Iterable[Customer],
        now: Now,
        threads: int = THREADS,
    ) -> None:
        self._outbox = outbox
        self._workspaces = workspaces
        self._sender = sender
        self._features = {feature.name: feature for feature in features}
        self._now = now
        self._lanes = Lanes(threads)
        self._lock = Lock()
        self._unsaved: list[tuple[OutboundMessage, Outcome]] = []
        self._holds = Holds()
        self._stopping = False
        self.on_settled: Callable[[], None] = lambda: None
        self.on_saved: Callable[[OutboundMessage], object] = lambda message: None

    @property
    def features(self) -> Collection[str]:
        """Whose messages are sent."""
        return self._features.keys()

    def dispatch(self) -> bool:
        """Start to send what may be sent now; False if there was nothing. Raises StorageError."""
        did = self.save_unsaved()
        now = self._now()
        for message in self._outbox.list_late(now, self.features):
            self._expire(message)
            did = True
        free = self._outbox.batch - self._lanes.count
        if self._stopping or free <= 0:
            return did
        claimed = self._outbox.claim(now, free, self.features)
        self._holds.forget_dead({message.team_id for message in claimed})
        for message in claimed:
            lane = (message.team_id, message.channel_id)
            self._lanes.put(lane, partial(self._handle, message))
        return did or bool(claimed)

    def drain(self) -> None:
        """Wait for what is under way."""
        self._lanes.drain()

    def stop(self) -> None:
        """Claim no more."""
        self._stopping = True

    def close(self) -> None:
        """Finish what is being sent, save the outcomes, and give back what was only claimed."""
        self.stop()
        self._lanes.close()
        self.save_unsaved()

    def _handle(self, message: OutboundMessage) -> None:
        try:
            if message.state is State.UNCONFIRMED:
                self._look_up(message)
            elif message.kind is Kind.UPDATE:
                self._update(message)
            else:
                self._post(message)
        except Exception:  # a fault in one message must not leave the others unsent
            log.exception(
                "message %s of %s failed; it is taken up again when its claim expires",
                message.id,
                message.feature,
            )
        self.on_settled()

    def _post(self, message: OutboundMessage) -> None:
        if later := self._put_off_until(message):
            self._save(try_again(message, later, HELD_BACK.error), HELD_BACK)
            return
        rendered, outcome = self._render(message)
        if rendered is not None:
            if rendered.thread_ts != message.thread_ts:
                message = replace(message, thread_ts=rendered.thread_ts)
                if not self._outbox.begin(message):
                    return
            event_type = self._features[message.feature].event_type
            outcome = self._sender.post(_address(message, rendered), rendered.content, event_type)
        self._holds.note(message, outcome, self._now())
        self._save(settle_post(message, outcome, self._now()), outcome)

    def _update(self, message: OutboundMessage) -> None:
        rendered, outcome = self._render(message)
        look_again = None
        if rendered is not None:
            message = replace(message, ts=rendered.ts)
            look_again = rendered.look_again
            if later := self._put_off_until(message):
                wait = later - self._now()
                outcome = Outcome(Effect.LIMITED, error=HELD_BACK.error, wait=wait)
            else:
                outcome = self._sender.update(message, rendered.content)
        self._holds.note(message, outcome, self._now())
        self._save(settle_update(message, outcome, self._now(), look_again), outcome)

    def _look_up(self, message: OutboundMessage) -> None:
        there = message
        if message.channel_id == HIDDEN:
            rendered, _ = self._render(message)
            there = _address(message, rendered) if rendered else message
        outcome = self._sender.find(there)
        after = settle_lookup(message, outcome, self._now())
        known = {State.SENT: Effect.POSTED, State.UNCONFIRMED: Effect.UNSURE}
        self._save(after, Outcome(known.get(after.state, Effect.ABSENT)))

    def _put_off_until(self, message: OutboundMessage) -> datetime | None:
        """When a claimed message is to be tried instead of now; None if it may be sent now."""
        now = self._now()
        return now if self._stopping else self._holds.until(message, now)

    def _render(self, message: OutboundMessage) -> tuple[Rendered | None, Outcome]:
        """The message; without one, why there is none."""
        try:
            rendered = self._features[message.feature].render(message, self._now())
        except StorageError as error:
            log.error("message %s is held up: %s", message.id, error)
            return None, Outcome(Effect.NOT_POSTED, error="storage")
        except CannotRender as error:
            return None, Outcome(Effect.OUR_FAULT, error=str(error))
        except Exception:
            log.exception("message %s of %s cannot be rendered", message.id, message.feature)
            return None, Outcome(Effect.OUR_FAULT, error="words")
        return rendered, Outcome(Effect.UNWANTED, error=Effect.UNWANTED)

    def _save(self, after: OutboundMessage, outcome: Outcome) -> bool:
        """Record what came of a message, and act on its workspace. What fails here is saved at the
        next call; until then the message counts as unconfirmed, so nothing is posted twice."""
        try:
            if outcome.effect is Effect.WORKSPACE_DEAD:
                self._workspaces.stop(after.team_id, outcome.error)
            elif outcome.effect is Effect.LIMITED and (until := after.next_at):
                self._workspaces.hold(after.team_id, until, updates=after.kind is Kind.UPDATE)
            saved = self._outbox.settle(after, self._recorder(after, outcome.effect))
        except StorageError as error:
            with self._lock:
                self._unsaved.append((after, outcome))
            self._log(after, f"not recorded yet, kept for the next time: {error}")
            return False
        self._log(after, ADVICE.get(outcome.effect, "") if saved else "settled elsewhere already")
        if saved:
            self.on_saved(after)
        return True

    def save_unsaved(self) -> bool:
        """Record what could not be recorded before; True if something was."""
        with self._lock:
            unsaved, self._unsaved = self._unsaved, []
        saved = [self._save(after, outcome) for after, outcome in unsaved]
        return any(saved)

    def _expire(self, message: OutboundMessage) -> None:
        after = expire(message)
        if self._outbox.expire(after, self._recorder(after, Effect.LATE)):
            self._log(after, ADVICE[Effect.LATE])
            self.on_saved(after)

    def _recorder(self, after: OutboundMessage, effect: Effect) -> Callable[[Transaction], None]:
        feature = self._features[after.feature]

        def record(connection: Transaction) -> None:
            feature.record(connection, after, effect, self._now())

        return record

    def _log(self, message: OutboundMessage, advice: str) -> None:
        report(message, self._features[message.feature], advice)


def _address(message: OutboundMessage, rendered: Rendered) -> OutboundMessage:
    """The message with its conversation, where that is known to the feature alone."""
    if message.channel_id != HIDDEN:
        return message
    return replace(message, channel_id=rendered.channel_id)
