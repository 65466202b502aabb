"""The search on the Home tab: a modal whose answer appears in it."""

from __future__ import annotations

from bot.answers.dialogue import reply_to
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.place import Place
from bot.answers.search_view import build_search, read_search
from bot.answers.services import AnswerServices
from bot.slack.feature import Submitted
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_modal, send_privately
from bot.slack.words import EXPIRED


def open_search(services: AnswerServices, request: Request) -> None:
    lang = services.edge.lang(request)
    if not open_modal(request, build_search(lang)):
        send_privately(request, build_plain_note(EXPIRED.get(lang)))


def handle_search(services: AnswerServices, request: Request) -> Submitted:
    """The same modal, with the answer; verbs that need a channel are questions here."""
    query = read_search(request.view)
    edge = services.edge
    lang = edge.languages.of(request.team_id, request.user_id, query)
    library = services.library_for(request)
    line, found = services.read(library, query)
    if found:
        line = ParsedLine(Verb.ANSWER, query, query)
    answer = reply_to(library, services.audience(lang, Place.MODAL), line)
    services.count(request, line, answer.outcome, answer.entry_id)
    answer = services.with_offer(request, answer, line, lang)
    if answer.entry_id:
        services.lookups.add(request.team_id, request.user_id, answer.entry_id)
    view = build_search(edge.lang(request), query, answer)
    return Submitted(ack={"response_action": "update", "view": view})
