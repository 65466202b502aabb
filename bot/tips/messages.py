"""Weekly tips as customers of the outbox: the tips themselves, and the notices that they ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from bot.handbook.models import Handbook, Tip
from bot.i18n import Lang
from bot.outbox.models import Content, OutboundMessage, Rendered, State
from bot.outbox.outcomes import Effect
from bot.outbox.ports import CannotRender
from bot.outbox.report import report
from bot.tips.blocks import build_end_text, build_weekly_tip
from bot.tips.deliveries import FEATURE, is_given_back, to_delivery, to_message
from bot.tips.end_notices import FEATURE as END_FEATURE
from bot.tips.end_notices import channels_of
from bot.tips.models import Delivery, FindProgress
from bot.tips.planning import Plan
from bot.tips.repository.deliveries import give_back
from bot.tips.repository.due import DueTips
from bot.tips.repository.subscriptions import SubscriptionRepository

if TYPE_CHECKING:
    from bot.outbox.ports import Transaction

BuildTip = Callable[[Delivery, datetime], Content]
BuildEndNotice = Callable[[Mapping[str, str], Lang], Content]  # of the reasons by channel


class TipMessages:
    name = FEATURE
    noun = "tip"
    event_type = "weekly_tip"

    def __init__(self, subscriptions: SubscriptionRepository, build: BuildTip) -> None:
        self._subscriptions = subscriptions
        self._build = build

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        return Rendered(self._build(to_delivery(message), now))

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        """A tip that was not posted comes another time; a dead channel ends its subscription."""
        if is_given_back(message, effect):
            give_back(connection, to_delivery(message))
        if message.state is State.FAILED and effect is Effect.CHANNEL_GONE:
            self._subscriptions.end_within(
                connection, message.team_id, message.channel_id, message.error, now
            )

    def describe(self, message: OutboundMessage) -> str:
        return f"date={message.data['date']} tip={message.data['tip_id'] or '-'}"


class EndNotices:
    name = END_FEATURE
    noun = "end notice of tips"
    event_type = "tips_ended"

    def __init__(self, subscriptions: SubscriptionRepository, build: BuildEndNotice) -> None:
        self._subscriptions = subscriptions
        self._build = build

    def render(self, message: OutboundMessage, now: datetime) -> Rendered | None:
        """The end notice, about the channels where tips have not been turned on again since."""
        ended = {
            channel_id: reason
            for channel_id, reason in sorted(channels_of(message).items())
            if self._is_off(message.team_id, channel_id)
        }
        return Rendered(self._build(ended, message.data["lang"])) if ended else None

    def record(
        self, connection: Transaction, message: OutboundMessage, effect: Effect, now: datetime
    ) -> None:
        """Nothing is kept beside the message itself."""

    def describe(self, message: OutboundMessage) -> str:
        return f"ended={','.join(sorted(channels_of(message)))}"

    def _is_off(self, team_id: str, channel_id: str) -> bool:
        sub = self._subscriptions.find(team_id, channel_id)
        return sub is not None and not sub.on


class TipPlanner:
    """Enqueues each tip when it is due: until then the next one may still change."""

    def __init__(self, due: DueTips, plan: Plan, messages: TipMessages) -> None:
        self._due = due
        self._plan = plan
        self._messages = messages

    def next_moment(self) -> datetime | None:
        return self._due.next_moment()

    def enqueue_due(self, now: datetime) -> bool:
        moment = self._due.next_moment()
        if moment is None or moment > now:  # mostly, and no need to write
            return False
        deliveries, count = self._due.enqueue(now, self._plan)
        for delivery in deliveries:
            if delivery.state is State.MISSED:
                report(to_message(delivery), self._messages)
        return count > 0


def build_tip_with(handbook: Handbook, find_progress: FindProgress) -> BuildTip:
    def build(delivery: Delivery, now: datetime) -> Content:
        entry = handbook.entries.get(delivery.tip_id)
        if not isinstance(entry, Tip):
            raise CannotRender("tip_removed")
        place, lang = (delivery.team_id, delivery.channel_id), delivery.lang
        return build_weekly_tip(
            handbook,
            entry,
            lang,
            day=delivery.local_date,
            number=delivery.number,
            total=delivery.total,
            progress=find_progress(*place, handbook.checklists_of(entry), lang, now),
        ).as_message()

    return build


def build_end_notice(ended: Mapping[str, str], lang: Lang) -> Content:
    return build_end_text(list(ended.items()), lang).as_message()
