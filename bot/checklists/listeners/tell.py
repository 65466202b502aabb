"""What a person is told about a run, and who may do more than tick."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.modals import build_reply_modal
from bot.checklists import words
from bot.checklists.changes import Refusal
from bot.checklists.ids import RunTarget
from bot.checklists.models import Change, Run, What
from bot.checklists.texts import mention
from bot.i18n import Lang, Text
from bot.slack.blocks import Reply
from bot.slack.payloads import Body, asker_ids, is_home
from bot.slack.send import open_modal, send_privately
from bot.slack.services import Services
from bot.tips.listeners.channel import is_admin
from bot.tips.status import build_note

REFUSALS: dict[Refusal, Text] = {
    Refusal.GONE: words.GONE,
    Refusal.NO_ITEM: words.NO_ITEM,
    Refusal.SAME: words.UNCHANGED,
}


def lang_of(services: Services, body: Body) -> Lang:
    team_id, user_id, _ = asker_ids(body)
    return services.languages.of(team_id, user_id)


def target_of(body: Body) -> RunTarget:
    return RunTarget.parse(str(body["actions"][0].get("value") or ""))


def find_run(services: Services, body: Body, run_id: str) -> Run | None:
    team_id, _, _ = asker_ids(body)
    return services.storage.runs.find(team_id, run_id)


def tell(services: Services, client: WebClient, body: Body, text: str) -> None:
    """A sentence for the asker alone."""
    show(client, body, build_note(text), lang_of(services, body))


def show(client: WebClient, body: Body, reply: Reply, lang: Lang) -> None:
    """A reply for the asker alone: over the Home tab as a modal, elsewhere as a message."""
    if not (is_home(body) and open_modal(client, body, build_reply_modal(reply, lang))):
        send_privately(client, body, reply)  # too late on the Home tab: as a direct message


def explain_refusal(
    run: Run | None, refusal: Refusal, lang: Lang, change: Change | None = None
) -> str:
    """Why nothing was changed, by the run as it stands."""
    if run is None:
        return words.GONE.get(lang)
    if refusal is Refusal.CLOSED:
        return words.IS_CLOSED.get(lang).format(user=mention(run.closed_by))
    found = run.find_item(change.item) if change and change.what is What.TICKED else None
    if refusal is Refusal.SAME and found is not None and found.changed_by:
        return words.TICKED_BY.get(lang).format(user=mention(found.changed_by))
    return REFUSALS[refusal].get(lang)


def find_own_run(services: Services, client: WebClient, body: Body) -> Run | None:
    """The run of a button that only its starter and admins may use; else they are told, and None
    comes back."""
    run = find_run(services, body, target_of(body).run_id)
    lang = lang_of(services, body)
    _, user_id, _ = asker_ids(body)
    if run is None:
        tell(services, client, body, words.GONE.get(lang))
        return None
    if user_id == run.started_by or is_admin(client, user_id):
        return run
    tell(services, client, body, words.NOT_YOURS.get(lang).format(user=mention(run.started_by)))
    return None
