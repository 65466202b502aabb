"""An item's menu: its modals, what they submit, and "Why?"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.checklists import ids, words
from bot.checklists.changes import Changed, Refusal
from bot.checklists.item_views import (
    build_again,
    build_item_view,
    build_why,
    field_error,
    is_outdated,
    owner_error,
    read_item_view,
)
from bot.checklists.listeners.changes import make_change, report
from bot.checklists.listeners.tell import explain_refusal, tell
from bot.checklists.models import ChangeKind, Item, Run
from bot.checklists.services import ChecklistServices
from bot.handbook.models import Entry, Kind
from bot.slack.client import build_client
from bot.slack.feature import Submitted
from bot.slack.request import Request
from bot.slack.send import open_modal, show_privately
from bot.slack.users import find_user
from bot.slack.words import EXPIRED
from bot.zones import is_zone

LOOK_UP_SECONDS = 2  # of the three in which Slack wants its answer


def handle_item(services: ChecklistServices, request: Request) -> Submitted:
    """Store what a modal asks for: the answer to it, and what is left to do after that. What cannot
    be stored stays in the modal, with the reason."""
    lang = services.edge.lang(request)
    choice, change = read_item_view(request.view)
    if change.what is ChangeKind.EXCLUDED and not change.text:
        return _errors(field_error(choice.verb, words.NO_REASON.get(lang)))
    if change.what is ChangeKind.ASSIGNED and change.user_id:
        zone, problem = look_up_owner(services, request, change.user_id)
        if problem:
            return _errors(owner_error(problem, lang))
        change = replace(change, zone=zone)
    run = services.runs.find(request.team_id, choice.target.run_id)
    item = run.find_item(change.item) if run else None
    if run and item and not run.is_closed and is_outdated(request.view, item):
        again = build_again(run, item, change, choice, lang, services.edge.clock())
        return Submitted(ack={"response_action": "update", "view": again})
    made = make_change(services, request, choice.target.run_id, change)
    if isinstance(made, Changed):
        here = request.in_channel(made.after.channel_id)
        return Submitted(task=lambda _: report(services, here, choice.target.run_id, change, made))
    if made is Refusal.SAME:
        return Submitted()
    return _errors(field_error(choice.verb, explain_refusal(run, made, lang)))


def _errors(errors: dict[str, str]) -> Submitted:
    return Submitted(ack={"response_action": "errors", "errors": errors})


def open_menu(services: ChecklistServices, request: Request) -> None:
    """What was chosen in an item's menu: a modal, or the item's reason."""
    choice = ids.MenuChoice.parse(request.action.value)
    run = services.runs.find(request.team_id, choice.target.run_id)
    item = run.find_item(choice.target.number) if run else None
    lang = services.edge.lang(request)
    if run is None or item is None:
        tell(services, request, explain_refusal(run, Refusal.NO_ITEM, lang))
    elif choice.verb == ids.WHY:
        show_privately(
            request, build_why(item, find_linked(services, request, run, item), lang), lang
        )
    elif run.is_closed:
        tell(services, request, explain_refusal(run, Refusal.CLOSED, lang))
    else:
        view = build_item_view(choice, item, lang)
        open_view(services, request, view)


def open_view(services: ChecklistServices, request: Request, view: dict[str, Any]) -> None:
    """Open a modal; where the click is too old for one, ask for another."""
    if not open_modal(request, view):
        tell(services, request, EXPIRED.get(services.edge.lang(request)))


def look_up_owner(services: ChecklistServices, request: Request, user_id: str) -> tuple[str, str]:
    """A future owner's time zone, or why they can be none (a key of words.BAD_OWNER). Where Slack
    does not say in time, the zone is "", and the starter's counts."""
    client = request.client
    quick = build_client(client.base_url, client.token or "", LOOK_UP_SECONDS, waits=False)
    user = find_user(quick, user_id)
    if not user:
        return "", ""
    if user.get("deleted"):
        return "", "gone"
    if user.get("is_bot"):
        return "", "bot"
    services.edge.languages.learn(request.team_id, user_id, str(user.get("locale") or ""))
    zone = str(user.get("tz") or "")
    return (zone if is_zone(zone) else ""), ""


def find_linked(services: ChecklistServices, request: Request, run: Run, item: Item) -> list[Entry]:
    """The terms that an item names, else those that its checklist points to."""
    lang = run.lang
    text = f"{item.text.get(lang)}\n{item.why.get(lang)}"
    library = services.library_for(request)
    if found := library.matcher.find_terms(text):
        return found
    handbook = library.handbook
    checklist = handbook.entries.get(run.checklist_id)
    related = handbook.related_to(checklist) if checklist else ()
    return [entry for entry in related if entry.kind is Kind.TERM]
