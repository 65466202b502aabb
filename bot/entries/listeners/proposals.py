"""The curators' buttons: Publish, Edit, Decline; and the list of what is open. Publishing and
declining are stored before the ack."""

from __future__ import annotations

from contextlib import suppress

from bot.admin.rights import Act
from bot.entries import ids, words
from bot.entries.blocks import build_proposal, name_of
from bot.entries.history import ENTRIES_SHOWN, PROPOSALS_SHOWN, build_overview
from bot.entries.listeners.opening import open_filled
from bot.entries.listeners.tell import (
    done,
    may,
    show_form,
    tell,
    tell_refusal,
    update_view,
    with_errors,
)
from bot.entries.models import EntryState, ProposalState, Refusal, TeamEntry
from bot.entries.prefill import of_proposal
from bot.entries.services import EntryServices
from bot.i18n import LANGS, Lang, Text
from bot.slack.blocks import Element, clip, plain_section
from bot.slack.failures import SEND_ERRORS
from bot.slack.feature import Submitted, Task
from bot.slack.fields import entered_text, field, line_input, modal
from bot.slack.request import Request
from bot.slack.send import respond
from bot.slack.typed import clean_text

REASON_CHARS = 300


def publish(services: EntryServices, request: Request) -> Task:
    """Store it now; the task is what is left to do after the ack."""
    lang = services.edge.lang(request)
    if refusal := services.find_refusal(request, Act.PUBLISH, lang):
        return lambda: tell(services, request, refusal)
    now, proposal_id = services.edge.clock(), request.action.value
    made = services.proposals.publish(request.team_id, proposal_id, request.user_id, now)
    if isinstance(made, Refusal):
        return lambda: _refuse(services, request, made)
    _answer_question(services, request, made)

    def finish() -> None:
        services.refresh()
        _show_decided(services, request)

    return finish


def edit(services: EntryServices, request: Request) -> None:
    """The form with the draft, to publish it changed."""
    if not may(services, request, Act.PUBLISH):
        return
    proposal = services.proposals.find(request.team_id, request.action.value)
    if proposal is None:
        tell_refusal(services, request, Refusal.GONE)
    elif proposal.state is not ProposalState.OPEN:
        _refuse(services, request, Refusal.DECIDED)
    else:
        entry = services.entries.find(request.team_id, proposal.entry_id)
        open_filled(services, request, *of_proposal(proposal, entry))


def decline(services: EntryServices, request: Request) -> None:
    """Ask for the reason."""
    if not may(services, request, Act.PUBLISH):
        return
    proposal = services.proposals.find(request.team_id, request.action.value)
    if proposal is None:
        tell_refusal(services, request, Refusal.GONE)
    elif proposal.state is not ProposalState.OPEN:
        _refuse(services, request, Refusal.DECIDED)
    else:
        lang = services.edge.lang(request)
        title = name_of(proposal.draft, lang)
        show_form(services, request, _build_decline(proposal.id, title, lang))


def handle_decline(services: EntryServices, request: Request) -> Submitted:
    lang = services.edge.lang(request)
    if refusal := services.find_refusal(request, Act.PUBLISH, lang):
        return with_errors({ids.REASON: refusal})
    reason = clean_text(entered_text(request.view, ids.REASON), REASON_CHARS)
    proposal_id = str(request.view.get("private_metadata") or "")
    made = services.proposals.decline(
        request.team_id, proposal_id, request.user_id, reason, services.edge.clock()
    )
    if isinstance(made, Refusal):
        return with_errors({ids.REASON: words.REFUSALS[made].get(lang)})
    return done(services, request, words.DECLINED_DONE.get(lang))


def show_overview(services: EntryServices, request: Request) -> None:
    if may(services, request, Act.PUBLISH):
        show_form(services, request, _overview(services, request))


def _build_decline(proposal_id: str, title: str, lang: Lang) -> Element:
    hint = Text(*(words.REASON_HINT.get(one).format(limit=REASON_CHARS) for one in LANGS))
    element = line_input("", REASON_CHARS, multiline=True)
    blocks = [
        plain_section(clip(title, 200)),
        field(ids.REASON, words.REASON, element, lang, hint=hint, optional=False),
    ]
    return modal(ids.DECLINE_VIEW, words.DECLINE_TITLE, words.DECLINE, blocks, lang, proposal_id)


def _answer_question(services: EntryServices, request: Request, entry: TeamEntry) -> None:
    proposal = services.proposals.find(request.team_id, request.action.value)
    if proposal and proposal.question:
        services.on_published(request.team_id, entry.entry_id, proposal.question, request.user_id)


def _refuse(services: EntryServices, request: Request, refusal: Refusal) -> None:
    """Say why, and show the message as the proposal stands now."""
    tell_refusal(services, request, refusal)
    if refusal is Refusal.DECIDED and not request.view:
        _show_decided(services, request)


def _show_decided(services: EntryServices, request: Request) -> None:
    """In the modal, the list anew. A channel's message is updated by the outbox; one to a curator
    alone is replaced here."""
    if request.view:
        update_view(request, _overview(services, request))
        return
    proposal = services.proposals.find(request.team_id, request.action.value)
    if proposal is None or not request.is_direct:
        return
    reply = build_proposal(proposal, None, services.edge.lang(request))
    with suppress(*SEND_ERRORS):  # it is decided all the same, and a second press says so
        respond(request, reply, replace_original=True)


def _overview(services: EntryServices, request: Request) -> Element:
    team_id, list_recent = request.team_id, services.entries.list_recent
    return build_overview(
        services.proposals.list_open(team_id, PROPOSALS_SHOWN),
        list_recent(team_id, EntryState.PUBLISHED, ENTRIES_SHOWN),
        list_recent(team_id, EntryState.RETIRED, ENTRIES_SHOWN),
        services.edge.lang(request),
    )
