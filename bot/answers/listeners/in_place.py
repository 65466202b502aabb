"""More, Less and the other language: the answer that is there becomes another form of itself."""

from __future__ import annotations

from bot.answers import ids
from bot.answers.dialogue import answer_entry
from bot.answers.listeners.show import Found, find, show_gone
from bot.answers.modals import build_entry_modal
from bot.answers.place import Place
from bot.answers.services import AnswerServices
from bot.i18n import Lang
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_modal, open_over, respond, send_privately
from bot.slack.words import EXPIRED


def handle_more(services: AnswerServices, request: Request) -> None:
    """The whole, in place; of a message that others see too, in a modal for this reader, in their
    own language."""
    found = find(services, request)
    if request.view or request.is_ephemeral or request.is_direct:
        _replace(services, request, found, found.target.lang, whole=True)
        return
    services.edge.look_up_language(request)
    lang = services.edge.lang(request)
    if found.entry is None:
        show_gone(request, lang)
        return
    today = services.audience(lang).today
    view = build_entry_modal(found.library.handbook, found.entry, lang, today, whole=True)
    if not open_modal(request, view):
        send_privately(request, build_plain_note(EXPIRED.get(lang)))


def show_brief(services: AnswerServices, request: Request) -> None:
    """Less, and the switch to the other language: the button names the language to show."""
    found = find(services, request)
    _replace(services, request, found, found.target.lang, whole=False)


def show_whole(services: AnswerServices, request: Request) -> None:
    found = find(services, request)
    _replace(services, request, found, found.target.lang, whole=True)


def _replace(
    services: AnswerServices, request: Request, found: Found, lang: Lang, *, whole: bool
) -> None:
    library, entry = found.library, found.entry
    if entry is None:
        show_gone(request, lang)
    elif request.view:
        today = services.audience(lang).today
        view = build_entry_modal(library.handbook, entry, lang, today, whole=whole)
        if request.view.get("callback_id") == ids.SEARCH_VIEW:  # what was asked stays below it
            open_over(request, view)
        else:
            request.client.views_update(view_id=request.view["id"], view=view)
    else:
        is_private = request.is_ephemeral or request.is_direct
        audience = services.audience(lang, Place.PRIVATE if is_private else Place.PUBLIC)
        respond(request, answer_entry(library, entry, audience, whole=whole), replace_original=True)
