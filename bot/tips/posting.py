"""The composition of weekly tips: storage, handbook, Slack and the clock -> a courier."""

from __future__ import annotations

from collections.abc import Sequence

from bot.database.workspaces import WorkspaceRepository
from bot.handbook.models import Handbook, Tip
from bot.settings import Settings
from bot.tips.blocks import build_farewell, build_weekly_tip
from bot.tips.claims import build_take
from bot.tips.clocks import SystemClock
from bot.tips.delivery import Courier
from bot.tips.models import Delivery, Subscription
from bot.tips.ports import Clock, FindProgress, Message, Sender, Store, Words
from bot.tips.repository.queue import QueueRepository
from bot.tips.rotation import Pool
from bot.tips.sender import SlackSender, token_of
from bot.tips.ticker import Ticker


class WeeklyTips:
    """The courier and its tick, in this process, from `start` to `close`."""

    def __init__(
        self,
        workspaces: WorkspaceRepository,
        queue: QueueRepository,
        courier: Courier,
        clock: SystemClock,
    ) -> None:
        self._workspaces = workspaces
        self._queue = queue
        self._courier = courier
        self._ticker = Ticker(courier.tick, clock)

    def start(self, team_id: str) -> None:
        """`team_id` is the workspace whose token works: whatever stopped it has been mended."""
        self._workspaces.start(team_id)
        self._queue.refresh()
        self._ticker.start()

    def close(self) -> None:
        """Let the posts under way be recorded, then stop."""
        self._courier.stop()
        self._ticker.stop()
        self._courier.close()


def build_weekly_tips(
    settings: Settings,
    store: Store,
    queue: QueueRepository,
    workspaces: WorkspaceRepository,
    handbook: Handbook,
    find_progress: FindProgress,
    team_id: str,
) -> WeeklyTips:
    """For the workspace `team_id`, which the token of the settings belongs to."""
    clock = SystemClock()
    sender = build_sender(settings, team_id)
    courier = build_courier(store, handbook, sender, find_progress, clock)
    return WeeklyTips(workspaces, queue, courier, clock)


def build_courier(
    store: Store,
    handbook: Handbook,
    sender: Sender,
    find_progress: FindProgress,
    clock: Clock | None = None,
    workers: int = 8,
) -> Courier:
    clock = clock or SystemClock()
    words = build_words(handbook, find_progress, clock)
    return Courier(store, sender, clock, words, build_take(Pool.of(handbook)), workers)


def build_sender(settings: Settings, team_id: str) -> SlackSender:
    """For the one workspace `team_id` that the token of the settings belongs to."""
    return SlackSender(token_of(team_id, settings.bot_token), settings.slack_api_url)


def build_words(handbook: Handbook, find_progress: FindProgress, clock: Clock) -> Words:
    def tip(delivery: Delivery) -> Message | None:
        entry = handbook.entries.get(delivery.tip_id)
        if not isinstance(entry, Tip):
            return None
        team_id, channel_id, lang = delivery.team_id, delivery.channel_id, delivery.lang
        checklists = handbook.checklists_of(entry)
        reply = build_weekly_tip(
            handbook,
            entry,
            lang,
            day=delivery.local_date,
            number=delivery.number,
            total=delivery.total,
            progress=find_progress(team_id, channel_id, checklists, lang, clock.now()),
        )
        return reply.as_message()

    def farewell(ended: Sequence[Subscription]) -> Message:
        return build_farewell(
            [(sub.channel_id, sub.ended) for sub in ended], ended[0].lang
        ).as_message()

    return Words(tip, farewell)
