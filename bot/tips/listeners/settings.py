"""The modal of a channel's weekly tips, and the Home tab's buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.answers.listeners.home import publish_home
from bot.slack.errors import run_after_ack
from bot.slack.payloads import Body, asker_ids
from bot.slack.send import open_modal, send_privately
from bot.slack.services import Services
from bot.slack.words import EXPIRED
from bot.tips import words
from bot.tips.changes import pause, resume, turn_off
from bot.tips.listeners.channel import (
    change,
    describe,
    how_to_invite,
    is_admin,
    is_member,
    subscribe,
    zone_of,
)
from bot.tips.models import Schedule, Subscription
from bot.tips.settings_view import CALLBACK, ZONE, Chosen, build_tips_modal, read_tips_modal
from bot.tips.status import build_note
from bot.tips.zones import closest_zone, find_zone


def register(app: App, services: Services) -> None:
    def handle_settings(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        chosen = read_tips_modal(body["view"])
        zone = find_zone(chosen.zone.casefold())
        if chosen.on and not zone:
            team_id, user_id, _ = asker_ids(body)
            example = closest_zone(chosen.zone.casefold()) or "Asia/Shanghai"
            message = words.BAD_ZONE.get(services.languages.of(team_id, user_id))
            error = message.format(word=chosen.zone, example=example)
            ack(response_action="errors", errors={ZONE: error})
            return
        ack()
        run_after_ack(services, client, body, lambda: _save(services, client, body, chosen, zone))

    app.view(CALLBACK)(handle_settings)


def open_settings(services: Services, client: WebClient, body: Body, channel_id: str) -> None:
    """Open a channel's settings for the asker, who has three seconds' patience with a trigger."""
    team_id, user_id, _ = asker_ids(body)
    lang = services.languages.of(team_id, user_id)
    tips = describe(services, team_id, channel_id)
    if not tips.created_by:
        tips = replace(tips, zone=zone_of(client, user_id), lang=lang)
    admin = is_admin(client, user_id)
    view = build_tips_modal(
        services.library.handbook, tips, services.pool.sections, lang, admin=admin
    )
    if not open_modal(client, body, view):
        send_privately(client, body, build_note(EXPIRED.get(lang)))


def _save(services: Services, client: WebClient, body: Body, chosen: Chosen, zone: str) -> None:
    team_id, user_id, _ = asker_ids(body)
    channel_id = chosen.channel_id
    here = {**body, "channel": {"id": channel_id}}  # a submitted view names no channel
    if chosen.restricted is not None and is_admin(client, user_id):
        services.storage.workspaces.restrict(team_id, chosen.restricted)
    if chosen.on and not is_member(client, channel_id):
        send_privately(client, here, how_to_invite(services, here))
        return

    def edit(sub: Subscription | None) -> Subscription | None:
        if not chosen.on:
            return turn_off(sub) if sub and sub.on else None
        schedule = Schedule(chosen.weekday, chosen.at, zone)
        after = subscribe(services, here, sub, schedule, channel_id, chosen.lang)
        return replace(after, lang=chosen.lang, sections=chosen.sections)

    change(services, client, here, channel_id, "on" if chosen.on else "off", edit)


def pause_from_home(services: Services, client: WebClient, body: Body, channel_id: str) -> None:
    _from_home(
        services, client, body, channel_id, "pause", lambda sub: pause(sub, services.clock())
    )


def resume_from_home(services: Services, client: WebClient, body: Body, channel_id: str) -> None:
    _from_home(
        services, client, body, channel_id, "resume", lambda sub: resume(sub, services.clock())
    )


def _from_home(
    services: Services,
    client: WebClient,
    body: Body,
    channel_id: str,
    what: str,
    edit: Callable[[Subscription], Subscription],
) -> None:
    """Change a channel's tips from the Home tab, and show the tab anew."""
    here = {**body, "channel": {"id": channel_id}}
    change(
        services, client, here, channel_id, what,
        lambda sub: edit(sub) if sub and sub.on else None,
    )  # fmt: skip
    publish_home(services, client, body)
