"""The owners of items: their reminders off and on, and what changes about them in Slack."""

from __future__ import annotations

from bot.checklists import words
from bot.checklists.listeners.tell import tell
from bot.checklists.services import ChecklistServices
from bot.slack.feature import Task
from bot.slack.request import Request
from bot.zones import is_zone


def mute(services: ChecklistServices, request: Request) -> Task:
    return _set(services, request, muted=True)


def unmute(services: ChecklistServices, request: Request) -> Task:
    return _set(services, request, muted=False)


def _set(services: ChecklistServices, request: Request, *, muted: bool) -> Task:
    services.mutes.mute(request.team_id, request.user_id, muted=muted)

    def finish() -> None:
        if not request.is_home:  # which is shown anew, and says it itself
            services.edge.look_up_language(request)
            said = words.MUTED["on" if muted else "off"]
            tell(services, request, said.get(services.edge.lang(request)))

    return finish


def handle_user_change(services: ChecklistServices, request: Request) -> None:
    """Deactivated, back again, or in another time zone."""
    user, now = request.event.get("user") or {}, services.edge.clock()
    team_id, user_id = request.team_id, request.user_id
    error = "user_disabled" if user.get("deleted") else ""
    services.runs.mark_unreachable(team_id, user_id, error, now)
    services.series.mark_unreachable(team_id, user_id, error)
    if is_zone(zone := str(user.get("tz") or "")):
        services.runs.follow_zone(team_id, user_id, zone, now)
        services.series.follow_zone(team_id, user_id, zone)
