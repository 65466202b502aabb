"""Starting the local workspace: our server, the bot behind its own, and the browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from socketserver import ThreadingMixIn
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import TYPE_CHECKING
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from bot.playground.bridge import Bridge
from bot.playground.server import PlaygroundServer
from bot.playground.web_api import WebApi
from bot.playground.workspace import Workspace
from bot.settings import Settings, SettingsError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

STEP = timedelta(minutes=1)  # at least, whatever is due
POLL = 0.05  # seconds until a server notices that it is closed


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """The page shows every request."""


class Playground:
    """The running local workspace. `url` is where the page is."""

    def __init__(self, settings: Settings, port: int) -> None:
        """Raises SettingsError if the port is taken, HandbookError for bad content."""
        token, secret = f"xoxb-local-{token_hex(8)}", token_hex(16)
        self.workspace = Workspace(lambda: datetime.now(UTC))
        try:
            self._server = PlaygroundServer(port, WebApi(self.workspace, token))
        except (OSError, OverflowError) as error:  # taken; not a port at all
            why = error.strerror if isinstance(error, OSError) else "0 to 65535"
            raise SettingsError(
                f"Port {port} cannot be used ({why}): choose another by PORT or --port."
            ) from error
        self.url = self._server.url
        Thread(target=self._server.serve_forever, args=(POLL,), daemon=True).start()
        self._folder = TemporaryDirectory(prefix="llm-startup-")  # a new workspace at each start
        self._settings = replace(
            settings,
            bot_token=token,
            signing_secret=secret,
            public_url="",  # one workspace, with the token above
            slack_api_url=f"{self.url}/api/",
            database_url=f"sqlite:///{self._folder.name}/workspace.db",
        )
        self._advancing = Lock()
        self._wsgi = make_server("127.0.0.1", 0, self._start_bot(), _Threads, _Quiet)
        Thread(target=self._wsgi.serve_forever, args=(POLL,), daemon=True).start()
        self._server.bridge = Bridge(self._wsgi.server_port, secret)
        self._server.advance = self.advance

    def _start_bot(self) -> Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]:
        """Run the bot, and show what it finds wrong in content that changes. Returns what its
        server serves."""
        from bot.app import build_bot
        from bot.slack.http import build_wsgi

        self.bot = build_bot(self._settings, clock=self.workspace.now)
        self.bot.content.listeners.append(lambda faults: self.workspace.show_faults(list(faults)))
        self.bot.start()
        return build_wsgi(self.bot.app, self._settings.signing_secret)

    def advance(self, hours: float) -> None:
        """Set the clock forward by way of each moment at which something is due."""
        with self._advancing:
            worker = self.bot.worker
            end = self.workspace.now() + timedelta(hours=hours)
            while (now := self.workspace.now()) < end:
                due = worker.next_moment() or end
                self.workspace.advance(min(max(due, now + STEP), end) - now)
                worker.catch_up()
            worker.nudge()  # it sleeps by the clock as it was

    def close(self) -> None:
        self._wsgi.shutdown()
        self._wsgi.server_close()
        self.bot.close()
        self._server.shutdown()
        self._server.server_close()
        self._folder.cleanup()


def start(settings: Settings, port: int, *, open_browser: bool = False) -> None:
    """Run until Ctrl-C or SIGTERM."""
    from threading import Event

    from bot.slack.serve import on_signal

    stopped = Event()
    playground = Playground(settings, port)  # a signal meanwhile ends the process: nothing is kept
    on_signal(stopped.set)
    print(
        f"The bot runs in a local workspace, without Slack: {playground.url}  (Ctrl-C stops it)",
        flush=True,
    )
    if open_browser:
        webbrowser.open(playground.url)
    stopped.wait()
    playground.close()
