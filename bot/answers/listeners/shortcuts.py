"""The message shortcut "Explain terms · 解释术语": the handbook's terms in a message, privately."""

from __future__ import annotations

from bot.answers.message_text import read_message
from bot.answers.modals import build_terms_modal
from bot.answers.services import AnswerServices
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_modal, send_privately
from bot.slack.words import EXPIRED


def handle_explain(services: AnswerServices, request: Request) -> None:
    """In the order of the message, in the reader's language: it is a message in another one that
    needs explaining."""
    services.edge.look_up_language(request)
    services.libraries.look_up(request)
    lang = services.edge.lang(request)
    library = services.library_for(request)
    terms = library.matcher.find_terms(read_message(request.message), in_order=True)
    view = build_terms_modal(terms, lang)
    if not open_modal(request, view):
        send_privately(request, build_plain_note(EXPIRED.get(lang)))
