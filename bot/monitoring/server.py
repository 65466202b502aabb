"""A port of its own for whoever watches the bot, in both modes: /healthz, /readyz, /metrics. It is
open to this machine alone unless HEALTH_HOST says otherwise."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.settings import Settings
from bot.slack.front import Front
from bot.slack.http import HEALTH_PATH, READY_PATH, send_readiness
from bot.slack.serve import listen

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

METRICS_PATH = "/metrics"
STARTING: tuple[bool, dict[str, Any]] = (False, {"why": ["the bot is starting"]})
JOIN_SECONDS = 2.0

log = logging.getLogger("bot.health")


class Watched(Protocol):
    """The bot, for this server."""

    def look(self) -> tuple[bool, dict[str, Any]]:
        """Whether it is ready, and what was found."""

    def render_metrics(self) -> tuple[str, bytes] | None:
        """Content type and figures; None where they are off."""


Bot = TypeVar("Bot", bound=Watched)


class Health:
    """What is answered about `bot`, which is not there yet at the beginning."""

    def __init__(self) -> None:
        self.bot: Watched | None = None

    def watch(self, bot: Bot) -> Bot:
        self.bot = bot
        return bot

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        bot, path = self.bot, environ.get("PATH_INFO")
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            if path == READY_PATH:
                return send_readiness(start_response, bot.look if bot else lambda: STARTING)
            if path == METRICS_PATH and bot and (figures := bot.render_metrics()):
                start_response("200 OK", [("content-type", figures[0])])
                return [figures[1]]
        start_response("404 Not Found", [("content-type", "text/plain")])
        return [b"/healthz, /readyz, and /metrics where METRICS=on"]


@contextmanager
def serve_health(settings: Settings) -> Iterator[Callable[[Bot], Bot]]:
    """Answer while the block runs, about the bot that the given function gets. Raises
    SettingsError where the port cannot be had."""
    health = Health()
    if settings.health_port is None:
        yield health.watch
        return
    variables = ("HEALTH_HOST", "HEALTH_PORT")
    with listen(settings.health_host, settings.health_port, variables) as listener:
        front = Front(health, 0, HEALTH_PATH)
        loop, stopped = asyncio.new_event_loop(), asyncio.Event()
        thread = Thread(
            target=lambda: loop.run_until_complete(front.serve(listener, stopped)),
            name="health", daemon=True,
        )  # fmt: skip
        thread.start()
        try:
            yield health.watch
        finally:
            loop.call_soon_threadsafe(stopped.set)
            thread.join(JOIN_SECONDS)
            if not thread.is_alive():
                loop.close()
