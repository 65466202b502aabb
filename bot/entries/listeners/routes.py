"""What the team's entries handle, by action, form and shortcut."""

from __future__ import annotations

from collections.abc import Callable

from bot.admin.rights import Act
from bot.entries import ids, words
from bot.entries.listeners import moving, opening, proposals, upkeep
from bot.entries.listeners.form import handle_form
from bot.entries.parse import AddLine, parse_add
from bot.entries.services import EntryServices
from bot.entries.transfer import ids as transfer_ids
from bot.i18n import Lang
from bot.slack.action_ids import ADD_ENTRY, SAVE_RUN
from bot.slack.blocks import Block, plain_section
from bot.slack.feature import Feature, Handler, LineHandler, StoringHandler, Task
from bot.slack.request import Request


def build_feature(services: EntryServices) -> Feature:
    def of(handle: Callable[[EntryServices, Request], object]) -> Handler:
        return lambda request: handle(services, request)

    def storing(handle: Callable[[EntryServices, Request], Task]) -> StoringHandler:
        return lambda request: handle(services, request)

    def build_home_offer(request: Request, lang: Lang) -> list[Block]:
        if services.find_refusal(request, Act.PROPOSE, lang):
            return []
        return [plain_section(words.HOME_TITLE.get(lang), opening.build_add_button(lang))]

    return Feature(
        stored_actions={
            ids.PUBLISH: storing(proposals.publish),
            ids.ROLL_BACK: storing(upkeep.roll_back),
            ids.RETIRE: storing(upkeep.retire),
            ids.STILL_RIGHT: storing(upkeep.confirm),
        },
        actions={
            ADD_ENTRY: of(opening.add_from_button),
            ids.SWITCH: of(opening.switch_form),
            ids.CHANGE: of(opening.change_from_button),
            ids.EDIT: of(proposals.edit),
            ids.DECLINE: of(proposals.decline),
            ids.OVERVIEW: of(proposals.show_overview),
            transfer_ids.EXPORT: of(moving.export),
            transfer_ids.IMPORT: of(moving.open_import),
            ids.HISTORY: of(upkeep.show_history),
            SAVE_RUN: of(opening.save_run),
        },
        views={
            ids.FORM_VIEW: lambda request: handle_form(services, request),
            transfer_ids.IMPORT_VIEW: lambda request: moving.handle_import(services, request),
            ids.DECLINE_VIEW: lambda request: proposals.handle_decline(services, request),
        },
        shortcuts={ids.SAVE_SHORTCUT: of(opening.save_message)},
        home_offer=build_home_offer,
    )


def build_line(services: EntryServices) -> LineHandler[AddLine]:
    return LineHandler(
        parse_add,
        lambda request, line: opening.handle_line(services, request, line),
        is_doubtful=lambda line: line.is_doubtful,
    )


def build_entries_line(services: EntryServices) -> LineHandler[bool]:
    return LineHandler(moving.parse_entries, lambda request, line: moving.offer(services, request))
