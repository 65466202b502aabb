"""`checklist start …`, `checklist running`, `checklist log`, typed; and the log's button."""

from __future__ import annotations

from collections.abc import Sequence

from slack_sdk import WebClient

from bot.answers.outcomes import build_nothing
from bot.checklists import words
from bot.checklists.listeners.start import open_start
from bot.checklists.listeners.tell import find_run, lang_of, show, target_of, tell
from bot.checklists.lists import LOG_LINES, OTHERS, Listed, build_log, build_running
from bot.checklists.models import Run
from bot.checklists.parse import RunVerb, parse_run
from bot.checklists.start_view import build_which
from bot.handbook.models import Checklist, Kind
from bot.i18n import Lang
from bot.search import Answer, Suggestions
from bot.slack.payloads import Body, asker_ids
from bot.slack.send import send_privately
from bot.slack.services import Services
from bot.tips.listeners.channel import link_to
from bot.tips.status import build_note


def handle_runs(services: Services, client: WebClient, body: Body, text: str) -> None:
    """Do what was typed after `checklist`."""
    team_id, user_id, channel_id = asker_ids(body)
    lang = services.languages.of(team_id, user_id, text)
    parsed = parse_run(text)
    if parsed is None:
        raise ValueError("not a line about runs")
    verb, rest = parsed
    if verb is RunVerb.START:
        _start(services, client, body, rest, lang)
    elif verb is RunVerb.RUNNING:
        services.storage.runs.redraw(team_id, channel_id, services.clock())
        services.worker.catch_up()  # a message that somebody deleted is found to be gone
        running = services.storage.runs.list_running(team_id, channel_id)
        listed = [
            Listed(run, link_to(services.workspace_url, run.channel_id, run.message_ts))
            for run in running
        ]
        send_privately(client, body, build_running(listed, lang, services.clock()))
    else:
        recent = services.storage.runs.list_recent(team_id, channel_id, OTHERS + 1)
        if recent:
            _show_log(services, client, body, recent[0], recent[1:], lang)
        else:
            send_privately(client, body, build_note(words.NO_LOG.get(lang)))


def show_log(services: Services, client: WebClient, body: Body) -> None:
    """The log of a button's run, privately."""
    run = find_run(services, body, target_of(body).run_id)
    lang = lang_of(services, body)
    if run is None:
        tell(services, client, body, words.GONE.get(lang))
    else:
        _show_log(services, client, body, run, (), lang)


def _start(services: Services, client: WebClient, body: Body, text: str, lang: Lang) -> None:
    """The modal of the checklist that was named; a choice if it is not clear which."""
    library = services.library
    if not text:
        choice = build_which(library.handbook.by_kind[Kind.CHECKLIST], lang)
        send_privately(client, body, choice)
        return
    result = library.matcher.find(text, (Kind.CHECKLIST,))
    entries = [match.entry for match in result.matches]
    if isinstance(result, Answer) and isinstance(entries[0], Checklist):
        if body.get("trigger_id"):
            open_start(services, client, body, entries[0])
        else:  # a mention has none: its button will
            send_privately(client, body, build_which(entries[:1], lang))
    elif isinstance(result, Suggestions):
        send_privately(client, body, build_which(entries[:3], lang))
    else:
        send_privately(client, body, build_nothing(text, entries, lang))


def _show_log(
    services: Services, client: WebClient, body: Body, run: Run, others: Sequence[Run], lang: Lang
) -> None:
    lines = services.storage.runs.log(run.team_id, run.id, LOG_LINES)
    show(client, body, build_log(run, lines, others, lang), lang)
