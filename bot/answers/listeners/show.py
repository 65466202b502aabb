"""What the answers' buttons are about, and where their replies go."""

from __future__ import annotations

from typing import NamedTuple

from bot.answers.place import Place
from bot.answers.services import AnswerServices
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.search.library import Library
from bot.slack.action_ids import Target
from bot.slack.blocks import Reply
from bot.slack.modals import build_reply_modal
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_over, send_privately
from bot.slack.words import ENTRY_GONE


class Found(NamedTuple):
    """What a button is about. `entry` is None where it has left the handbook; the answer is built
    from `library`, the one that the entry stands in."""

    target: Target
    library: Library
    entry: Entry | None


def find_target(services: AnswerServices, request: Request, target: Target) -> Found:
    services.libraries.look_up(request)  # a press comes after the ack, there is time
    library = services.library_for(request)
    return Found(target, library, library.handbook.entries.get(target.entry_id))


def find(services: AnswerServices, request: Request) -> Found:
    return find_target(services, request, Target.parse(request.action.value))


def place_of(request: Request) -> Place:
    """Where a reply to a button will stand: it is for the user alone."""
    return Place.MODAL if request.view else Place.PRIVATE


def show(request: Request, reply: Reply, lang: Lang) -> None:
    """To the user alone: over a view as a modal, elsewhere as a message."""
    if request.view:
        open_over(request, build_reply_modal(reply, lang))
    else:
        send_privately(request, reply)


def show_gone(request: Request, lang: Lang) -> None:
    """Say that the entry of an old button has left the handbook."""
    show(request, build_plain_note(ENTRY_GONE.get(lang)), lang)
