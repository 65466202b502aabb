"""Starting a run: the modal, and what it submits."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.answers.ids import Target
from bot.checklists import ids as run_ids
from bot.checklists import words
from bot.checklists.listeners.items import open_view
from bot.checklists.listeners.tell import lang_of, target_of, tell
from bot.checklists.models import Run
from bot.checklists.start import start_run
from bot.checklists.start_view import Origin, Wanted, build_start, find_errors, read_start
from bot.handbook.models import Checklist
from bot.outbox.models import State
from bot.slack.errors import run_after_ack
from bot.slack.payloads import Body, asker_ids
from bot.slack.send import NO_ENTRY, send_privately
from bot.slack.services import Services
from bot.slack.words import COMMAND, ENTRY_GONE
from bot.tips.blocks import reason
from bot.tips.listeners.channel import how_to_invite, is_member, zone_of


def register(app: App, services: Services) -> None:
    def handle_start(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        wanted = read_start(body["view"])
        if errors := find_errors(wanted, lang_of(services, body)):
            ack(response_action="errors", errors=errors)
            return
        run = _create(services, body, wanted)
        ack()
        here = {**body, "channel": {"id": wanted.origin.channel_id}}
        run_after_ack(services, client, here, lambda: _post(services, client, here, run))

    app.view(run_ids.START_VIEW)(handle_start)


def open_start(services: Services, client: WebClient, body: Body, checklist: Checklist) -> None:
    """The modal for one checklist; needs a trigger."""
    _, user_id, channel_id = asker_ids(body)
    if not is_member(client, channel_id):  # before anybody fills in a form for nothing
        send_privately(client, body, how_to_invite(services, body))
        return
    origin = Origin(checklist.id, channel_id, zone_of(client, user_id))
    open_view(services, client, body, build_start(checklist, origin, lang_of(services, body)))


def start_from_button(services: Services, client: WebClient, body: Body, target: Target) -> None:
    """A button or a select's option that names a checklist."""
    entry = services.library.handbook.entries.get(target.entry_id)
    if isinstance(entry, Checklist):
        open_start(services, client, body, entry)
    else:
        tell(services, client, body, ENTRY_GONE.get(lang_of(services, body)))


def post_again(services: Services, client: WebClient, body: Body) -> None:
    """A list whose message is gone."""
    team_id, _, _ = asker_ids(body)
    run = services.storage.runs.post_again(team_id, target_of(body).run_id, services.clock())
    if run is None:
        tell(services, client, body, words.GONE.get(lang_of(services, body)))
    else:
        _explain(services, client, body, _deliver(services, run))


def _create(services: Services, body: Body, wanted: Wanted) -> Run | None:
    """Stored with its post before the modal closes; None if the checklist has left the handbook."""
    checklist = services.library.handbook.entries.get(wanted.origin.checklist_id)
    if not isinstance(checklist, Checklist):
        return None
    team_id, user_id, _ = asker_ids(body)
    run = start_run(
        checklist,
        run_id=uuid5(NAMESPACE_URL, f"{team_id}:{body['view']['id']}").hex,  # one form, one run
        team_id=team_id,
        channel_id=wanted.origin.channel_id,
        by=user_id,
        now=services.clock(),
        lang=wanted.lang,
        zone=wanted.origin.zone,
        label=wanted.label,
        kept=wanted.kept,
        added=wanted.added,
    )
    services.storage.runs.create(run)
    return run


def _post(services: Services, client: WebClient, body: Body, run: Run | None) -> None:
    """A run that its channel cannot see is no run: it is taken back, and the starter told."""
    if run is None:
        tell(services, client, body, ENTRY_GONE.get(lang_of(services, body)))
        return
    found = _deliver(services, run)
    if found and _is_refused(found):
        services.storage.runs.delete(run.team_id, run.id)
    _explain(services, client, body, found)


def _deliver(services: Services, run: Run) -> Run | None:
    """Post what waits; the run as it is then."""
    services.worker.catch_up()
    return services.storage.runs.find(run.team_id, run.id)


def _is_refused(run: Run) -> bool:
    return not run.message_ts and run.problem not in ("", State.UNCONFIRMED)


def _explain(services: Services, client: WebClient, body: Body, run: Run | None) -> None:
    """Say why the list did not come; nothing if it did."""
    lang = lang_of(services, body)
    if run is None or run.message_ts:
        return
    if not run.problem:
        tell(services, client, body, words.WAITS.get(lang))
    elif run.problem == State.UNCONFIRMED:
        tell(services, client, body, words.UNSURE.get(lang).format(command=COMMAND))
    elif run.problem in NO_ENTRY:
        send_privately(client, body, how_to_invite(services, body))
    else:
        said = words.REFUSED.get(lang).format(reason=reason(run.problem, lang))
        tell(services, client, body, said)
