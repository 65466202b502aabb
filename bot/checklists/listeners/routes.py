"""What running checklists handle, and what they do when a channel or a person goes."""

from __future__ import annotations

from collections.abc import Callable

from bot.checklists import ids
from bot.checklists.home import build_home_items
from bot.checklists.listeners.changes import close, delete, reopen, stop, tick, turn_page, untick
from bot.checklists.listeners.details import handle_details, open_details, show_done
from bot.checklists.listeners.export import export
from bot.checklists.listeners.items import handle_item, open_menu
from bot.checklists.listeners.people import handle_user_change, mute, unmute
from bot.checklists.listeners.start import (
    choose,
    handle_start,
    post_again,
    start_again,
    start_from_button,
)
from bot.checklists.listeners.typed import handle_line, show_log
from bot.checklists.parse import RunLine, parse_run
from bot.checklists.services import ChecklistServices
from bot.checklists.start_view import build_offer
from bot.handbook.models import Kind
from bot.i18n import Lang
from bot.slack.action_ids import CHOOSE_CHECKLIST, START_CHECKLIST
from bot.slack.blocks import Block
from bot.slack.feature import Feature, Handler, LineHandler, StoringHandler, Task
from bot.slack.request import Request


def build_feature(services: ChecklistServices) -> Feature:
    runs = services.runs

    def of(handle: Callable[[ChecklistServices, Request], object]) -> Handler:
        """A list stands in the channel's language, not in that of whoever presses its button."""

        def act(request: Request) -> None:
            services.edge.look_up_language(request)
            handle(services, request)

        return act

    def stored(handle: Callable[[ChecklistServices, Request], Task]) -> StoringHandler:
        return lambda request: handle(services, request)

    def build_section(request: Request, lang: Lang) -> list[Block]:
        team_id, user_id = request.team_id, request.user_id
        items = runs.list_assigned(team_id, user_id)
        muted = services.mutes.is_muted(team_id, user_id)
        series = services.series.list_by_user(team_id, user_id)
        return build_home_items(items, series, lang, services.edge.clock(), muted=muted)

    def build_home_offer(request: Request, lang: Lang) -> list[Block]:
        return build_offer(services.library_for(request).handbook.by_kind[Kind.CHECKLIST], lang)

    def end_channel(team_id: str, channel_id: str, reason: str) -> None:
        runs.suspend(team_id, channel_id, reason, services.edge.clock())

    def resume_channel(team_id: str, channel_id: str) -> None:
        """Its checklists show what happened meanwhile."""
        runs.resume(team_id, channel_id, services.edge.clock())

    def move_channel(team_id: str, old: str, new: str) -> None:
        runs.move(team_id, old, new, services.edge.clock())

    def remove_member(team_id: str, channel_id: str, user_id: str) -> None:
        runs.unassign(team_id, channel_id, user_id, services.edge.clock())

    return Feature(
        stored_actions={
            ids.TICK: stored(tick),
            ids.UNTICK: stored(untick),
            ids.STOP: stored(stop),
            ids.CLOSE: stored(close),
            ids.REOPEN: stored(reopen),
            ids.DELETE: stored(delete),
            ids.MUTE: stored(mute),
            ids.UNMUTE: stored(unmute),
        },
        actions={
            START_CHECKLIST: of(start_from_button),
            CHOOSE_CHECKLIST: of(choose),
            ids.PICK_START: of(start_from_button),
            ids.DETAILS: of(open_details),
            ids.DONE: of(show_done),
            ids.MENU: of(open_menu),
            ids.PAGE: of(turn_page),
            ids.EXPORT: of(export),
            ids.LOG: of(show_log),
            ids.POST_AGAIN: of(post_again),
            ids.AGAIN: of(start_again),
        },
        home_actions=frozenset({ids.TICK, ids.UNTICK, ids.STOP, ids.MUTE, ids.UNMUTE}),
        views={
            ids.START_VIEW: lambda request: handle_start(services, request),
            ids.DETAILS_VIEW: lambda request: handle_details(services, request),
            ids.ITEM_VIEW: lambda request: handle_item(services, request),
        },
        events={"user_change": lambda request: handle_user_change(services, request)},
        home_section=build_section,
        home_offer=build_home_offer,
        end_channel=end_channel,
        resume_channel=resume_channel,
        move_channel=move_channel,
        remove_member=remove_member,
    )


def build_line(services: ChecklistServices) -> LineHandler[RunLine]:
    return LineHandler(parse_run, lambda request, line: handle_line(services, request, line))
