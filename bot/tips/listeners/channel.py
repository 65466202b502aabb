"""A channel's weekly tips as listeners need them: what is set, who may change it, and changing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from slack_sdk.errors import SlackApiError

from bot.database.workspaces import Workspace
from bot.handbook.models import Tip
from bot.i18n import Lang
from bot.slack.failures import code_of
from bot.slack.feature import Task
from bot.slack.members import is_admin, link_to
from bot.slack.notes import build_invitation, build_note
from bot.slack.request import Request
from bot.slack.send import NO_ENTRY, send_privately
from bot.tips import words
from bot.tips.changes import next_day, turn_on
from bot.tips.models import UNTIL_RESUMED, Delivery, Schedule, Subscription
from bot.tips.rotation import pick
from bot.tips.schedule import first_day
from bot.tips.services import TipServices
from bot.tips.status import ChannelTips, PastTip, build_changed

PAST = 5  # deliveries shown

Edit = Callable[[Subscription | None], Subscription | None]


def describe(services: TipServices, team_id: str, channel_id: str) -> ChannelTips:
    """A channel's tips for a reply; where there are none, the defaults, without a zone."""
    sub = services.subscriptions.find(team_id, channel_id)
    workspace = services.workspaces.get(team_id)
    if sub is None:
        lang, restricted = services.edge.languages.default_of(team_id), workspace.restricted
        return ChannelTips(channel_id=channel_id, zone="", lang=lang, restricted=restricted)
    past = services.deliveries.history(team_id, channel_id, PAST)
    shown = tuple(_past(services, delivery) for delivery in past)
    return replace(describe_subscription(services, sub, workspace), past=shown)


def describe_subscription(
    services: TipServices, sub: Subscription, workspace: Workspace
) -> ChannelTips:
    """Without what was delivered."""
    day = next_day(sub)
    found = pick(services.pool, sub.rotation, day, sub.sections) if day else None
    checklists = services.handbook.checklists_of(found.tip) if found else ()
    progress = services.find_progress(
        sub.team_id, sub.channel_id, checklists, sub.lang, services.edge.clock()
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
        restricted=workspace.restricted,
        stopped=workspace.stopped,
        lang=sub.lang,
        sections=sub.sections,
        created_by=sub.created_by,
        next_day=day,
        next_tip=found.tip if found else None,
        number=found.number if found else 0,
        total=found.total if found else 0,
        progress=progress,
    )


def change(services: TipServices, request: Request, what: str, edit: Edit) -> None:
    """Let the user change the channel's tips by `edit`, and tell the channel what was done."""
    store_change(services, request, what, edit)()


def store_change(services: TipServices, request: Request, what: str, edit: Edit) -> Task:
    """Change the channel's tips; the task returned announces it.

    `what` is a key of words.CHANGED. Where nothing changes, or the user may not change it, only the
    user is told.
    """
    user_id, lang = request.user_id, services.edge.lang_of_text(request)
    refused: list[str] = []
    privileged = not needs_admin(services, request) or is_admin(request.client, user_id)

    def guarded(sub: Subscription | None) -> Subscription | None:
        if sub is not None and not privileged and sub.created_by != user_id:
            refused.append(sub.created_by)
            return None
        after = edit(sub)
        if after is None or after == sub:
            return None
        return replace(after, changed_by=user_id, changed_at=services.edge.clock())

    before, after = services.subscriptions.change(request.team_id, request.channel_id, guarded)
    if refused:
        note = words.NOT_YOURS.get(lang).format(user=f"<@{refused[0]}>")
    elif after is None or (after == before and not after.on):
        note = words.OFF.get(lang)
    elif after == before:
        note = words.UNCHANGED.get(lang)
    else:
        moved = what == "on" and before is not None and before.on
        return partial(_announce, services, request, after, "changed" if moved else what)
    return partial(send_privately, request, build_note(note))


def needs_admin(services: TipServices, request: Request) -> bool:
    """Whether only an admin may change the channel's tips: they are somebody else's, and the
    workspace is restricted."""
    if not services.workspaces.get(request.team_id).restricted:
        return False
    sub = services.subscriptions.find(request.team_id, request.channel_id)
    return sub is not None and sub.created_by != request.user_id


def subscribe(
    services: TipServices,
    request: Request,
    sub: Subscription | None,
    schedule: Schedule,
    lang: Lang,
) -> Subscription:
    """The channel's tips on `schedule`: new, turned on again, or moved. Whoever turns them on is
    the subscriber."""
    now = services.edge.clock()
    if sub is None:
        return Subscription(
            team_id=request.team_id,
            channel_id=request.channel_id,
            created_by=request.user_id,
            schedule=schedule,
            lang=lang,
            next_date=first_day(schedule, now),
        )
    after = turn_on(sub, schedule, now)
    return after if sub.on else replace(after, created_by=request.user_id)


def invite(services: TipServices, request: Request) -> None:
    """Say why nothing can be posted, and what to do."""
    edge = services.edge
    lang, name = edge.lang_of_text(request), edge.identity(request).name
    send_privately(request, build_invitation(lang, request.channel_id, name))


def _announce(services: TipServices, request: Request, sub: Subscription, what: str) -> None:
    """Tell the channel, and a user who asked for it in another one; if the channel cannot be told,
    the user alone, with how to invite the bot."""
    tips = describe_subscription(services, sub, services.workspaces.get(sub.team_id))
    reply = build_changed(tips, what, request.user_id, sub.lang)
    try:
        request.client.chat_postMessage(channel=sub.channel_id, **reply.as_message())
    except SlackApiError as error:
        if code_of(error) not in NO_ENTRY:
            raise
        send_privately(request, reply)
        invite(services, request)
    else:
        if request.is_elsewhere:
            send_privately(request, reply)


def _past(services: TipServices, delivery: Delivery) -> PastTip:
    entry = services.handbook.entries.get(delivery.tip_id)
    return PastTip(
        day=delivery.local_date,
        state=str(delivery.state),
        error=delivery.error,
        link=link_to(
            services.edge.workspaces.identity(delivery.team_id).url,
            delivery.channel_id,
            delivery.ts,
        ),
        tip=entry if isinstance(entry, Tip) else None,
    )
