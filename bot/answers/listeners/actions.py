"""Buttons and selects: one listener that routes by a table of action ids."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.answers import ids, words
from bot.answers.dialogue import answer_entry, open_number, reply_to
from bot.answers.grammar import parse
from bot.answers.modals import build_entry_modal, build_reply_modal
from bot.answers.share import build_shared
from bot.checklists import ids as run_ids
from bot.checklists.listeners import routes as runs
from bot.checklists.listeners.start import start_from_button
from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.slack.blocks import Reply, plain_section
from bot.slack.errors import run_after_ack
from bot.slack.payloads import Body, asker_ids, message_key, thread_of
from bot.slack.send import respond, send_privately
from bot.slack.services import Services
from bot.slack.words import ENTRY_GONE
from bot.tips.blocks import TIP_SETTINGS
from bot.tips.home import PAUSE, RESUME
from bot.tips.listeners.settings import open_settings, pause_from_home, resume_from_home

log = logging.getLogger("bot.feedback")

Handler = Callable[[Services, WebClient, Body, ids.Target], None]
ANY_ACTION = re.compile(".*")


def register(app: App, services: Services) -> None:
    def handle_action(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        action = body["actions"][0]
        name = ids.action_of(str(action.get("action_id")))
        if store := runs.AT_ONCE.get(name):
            run_after_ack(services, client, body, store(services, client, body))
        ack()
        handler = HANDLERS.get(name)
        if handler is not None:
            target = ids.Target.parse(_value(action))
            run_after_ack(services, client, body, lambda: handler(services, client, body, target))

    app.action(ANY_ACTION)(handle_action)


def _value(action: dict[str, Any]) -> str:
    """The value of a button, or of the option picked in a select."""
    chosen = action.get("selected_option") or action
    return str(chosen.get("value") or "")


def _open(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    entry = services.library.handbook.entries.get(target.entry_id)
    if entry is None:
        _show(client, body, _note(ENTRY_GONE.get(target.lang)), target.lang)
    else:
        _show_entry(services, client, body, entry, target)


def _show_entry(
    services: Services, client: WebClient, body: Body, entry: Entry, target: ids.Target
) -> None:
    if body.get("view"):
        view = build_entry_modal(services.library.handbook, entry, target.lang)
        _open_modal(client, body, view)
    else:
        send_privately(
            client, body, answer_entry(services.library, entry, services.reader(target.lang))
        )


def _open_modal(client: WebClient, body: Body, view: dict[str, Any]) -> None:
    """From the Home tab, open; over a modal, push, and where the stack is full, replace."""
    if body["view"].get("type") != "modal":
        client.views_open(trigger_id=body["trigger_id"], view=view)
        return
    try:
        client.views_push(trigger_id=body["trigger_id"], view=view)
    except SlackApiError as error:
        if error.response["error"] != "push_limit_reached":
            raise
        client.views_update(view_id=body["view"]["id"], view=view)


def _show(client: WebClient, body: Body, reply: Reply, lang: Lang) -> None:
    if body.get("view"):
        _open_modal(client, body, build_reply_modal(reply, lang))
    else:
        send_privately(client, body, reply)


def _switch_language(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    """The same answer in the other language, in place of the message that is there."""
    entry = services.library.handbook.entries.get(target.entry_id)
    if entry is None:
        send_privately(client, body, _note(ENTRY_GONE.get(target.lang)))
        return
    private = bool(body.get("container", {}).get("is_ephemeral"))
    respond(
        body,
        answer_entry(services.library, entry, services.reader(target.lang), share=private),
        replace_original=True,
    )


def _share(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    """Post the answer to the channel, from the asker, once; then take the button away."""
    entry = services.library.handbook.entries.get(target.entry_id)
    if entry is None:
        send_privately(client, body, _note(ENTRY_GONE.get(target.lang)))
        return
    key = f"{message_key(body)}:{target.entry_id}"
    if not services.shared.add(key):
        return
    _, user_id, _ = asker_ids(body)
    answer = answer_entry(services.library, entry, services.reader(target.lang), share=False)
    thread = {"thread_ts": thread_of(body)} if thread_of(body) else {}
    try:
        shared = build_shared(answer, user_id, target.lang)
        respond(body, shared, response_type="in_channel", **thread)
    except Exception:
        services.shared.discard(key)  # not posted: the next click may try again
        raise
    respond(body, answer, replace_original=True)


def _ask(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    """An example question from help or Home."""
    number = int(target.entry_id) if target.entry_id.isdigit() else 0
    question = words.EXAMPLES[number % len(words.EXAMPLES)].get(target.lang)
    reply = reply_to(services.library, services.reader(target.lang), parse(question))
    _show(client, body, reply, target.lang)


def _chapter(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    _show(
        client,
        body,
        open_number(services.library, target.entry_id, services.reader(target.lang)),
        target.lang,
    )


def _rate(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    team_id, user_id, _ = asker_ids(body)
    action_id = body["actions"][0]["action_id"]
    log.info("%s entry=%s team=%s user=%s", action_id, target.entry_id, team_id, user_id)
    if target.entry_id in services.library.handbook.entries:
        helpful = ids.action_of(action_id) == ids.HELPFUL
        services.storage.feedback.save(
            team_id, user_id, target.entry_id, helpful=helpful, now=services.clock()
        )
    _show(client, body, _note(words.THANKS.get(target.lang)), target.lang)


def _open_settings(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    """From a weekly tip or a status: the settings of the channel that it stands in."""
    _, _, channel_id = asker_ids(body)
    open_settings(services, client, body, channel_id)


def _pause_tips(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    pause_from_home(services, client, body, _value(body["actions"][0]))


def _resume_tips(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
    resume_from_home(services, client, body, _value(body["actions"][0]))


def _about_run(handle: Callable[[Services, WebClient, Body], None]) -> Handler:
    """A handler that reads its own target: a run is no entry."""
    return _in_own_language(lambda services, client, body, target: handle(services, client, body))


def _in_own_language(handle: Handler) -> Handler:
    """For a button that stands in the channel's language, not in that of whoever presses it."""

    def act(services: Services, client: WebClient, body: Body, target: ids.Target) -> None:
        services.languages.look_up(client, *asker_ids(body)[:2])
        handle(services, client, body, target)

    return act


def _note(message: str) -> Reply:
    return Reply(message, (plain_section(message),), miss=True)


HANDLERS: Mapping[str, Handler] = {
    ids.OPEN: _open,
    ids.MODAL_OPEN: _open,
    ids.PICK: _open,
    ids.LANGUAGE: _switch_language,
    ids.SHARE: _share,
    ids.ASK: _ask,
    ids.CHAPTER: _chapter,
    ids.HELPFUL: _rate,
    ids.NOT_HELPFUL: _rate,
    TIP_SETTINGS: _open_settings,
    PAUSE: _pause_tips,
    RESUME: _resume_tips,
    run_ids.START: _in_own_language(start_from_button),
    run_ids.PICK_START: _in_own_language(start_from_button),
    **{name: _about_run(handle) for name, handle in runs.AFTER_ACK.items()},
}
