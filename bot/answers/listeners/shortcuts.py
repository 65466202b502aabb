"""The message shortcut "Explain terms · 解释术语": the handbook's terms in a message, privately."""

from __future__ import annotations

from bot.answers.modals import build_terms_modal
from bot.answers.services import AnswerServices
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_modal, send_privately
from bot.slack.words import EXPIRED


def handle_explain(services: AnswerServices, request: Request) -> None:
    lang = services.edge.lang_of_text(request)
    view = build_terms_modal(services.library.matcher.find_terms(request.text), lang)
    if not open_modal(request, view):
        send_privately(request, build_plain_note(EXPIRED.get(lang)))
