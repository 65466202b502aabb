"""The submitted form: published at once by a curator, else proposed. Stored before the ack."""

from __future__ import annotations

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from bot.admin.rights import Act
from bot.entries import ids, words
from bot.entries.blocks import mention, open_button
from bot.entries.form import MOST_LINKS, Filled, Origin, origin_of, read_form
from bot.entries.form_view import build_form
from bot.entries.listeners.opening import find_replaced
from bot.entries.listeners.tell import done, in_place, with_errors
from bot.entries.models import Change, Draft, EntryState, Proposal, Refusal, TeamEntry
from bot.entries.repository.proposals import new_entry_id
from bot.entries.services import EntryServices
from bot.slack.blocks import actions, section
from bot.slack.feature import Submitted
from bot.slack.request import Request
from bot.slack.words import COMMAND


def handle_form(services: EntryServices, request: Request) -> Submitted:
    """What is wrong stands at its field; what somebody else changed meanwhile, above them."""
    lang, origin = services.edge.lang(request), origin_of(request.view)
    filled, errors = read_form(request.view, lang)
    if errors:
        return with_errors(errors)
    first = ids.TITLES[lang]
    if refusal := services.find_refusal(request, Act.PROPOSE, lang):
        return with_errors({first: refusal})
    is_curator = services.is_curator(request)
    if origin.proposal_id and not is_curator:
        return with_errors({first: services.find_refusal(request, Act.PUBLISH, lang)})
    filled = replace(filled, draft=_with_source(filled, origin))
    if not is_curator:
        return _propose(services, request, origin, filled)
    made = _publish(services, request, origin, filled)
    if made is Refusal.OUTDATED:
        return _show_again(services, request, origin, filled)
    if isinstance(made, Refusal):
        return with_errors({first: words.REFUSALS[made].get(lang)})
    if origin.question:
        services.on_published(request.team_id, made.entry_id, origin.question, request.user_id)
    said = words.PUBLISHED_DONE.get(lang).format(version=made.version)
    shown = done(services, request, said, actions([open_button(made.entry_id, lang)]))
    return replace(shown, task=lambda _: services.refresh())


def form_id(request: Request) -> str:
    """One form, one entry or proposal, though it may be sent twice."""
    return uuid5(NAMESPACE_URL, f"{request.team_id}:{request.view['id']}").hex


def _with_source(filled: Filled, origin: Origin) -> Draft:
    """The message that it was taken from is one of its links."""
    draft = filled.draft
    is_known = not origin.source or origin.source in draft.links or origin.proposal_id
    if is_known or len(draft.links) >= MOST_LINKS:
        return draft
    return replace(draft, links=(*draft.links, origin.source))


def _publish(
    services: EntryServices, request: Request, origin: Origin, filled: Filled
) -> TeamEntry | Refusal:
    now = services.edge.clock()
    if origin.proposal_id:
        return services.proposals.publish(
            request.team_id,
            origin.proposal_id,
            request.user_id,
            now,
            draft=filled.draft,
            based_on=origin.based_on,
            owner=filled.owner,
            review_by=filled.review_by,
        )
    change = Change(
        team_id=request.team_id,
        entry_id=origin.entry_id or new_entry_id(form_id(request)),
        draft=filled.draft,
        author=request.user_id,
        by=request.user_id,
        based_on=origin.based_on,
        owner=filled.owner,
        review_by=filled.review_by,
    )
    return services.entries.publish(change, now)


def _propose(
    services: EntryServices, request: Request, origin: Origin, filled: Filled
) -> Submitted:
    lang, now = services.edge.lang(request), services.edge.clock()
    entry = services.entries.find(request.team_id, origin.entry_id) if origin.entry_id else None
    if entry and entry.draft == filled.draft and entry.state is EntryState.PUBLISHED:
        return with_errors({ids.TITLES[lang]: words.REFUSALS[Refusal.SAME].get(lang)})
    proposal = Proposal(
        id=form_id(request),
        team_id=request.team_id,
        draft=filled.draft,
        proposer=request.user_id,
        proposed_at=now,
        entry_id=origin.entry_id,
        based_on=origin.based_on,
        source=origin.source,
        question=origin.question,
    )
    recipients = services.find_recipients(request.team_id)
    made = services.proposals.add(proposal, recipients, now)
    if isinstance(made, Refusal):
        return with_errors({ids.TITLES[lang]: words.REFUSALS[made].get(lang)})
    said = words.PROPOSED_DONE if recipients else words.PROPOSED_NOBODY
    return done(services, request, said.get(lang).format(command=COMMAND))


def _show_again(
    services: EntryServices, request: Request, origin: Origin, filled: Filled
) -> Submitted:
    """What was typed, to be published on top of what somebody else did meanwhile."""
    lang = services.edge.lang(request)
    entry_id = origin.entry_id or new_entry_id(
        form_id(request)
    )  # new, stored, and not acknowledged
    entry = services.entries.find(request.team_id, entry_id)
    if entry is None:
        return with_errors({ids.TITLES[lang]: words.REFUSALS[Refusal.GONE].get(lang)})
    note = words.CHANGED_MEANWHILE.get(lang).format(
        user=mention(entry.published_by), version=entry.version
    )
    again = replace(origin, entry_id=entry_id, based_on=entry.version)
    view = build_form(
        again, filled, lang, is_curator=True, notes=[section(note)],
        replaced=find_replaced(services, again),
    )  # fmt: skip
    return in_place(view)
