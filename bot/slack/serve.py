"""Running the bot until it is told to stop: Socket Mode, or HTTP under granian."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterable
from threading import Event
from typing import TYPE_CHECKING, Any

from bot.settings import Settings, SettingsError, read_settings

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger("bot.serve")

HTTP_THREADS = 8


def serve_socket(settings: Settings) -> None:
    """Connect, answer until SIGTERM or SIGINT, finish what is under way, disconnect."""
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_sdk.errors import SlackApiError

    from bot.app import build_bot

    bot = build_bot(settings)
    handler = SocketModeHandler(bot.app, settings.app_token)
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


def serve_http(settings: Settings) -> None:
    """granian in front of the WSGI application; it handles SIGTERM and SIGINT itself."""
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "bot.slack.serve:build_application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=HTTP_THREADS,
        websockets=False,
    ).serve()


def build_application() -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
    """What granian's worker serves; built in the worker's own process."""
    import atexit

    from bot.app import build_bot
    from bot.slack.http import build_wsgi

    settings = read_settings()
    bot = build_bot(settings)
    atexit.register(bot.close)
    bot.start()
    return build_wsgi(bot.app, settings.signing_secret)


def main(settings: Settings) -> Any:
    if settings.mode == "socket":
        return serve_socket(settings)
    return serve_http(settings)
