"""The listeners: a few, each routing by a table, since every one costs each request that passes it.

The slash command is not among them: its answer travels in the ack (bot/answers/listeners).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.slack.edge import Edge
from bot.slack.errors import build_error_listener, run_after_ack
from bot.slack.feature import Feature, Handler, ViewHandler
from bot.slack.promises import promise
from bot.slack.request import Request

ANY = re.compile(".*")  # Bolt answers 404 to what has no listener, and Slack sends an event again

T = TypeVar("T")


def register_listeners(
    app: App, edge: Edge, features: Sequence[Feature], publish_home: Handler
) -> None:
    _register_actions(app, edge, features, publish_home)
    _register_views(app, edge, features)
    _register_shortcuts(app, edge, features)
    _register_events(app, edge, features)
    app.error(build_error_listener(edge))


def _register_actions(
    app: App, edge: Edge, features: Sequence[Feature], publish_home: Handler
) -> None:
    stored = _merge(feature.stored_actions for feature in features)
    later = _merge(feature.actions for feature in features)
    home_actions = frozenset(chain.from_iterable(feature.home_actions for feature in features))

    def handle_action(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        request = Request.of(client, body)
        name = request.action.name
        task = stored[name](request) if name in stored else None
        ack()

        def finish() -> None:
            if task:
                task()
            if name in later:
                later[name](request)
            if name in home_actions and request.is_home:
                publish_home(request)

        if task or name in later:
            run_after_ack(edge, request, finish)

    app.action(ANY)(handle_action)


def _register_views(app: App, edge: Edge, features: Sequence[Feature]) -> None:
    for callback_id, handle in _merge(feature.views for feature in features).items():
        app.view(callback_id)(_build_view_listener(edge, handle))


def _build_view_listener(edge: Edge, handle: ViewHandler) -> Callable[..., None]:
    def handle_view(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        request = Request.of(client, body)
        submitted = handle(request)
        ack(**submitted.ack)
        if submitted.channel_id:
            request = request.in_channel(submitted.channel_id)
        if task := submitted.task:
            run_after_ack(edge, request, lambda: task(request))

    return handle_view


def _register_shortcuts(app: App, edge: Edge, features: Sequence[Feature]) -> None:
    for callback_id, handle in _merge(feature.shortcuts for feature in features).items():
        app.shortcut(callback_id)(_build_shortcut_listener(edge, handle))


def _build_shortcut_listener(edge: Edge, handle: Handler) -> Callable[..., None]:
    def handle_shortcut(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        request = Request.of(client, body)
        run_after_ack(edge, request, lambda: handle(request))

    return handle_shortcut


def _register_events(app: App, edge: Edge, features: Sequence[Feature]) -> None:
    def find(request: Request) -> list[Handler]:
        name = str(request.event.get("type"))
        return [
            feature.events[name]
            for feature in features
            if name in feature.events
            and (name not in feature.event_filters or feature.event_filters[name](request))
        ]

    def handle_event(body: dict[str, Any], client: WebClient) -> None:
        request = Request.of(client, body)
        found = [] if _is_bot(request) else find(request)
        if not found:
            return

        def handle_once() -> None:
            if edge.handled.claim(request.team_id, *_keys(request)):
                for handle in found:
                    handle(request)

        said = _promised(features, request)
        task = promise(edge, request, said, handle_once) if said else handle_once
        run_after_ack(edge, request, task)

    app.event(ANY)(handle_event)


def _promised(features: Sequence[Feature], request: Request) -> str:
    """What an event asks to be changed, as it was typed."""
    name = str(request.event.get("type"))
    tables = (feature.promised_events for feature in features)
    return next(filter(None, (table[name](request) for table in tables if name in table)), "")


def _is_bot(request: Request) -> bool:
    """Another bot's message: two bots that mention each other would never stop."""
    return bool(request.event.get("bot_id")) or request.event.get("subtype") == "bot_message"


def _keys(request: Request) -> list[str]:
    """An event's id, and for messages their place: a mention may come as two events."""
    keys = [f"event:{request.event_key}"] if request.event_key else []
    if request.event.get("type") in ("app_mention", "message") and request.message_ts:
        keys.append(f"message:{request.channel_id}:{request.message_ts}")
    return keys


def _merge(tables: Iterable[Mapping[str, T]]) -> Mapping[str, T]:
    merged: dict[str, T] = {}
    for table in tables:
        if twice := merged.keys() & table.keys():
            raise ValueError(f"two features handle {sorted(twice)}")
        merged |= table
    return merged
