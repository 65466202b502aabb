"""The buttons that change a run. A tick is stored before the click is acknowledged: a process that
dies a moment later has lost nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers.listeners.home import publish_home
from bot.checklists import words
from bot.checklists.changes import Changed, Refusal
from bot.checklists.ids import is_of_list
from bot.checklists.listeners.tell import (
    explain_refusal,
    find_own_run,
    find_run,
    lang_of,
    target_of,
    tell,
)
from bot.checklists.models import Change, Run, What
from bot.checklists.progress import count_progress
from bot.checklists.texts import name_of
from bot.slack.mrkdwn import literal
from bot.slack.payloads import Body, asker_ids, is_home
from bot.slack.services import Services
from bot.tips.listeners.channel import link_to

Task = Callable[[], None]

log = logging.getLogger("bot.checklists")


def tick(services: Services, client: WebClient, body: Body) -> Task:
    """Store it now; the task is what is left to do after the ack."""
    return _change_item(services, client, body, What.TICKED)


def untick(services: Services, client: WebClient, body: Body) -> Task:
    return _change_item(services, client, body, What.UNTICKED)


def _change_item(services: Services, client: WebClient, body: Body, what: What) -> Task:
    target = target_of(body)
    change = Change(what=what, item=target.number)
    made = make_change(services, body, target.run_id, change)
    return lambda: report(services, client, body, target.run_id, change, made)


def make_change(services: Services, body: Body, run_id: str, change: Change) -> Changed | Refusal:
    team_id, user_id, _ = asker_ids(body)
    return services.storage.runs.change(team_id, run_id, change, user_id, services.clock())


def report(
    services: Services,
    client: WebClient,
    body: Body,
    run_id: str,
    change: Change,
    made: Changed | Refusal,
) -> None:
    """Show a change to the channel and whomever it concerns, and say what the asker cannot see."""
    services.languages.look_up(client, *asker_ids(body)[:2])
    lang = lang_of(services, body)
    run = _adopted(services, body, run_id)
    if isinstance(made, Refusal):
        if not _is_double_click(body, run, change, made):
            tell(services, client, body, explain_refusal(run, made, lang, change))
    elif run is not None and _is_elsewhere(body):
        progress = count_progress(run, services.clock())
        said = words.DONE_HERE.get(lang).format(
            title=literal(name_of(run, lang)), done=progress.done, total=progress.total
        )
        tell(services, client, body, said)
    elif run is not None and _is_old_copy(body, run):
        address = link_to(services.workspace_url, run.channel_id, run.message_ts)
        place = words.CURRENT.get(lang)
        link = f"<{address}|{place}>" if address else place
        tell(services, client, body, words.OLD_COPY.get(lang).format(link=link))
    if is_home(body):
        publish_home(services, client, body)


def close(services: Services, client: WebClient, body: Body) -> None:
    _change_own(services, client, body, What.CLOSED)


def reopen(services: Services, client: WebClient, body: Body) -> None:
    _change_own(services, client, body, What.REOPENED)


def _change_own(services: Services, client: WebClient, body: Body, what: What) -> None:
    run = find_own_run(services, client, body)
    if run is not None:
        change = Change(what=what)
        report(services, client, body, run.id, change, make_change(services, body, run.id, change))


def delete(services: Services, client: WebClient, body: Body) -> None:
    """The run and its message."""
    run = find_own_run(services, client, body)
    if run is None or services.storage.runs.delete(run.team_id, run.id) is None:
        return
    if run.message_ts:
        try:
            client.chat_delete(channel=run.channel_id, ts=run.message_ts)
        except SlackApiError as error:  # a message that stays answers that the list is deleted
            log.warning("message of run %s not deleted: %s", run.id, error.response["error"])
    lang = lang_of(services, body)
    said = words.DELETED.get(lang).format(title=literal(name_of(run, lang)))
    tell(services, client, body, said)


def turn_page(services: Services, client: WebClient, body: Body) -> None:
    team_id, _, _ = asker_ids(body)
    target = target_of(body)
    if not services.storage.runs.show_page(team_id, target.run_id, target.number, services.clock()):
        tell(services, client, body, words.GONE.get(lang_of(services, body)))


def _adopted(services: Services, body: Body, run_id: str) -> Run | None:
    """The run; it now knows the message that the button stands on, if it knew none."""
    run = find_run(services, body, run_id)
    message_ts = _message_ts(body)
    if run is None or run.message_ts or not message_ts or _is_elsewhere(body):
        return run
    services.storage.runs.adopt(run.team_id, run_id, message_ts, services.clock())
    return find_run(services, body, run_id)


def _is_double_click(body: Body, run: Run | None, change: Change, made: Refusal) -> bool:
    """Whether what is so already was done by whoever asks for it again."""
    _, user_id, _ = asker_ids(body)
    item = run.find_item(change.item) if run else None
    return made is Refusal.SAME and item is not None and item.changed_by in ("", user_id)


def _is_elsewhere(body: Body) -> bool:
    """Pressed on another message than a list: a reminder to an owner."""
    return bool(_message_ts(body)) and not is_of_list(str(body["actions"][0].get("block_id")))


def _is_old_copy(body: Body, run: Run) -> bool:
    message_ts = _message_ts(body)
    return bool(message_ts) and message_ts != run.message_ts


def _message_ts(body: Body) -> str:
    """Of the public message that a button stands on; "" for a view or a private message."""
    container = body.get("container") or {}
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return ""
    return str(container.get("message_ts") or "")
