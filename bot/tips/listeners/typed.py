"""`tips`, typed: in the command or in a mention."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.i18n import Lang
from bot.slack.payloads import Body, asker_ids, is_direct
from bot.slack.send import send_privately
from bot.slack.services import Services
from bot.slack.words import COMMAND, TIPS_IN_CHANNELS
from bot.tips.changes import pause, resume, skip, turn_off
from bot.tips.listeners.channel import (
    Edit,
    change,
    describe,
    how_to_invite,
    is_member,
    subscribe,
    zone_of,
)
from bot.tips.listeners.settings import open_settings
from bot.tips.models import Schedule, Subscription
from bot.tips.parse import Action, Command, Mistake, parse_tips
from bot.tips.status import build_mistake, build_note, build_preview, build_status


def handle_tips(services: Services, client: WebClient, body: Body, text: str) -> None:
    """Do what was typed after `tips`; the channel is told of changes, the asker of the rest."""
    team_id, user_id, channel_id = asker_ids(body)
    lang = services.languages.of(team_id, user_id, text)
    parsed = parse_tips(text)
    if isinstance(parsed, Mistake):
        reply = build_mistake(parsed.problem, parsed.word, parsed.example, lang)
        send_privately(client, body, reply)
    elif is_direct(channel_id):
        note = TIPS_IN_CHANNELS.get(lang).format(command=COMMAND)
        send_privately(client, body, build_note(note))
    elif parsed.action is Action.SHOW:
        _show(services, client, body, lang)
    elif parsed.action is Action.NEXT:
        tips = describe(services, team_id, channel_id)
        send_privately(client, body, build_preview(services.library.handbook, tips, lang))
    elif parsed.action is Action.ON:
        _turn_on(services, client, body, parsed, lang)
    else:
        edit = _edit(services, parsed)
        change(services, client, body, channel_id, parsed.action, edit)


def _show(services: Services, client: WebClient, body: Body, lang: Lang) -> None:
    """The settings' modal; without a trigger, in a mention, a message with a button to it."""
    team_id, _, channel_id = asker_ids(body)
    if body.get("trigger_id"):
        open_settings(services, client, body, channel_id)
    else:
        send_privately(client, body, build_status(describe(services, team_id, channel_id), lang))


def _turn_on(
    services: Services, client: WebClient, body: Body, wanted: Command, lang: Lang
) -> None:
    _, user_id, channel_id = asker_ids(body)
    if not is_member(client, channel_id):
        send_privately(client, body, how_to_invite(services, body))
        return
    zone = wanted.zone or zone_of(client, user_id)

    def edit(sub: Subscription | None) -> Subscription:
        base = sub.schedule if sub else Schedule(zone=zone)
        schedule = Schedule(
            base.weekday if wanted.weekday is None else wanted.weekday,
            wanted.at or base.at,
            wanted.zone or base.zone,
        )
        return subscribe(services, body, sub, schedule, channel_id, lang)

    change(services, client, body, channel_id, Action.ON, edit)


def _edit(services: Services, wanted: Command) -> Edit:
    """What the other actions do; nothing where the tips are off."""
    now = services.clock()

    def edit(sub: Subscription | None) -> Subscription | None:
        if sub is None or not sub.on:
            return None
        match wanted.action:
            case Action.OFF:
                return turn_off(sub)
            case Action.PAUSE:
                return pause(sub, now, wanted.weeks)
            case Action.RESUME:
                return resume(sub, now)
            case _:
                return skip(sub, services.pool)

    return edit
