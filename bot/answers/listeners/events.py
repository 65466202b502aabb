"""Events: mentions, direct messages, the Home tab, changed users. Each is handled once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

from bot.answers.dialogue import reply_to
from bot.answers.grammar import parse
from bot.answers.listeners.home import publish_home
from bot.answers.listeners.verbs import find_handler
from bot.slack.departures import HANDLERS as DEPARTURES
from bot.slack.errors import run_after_ack
from bot.slack.payloads import Body, asker_ids, thread_of
from bot.slack.send import send_privately
from bot.slack.services import Services
from bot.tips.zones import is_zone

ANY_EVENT = re.compile(".*")  # Bolt answers 404 to an event without listener, and Slack retries
OWN_SUBTYPES = frozenset({None, "thread_broadcast", "file_share"})

Handler = Callable[[Services, WebClient, Body], None]


def register(app: App, services: Services) -> None:
    def handle_event(body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        handler = HANDLERS.get(str(event.get("type")))
        if handler is None or _is_bot(event) or not _is_new(services, body, event):
            return
        run_after_ack(services, client, body, lambda: handler(services, client, body))

    app.event(ANY_EVENT)(handle_event)


def _is_bot(event: dict[str, Any]) -> bool:
    """Another bot's message: two bots that mention each other would never stop."""
    return bool(event.get("bot_id")) or event.get("subtype") == "bot_message"


def _is_new(services: Services, body: Body, event: dict[str, Any]) -> bool:
    """Not seen by its id, nor, for messages, by its place: a mention may come as two events."""
    fresh = services.seen_events.add(f"event:{body.get('event_id')}")
    if fresh and event.get("type") in ("app_mention", "message") and event.get("ts"):
        return services.seen_events.add(f"message:{event.get('channel')}:{event.get('ts')}")
    return fresh


def _handle_mention(services: Services, client: WebClient, body: Body) -> None:
    _answer(services, client, body, in_thread=True)


def _handle_message(services: Services, client: WebClient, body: Body) -> None:
    event = body["event"]
    if event.get("channel_type") == "im" and event.get("subtype") in OWN_SUBTYPES:
        _answer(services, client, body, in_thread=False)


def _answer(services: Services, client: WebClient, body: Body, *, in_thread: bool) -> None:
    """Answer in the thread of a mention, or in the DM; a miss is shown to the asker alone."""
    event = body["event"]
    team_id, user_id, channel_id = asker_ids(body)
    services.languages.look_up(client, team_id, user_id)
    text = str(event.get("text") or "")
    typed = parse(text)
    if handler := find_handler(typed):
        handler(services, client, body, typed.text)
        return
    lang = services.languages.of(team_id, user_id, text)
    reply = reply_to(services.library, services.reader(lang), typed)
    if reply.miss:
        private = {**body, "event": {**event, "thread_ts": _thread(event, in_thread)}}
        send_privately(client, private, reply)
    else:
        client.chat_postMessage(
            channel=channel_id, thread_ts=_thread(event, in_thread) or None, **reply.as_message()
        )


def _thread(event: dict[str, Any], in_thread: bool) -> str:
    own = str(event.get("ts") or "") if in_thread else ""
    return thread_of({"event": event}) or own


def _handle_home(services: Services, client: WebClient, body: Body) -> None:
    if body["event"].get("tab") == "messages":
        return
    publish_home(services, client, body)


def _handle_user_change(services: Services, client: WebClient, body: Body) -> None:
    user = body["event"].get("user") or {}
    team_id, user_id, _ = asker_ids(body)
    if services.languages.is_known(team_id, user_id):
        services.languages.learn(team_id, user_id, str(user.get("locale") or ""))
    error = "user_disabled" if user.get("deleted") else ""
    runs, now = services.storage.runs, services.clock()
    runs.mark_unreachable(team_id, user_id, error, now)
    if is_zone(zone := str(user.get("tz") or "")):
        runs.follow_zone(team_id, user_id, zone, now)


HANDLERS: Mapping[str, Handler] = {
    "app_mention": _handle_mention,
    "message": _handle_message,
    "app_home_opened": _handle_home,
    "user_change": _handle_user_change,
    **DEPARTURES,
}
