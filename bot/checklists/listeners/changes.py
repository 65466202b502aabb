"""The buttons that change a run. A tick is stored before the click is acknowledged: a process that
dies a moment later has lost nothing."""

from __future__ import annotations

import logging

from bot.checklists import words
from bot.checklists.changes import Changed, Refusal
from bot.checklists.ids import is_of_list
from bot.checklists.listeners.tell import do_own, explain_refusal, target_of, tell
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.progress import count_progress
from bot.checklists.services import ChecklistServices
from bot.checklists.texts import mention, name_of, title_of
from bot.i18n import Text
from bot.slack.failures import CALL_ERRORS, code_of
from bot.slack.feature import Task
from bot.slack.members import link_to
from bot.slack.mrkdwn import literal
from bot.slack.request import Request
from bot.slack.words import COMMAND

log = logging.getLogger("bot.checklists")


def tick(services: ChecklistServices, request: Request) -> Task:
    """Store it now; the task is what is left to do after the ack."""
    return _change_item(services, request, ChangeKind.TICKED)


def untick(services: ChecklistServices, request: Request) -> Task:
    return _change_item(services, request, ChangeKind.UNTICKED)


def _change_item(services: ChecklistServices, request: Request, what: ChangeKind) -> Task:
    target = target_of(request)
    change = Change(what=what, item=target.number)
    owner = _owner_now(services, request)
    if owner is not None:
        return lambda: _tell_owner(services, request, owner)
    made = make_change(services, request, target.run_id, change)
    return lambda: report(services, request, target.run_id, change, made)


def _owner_now(services: ChecklistServices, request: Request) -> str | None:
    """Who has the item of a button on a reminder or on Home now, "" for nobody, if it is not who
    presses: an old button gives no rights. On a list in its channel, everybody may tick."""
    if not (_is_elsewhere(request) or request.is_home):
        return None
    target = target_of(request)
    run = services.runs.find(request.team_id, target.run_id)
    item = run.find_item(target.number) if run else None
    if run is None or item is None or run.channel_id == request.channel_id:
        return None
    if request.user_id in (item.owner, item.changed_by):
        return None
    return item.owner


def _tell_owner(services: ChecklistServices, request: Request, owner: str) -> None:
    services.edge.look_up_language(request)
    lang = services.edge.lang(request)
    user = mention(owner) if owner else words.NOBODY.get(lang)
    tell(services, request, words.OWNED_NOW.get(lang).format(user=user))


def make_change(
    services: ChecklistServices, request: Request, run_id: str, change: Change
) -> Changed | Refusal:
    now = services.edge.clock()
    return services.runs.change(request.team_id, run_id, change, request.user_id, now)


def report(
    services: ChecklistServices,
    request: Request,
    run_id: str,
    change: Change,
    made: Changed | Refusal,
) -> None:
    """Show a change to the channel and whomever it concerns; tell the user what they cannot see."""
    services.edge.look_up_language(request)
    lang = services.edge.lang(request)
    run = _adopt_message(services, request, run_id)
    if isinstance(made, Refusal):
        if not _is_double_click(request, run, change, made):
            tell(services, request, explain_refusal(run, made, lang, change))
    elif run is not None and _is_elsewhere(request):
        progress = count_progress(run, services.edge.clock())
        said = words.DONE_HERE.get(lang).format(
            title=literal(name_of(run, lang)), done=progress.done, total=progress.total
        )
        tell(services, request, said)
    elif run is not None and _is_old_copy(request, run):
        address = link_to(services.edge.identity(request).url, run.channel_id, run.message_ts)
        place = words.CURRENT.get(lang)
        link = f"<{address}|{place}>" if address else place
        tell(services, request, words.OLD_COPY.get(lang).format(link=link))


def close(services: ChecklistServices, request: Request) -> Task:
    return _change_own(services, request, ChangeKind.CLOSED, words.CLOSE)


def reopen(services: ChecklistServices, request: Request) -> Task:
    return _change_own(services, request, ChangeKind.REOPENED, words.REOPEN)


def _change_own(
    services: ChecklistServices, request: Request, what: ChangeKind, said: Text
) -> Task:
    change = Change(what=what)

    def make(run: Run) -> Task:
        made = make_change(services, request, run.id, change)
        return lambda: report(services, request, run.id, change, made)

    return do_own(services, request, said, make)


def delete(services: ChecklistServices, request: Request) -> Task:
    """The run and its message."""

    def make(run: Run) -> Task:
        gone = services.runs.delete(run.team_id, run.id)
        return lambda: _report_deleted(services, request, run) if gone else None

    return do_own(services, request, words.DELETE, make)


def _report_deleted(services: ChecklistServices, request: Request, run: Run) -> None:
    services.edge.look_up_language(request)
    if run.message_ts:
        try:
            request.client.chat_delete(channel=run.channel_id, ts=run.message_ts)
        except CALL_ERRORS as error:  # a message that stays answers that the list is deleted
            said = code_of(error) or type(error).__name__
            log.warning("message of run %s not deleted: %s", run.id, said)
    lang = services.edge.lang(request)
    deleted = words.DELETED_SERIES if run.rhythm else words.DELETED
    title = literal(name_of(run, lang))
    tell(services, request, deleted.get(lang).format(title=title, command=COMMAND))


def stop(services: ChecklistServices, request: Request) -> Task:
    """No more rounds of a series, whoever of the channel asks."""
    series_id, now = target_of(request).run_id, services.edge.clock()
    series = services.series.stop(request.team_id, series_id, request.user_id, now)

    def finish() -> None:
        if request.is_home:  # which is shown anew
            return
        services.edge.look_up_language(request)
        lang = services.edge.lang(request)
        if series is None:
            tell(services, request, words.NOT_REPEATING.get(lang))
        else:
            title = literal(title_of(series, lang))
            tell(services, request, words.STOPPED.get(lang).format(title=title))

    return finish


def turn_page(services: ChecklistServices, request: Request) -> None:
    target, now = target_of(request), services.edge.clock()
    if not services.runs.show_page(request.team_id, target.run_id, target.number, now):
        tell(services, request, words.GONE.get(services.edge.lang(request)))


def _adopt_message(services: ChecklistServices, request: Request, run_id: str) -> Run | None:
    """The run; if it knew no message, it now has the one that the button stands on."""
    run = services.runs.find(request.team_id, run_id)
    message_ts = _public_message(request)
    if run is None or run.message_ts or not message_ts or _is_elsewhere(request):
        return run
    services.runs.adopt(run.team_id, run_id, message_ts, services.edge.clock())
    return services.runs.find(request.team_id, run_id)


def _is_double_click(request: Request, run: Run | None, change: Change, made: Refusal) -> bool:
    """Whether the same user clicked twice."""
    item = run.find_item(change.item) if run else None
    return made is Refusal.SAME and item is not None and item.changed_by in ("", request.user_id)


def _is_elsewhere(request: Request) -> bool:
    """Pressed on another message than a list: a reminder to an owner."""
    return bool(_public_message(request)) and not is_of_list(request.action.block_id)


def _is_old_copy(request: Request, run: Run) -> bool:
    message_ts = _public_message(request)
    return bool(message_ts) and message_ts != run.message_ts


def _public_message(request: Request) -> str:
    """The message that a button stands on; "" for a view or a message that the user alone sees."""
    return "" if request.is_ephemeral else request.message_ts
