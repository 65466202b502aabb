"""What curators do with questions: answer, pick the entry that answers, decline; give names."""

from __future__ import annotations

from functools import partial

from bot.admin.refusals import find_refusal
from bot.admin.rights import Act
from bot.handbook.models import Entry
from bot.insights import words
from bot.insights.blocks import Picked, build_name_done, build_pick, read_pick
from bot.insights.models import Question, QuestionState
from bot.insights.naming import find_name
from bot.insights.services import InsightServices
from bot.slack.feature import Submitted, Task
from bot.slack.notes import build_note, build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_modal, respond, send_privately
from bot.slack.words import ENTRY_GONE, EXPIRED

NEAR = 10


def open_answer(services: InsightServices, request: Request) -> None:
    """The form of a new entry; when that is published, who asked is told."""
    question = _find_open(services, request)
    if question and services.open_answer:
        services.open_answer(request, question.text, question.id, find_name(question.text))


def open_pick(services: InsightServices, request: Request) -> None:
    question = _find_open(services, request)
    if question is None:
        return
    lang = services.edge.lang(request)
    view = build_pick(question, _search(services, request.team_id, question.text), lang)
    if not open_modal(request, view):
        send_privately(request, build_plain_note(EXPIRED.get(lang)))


def handle_pick(services: InsightServices, request: Request) -> Submitted:
    """An entry that was picked answers the question, before the ack; a name that was typed is
    looked for, and what is found takes the form's place."""
    lang, team_id, chosen = services.edge.lang(request), request.team_id, read_pick(request.view)
    if refusal := find_refusal(services.roles, request, Act.SEE_QUESTIONS, lang):
        return _refuse(chosen, refusal)
    question = services.questions.find(team_id, chosen.question_id)
    if question is None or question.state is not QuestionState.OPEN:
        return _refuse(chosen, (words.DECIDED if question else words.QUESTION_GONE).get(lang))
    if chosen.name:
        found = _search(services, team_id, chosen.name)
        if not found:
            return _refuse(chosen, words.PICK_NOT_FOUND.get(lang).format(name=chosen.name))
        view = build_pick(question, found, lang, nth=chosen.nth + 1)
        return Submitted(ack={"response_action": "update", "view": view})
    if chosen.entry_id not in services.find_library(team_id).handbook.entries:
        return _refuse(chosen, (ENTRY_GONE if chosen.entry_id else words.PICK_NONE).get(lang))
    if not services.close_with_known(team_id, question.id, chosen.entry_id, request.user_id):
        return _refuse(chosen, words.DECIDED.get(lang))
    return Submitted()


def decline(services: InsightServices, request: Request) -> Task:
    """Before the ack. Whoever asked is told, and forgotten."""
    lang = services.edge.lang(request)
    if refusal := find_refusal(services.roles, request, Act.SEE_QUESTIONS, lang):
        return partial(send_privately, request, build_note(refusal))
    done = services.questions.decide(
        request.team_id, request.action.value, QuestionState.DECLINED, request.user_id,
        services.edge.clock(),
    )  # fmt: skip
    if done:
        return lambda: None
    return partial(send_privately, request, build_plain_note(words.DECIDED.get(lang)))


def add_name(services: InsightServices, request: Request) -> Task:
    """Before the ack; then the message says so."""
    return _settle_name(services, request, added=True)


def drop_name(services: InsightServices, request: Request) -> Task:
    return _settle_name(services, request, added=False)


def _settle_name(services: InsightServices, request: Request, *, added: bool) -> Task:
    lang = services.edge.lang(request)
    if refusal := find_refusal(services.roles, request, Act.EDIT, lang):
        return partial(send_privately, request, build_note(refusal))
    entry_id, _, name = request.action.value.partition("|")
    entry = services.find_library(request.team_id).handbook.entries.get(entry_id)
    if entry is None:
        return partial(send_privately, request, build_plain_note(ENTRY_GONE.get(lang)))
    if added:
        now = services.edge.clock()
        services.add_alias(request.team_id, entry_id, name, request.user_id, now)
    team_lang = services.lang_of(request.team_id)
    reply = build_name_done(name, entry, request.user_id, team_lang, added=added)
    return partial(respond, request, reply, replace_original=True)


def _find_open(services: InsightServices, request: Request) -> Question | None:
    """The open question of a button; None where the user has been told why not."""
    lang = services.edge.lang(request)
    if refusal := find_refusal(services.roles, request, Act.SEE_QUESTIONS, lang):
        send_privately(request, build_note(refusal))
        return None
    question = services.questions.find(request.team_id, request.action.value)
    if question is None or question.state is not QuestionState.OPEN:
        said = words.DECIDED if question else words.QUESTION_GONE
        send_privately(request, build_plain_note(said.get(lang)))
        return None
    return question


def _search(services: InsightServices, team_id: str, text: str) -> list[Entry]:
    """What comes near, the best first."""
    matcher = services.find_library(team_id).matcher
    found = [match.entry for match in (*matcher.find(text).matches, *matcher.search(text, NEAR))]
    return list({entry.id: entry for entry in found}.values())


def _refuse(chosen: Picked, said: str) -> Submitted:
    errors = {chosen.name_field: said.replace("`", "")}
    return Submitted(ack={"response_action": "errors", "errors": errors})
