"""Starting a run: the modal, and what it submits."""

from __future__ import annotations

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from bot.checklists import ids, words
from bot.checklists.listeners.items import open_view
from bot.checklists.listeners.tell import invite, target_of, tell
from bot.checklists.models import Run
from bot.checklists.series import start_series
from bot.checklists.services import ChecklistServices
from bot.checklists.start import start_run
from bot.checklists.start_view import (
    FOR,
    NO_PREFILL,
    Origin,
    Prefill,
    Wanted,
    build_start,
    build_which,
    find_errors,
    read_start,
)
from bot.handbook.models import Checklist, Entry, Kind
from bot.outbox.models import State
from bot.slack.action_ids import Target, split_day
from bot.slack.feature import Submitted
from bot.slack.members import is_member, zone_of
from bot.slack.notes import explain_error
from bot.slack.request import Request
from bot.slack.send import NO_ENTRY, show_privately
from bot.slack.words import COMMAND, ENTRY_GONE


def handle_start(services: ChecklistServices, request: Request) -> Submitted:
    wanted = read_start(request.view)
    if errors := find_errors(wanted, services.edge.lang(request)):
        return Submitted(ack={"response_action": "errors", "errors": errors})
    if wanted.origin.checklist_id not in services.library.handbook.entries:
        services.edge.look_up_language(request)  # another process may have opened the form
    checklist = services.library_for(request).handbook.entries.get(wanted.origin.checklist_id)
    channel = request.in_channel(wanted.origin.channel_id)
    if checklist and _is_hidden(services, channel, checklist):
        said = words.NOT_HERE.get(services.edge.lang(request))
        return Submitted(ack={"response_action": "errors", "errors": {FOR: said}})
    run = _create(services, request, wanted)
    return Submitted(
        task=lambda request: _post(services, request, run), channel_id=wanted.origin.channel_id
    )


def open_start(
    services: ChecklistServices,
    request: Request,
    checklist: Checklist,
    prefill: Prefill = NO_PREFILL,
) -> None:
    """The modal for one checklist; needs a trigger. On the Home tab it asks for the channel."""
    client, channel_id = request.client, request.channel_id
    if channel_id and not is_member(
        client, channel_id
    ):  # before anybody fills in a form for nothing
        invite(services, request)
        return
    if channel_id and _is_hidden(services, request, checklist):
        tell(services, request, words.NOT_HERE.get(services.edge.lang(request)))
        return
    zone = zone_of(client, request.user_id)
    origin = Origin(checklist.id, channel_id, zone or _last_zone(services, request))
    lang = services.edge.lang(request)
    view = build_start(checklist, origin, lang, zone_known=bool(zone), prefill=prefill)
    open_view(services, request, view)


def _is_hidden(services: ChecklistServices, request: Request, checklist: Entry) -> bool:
    """Whether it is one of the workspace's own, in a channel where other companies read along."""
    if checklist.team is None:
        return False
    return checklist.id not in services.library_in(request).handbook.entries


def start_from_button(services: ChecklistServices, request: Request) -> None:
    """A button or a select's option that names a checklist, and perhaps the day that it is for."""
    value, day = split_day(request.action.value)
    target = Target.parse(value)
    entry = services.library_for(request).handbook.entries.get(target.entry_id)
    if isinstance(entry, Checklist):
        rhythm = ids.rhythm_of(request.action.value)
        open_start(services, request, entry, Prefill(target=day, rhythm=rhythm))
    else:
        tell(services, request, ENTRY_GONE.get(services.edge.lang(request)))


def start_again(services: ChecklistServices, request: Request) -> None:
    """The form of a run's checklist once more, with what was chosen then."""
    run = services.runs.find(request.team_id, target_of(request).run_id)
    lang = services.edge.lang(request)
    entries = services.library_for(request).handbook.entries
    entry = entries.get(run.checklist_id) if run else None
    if run is None:
        tell(services, request, words.GONE.get(lang))
    elif isinstance(entry, Checklist):
        open_start(services, request, entry, Prefill.of(run, entry))
    else:
        tell(services, request, ENTRY_GONE.get(lang))


def choose(services: ChecklistServices, request: Request) -> None:
    """All checklists, to start one here."""
    lang = services.edge.lang(request)
    entries = services.library_for(request).handbook.by_kind[Kind.CHECKLIST]
    show_privately(request, build_which(entries, lang), lang)


def post_again(services: ChecklistServices, request: Request) -> None:
    """A list whose message is gone."""
    run_id, now = target_of(request).run_id, services.edge.clock()
    run = services.runs.post_again(request.team_id, run_id, now)
    if run is None:
        tell(services, request, words.GONE.get(services.edge.lang(request)))
    else:
        _explain(services, request, _deliver(services, run))


def _last_zone(services: ChecklistServices, request: Request) -> str:
    """The zone of the channel's last list; else UTC, which the modal then says."""
    here = request.channel_id
    recent = services.runs.list_recent(request.team_id, here, 1) if here else []
    return recent[0].zone if recent else "Etc/UTC"


def _create(services: ChecklistServices, request: Request, wanted: Wanted) -> Run | None:
    """Stored with its post before the modal closes; None if the checklist has left the handbook."""
    entries = services.library_for(request).handbook.entries
    checklist = entries.get(wanted.origin.checklist_id)
    if not isinstance(checklist, Checklist):
        return None
    form = f"{request.team_id}:{request.view['id']}"
    run = start_run(
        checklist,
        run_id=uuid5(NAMESPACE_URL, form).hex,  # one form, one run
        team_id=request.team_id,
        channel_id=wanted.origin.channel_id,
        by=request.user_id,
        now=services.edge.clock(),
        lang=wanted.lang,
        zone=wanted.origin.zone,
        label=wanted.label,
        kept=wanted.kept,
        added=wanted.added,
        target=wanted.target,
    )
    rhythm = wanted.rhythm
    series = start_series(run, checklist, rhythm, wanted.target) if rhythm else None
    if series is not None:
        run = replace(run, rhythm=rhythm, series_id=series.id)
    services.runs.create(run, series)
    return run


def _post(services: ChecklistServices, request: Request, run: Run | None) -> None:
    """A run that its channel cannot see is no run: it is taken back, and the starter told."""
    if run is None:
        tell(services, request, ENTRY_GONE.get(services.edge.lang(request)))
        return
    found = _deliver(services, run)
    if found and _is_refused(found):
        services.series.stop(run.team_id, run.id, request.user_id, services.edge.clock())
        services.runs.delete(run.team_id, run.id)
    _explain(services, request, found)


def _deliver(services: ChecklistServices, run: Run) -> Run | None:
    """Post what waits; the run as it is then."""
    services.send_due()
    return services.runs.find(run.team_id, run.id)


def _is_refused(run: Run) -> bool:
    return not run.message_ts and run.problem not in ("", State.UNCONFIRMED)


def _explain(services: ChecklistServices, request: Request, run: Run | None) -> None:
    """Say why the list did not come; nothing if it did."""
    lang = services.edge.lang(request)
    if run is None or run.message_ts:
        return
    if not run.problem:
        tell(services, request, words.WAITS.get(lang))
    elif run.problem == State.UNCONFIRMED:
        tell(services, request, words.UNSURE.get(lang).format(command=COMMAND))
    elif run.problem in NO_ENTRY:
        invite(services, request)
    else:
        said = words.REFUSED.get(lang).format(reason=explain_error(run.problem, lang))
        tell(services, request, said)
