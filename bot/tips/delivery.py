"""Claim -> post -> record, for every tip that is due. The truth is in the database: this may run
in any number of processes, stop at any point, and start again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby

from bot.database.errors import StorageError
from bot.tips.claims import Take
from bot.tips.models import LEASE, Delivery, State, Subscription
from bot.tips.outcomes import ADVICE, Effect, Outcome
from bot.tips.ports import Clock, Sender, Store, Unwanted, Words
from bot.tips.settlement import Settlement, settle_lookup, settle_post, try_again

log = logging.getLogger("bot.tips")

HORIZON = timedelta(seconds=50)  # how long one tick goes on, for what the pace holds back
SHORT_REST = timedelta(milliseconds=250)
MAX_SKEW = timedelta(minutes=2)
UNWANTED = "unwanted"
MUTED = "muted"
EXPECTED = frozenset({UNWANTED, MUTED})  # errors that are nobody's fault


class Courier:
    """Delivers what is due. `tick` may be called again and again; it raises nothing of ours."""

    def __init__(
        self, store: Store, sender: Sender, clock: Clock, words: Words, take: Take, workers: int = 8
    ) -> None:
        self._store = store
        self._sender = sender
        self._clock = clock
        self._words = words
        self._take = take
        self._pool = ThreadPoolExecutor(workers, "tips") if workers > 1 else None
        self._stopping = False
        self._unsaved: list[tuple[Settlement, Outcome]] = []
        self._held: dict[str, datetime] = {}  # workspaces that are not to be tried before then
        self._dead: set[str] = set()  # workspaces that refused the token, this tick

    def tick(self, horizon: timedelta = HORIZON) -> None:
        """Do what is due now and until `horizon`; a database that fails is left for next time."""
        try:
            self._save_unsaved()
            self._work(self._clock.now() + horizon)
            self._say_farewell()
        except StorageError as error:
            log.error("tips are held up: %s", error)

    def stop(self) -> None:
        """Claim no more; a tick under way ends with what it has claimed."""
        self._stopping = True

    def close(self) -> None:
        """After the last tick."""
        if self._pool:
            self._pool.shutdown(wait=True)

    def _work(self, end: datetime) -> None:
        self._held.clear()
        self._dead.clear()
        due = self._store.queue.next_moment()
        if due is None or due > end or not self._clock_is_right(self._clock.now()):
            return
        while not self._stopping and (self._do_once(self._clock.now()) or self._rest(end)):
            pass

    def _rest(self, end: datetime) -> bool:
        """Until there is more to do; False if that is after `end`, or the process is to stop."""
        due = self._store.queue.next_moment()
        if due is None or due > end:
            return False
        # What is due already and could not be claimed is in another process's hands.
        return self._clock.wait(max(due - self._clock.now(), SHORT_REST))

    def _do_once(self, now: datetime) -> bool:
        lookups = self._store.queue.claim_lookups(now)
        for delivery in lookups:
            self._look_up(delivery)
        claimed = self._store.queue.claim(now, self._take)
        for delivery in claimed.missed:
            _log(delivery, "" if delivery.error in EXPECTED else "its time has passed")
        self._each(self._deliver, claimed.posts)
        return bool(lookups or claimed)

    def _each(self, task: Callable[[Delivery], None], deliveries: Iterable[Delivery]) -> None:
        for _ in self._pool.map(task, deliveries) if self._pool else map(task, deliveries):
            pass

    def _deliver(self, delivery: Delivery) -> None:
        now = self._clock.now()
        until = self._held.get(delivery.team_id, now)
        stale = now - delivery.claimed_at > LEASE / 2  # others may soon take it for abandoned
        if until > now or stale or delivery.team_id in self._dead:
            self._save(try_again(delivery, until, "held back"), Outcome(Effect.ABSENT))
            return
        outcome = self._post(delivery)
        now = self._clock.now()
        if outcome.effect is Effect.LIMITED:
            self._held[delivery.team_id] = now + outcome.wait
        elif outcome.effect is Effect.WORKSPACE_DEAD:
            self._dead.add(delivery.team_id)
        self._save(settle_post(delivery, outcome, now), outcome)

    def _post(self, delivery: Delivery) -> Outcome:
        try:
            message = self._words.tip(delivery)
        except StorageError as error:
            log.error("tip %s is held up: %s", delivery.id, error)
            return Outcome(Effect.NOT_POSTED, error="storage")
        except Unwanted:
            return Outcome(Effect.UNWANTED, error=UNWANTED)
        except Exception:  # a fault in one tip must not leave the others claimed and unposted
            log.exception("tip %s cannot be put into words", delivery.tip_id)
            return Outcome(Effect.OUR_FAULT, error="words")
        if message is None:
            return Outcome(Effect.OUR_FAULT, error="tip_removed")
        return self._sender.post(delivery, message)

    def _look_up(self, delivery: Delivery) -> None:
        outcome = self._sender.find(delivery)
        self._save(settle_lookup(delivery, outcome, self._clock.now()), Outcome(Effect.ABSENT))

    def _save(self, settlement: Settlement, outcome: Outcome) -> None:
        """Record, then act on the workspace or channel. What fails here is saved at the next tick;
        until then the delivery counts as unconfirmed, so nothing is posted twice."""
        after = settlement.after
        try:
            team_id = after.team_id
            saved = self._store.deliveries.settle(team_id, after, give_back=settlement.give_back)
            if outcome.effect is Effect.CHANNEL_GONE:
                self._store.subscriptions.end(team_id, after.channel_id, outcome.error)
            elif outcome.effect is Effect.WORKSPACE_DEAD:
                self._store.workspaces.stop(team_id, outcome.error)
            elif outcome.effect is Effect.LIMITED and after.retry_at:
                self._store.workspaces.hold(team_id, after.retry_at)
        except StorageError as error:
            self._unsaved.append((settlement, outcome))
            _log(after, f"not recorded yet, kept for the next tick: {error}")
        else:
            _log(after, ADVICE.get(outcome.effect, "") if saved else "settled elsewhere already")

    def _save_unsaved(self) -> None:
        unsaved, self._unsaved = self._unsaved, []
        for settlement, outcome in unsaved:
            self._save(settlement, outcome)

    def _say_farewell(self) -> None:
        """Tell the subscribers of ended subscriptions, each once, in one message for all."""
        ended = self._store.queue.claim_farewells()
        for (team_id, user_id), subs in groupby(sorted(ended, key=_place), key=_owner):
            outcome = self._sender.tell(team_id, user_id, self._words.farewell(list(subs)))
            log.info("farewell %s: team=%s user=%s %s",
                     outcome.effect, team_id, user_id, outcome.error)  # fmt: skip

    def _clock_is_right(self, now: datetime) -> bool:
        """By Slack's clock. A wrong one would post early, or take a year's tips for missed."""
        slack = self._sender.slack_time()
        if slack is None or abs(now - slack) <= MAX_SKEW:
            return True
        log.error(
            "no tips now: this machine's clock says %s, Slack's %s: set it right (NTP)",
            now.isoformat(timespec="seconds"), slack.isoformat(timespec="seconds"),
        )  # fmt: skip
        return False


def _owner(sub: Subscription) -> tuple[str, str]:
    return sub.team_id, sub.created_by


def _place(sub: Subscription) -> tuple[str, str, str]:
    return (*_owner(sub), sub.channel_id)


def _log(delivery: Delivery, advice: str) -> None:
    """One line a delivery: ids only."""
    well = delivery.state is State.SENT or delivery.error in EXPECTED
    level = logging.INFO if well and not advice else logging.WARNING
    log.log(
        level, "tip %s: team=%s channel=%s date=%s tip=%s id=%s attempt=%d%s%s",
        delivery.state, delivery.team_id, delivery.channel_id, delivery.local_date,
        delivery.tip_id or "-", delivery.id, delivery.attempt,
        f" error={delivery.error}" if delivery.error else "", f" ({advice})" if advice else "",
    )  # fmt: skip
