"""`stats`, typed or pressed: the workspace's figures."""

from __future__ import annotations

import re

from bot.admin.refusals import find_refusal
from bot.admin.rights import Act
from bot.insights.services import InsightServices
from bot.insights.stats_view import build_stats
from bot.slack.feature import LineHandler
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import show_privately

PERIOD = re.compile(
    r"((for|in|of|the|this|last|past|近|最近|过去|本|这|上|个)\s*)*"
    r"(\d{0,3}\s*(d|days?|weeks?|months?|quarter|天|日|周|星期|个?月|季度))?",
    re.IGNORECASE,
)


def build_line(services: InsightServices) -> LineHandler[str]:
    """Alone in its line, or with a period, all of which it shows anyhow; with anything else behind
    it, it begins a question."""
    return LineHandler(
        lambda text: "" if PERIOD.fullmatch(text.strip()) else None,
        lambda request, _: show_stats(services, request),
    )


def show_stats(services: InsightServices, request: Request) -> None:
    edge = services.edge
    typed = request.kind != "block_actions"
    lang = edge.lang_of_text(request) if typed else edge.lang(request)
    if refusal := find_refusal(services.roles, request, Act.SEE_STATS, lang):
        show_privately(request, build_note(refusal), lang)
        return
    figures = services.figures.collect(request.team_id, edge.clock())
    entries = services.find_library(request.team_id).handbook.entries
    show_privately(request, build_stats(figures, entries, lang), lang)
