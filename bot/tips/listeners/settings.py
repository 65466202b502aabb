"""The modal of a channel's weekly tips, and the Home tab's buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.slack.feature import Submitted, Task
from bot.slack.members import is_admin, is_member, zone_of
from bot.slack.notes import build_invitation, build_note
from bot.slack.promises import promise
from bot.slack.request import Request
from bot.slack.send import open_modal, send_privately, show_privately
from bot.slack.words import EXPIRED
from bot.tips import words
from bot.tips.changes import pause, resume, turn_off
from bot.tips.home import build_channel_question
from bot.tips.listeners.channel import (
    change,
    describe,
    invite,
    needs_admin,
    store_change,
    subscribe,
)
from bot.tips.models import Schedule, Subscription
from bot.tips.services import TipServices
from bot.tips.settings_view import ZONE, Chosen, build_tips_modal, read_tips_modal
from bot.tips.zones import closest_zone, find_zone


def handle_settings(services: TipServices, request: Request) -> Submitted:
    chosen = read_tips_modal(request.view)
    zone = find_zone(chosen.zone.casefold())
    if chosen.on and not zone:
        example = closest_zone(chosen.zone.casefold()) or "Asia/Shanghai"
        said = words.BAD_ZONE.get(services.edge.lang(request))
        errors = {ZONE: said.format(word=chosen.zone, example=example)}
        return Submitted(ack={"response_action": "errors", "errors": errors})
    tell = _store(services, request.in_channel(chosen.channel_id), chosen, zone)
    return Submitted(task=lambda _: tell())


def open_settings_of_channel(services: TipServices, request: Request) -> None:
    """Open the settings of a channel chosen on the Home tab or in a direct message."""
    here = request.in_channel(request.action.value)
    lang = services.edge.lang(request)
    if is_member(request.client, here.channel_id):
        open_settings(services, here)
    else:  # before anybody fills in a form for nothing
        name = services.edge.identity(request).name
        show_privately(request, build_invitation(lang, here.channel_id, name), lang)


def open_settings(services: TipServices, request: Request) -> None:
    """Open the channel's settings for the user, while the trigger lives: three seconds. Where there
    is no channel, ask for one."""
    lang = services.edge.lang(request)
    if request.is_direct or not request.channel_id:
        show_privately(request, build_channel_question(lang), lang)
        return
    tips = describe(services, request.team_id, request.channel_id)
    if not tips.created_by:
        tips = replace(tips, zone=zone_of(request.client, request.user_id), lang=lang)
    admin = is_admin(request.client, request.user_id)
    view = build_tips_modal(services.handbook, tips, services.pool.sections, lang, admin=admin)
    if not open_modal(request, view):
        send_privately(request, build_note(EXPIRED.get(lang)))


def pause_from_home(services: TipServices, request: Request) -> Task:
    return _change_from_home(
        services, request, "pause", lambda sub: pause(sub, services.edge.clock())
    )


def resume_from_home(services: TipServices, request: Request) -> Task:
    return _change_from_home(
        services, request, "resume", lambda sub: resume(sub, services.edge.clock())
    )


def _store(services: TipServices, request: Request, chosen: Chosen, zone: str) -> Task:
    """Before the ack: a process that dies a moment later has lost nothing. What is left is to tell
    of it."""
    client = request.client
    if chosen.restricted is not None and is_admin(client, request.user_id):
        services.workspaces.restrict(request.team_id, chosen.restricted)
    if chosen.on and not is_member(client, chosen.channel_id):
        return partial(invite, services, request)

    def edit(sub: Subscription | None) -> Subscription | None:
        if not chosen.on:
            return turn_off(sub) if sub and sub.on else None
        schedule = Schedule(chosen.weekday, chosen.at, zone)
        after = subscribe(services, request, sub, schedule, chosen.lang)
        return replace(after, lang=chosen.lang, sections=chosen.sections)

    return store_change(services, request, "on" if chosen.on else "off", edit)


def _change_from_home(
    services: TipServices,
    request: Request,
    what: str,
    edit: Callable[[Subscription], Subscription],
) -> Task:
    """The button's value is the channel. A person's own tips are changed before the ack."""
    here = request.in_channel(request.action.value)

    def guarded(sub: Subscription | None) -> Subscription | None:
        return edit(sub) if sub and sub.on else None

    if needs_admin(services, here):
        said = words.PAUSE if what == "pause" else words.RESUME
        task: Task = partial(change, services, here, what, guarded)
        return promise(services.edge, here, said.get(services.edge.lang(request)), task)
    return store_change(services, here, what, guarded)
