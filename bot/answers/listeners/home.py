"""The Home tab: what everybody sees, and the features' sections about this person."""

from __future__ import annotations

from bot.answers.home import (
    build_home_chapters,
    build_home_language,
    build_home_lookups,
    build_home_search,
)
from bot.answers.services import AnswerServices
from bot.slack.request import Request


def is_home_tab(request: Request) -> bool:
    return request.event.get("tab") != "messages"


def publish_home(services: AnswerServices, request: Request) -> None:
    team_id, user_id = request.team_id, request.user_id
    services.edge.look_up_language(request)
    services.libraries.look_up(request)
    lang = services.edge.lang(request)
    handbook = services.library_for(request).handbook
    recent = services.lookups.recent(team_id, user_id)
    looked_up = [handbook.entries[name] for name in recent if name in handbook.entries]
    first, last = (
        [block for section in sections for block in section(request, lang)]
        for sections in (services.home_first, services.home_last)
    )
    chosen = services.edge.languages.chosen_by(team_id, user_id)
    blocks = [
        *build_home_search(handbook, lang),
        *first,
        *build_home_lookups(looked_up, lang),
        *last,
        *build_home_chapters(handbook, lang),
        *build_home_language(chosen, lang),
    ]
    request.client.views_publish(user_id=user_id, view={"type": "home", "blocks": blocks})
