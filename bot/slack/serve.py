"""Running the bot until it is told to stop: Socket Mode, or HTTP under granian."""

from __future__ import annotations

import logging
import signal
from threading import Event
from typing import Protocol

from slack_bolt import App

from bot.settings import Settings, SettingsError

log = logging.getLogger("bot.serve")

HTTP_THREADS = 8


class Served(Protocol):
    """The bot as bot/app.py builds it."""

    app: App

    def start(self) -> None:
        """Begin to post by itself."""

    def close(self) -> None:
        """Finish what was promised, then stop."""


def serve_socket(bot: Served, app_token: str) -> None:
    """Connect, answer until SIGTERM or SIGINT, finish what is under way, disconnect."""
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_sdk.errors import SlackApiError

    handler = SocketModeHandler(bot.app, app_token)
    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    try:
        handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    except SlackApiError as error:
        raise SettingsError(
            f"Slack refused SLACK_APP_TOKEN ({error.response['error']}). It needs the scope "
            "connections:write, and Socket Mode must be on in the app's settings."
        ) from error
    bot.start()
    log.info("connected by Socket Mode")
    stopped.wait()
    log.info("stopping")
    handler.close()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
    bot.close()


def serve_http(settings: Settings, factory: str) -> None:
    """granian in front of a WSGI application; it handles SIGTERM and SIGINT itself. `factory` is
    the name, module:function, of what builds the application in granian's worker."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        factory,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=HTTP_THREADS,
        websockets=False,
    ).serve()
