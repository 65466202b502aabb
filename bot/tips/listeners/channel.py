"""A channel's weekly tips as listeners need them: what is set, who may change it, and changing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.checklists.in_tips import find_progress
from bot.handbook.models import Tip
from bot.i18n import Lang
from bot.slack.blocks import Reply
from bot.slack.payloads import Body, asker_ids, is_direct
from bot.slack.send import NO_ENTRY, send_privately
from bot.slack.services import Services
from bot.slack.words import NOT_IN_CHANNEL, NOT_IN_CONVERSATION
from bot.tips import words
from bot.tips.changes import next_day, turn_on
from bot.tips.models import UNTIL_RESUMED, Delivery, Schedule, Subscription
from bot.tips.rotation import pick
from bot.tips.schedule import first_day
from bot.tips.status import ChannelTips, PastTip, build_changed, build_note
from bot.tips.zones import is_zone

PAST = 5  # deliveries shown
UNKNOWN_ZONE = "Etc/UTC"

Edit = Callable[[Subscription | None], Subscription | None]


def describe(services: Services, team_id: str, channel_id: str, zone: str = "") -> ChannelTips:
    """A channel's tips for a reply; where there are none, the defaults with `zone`."""
    sub = services.storage.subscriptions.find(team_id, channel_id)
    restricted = services.storage.workspaces.get(team_id).restricted
    if sub is None:
        lang = services.languages.default
        return ChannelTips(
            channel_id=channel_id, zone=zone or UNKNOWN_ZONE, lang=lang, restricted=restricted
        )
    past = services.storage.deliveries.history(team_id, channel_id, PAST)
    shown = tuple(_past(services, delivery) for delivery in past)
    return replace(describe_subscription(services, sub), past=shown, restricted=restricted)


def describe_subscription(services: Services, sub: Subscription) -> ChannelTips:
    """Without what was delivered."""
    day = next_day(sub)
    found = pick(services.pool, sub.rotation, day, sub.sections) if day else None
    checklists = services.library.handbook.checklists_of(found.tip) if found else ()
    progress = find_progress(
        services.storage.runs, sub.team_id, sub.channel_id, checklists, sub.lang, services.clock()
    )
    until = sub.paused_until
    return ChannelTips(
        channel_id=sub.channel_id,
        on=sub.on,
        paused=until is not None,
        paused_until=None if until == UNTIL_RESUMED else until,
        weekday=sub.schedule.weekday,
        at=sub.schedule.at,
        zone=sub.schedule.zone,
        lang=sub.lang,
        sections=sub.sections,
        created_by=sub.created_by,
        next_day=day,
        next_tip=found.tip if found else None,
        number=found.number if found else 0,
        total=found.total if found else 0,
        progress=progress,
    )


def change(
    services: Services, client: WebClient, body: Body, channel_id: str, what: str, edit: Edit
) -> None:
    """Let the asker change a channel's tips by `edit`, and tell the channel what was done.

    `what` is a key of words.CHANGED. Where nothing changes, or it is not theirs to change, only the
    asker hears.
    """
    team_id, user_id, _ = asker_ids(body)
    lang = services.languages.of(team_id, user_id)
    refused: list[str] = []
    restricted = services.storage.workspaces.get(team_id).restricted
    privileged = not restricted or is_admin(client, user_id)

    def guarded(sub: Subscription | None) -> Subscription | None:
        if sub is not None and not privileged and sub.created_by != user_id:
            refused.append(sub.created_by)
            return None
        after = edit(sub)
        if after is None or after == sub:
            return None
        return replace(after, changed_by=user_id, changed_at=services.clock())

    before, after = services.storage.subscriptions.change(team_id, channel_id, guarded)
    if refused:
        message = words.NOT_YOURS.get(lang).format(user=f"<@{refused[0]}>")
        send_privately(client, body, build_note(message))
    elif after is None:
        send_privately(client, body, build_note(words.OFF.get(lang)))
    elif after == before:
        send_privately(client, body, build_note(words.UNCHANGED.get(lang)))
    else:
        if what == "on" and before is not None and before.on:
            what = "changed"
        announce(services, client, body, after, what)


def subscribe(
    services: Services,
    body: Body,
    sub: Subscription | None,
    schedule: Schedule,
    channel_id: str,
    lang: Lang,
) -> Subscription:
    """A channel's tips on `schedule`: new, turned on again, or moved. Whoever turns them on is the
    subscriber."""
    team_id, user_id, _ = asker_ids(body)
    now = services.clock()
    if sub is None:
        return Subscription(
            team_id=team_id,
            channel_id=channel_id,
            created_by=user_id,
            schedule=schedule,
            lang=lang,
            next_date=first_day(schedule, now),
        )
    after = turn_on(sub, schedule, now)
    return after if sub.on else replace(after, created_by=user_id)


def announce(
    services: Services, client: WebClient, body: Body, sub: Subscription, what: str
) -> None:
    """Tell the channel; if that cannot be, the asker, with how to invite the bot."""
    _, user_id, _ = asker_ids(body)
    tips = describe_subscription(services, sub)
    try:
        message = build_changed(tips, what, user_id, sub.lang).as_message()
        client.chat_postMessage(channel=sub.channel_id, **message)
    except SlackApiError as error:
        if error.response["error"] not in NO_ENTRY:
            raise
        send_privately(client, body, build_changed(tips, what, user_id, sub.lang))
        send_privately(client, body, how_to_invite(services, body))


def how_to_invite(services: Services, body: Body) -> Reply:
    """Why nothing can be posted, and what to do. Nobody can be invited to a direct message."""
    team_id, user_id, channel_id = asker_ids(body)
    said = NOT_IN_CONVERSATION if is_direct(channel_id) else NOT_IN_CHANNEL
    message = said.get(services.languages.of(team_id, user_id))
    return build_note(message.format(bot=services.bot_name))


def is_member(client: WebClient, channel_id: str) -> bool:
    """Whether the bot may post there; True where it may not ask (scope channels:read)."""
    try:
        channel = client.conversations_info(channel=channel_id).get("channel") or {}
    except SlackApiError as error:
        return error.response["error"] not in NO_ENTRY
    return bool(channel.get("is_member", True)) and not channel.get("is_archived")


def is_admin(client: WebClient, user_id: str) -> bool:
    """An admin or owner of the workspace (users.info, scope users:read); False if unknown."""
    user = _user(client, user_id)
    return bool(user.get("is_admin") or user.get("is_owner"))


def zone_of(client: WebClient, user_id: str) -> str:
    """The person's own time zone, as Slack knows it."""
    zone = str(_user(client, user_id).get("tz") or "")
    return zone if is_zone(zone) else UNKNOWN_ZONE


def _user(client: WebClient, user_id: str) -> dict[str, Any]:
    try:
        return dict(client.users_info(user=user_id).get("user") or {})
    except SlackApiError:
        return {}


def _past(services: Services, delivery: Delivery) -> PastTip:
    entry = services.library.handbook.entries.get(delivery.tip_id)
    return PastTip(
        day=delivery.local_date,
        state=str(delivery.state),
        error=delivery.error,
        link=link_to(services.workspace_url, delivery.channel_id, delivery.ts),
        tip=entry if isinstance(entry, Tip) else None,
    )


def link_to(workspace_url: str, channel_id: str, ts: str) -> str:
    """The address of a message, as "Copy link" in Slack makes it; "" if unknown."""
    if not (workspace_url and ts):
        return ""
    return f"{workspace_url.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"
