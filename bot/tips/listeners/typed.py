"""`tips`, typed: in the command or in a mention."""

from __future__ import annotations

import re
from functools import partial

from bot.i18n import Lang
from bot.slack.feature import Task
from bot.slack.members import is_member, zone_of
from bot.slack.notes import build_note
from bot.slack.promises import promise
from bot.slack.request import Request
from bot.slack.send import send_privately
from bot.slack.words import COMMAND, TIPS_IN_CHANNELS
from bot.tips import words
from bot.tips.actions import Action
from bot.tips.changes import pause, resume, skip, turn_off
from bot.tips.listeners.channel import (
    Edit,
    change,
    describe,
    invite,
    needs_admin,
    store_change,
    subscribe,
)
from bot.tips.listeners.settings import open_settings
from bot.tips.models import Schedule, Subscription
from bot.tips.parse import Command, Mistake, parse_tips
from bot.tips.services import TipServices
from bot.tips.status import build_mistake, build_preview, build_status

TipsLine = Command | Mistake
CHANGING = frozenset({Action.ON, Action.OFF, Action.PAUSE, Action.RESUME, Action.SKIP})
ABOUT = re.compile(r"(?:for|about|of|how|what|why|from|if|with)\b|怎么|如何|什么", re.IGNORECASE)


def parse_line(text: str) -> TipsLine | None:
    """What stands behind `tips`; None for what can only be a question, such as "for hiring"."""
    parsed = parse_tips(text)
    return None if is_doubtful(parsed) and ABOUT.match(text) else parsed


def is_doubtful(line: TipsLine) -> bool:
    """Whether the line may be a question that only begins with "tips"."""
    return isinstance(line, Mistake) and line.doubtful


def changes_something(line: TipsLine) -> bool:
    return isinstance(line, Command) and line.action in CHANGING


def begin_line(services: TipServices, request: Request, line: TipsLine) -> Task:
    """Change the channel's tips before the ack; where Slack has to be asked first, after it, and
    the user is told if that does not come about. The task announces the change."""
    task: Task = partial(handle_line, services, request, line)
    if not isinstance(line, Command) or request.is_direct:
        return task
    if line.action is Action.ON or needs_admin(services, request):
        return promise(services.edge, request, request.text, task)
    return store_change(services, request, line.action, _edit(services, line))


def handle_line(services: TipServices, request: Request, line: TipsLine) -> None:
    """Do what was typed; the channel is told of changes, the user of the rest."""
    lang = services.edge.lang_of_text(request)
    if isinstance(line, Mistake):
        send_privately(request, build_mistake(line.problem, line.word, line.example, lang))
    elif line.action is Action.HELP:
        send_privately(request, build_note(words.HELP.get(lang).format(c=COMMAND)))
    elif request.is_direct:
        send_privately(request, build_note(TIPS_IN_CHANNELS.get(lang).format(command=COMMAND)))
    elif line.action is Action.SHOW:
        _show(services, request, lang)
    elif line.action is Action.NEXT:
        tips = describe(services, request.team_id, request.channel_id)
        send_privately(request, build_preview(services.handbook, tips, lang))
    elif line.action is Action.ON:
        _turn_on(services, request, line, lang)
    else:
        change(services, request, line.action, _edit(services, line))


def _show(services: TipServices, request: Request, lang: Lang) -> None:
    """The settings' modal; without a trigger, in a mention, a message with a button to it."""
    if request.trigger_id:
        open_settings(services, request)
    else:
        tips = describe(services, request.team_id, request.channel_id)
        send_privately(request, build_status(tips, lang))


def _turn_on(services: TipServices, request: Request, wanted: Command, lang: Lang) -> None:
    if not is_member(request.client, request.channel_id):
        invite(services, request)
        return
    known = services.subscriptions.find(request.team_id, request.channel_id)
    zone = wanted.zone or (
        known.schedule.zone if known else zone_of(request.client, request.user_id)
    )
    if not zone:
        said = words.ZONE_NEEDED.get(lang).format(command=COMMAND)
        send_privately(request, build_note(said))
        return

    def edit(sub: Subscription | None) -> Subscription:
        base = sub.schedule if sub else Schedule(zone=zone)
        schedule = Schedule(
            base.weekday if wanted.weekday is None else wanted.weekday,
            wanted.at or base.at,
            wanted.zone or base.zone,
        )
        return subscribe(services, request, sub, schedule, lang)

    change(services, request, Action.ON, edit)


def _edit(services: TipServices, wanted: Command) -> Edit:
    """What the other actions do; nothing where the tips are off."""
    now = services.edge.clock()

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
