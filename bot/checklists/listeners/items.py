"""An item's menu: its modals, what they submit, and "Why?"."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

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
from bot.checklists.listeners.changes import Task, make_change, report
from bot.checklists.listeners.tell import explain_refusal, find_run, lang_of, show, tell
from bot.checklists.models import Item, Run, What
from bot.handbook.models import Entry, Kind
from bot.slack.errors import run_after_ack
from bot.slack.payloads import Body, asker_ids
from bot.slack.send import open_modal
from bot.slack.services import Services
from bot.slack.words import EXPIRED
from bot.tips.zones import is_zone

LOOK_UP_SECONDS = 2  # of the three in which Slack wants its answer


def register(app: App, services: Services) -> None:
    def handle_item(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        answer, task = _submit(services, client, body)
        ack(**answer)
        if task:
            run_after_ack(services, client, body, task)

    app.view(ids.ITEM_VIEW)(handle_item)


def _submit(
    services: Services, client: WebClient, body: Body
) -> tuple[dict[str, Any], Task | None]:
    """Store what a modal asks for: the answer to it, and what is left to do after that. What cannot
    be stored stays in the modal, with the reason."""
    lang = lang_of(services, body)
    choice, change = read_item_view(body["view"])
    if change.what is What.EXCLUDED and not change.text:
        return _errors(field_error(choice.verb, words.NO_REASON.get(lang))), None
    if change.what is What.ASSIGNED and change.user_id:
        zone, problem = _look_up(services, client, body, change.user_id)
        if problem:
            return _errors(owner_error(problem, lang)), None
        change = replace(change, zone=zone)
    run = find_run(services, body, choice.target.run_id)
    item = run.find_item(change.item) if run else None
    if run and item and not run.is_closed and is_outdated(body["view"], item):
        again = build_again(run, item, change, choice, lang, services.clock())
        return {"response_action": "update", "view": again}, None
    made = make_change(services, body, choice.target.run_id, change)
    if isinstance(made, Changed):
        here = {**body, "channel": {"id": made.after.channel_id}}
        return {}, lambda: report(services, client, here, made.after.id, change, made)
    if made is Refusal.SAME:
        return {}, None
    return _errors(field_error(choice.verb, explain_refusal(run, made, lang))), None


def _errors(errors: dict[str, str]) -> dict[str, Any]:
    return {"response_action": "errors", "errors": errors}


def open_menu(services: Services, client: WebClient, body: Body) -> None:
    """What was chosen in an item's menu: a modal, or the item's reason."""
    chosen = body["actions"][0].get("selected_option") or {}
    choice = ids.MenuChoice.parse(str(chosen.get("value") or ""))
    run = find_run(services, body, choice.target.run_id)
    item = run.find_item(choice.target.number) if run else None
    lang = lang_of(services, body)
    if run is None or item is None:
        tell(services, client, body, explain_refusal(run, Refusal.NO_ITEM, lang))
    elif choice.verb == ids.WHY:
        show(client, body, build_why(item, _linked(services, run, item), lang), lang)
    elif run.is_closed:
        tell(services, client, body, explain_refusal(run, Refusal.CLOSED, lang))
    else:
        view = build_item_view(choice, item, lang)
        open_view(services, client, body, view)


def open_view(services: Services, client: WebClient, body: Body, view: dict[str, Any]) -> None:
    """Open a modal; where the click is too old for one, ask for another."""
    if not open_modal(client, body, view):
        tell(services, client, body, EXPIRED.get(lang_of(services, body)))


def _look_up(services: Services, client: WebClient, body: Body, user_id: str) -> tuple[str, str]:
    """A future owner's time zone, or why they can be none (a key of words.BAD_OWNER). Where Slack
    does not say in time, the zone is "", and the starter's counts."""
    quick = WebClient(
        client.token, base_url=client.base_url, timeout=LOOK_UP_SECONDS, retry_handlers=[]
    )
    try:
        user = dict(quick.users_info(user=user_id, include_locale=True).get("user") or {})
    except (SlackApiError, OSError):
        return "", ""
    if user.get("deleted"):
        return "", "gone"
    if user.get("is_bot"):
        return "", "bot"
    services.languages.learn(asker_ids(body)[0], user_id, str(user.get("locale") or ""))
    zone = str(user.get("tz") or "")
    return (zone if is_zone(zone) else ""), ""


def _linked(services: Services, run: Run, item: Item) -> list[Entry]:
    """The handbook's terms that an item names, else those that its checklist points to."""
    lang = run.lang
    text = f"{item.text.get(lang)}\n{item.why.get(lang)}"
    if found := services.library.matcher.find_terms(text):
        return found
    handbook = services.library.handbook
    checklist = handbook.entries.get(run.checklist_id)
    related = handbook.related_to(checklist) if checklist else ()
    return [entry for entry in related if entry.kind is Kind.TERM]
