"""What questions to the team and figures handle."""

from __future__ import annotations

from collections.abc import Callable

from bot.i18n import Lang
from bot.insights import ids, words
from bot.insights.counting import Counts
from bot.insights.listeners import asking, curating, stats
from bot.insights.services import InsightServices
from bot.slack.blocks import Block, button, plain_section
from bot.slack.feature import Feature, Handler
from bot.slack.people import Standing
from bot.slack.request import Request

MEMBERS = (Standing.MEMBER, Standing.ADMIN)


def build_feature(services: InsightServices, counts: Counts) -> Feature:
    def of(handle: Callable[[InsightServices, Request], object]) -> Handler:
        return lambda request: handle(services, request)

    def build_home_offer(request: Request, lang: Lang) -> list[Block]:
        if services.edge.people.of(request.team_id, request.user_id) not in MEMBERS:
            return []
        show = button(words.STATS_BUTTON.get(lang), ids.STATS, lang)
        return [plain_section(words.STATS_TITLE.get(lang), show)]

    return Feature(
        actions={
            ids.ASK: of(asking.open_ask),
            ids.ANSWER: of(curating.open_answer),
            ids.PICK: of(curating.open_pick),
            ids.STATS: of(stats.show_stats),
        },
        stored_actions={
            ids.DECLINE: lambda request: curating.decline(services, request),
            ids.ADD_NAME: lambda request: curating.add_name(services, request),
            ids.DROP_NAME: lambda request: curating.drop_name(services, request),
        },
        views={
            ids.ASK_VIEW: lambda request: asking.handle_ask(services, request),
            ids.PICK_VIEW: lambda request: curating.handle_pick(services, request),
        },
        home_offer=build_home_offer,
        forget_team=counts.forget,
    )
