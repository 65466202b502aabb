"""Ask the team, without my name. Nothing here writes to the log or to a channel who asks."""

from __future__ import annotations

import logging

from bot.admin.refusals import find_refusal
from bot.admin.rights import Act, Role
from bot.database.errors import StorageError
from bot.insights import ids, words
from bot.insights.blocks import build_ask, build_asked
from bot.insights.models import AskOutcome
from bot.insights.services import InsightServices
from bot.slack.blocks import Element
from bot.slack.feature import Submitted
from bot.slack.fields import entered_text
from bot.slack.notes import build_note, build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_modal, send_privately, show_privately
from bot.slack.words import EXPIRED

# These keep the form, with what was typed in it.
MAY_BE_CHANGED = frozenset({AskOutcome.EMPTY, AskOutcome.DECLINED})

log = logging.getLogger("bot.insights")


def may_be_offered(services: InsightServices, request: Request) -> bool:
    """Whether to offer it under a miss, from memory: unless somebody is known to be no member."""
    if not services.settings.get(request.team_id).takes_questions:
        return False
    known = services.roles.is_known(request)
    return not known or services.roles.role_of(request) not in (Role.GUEST, Role.STRANGER)


def open_ask(services: InsightServices, request: Request) -> None:
    """The button's value is the question."""
    lang = services.edge.lang_of_text(request)
    if refusal := _find_refusal(services, request):
        show_privately(request, build_note(refusal), lang)
        return
    view = build_ask(request.action.value, services.edge.lang(request))
    if not _open(request, view):
        send_privately(request, build_plain_note(EXPIRED.get(lang)))


def handle_ask(services: InsightServices, request: Request) -> Submitted:
    """Keep the question, before the ack; what became of it is said where the form was."""
    lang = services.edge.lang(request)
    if refusal := _find_refusal(services, request):
        return _refuse(refusal)
    settings = services.settings.get(request.team_id)
    text = entered_text(request.view, ids.ASK_TEXT).strip()
    try:
        outcome = services.questions.ask(
            request.team_id, request.user_id, text, lang, settings.curators_channel,
            services.edge.clock(),
        )  # fmt: skip
    except StorageError as error:  # told here: the common way would log who asked
        log.warning("a question to the team was not kept: %s", error)
        return _refuse(words.NOT_KEPT.get(lang))
    said = words.ASKED[outcome].get(lang)
    if outcome in MAY_BE_CHANGED:
        return _refuse(said)
    return Submitted(ack={"response_action": "update", "view": build_asked(said, lang)})


def _find_refusal(services: InsightServices, request: Request) -> str:
    lang = services.edge.lang(request)
    if not services.settings.get(request.team_id).takes_questions:
        return words.NOT_TAKEN.get(lang)
    return find_refusal(services.roles, request, Act.ASK_TEAM, lang)


def _refuse(said: str) -> Submitted:
    return Submitted(
        ack={"response_action": "errors", "errors": {ids.ASK_TEXT: said.replace("`", "")}}
    )


def _open(request: Request, view: Element) -> bool:
    """Over a modal that is open, in its place in the stack."""
    if request.view.get("type") == "modal":
        request.client.views_push(trigger_id=request.trigger_id, view=view)
        return True
    return open_modal(request, view)
