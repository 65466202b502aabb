"""An entry's history, roll-back and retirement; and the answers to "Still right?". What changes is
stored before the ack."""

from __future__ import annotations

from datetime import date

from bot.admin.rights import Act
from bot.entries import ids, words
from bot.entries.blocks import mention
from bot.entries.history import VERSIONS_SHOWN, build_history
from bot.entries.listeners.tell import may, show_form, show_reply, tell, tell_refusal, update_view
from bot.entries.models import Refusal, TeamEntry
from bot.entries.services import EntryServices
from bot.i18n import Lang
from bot.slack.blocks import Element, clip
from bot.slack.dates import day_text
from bot.slack.failures import SEND_ERRORS
from bot.slack.feature import Task
from bot.slack.mrkdwn import literal
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import respond


def show_history(services: EntryServices, request: Request) -> None:
    if not may(services, request, Act.READ):
        return
    entry = services.entries.find(request.team_id, _target(request).entry_id)
    if entry is None:
        tell_refusal(services, request, Refusal.GONE)
    else:
        show_form(services, request, _history(services, request, entry))


def roll_back(services: EntryServices, request: Request) -> Task:
    lang, target = services.edge.lang(request), _target(request)
    if refusal := services.find_refusal(request, Act.EDIT, lang):
        return lambda: tell(services, request, refusal)
    made = services.entries.roll_back(
        request.team_id, target.entry_id, target.number, request.user_id, target.version,
        services.edge.clock(),
    )  # fmt: skip
    return lambda: _show_changed(services, request, made)


def retire(services: EntryServices, request: Request) -> Task:
    """From the form, or of what an owner or the curators were asked about. An owner who may not
    retire hands the question on to the curators."""
    lang, target = services.edge.lang(request), _target(request)
    refusal = services.find_refusal(request, Act.RETIRE, lang)
    entry = services.entries.find(request.team_id, target.entry_id)
    if refusal and entry and entry.owner == request.user_id and _is_day(target.other):
        services.entries.ask_curators(request.team_id, target.entry_id, services.edge.clock())
        return lambda: _replace(services, request, words.PASSED_ON.get(lang))
    if refusal:
        return lambda: tell(services, request, refusal)
    made = services.entries.retire(
        request.team_id, target.entry_id, request.user_id, target.version, services.edge.clock()
    )
    if isinstance(made, Refusal):
        return lambda: tell_refusal(services, request, made)
    title = literal(clip(made.draft.title.get(lang), 100))
    said = words.RETIRED_DONE.get(lang).format(title=title, user=mention(request.user_id))
    return lambda: _replace(services, request, said)


def confirm(services: EntryServices, request: Request) -> Task:
    """Still right: the owner says so, or a curator."""
    lang, target = services.edge.lang(request), _target(request)
    entry = services.entries.find(request.team_id, target.entry_id)
    if entry is None:
        return lambda: tell_refusal(services, request, Refusal.GONE)
    if entry.owner != request.user_id and services.find_refusal(request, Act.EDIT, lang):
        return lambda: tell(services, request, words.ONLY_OWNER.get(lang))
    day = date.fromisoformat(target.other) if _is_day(target.other) else None
    made = services.entries.confirm(request.team_id, target.entry_id, day, services.edge.clock())
    if made is Refusal.GONE:
        return lambda: tell_refusal(services, request, Refusal.GONE)
    after = entry if isinstance(made, Refusal) else made
    return lambda: _replace(services, request, _thanks(after, request.user_id, lang))


def _target(request: Request) -> ids.EntryTarget:
    return ids.EntryTarget.parse(request.action.value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _thanks(entry: TeamEntry, user_id: str, lang: Lang) -> str:
    """Stands in place of the question, in a channel too."""
    day = day_text(entry.review_by, lang) if entry.review_by else ""
    title = literal(clip(entry.draft.title.get(lang), 100))
    return words.ASKED_THANKS.get(lang).format(title=title, user=mention(user_id), day=day)


def _history(services: EntryServices, request: Request, entry: TeamEntry) -> Element:
    versions = services.entries.list_versions(request.team_id, entry.entry_id, VERSIONS_SHOWN)
    lang, is_curator = services.edge.lang(request), services.is_curator(request)
    return build_history(entry, versions, lang, is_curator=is_curator)


def _show_changed(services: EntryServices, request: Request, made: TeamEntry | Refusal) -> None:
    """The history anew; with why nothing was changed, if nothing was."""
    services.refresh()
    entry = services.entries.find(request.team_id, _target(request).entry_id)
    if entry is not None and request.view:
        view = _history(services, request, entry)
        update_view(request, view)
    if isinstance(made, Refusal):
        tell_refusal(services, request, made)


def _replace(services: EntryServices, request: Request, said: str) -> None:
    """In place of the question, so that it is not answered twice; from a form, over it."""
    services.refresh()
    reply = build_note(said)
    if not request.view and request.response_url:
        try:
            respond(request, reply, replace_original=True)
            return
        except SEND_ERRORS:  # the message is old: a new one then
            pass
    show_reply(services, request, reply)
