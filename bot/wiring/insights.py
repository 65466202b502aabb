"""Questions to the team, and the figures that other features give to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.admin.services import Roles
from bot.answers.words import REASONS
from bot.entries.listeners.opening import open_answer_form
from bot.entries.services import EntryServices
from bot.i18n import Text
from bot.insights.figures import FiguresQuery, Sources
from bot.insights.services import InsightServices
from bot.insights.upkeep import Upkeep
from bot.search.library import Library
from bot.slack.edge import Edge
from bot.storage import Storage

MOST_DUE = 100  # entries due for review, counted for a digest


def build_insights(
    storage: Storage,
    edge: Edge,
    roles: Roles,
    find_library: Callable[[str], Library],
    find_entries: Callable[[], EntryServices],
) -> InsightServices:
    """`find_entries`: the team's own, which are built after this, as they tell of what answers a
    question."""
    sources = Sources(
        rate=storage.feedback.rate,
        list_reasons=storage.feedback.list_reasons,
        reason_names=REASONS,
        count_runs=storage.runs.count,
        count_tips=storage.deliveries.count_sent,
        list_due=partial(_list_due, storage),
    )
    return InsightServices(
        edge=edge,
        settings=roles.settings,
        roles=roles,
        questions=storage.questions,
        names=storage.names,
        figures=FiguresQuery(storage.counts, storage.questions, sources),
        find_library=find_library,
        open_answer=lambda *what: open_answer_form(find_entries(), *what),
        add_wording=lambda *what: find_entries().add_wording(*what),
        add_alias=lambda *what: find_entries().add_alias(*what),
    )


def build_upkeep(storage: Storage, roles: Roles) -> Upkeep:
    return Upkeep(
        storage.questions,
        storage.counts,
        roles.settings,
        storage.lookups.forget_of,
        storage.workspaces.list_ids,
        roles.edge.clock,
    )


def _list_due(storage: Storage, team_id: str, now: datetime) -> list[Text]:
    """The titles of a team's entries that are due for review."""
    return [entry.draft.title for entry in storage.entries.list_due(team_id, now.date(), MOST_DUE)]
