"""What weekly tips handle, and what they do when a channel goes."""

from __future__ import annotations

from collections.abc import Callable

from bot.i18n import Lang
from bot.slack.action_ids import TIP_SETTINGS
from bot.slack.blocks import Block
from bot.slack.feature import Feature, Handler, LineHandler, Task
from bot.slack.request import Request
from bot.tips.home import CHANNEL, PAUSE, RESUME, build_home_tips
from bot.tips.listeners.channel import describe_subscription
from bot.tips.listeners.settings import (
    handle_settings,
    open_settings,
    open_settings_of_channel,
    pause_from_home,
    resume_from_home,
)
from bot.tips.listeners.typed import (
    TipsLine,
    begin_line,
    changes_something,
    handle_line,
    is_doubtful,
    parse_line,
)
from bot.tips.services import TipServices
from bot.tips.settings_view import CALLBACK


def build_feature(services: TipServices) -> Feature:
    def of(handle: Callable[[TipServices, Request], object]) -> Handler:
        return lambda request: handle(services, request)

    def build_section(request: Request, lang: Lang) -> list[Block]:
        subs = services.subscriptions.list_by_user(request.team_id, request.user_id)
        workspace = services.workspaces.get(request.team_id)
        return build_home_tips(
            [describe_subscription(services, sub, workspace) for sub in subs], lang
        )

    def end_channel(team_id: str, channel_id: str, reason: str) -> None:
        services.subscriptions.end(team_id, channel_id, reason, services.edge.clock())

    return Feature(
        actions={
            TIP_SETTINGS: of(open_settings),
            CHANNEL: of(open_settings_of_channel),
        },
        stored_actions={
            PAUSE: lambda request: pause_from_home(services, request),
            RESUME: lambda request: resume_from_home(services, request),
        },
        home_actions=frozenset({PAUSE, RESUME}),
        views={CALLBACK: lambda request: handle_settings(services, request)},
        home_section=build_section,
        end_channel=end_channel,
        move_channel=services.subscriptions.move,
    )


def build_line(services: TipServices) -> LineHandler[TipsLine]:
    def handle(request: Request, line: TipsLine) -> None:
        handle_line(services, request, line)

    def begin(request: Request, line: TipsLine) -> Task:
        return begin_line(services, request, line)

    return LineHandler(parse_line, handle, begin, changes_something, is_doubtful)
