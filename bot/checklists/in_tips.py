"""What a weekly tip says of a checklist that its channel works through."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.checklists.notices import build_progress_line
from bot.checklists.repository.runs import RunRepository
from bot.i18n import Lang


def find_progress(
    runs: RunRepository,
    team_id: str,
    channel_id: str,
    checklist_ids: Collection[str],
    lang: Lang,
    now: datetime,
) -> str:
    """A line, as mrkdwn, that one of the checklists runs in the channel and how far it is; "" if
    none does. Of several, the one started last counts."""
    if not checklist_ids:
        return ""
    found = runs.list_running(team_id, channel_id, checklist_ids)
    return build_progress_line(found[0], lang, now) if found else ""
