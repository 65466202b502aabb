"""After a backup was put back: what fell due since it was made may have been posted by the bot that
ran until then. It counts as unconfirmed, so it is looked up in Slack or shown, never posted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.outbox.models import State
from bot.storage import Storage
from bot.tips.models import Delivery, Subscription
from bot.tips.planning import Planned, build_plan, find_id
from bot.tips.rotation import Pool

PAST = 20  # deliveries of a workspace, among which one shows how its ids are made


def doubt_what_was_due(storage: Storage, find_pool: Callable[[], Pool], now: datetime) -> int:
    """Mark all of it, also what the backup had not planned yet: tips (only these need `find_pool`)
    and rounds of checklists that repeat. Have open lists drawn as they are in the backup. Returns
    how many messages are unconfirmed now."""
    planned: list[Delivery] = []

    def plan(sub: Subscription, now: datetime) -> Planned:
        return build_plan(find_pool())(sub, now)

    while True:
        new, subscriptions = storage.due_tips.enqueue(now, plan, everywhere=True)
        if not subscriptions:
            break
        planned += new
    while due := storage.series.list_due(now, everywhere=True):
        for series in due:
            storage.series.start_next(series, now)
    count = storage.outbox.doubt(now, _find_unfindable(storage, planned))
    storage.runs.redraw_all(now)
    return count


def _find_unfindable(storage: Storage, planned: Iterable[Delivery]) -> list[str]:
    """A bot before version 1.0 posted tips with ids that nobody can know again."""
    by_team: dict[str, list[str]] = {}
    for delivery in planned:
        by_team.setdefault(delivery.team_id, []).append(delivery.id)
    return [
        delivery_id
        for team_id, ids in by_team.items()
        if not _has_known_ids(storage, team_id)
        for delivery_id in ids
    ]


def _has_known_ids(storage: Storage, team_id: str) -> bool:
    return any(
        past.state is State.SENT
        and past.id == find_id(past.subscription_id, team_id, past.channel_id, past.local_date)
        for past in storage.deliveries.history(team_id, limit=PAST)
    )
