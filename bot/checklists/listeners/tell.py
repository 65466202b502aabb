"""What a person is told about a run, and who may do more than tick."""

from __future__ import annotations

from collections.abc import Callable

from bot.checklists import words
from bot.checklists.changes import Refusal
from bot.checklists.ids import RunTarget
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.services import ChecklistServices
from bot.checklists.texts import mention, name_of
from bot.i18n import Lang, Text
from bot.slack.feature import Task
from bot.slack.members import is_admin
from bot.slack.notes import build_invitation, build_note
from bot.slack.promises import promise
from bot.slack.request import Request
from bot.slack.send import send_privately, show_privately

REFUSALS: dict[Refusal, Text] = {
    Refusal.GONE: words.GONE,
    Refusal.NO_ITEM: words.NO_ITEM,
    Refusal.SAME: words.UNCHANGED,
}


def target_of(request: Request) -> RunTarget:
    return RunTarget.parse(request.action.value)


def tell(services: ChecklistServices, request: Request, text: str) -> None:
    """A sentence for the user alone."""
    show_privately(request, build_note(text), services.edge.lang(request))


def invite(services: ChecklistServices, request: Request) -> None:
    """Say why nothing can be posted, and what to do."""
    edge = services.edge
    name = edge.identity(request).name
    send_privately(request, build_invitation(edge.lang(request), request.channel_id, name))


def explain_refusal(
    run: Run | None, refusal: Refusal, lang: Lang, change: Change | None = None
) -> str:
    """Why nothing was changed, by the run as it stands."""
    if run is None:
        return words.GONE.get(lang)
    if refusal is Refusal.CLOSED and not run.closed_by:
        return words.FOLLOWED_SO.get(lang)
    if refusal is Refusal.CLOSED:
        return words.IS_CLOSED.get(lang).format(user=mention(run.closed_by))
    found = run.find_item(change.item) if change and change.what is ChangeKind.TICKED else None
    if refusal is Refusal.SAME and found is not None and found.changed_by:
        return words.TICKED_BY.get(lang).format(user=mention(found.changed_by))
    return REFUSALS[refusal].get(lang)


def do_own(
    services: ChecklistServices, request: Request, said: Text, make: Callable[[Run], Task]
) -> Task:
    """What only its starter and admins may do with the run of a button; others are told so. The
    starter's is made before the ack; whether somebody is an admin, Slack has to be asked first.
    `make` stores it, and returns what is left; `said` is the button's name."""
    run = services.runs.find(request.team_id, target_of(request).run_id)
    if run is None:
        return lambda: _refuse(services, request, words.GONE)
    if request.user_id == run.started_by:
        return make(run)

    def act() -> None:
        services.edge.look_up_language(request)
        if is_admin(request.client, request.user_id):
            make(run)()
        else:
            _refuse(services, request, words.NOT_YOURS, user=mention(run.started_by))

    lang = services.edge.lang(request)
    named = f"{said.get(lang)}: {name_of(run, lang)}"
    return promise(services.edge, request, named, act)


def _refuse(services: ChecklistServices, request: Request, said: Text, **names: str) -> None:
    services.edge.look_up_language(request)
    tell(services, request, said.get(services.edge.lang(request)).format(**names))
