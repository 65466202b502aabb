"""The modal of an item: opened from the list's select, and what it submits; what is done, shown."""

from __future__ import annotations

from dataclasses import replace

from bot.checklists import words
from bot.checklists.blocks import build_done
from bot.checklists.changes import Changed, Refusal
from bot.checklists.details_view import (
    LOG_SHOWN,
    OWNER,
    build_details,
    find_changes,
    is_outdated,
    read_details,
)
from bot.checklists.listeners.changes import make_change, report
from bot.checklists.listeners.items import find_linked, look_up_owner, open_view
from bot.checklists.listeners.tell import explain_refusal, target_of, tell
from bot.checklists.models import Item, LogLine, Run
from bot.checklists.services import ChecklistServices
from bot.slack.feature import Submitted
from bot.slack.request import Request
from bot.slack.send import show_privately


def open_details(services: ChecklistServices, request: Request) -> None:
    target, lang = target_of(request), services.edge.lang(request)
    run = services.runs.find(request.team_id, target.run_id)
    item = run.find_item(target.number) if run else None
    if run is None or item is None:
        tell(services, request, explain_refusal(run, Refusal.NO_ITEM, lang))
    elif run.is_closed:
        tell(services, request, explain_refusal(run, Refusal.CLOSED, lang))
    else:
        terms, log = find_linked(services, request, run, item), _log_of(services, run, item)
        view = build_details(run, item, terms, log, lang, services.edge.clock())
        open_view(services, request, view)


def handle_details(services: ChecklistServices, request: Request) -> Submitted:
    """Store each field that was changed. What cannot be stays in the modal, with the reason."""
    lang = services.edge.lang(request)
    submission = read_details(request.view)
    changes = find_changes(submission)
    target = submission.target
    if OWNER in changes and (user_id := changes[OWNER].user_id):
        zone, problem = look_up_owner(services, request, user_id)
        if problem:
            return _errors(OWNER, words.BAD_OWNER[problem].get(lang))
        changes[OWNER] = replace(changes[OWNER], zone=zone)
    run = services.runs.find(request.team_id, target.run_id)
    item = run.find_item(target.number) if run else None
    if run and item and not run.is_closed and is_outdated(submission, item):
        terms, log = find_linked(services, request, run, item), _log_of(services, run, item)
        now = services.edge.clock()
        again = build_details(run, item, terms, log, lang, now, submission.after)
        return Submitted(ack={"response_action": "update", "view": again})
    made = {name: make_change(services, request, target.run_id, one)
            for name, one in changes.items()}  # fmt: skip
    for name, result in made.items():
        if isinstance(result, Refusal) and result is not Refusal.SAME:
            return _errors(name, explain_refusal(run, result, lang))
    done = [(changes[name], one) for name, one in made.items() if isinstance(one, Changed)]
    if not done:
        return Submitted()
    change, last = done[-1]
    here = request.in_channel(last.after.channel_id)
    return Submitted(task=lambda _: report(services, here, target.run_id, change, last))


def show_done(services: ChecklistServices, request: Request) -> None:
    """What is done, to the user alone, in the list's language."""
    run = services.runs.find(request.team_id, target_of(request).run_id)
    lang = services.edge.lang(request)
    if run is None:
        tell(services, request, words.GONE.get(lang))
    else:
        show_privately(request, build_done(run, run.lang, services.edge.clock()), lang)


def _log_of(services: ChecklistServices, run: Run, item: Item) -> list[LogLine]:
    """The newest lines about an item."""
    lines = services.runs.log(run.team_id, run.id)
    return [line for line in lines if line.change.item == item.no][:LOG_SHOWN]


def _errors(name: str, said: str) -> Submitted:
    return Submitted(ack={"response_action": "errors", "errors": {name: said}})
