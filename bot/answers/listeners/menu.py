"""The menu under an answer, and the rating buttons of messages that were sent before it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from bot.answers import ids, words
from bot.answers.feedback_view import build_reasons, read_reasons
from bot.answers.listeners.sharing import ask_where
from bot.answers.listeners.show import find, find_target, show, show_gone
from bot.answers.outcomes import WITH, build_comparisons, build_related
from bot.answers.services import AnswerServices
from bot.answers.side_by_side import build_side_by_side
from bot.slack.action_ids import HELPFUL, NOT_HELPFUL, RELATED, SUGGEST_CHANGE, Target, read_choice
from bot.slack.feature import Submitted, Task, do_nothing
from bot.slack.notes import build_plain_note
from bot.slack.request import Request
from bot.slack.send import open_form

log = logging.getLogger("bot.feedback")


def handle_menu(services: AnswerServices, request: Request) -> Task:
    """Do what was chosen, for the user alone: after the ack, but for an opinion, which is stored
    before it."""
    verb, target = read_choice(request.action.value)
    if verb in (HELPFUL, NOT_HELPFUL):
        action = replace(request.action, action_id=verb, value=str(target))
        return store_rating(services, replace(request, action=action))
    shown = SHOWN.get(verb)
    return partial(shown, services, request, target) if shown else do_nothing


def store_rating(services: AnswerServices, request: Request) -> Task:
    """What a person thinks of an entry; an entry that is gone is not rated. Who found no help is
    asked why; an opinion without a reason counts too."""
    target, _, entry = find(services, request)
    team_id, user_id = request.team_id, request.user_id
    log.info(
        "%s entry=%s team=%s user=%s",
        request.action.action_id, target.entry_id, team_id, user_id,
    )  # fmt: skip
    helpful, now = request.action.name == HELPFUL, services.edge.clock()
    if entry is not None:
        services.feedback.save(team_id, user_id, entry.id, helpful=helpful, now=now)

    def thank() -> None:
        asks = entry is not None and not helpful
        if not (asks and open_form(request, build_reasons(target, target.lang))):
            show(request, build_plain_note(words.THANKS.get(target.lang)), target.lang)

    return thank


def handle_compare(services: AnswerServices, request: Request) -> None:
    """The two entries of a button, side by side."""
    target = Target.parse(request.action.value)
    entries = services.library_for(request).handbook.entries
    both = [entries[name] for name in target.entry_id.split(WITH) if name in entries]
    if len(both) == 2:
        show(request, build_side_by_side(both, target.lang), target.lang)
    else:
        show_gone(request, target.lang)


def _show_comparisons(services: AnswerServices, request: Request, target: Target) -> None:
    _, library, entry = find_target(services, request, target)
    if entry is None:
        show_gone(request, target.lang)
    else:
        show(request, build_comparisons(library.handbook, entry, target.lang), target.lang)


def handle_reason(services: AnswerServices, request: Request) -> Submitted:
    """Keep why an entry did not help, for whoever writes content."""
    target, reason, remark = read_reasons(request.view)
    if target.entry_id in services.library_for(request).handbook.entries:
        services.feedback.save(
            request.team_id,
            request.user_id,
            target.entry_id,
            helpful=False,
            now=services.edge.clock(),
            reason=reason,
            remark=remark,
        )
    return Submitted()


def _show_related(services: AnswerServices, request: Request, target: Target) -> None:
    _, library, entry = find_target(services, request, target)
    if entry is None:
        show_gone(request, target.lang)
    else:
        show(request, build_related(library.handbook, entry, target.lang), target.lang)


def _suggest_change(services: AnswerServices, request: Request, target: Target) -> None:
    services.suggest_change(request, target)


SHOWN: Mapping[str, Callable[[AnswerServices, Request, Target], None]] = {
    RELATED: _show_related,
    ids.COMPARE: _show_comparisons,
    ids.SHARE_ELSEWHERE: ask_where,
    SUGGEST_CHANGE: _suggest_change,
}
