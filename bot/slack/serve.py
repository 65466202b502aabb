"""Running the bot until it is told to stop: Socket Mode, or HTTP."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
from collections.abc import Callable, Mapping
from threading import Event, Timer
from typing import Any, Protocol

from slack_bolt import App

from bot.settings import Settings, SettingsError
from bot.slack.front import Front
from bot.slack.http import HEALTH_PATH, MAX_BODY, build_wsgi
from bot.slack.observer import Dispatches, Observer, Watched, watch_refusals
from bot.slack.pages import ShowPage
from bot.slack.socket_mode import SocketMode

log = logging.getLogger("bot.serve")

STOP_SECONDS = 10  # for what is under way; what is stored goes on at the next start
BACKLOG = 512


class Served(Protocol):
    """The bot as bot/app.py builds it."""

    app: App
    pages: Mapping[str, ShowPage]

    @property
    def observer(self) -> Observer | None:
        """Who counts requests; nobody, by default."""

    def look(self) -> tuple[bool, Mapping[str, Any]]:
        """Whether it can do its work now, and what was found."""

    def start(self) -> None:
        """Begin to post by itself."""

    def close(self) -> None:
        """Finish what was promised, then stop."""


def serve_socket(build: Callable[[], Served], settings: Settings) -> None:
    """Connect, answer until SIGTERM or SIGINT, finish what is under way, disconnect."""
    bot = build()
    _keep_what_is_loaded()
    slack = SocketMode(_watch(bot), settings)
    stopped = Event()
    on_signal(stopped.set)
    try:
        slack.start()
        bot.start()
        stopped.wait()
    finally:
        log.info("stopping")
        slack.close()
        bot.close()


def serve_http(build: Callable[[], Served], settings: Settings) -> None:
    """Answer over HTTP until SIGTERM or SIGINT, and finish what is under way. The port is taken
    before the bot is built: a second bot on the same port stops before it does anything."""
    with listen(settings.host, settings.port) as listener:
        bot = build()
        _keep_what_is_loaded()
        early = Event()  # a signal before there is a loop to tell
        on_signal(early.set)
        try:
            bot.start()
            address = listener.getsockname()
            log.info("listening on %s port %s", address[0], address[1])
            application = build_wsgi(_watch(bot), settings.signing_secret, bot.look, bot.pages)
            if bot.observer:
                application = watch_refusals(application, bot.observer)
            front = Front(application, MAX_BODY, HEALTH_PATH)
            asyncio.run(_serve(front, listener, early))
        finally:
            log.info("stopping")
            bot.close()


def _keep_what_is_loaded() -> None:
    """The handbook and its indexes stay as long as the process: the collector need not go through
    them again and again, while answers wait (120 ms each time, measured with 155,000 objects)."""
    gc.collect()
    gc.freeze()


def _watch(bot: Served) -> Dispatches:
    return Watched(bot.app, bot.observer) if bot.observer else bot.app


async def _serve(front: Front, listener: socket.socket, early: Event) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    on_signal(lambda: loop.call_soon_threadsafe(stopped.set))
    if early.is_set():
        return
    await front.serve(listener, stopped)


def listen(host: str, port: int, variables: tuple[str, str] = ("HOST", "PORT")) -> socket.socket:
    """Raises SettingsError, which names the variables, where the address cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = found[0]
        return socket.create_server(address, family=family, backlog=BACKLOG)
    except OSError as error:
        raise SettingsError(
            f"{variables[0]} {host} with {variables[1]} {port} cannot be listened on "
            f"({error.strerror or error}). If another program has the port, perhaps this bot "
            f"itself, stop it or set another {variables[1]}."
        ) from error


def on_signal(stop: Callable[[], object]) -> None:
    """Call `stop` at the first SIGTERM or SIGINT. The process ends at the second, or if what is
    under way takes too long."""
    asked: list[int] = []

    def handle(number: int, _frame: object) -> None:
        asked.append(number)
        if len(asked) > 1:
            os._exit(128 + number)
        timer = Timer(STOP_SECONDS, _give_up)
        timer.daemon = True
        timer.start()
        stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)


def _give_up() -> None:
    log.error("not everything ended within %s seconds: ending all the same", STOP_SECONDS)
    os._exit(1)
