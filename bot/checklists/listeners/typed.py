"""`checklist start …`, `checklist running`, `checklist log`, typed; and the log's button."""

from __future__ import annotations

from collections.abc import Sequence

from bot.checklists import words
from bot.checklists.listeners.start import open_start
from bot.checklists.listeners.tell import target_of, tell
from bot.checklists.lists import LOG_LINES, OTHERS, Listed, build_log, build_running
from bot.checklists.models import Run
from bot.checklists.parse import RunLine, RunVerb
from bot.checklists.services import ChecklistServices
from bot.checklists.start_view import Prefill, build_which
from bot.handbook.models import Checklist, Kind
from bot.i18n import Lang
from bot.search import Answer, Suggestions
from bot.slack.members import link_to
from bot.slack.mrkdwn import literal
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import send_privately, show_privately
from bot.slack.words import COMMAND


def handle_line(services: ChecklistServices, request: Request, line: RunLine) -> None:
    """Do what was typed after `checklist`."""
    team_id, channel_id = request.team_id, request.channel_id
    lang, now = services.edge.lang_of_text(request), services.edge.clock()
    if line.verb is RunVerb.START:
        _start(services, request, line, lang)
    elif line.verb is RunVerb.RUNNING:
        services.runs.redraw(team_id, channel_id, now)
        services.send_due()  # a message that somebody deleted is found to be gone
        running = services.runs.list_running(team_id, channel_id)
        listed = [
            Listed(
                run, link_to(services.edge.identity(request).url, run.channel_id, run.message_ts)
            )
            for run in running
        ]
        series = services.series.list_here(team_id, channel_id)
        send_privately(request, build_running(listed, series, lang, now))
    else:
        recent = services.runs.list_recent(team_id, channel_id, OTHERS + 1)
        if recent:
            _show_log(services, request, recent[0], recent[1:], lang)
        else:
            send_privately(request, build_note(words.NO_LOG.get(lang)))


def show_log(services: ChecklistServices, request: Request) -> None:
    """The log of a button's run, privately."""
    run = services.runs.find(request.team_id, target_of(request).run_id)
    lang = services.edge.lang(request)
    if run is None:
        tell(services, request, words.GONE.get(lang))
    else:
        _show_log(services, request, run, (), lang)


def _start(services: ChecklistServices, request: Request, line: RunLine, lang: Lang) -> None:
    """The modal of the checklist that was named; a choice if it is not clear which."""
    library, text, rhythm = services.library_for(request), line.rest, line.rhythm
    if line.other_rhythm:
        name, said = literal(text or words.LAUNCH.get(lang)), literal(line.other_rhythm)
        hint = words.NO_RHYTHM.get(lang).format(said=said, command=COMMAND, name=name)
        send_privately(request, build_note(hint))
        return
    if not text:
        choice = build_which(library.handbook.by_kind[Kind.CHECKLIST], lang, rhythm)
        send_privately(request, choice)
        return
    result = library.matcher.find(text, (Kind.CHECKLIST,))
    entries = [match.entry for match in result.matches]
    if isinstance(result, Answer) and isinstance(entries[0], Checklist):
        if request.trigger_id:
            open_start(services, request, entries[0], Prefill(rhythm=rhythm))
        else:  # a mention has none: its button will
            send_privately(request, build_which(entries[:1], lang, rhythm))
    elif isinstance(result, Suggestions):
        send_privately(request, build_which(entries[:3], lang, rhythm))
    else:
        send_privately(request, services.build_nothing(text, entries, lang))


def _show_log(
    services: ChecklistServices, request: Request, run: Run, others: Sequence[Run], lang: Lang
) -> None:
    lines = services.runs.log(run.team_id, run.id, LOG_LINES)
    show_privately(request, build_log(run, lines, others, lang), lang)
