"""The Home tab: what everybody sees, and the features' sections about this person."""

from __future__ import annotations

from bot.answers.home import build_home, build_home_lookups
from bot.answers.services import AnswerServices
from bot.slack.request import Request

HEAD = 2  # blocks: the title, and what the handbook has


def is_home_tab(request: Request) -> bool:
    return request.event.get("tab") != "messages"


def publish_home(services: AnswerServices, request: Request) -> None:
    team_id, user_id = request.team_id, request.user_id
    services.edge.look_up_language(request)
    lang = services.edge.lang(request)
    handbook = services.library.handbook
    view = build_home(handbook, lang)
    first = [block for section in services.home_first for block in section(team_id, user_id, lang)]
    view["blocks"][HEAD:HEAD] = first
    for section in services.home_last:
        view["blocks"] += section(team_id, user_id, lang)
    recent = services.lookups.recent(team_id, user_id)
    looked_up = [handbook.entries[name] for name in recent if name in handbook.entries]
    view["blocks"] += build_home_lookups(looked_up, lang)
    request.client.views_publish(user_id=user_id, view=view)
