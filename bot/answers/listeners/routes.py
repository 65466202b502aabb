"""What the answers handle, by action, shortcut and event."""

from __future__ import annotations

from collections.abc import Callable

from bot.answers import ids
from bot.answers.chosen import ChosenLanguages
from bot.answers.listeners import (
    buttons,
    home,
    in_place,
    lines,
    menu,
    search,
    sharing,
    shortcuts,
    welcome,
)
from bot.answers.listeners.languages import handle_user_change, store_language
from bot.answers.services import AnswerServices
from bot.slack.action_ids import ANSWER_MENU, HELPFUL, NOT_HELPFUL, OPEN
from bot.slack.feature import Feature, Handler
from bot.slack.request import Request


def build_feature(services: AnswerServices, chosen: ChosenLanguages) -> Feature:
    def of(handle: Callable[[AnswerServices, Request], object]) -> Handler:
        return lambda request: handle(services, request)

    return Feature(
        stored_actions={
            ids.LANG: lambda request: store_language(chosen, request),
            ANSWER_MENU: lambda request: menu.handle_menu(services, request),
            HELPFUL: lambda request: menu.store_rating(services, request),
            NOT_HELPFUL: lambda request: menu.store_rating(services, request),
        },
        home_actions=frozenset({ids.LANG}),
        views={
            ids.SEARCH_VIEW: lambda request: search.handle_search(services, request),
            ids.SHARE_VIEW: lambda request: sharing.share_elsewhere(services, request),
            ids.REASON_VIEW: lambda request: menu.handle_reason(services, request),
        },
        actions={
            ids.SEARCH: of(search.open_search),
            OPEN: of(buttons.handle_open),
            ids.MODAL_OPEN: of(buttons.handle_open),
            ids.PICK: of(buttons.handle_open),
            ids.LIST_PAGE: of(buttons.handle_list_page),
            ids.MORE: of(in_place.handle_more),
            ids.LESS: of(in_place.show_brief),
            ids.LANGUAGE: of(in_place.show_brief),
            ids.LANGUAGE_WHOLE: of(in_place.show_whole),
            ids.COMPARE_WITH: of(menu.handle_compare),
            ids.SHARE: of(sharing.handle_share),
            ids.ASK: of(buttons.handle_example),
            ids.CHAPTER: of(buttons.handle_chapter),
        },
        shortcuts={ids.EXPLAIN_SHORTCUT: of(shortcuts.handle_explain)},
        events={
            "app_mention": of(lines.handle_mention),
            "message": of(lines.handle_message),
            "app_home_opened": of(home.publish_home),
            "member_joined_channel": of(welcome.handle_joined),
            "user_change": of(handle_user_change),
        },
        promised_events={
            "app_mention": lambda request: lines.find_change(services, request),
            "message": lambda request: lines.find_change(services, request),
        },
        event_filters={
            "message": lines.is_direct_question,
            "app_home_opened": home.is_home_tab,
        },
        forget_team=services.lookups.forget,
    )
