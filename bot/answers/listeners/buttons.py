"""Buttons that lead on: entries, chapters, example questions."""

from __future__ import annotations

from bot.answers import ids, words
from bot.answers.dialogue import answer_entry, open_number, reply_to
from bot.answers.listeners.show import find, place_of, show, show_gone
from bot.answers.listing import Listing, build_listing
from bot.answers.modals import build_entry_modal
from bot.answers.services import AnswerServices
from bot.slack.action_ids import Target
from bot.slack.request import Request
from bot.slack.send import open_over, respond, send_privately


def handle_open(services: AnswerServices, request: Request) -> None:
    """An entry, privately: over a view as a modal, elsewhere as a message. From the terms of a
    message, whose short texts are there already, the whole."""
    target, library, entry = find(services, request)
    if entry is None:
        show_gone(request, target.lang)
    elif request.view:
        today = services.audience(target.lang).today
        whole = request.action.name == ids.MODAL_OPEN
        view = build_entry_modal(library.handbook, entry, target.lang, today, whole=whole)
        open_over(request, view)
    else:
        send_privately(request, answer_entry(library, entry, services.audience(target.lang)))


def handle_list_page(services: AnswerServices, request: Request) -> None:
    """Another page in place; of a list that others see too, for this reader alone."""
    listing = Listing.parse(request.action.value)
    services.libraries.look_up(request)  # a press comes after the ack, there is time
    reply = build_listing(services.library_for(request).handbook, listing)
    if request.is_ephemeral or request.is_direct:
        respond(request, reply, replace_original=True)
    else:
        show(request, reply, listing.lang)


def handle_example(services: AnswerServices, request: Request) -> None:
    """An example question from help or Home."""
    target = Target.parse(request.action.value)
    number = int(target.entry_id) if target.entry_id.isdigit() else 0
    question = words.EXAMPLES[number % len(words.EXAMPLES)].get(target.lang)
    library = services.library_for(request)
    line, _ = services.read(library, question)
    audience = services.audience(target.lang, place_of(request))
    show(request, reply_to(library, audience, line), target.lang)


def handle_chapter(services: AnswerServices, request: Request) -> None:
    target = Target.parse(request.action.value)
    audience = services.audience(target.lang, place_of(request))
    library = services.library_for(request)
    show(request, open_number(library, target.entry_id, audience), target.lang)
