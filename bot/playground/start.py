"""Starting the local workspace: our server, the bot behind its own, and the browser."""

from __future__ import annotations

import logging
import webbrowser
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bot.playground.bridge import Bridge
from bot.playground.server import PlaygroundServer
from bot.playground.workspace import Workspace
from bot.settings import Settings, SettingsError

log = logging.getLogger("bot.playground")


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """The page shows every request."""


class Playground:
    """The running local workspace. `url` is where the page is."""

    def __init__(self, settings: Settings, port: int) -> None:
        """Raises SettingsError if the port is taken, HandbookError for bad content."""
        from bot.app import build_bot
        from bot.http import build_wsgi

        token, secret = f"xoxb-local-{token_hex(8)}", token_hex(16)
        self.workspace = Workspace(lambda: datetime.now(UTC))
        try:
            self._server = PlaygroundServer(port, self.workspace, token)
        except OSError as error:
            raise SettingsError(
                f"Port {port} cannot be used ({error.strerror}): choose another by PORT or --port."
            ) from error
        self.url = self._server.url
        Thread(target=self._server.serve_forever, daemon=True).start()
        local = replace(
            settings, bot_token=token, signing_secret=secret, slack_api_url=f"{self.url}/api/"
        )
        self.bot = build_bot(local, clock=self.workspace.now)
        self._wsgi = make_server(
            "127.0.0.1",
            0,
            build_wsgi(self.bot.app, secret),
            _Threads,
            _Quiet,
        )
        Thread(target=self._wsgi.serve_forever, daemon=True).start()
        self._server.bridge = Bridge(self._wsgi.server_port, secret, self.url)

    def close(self) -> None:
        self._wsgi.shutdown()
        self._wsgi.server_close()
        self.bot.close()
        self._server.shutdown()
        self._server.server_close()


def start(settings: Settings, port: int, *, open_browser: bool = False) -> None:
    """Run until Ctrl-C or SIGTERM."""
    import signal
    from threading import Event

    stopped = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    playground = Playground(settings, port)
    print(
        f"The bot runs in a local workspace, without Slack: {playground.url}  (Ctrl-C stops it)",
        flush=True,
    )
    if open_browser:
        webbrowser.open(playground.url)
    stopped.wait()
    playground.close()
