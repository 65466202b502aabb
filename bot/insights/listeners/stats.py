"""`stats`, typed or pressed: the workspace's figures."""

from __future__ import annotations

from bot.admin.refusals import find_refusal
from bot.admin.rights import Act
from bot.insights.services import InsightServices
from bot.insights.stats_view import build_stats
from bot.slack.feature import LineHandler
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import show_privately


def build_line(services: InsightServices) -> LineHandler[str]:
    """Alone in its line; with more behind it, it begins a question."""
    return LineHandler(
        lambda text: None if text else "", lambda request, _: show_stats(services, request)
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
