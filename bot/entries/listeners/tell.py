"""What a person is told, and where: in the modal they are in, or by a note to them alone."""

from __future__ import annotations

from bot.admin.rights import Act
from bot.entries import words
from bot.entries.models import Refusal
from bot.entries.services import EntryServices
from bot.slack.blocks import Block, Element, Reply, section
from bot.slack.failures import CALL_ERRORS, code_of
from bot.slack.feature import Submitted
from bot.slack.modals import build_modal, build_reply_modal
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import open_form, open_over, send_privately
from bot.slack.words import EXPIRED


def tell(services: EntryServices, request: Request, text: str) -> None:
    """In mrkdwn."""
    lang = services.edge.lang(request)
    if request.view:
        open_over(request, build_reply_modal(build_note(text), lang))
    else:
        send_privately(request, build_note(text))


def tell_refusal(services: EntryServices, request: Request, refusal: Refusal) -> None:
    tell(services, request, words.REFUSALS[refusal].get(services.edge.lang(request)))


def may(services: EntryServices, request: Request, act: Act) -> bool:
    """Whether the person may; if not, they are told, in the language of the line they typed."""
    edge = services.edge
    typed = request.kind in ("command", "event")
    lang = edge.lang_of_text(request) if typed else edge.lang(request)
    refusal = services.find_refusal(request, act, lang)
    if refusal:
        tell(services, request, refusal)
    return not refusal


def show_form(services: EntryServices, request: Request, view: Element) -> None:
    """Open a modal; where the click is too old for one, ask for another."""
    if not open_form(request, view):
        send_privately(request, build_note(EXPIRED.get(services.edge.lang(request))))


def update_view(request: Request, view: Element) -> None:
    """The modal that was pressed in; one that was closed meanwhile stays closed."""
    try:
        request.client.views_update(view_id=request.view["id"], view=view)
    except CALL_ERRORS as error:
        if code_of(error) != "not_found":
            raise


def show_reply(services: EntryServices, request: Request, reply: Reply) -> None:
    if request.view:
        open_over(request, build_reply_modal(reply, services.edge.lang(request)))
    else:
        send_privately(request, reply)


def with_errors(errors: dict[str, str]) -> Submitted:
    return Submitted(ack={"response_action": "errors", "errors": errors})


def in_place(view: Element) -> Submitted:
    """The modal shows another view instead."""
    return Submitted(ack={"response_action": "update", "view": view})


def done(services: EntryServices, request: Request, text: str, *more: Block) -> Submitted:
    """The form gives way to what came of it."""
    lang = services.edge.lang(request)
    return in_place(build_modal(words.DONE_TITLE, [section(text), *more], lang))
