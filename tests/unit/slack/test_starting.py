"""What Slack's first answer may be, and what comes of it."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.__main__ import main
from bot.settings import Settings, SettingsError
from bot.slack.identity import identify
from bot.slack.starting import WAITS

GOOD = (
    b'{"ok": true, "team_id": "T1", "user_id": "U0", "user": "bot", "url": "https://x.slack.com/"}'
)
Answer = tuple[int, bytes]


class Scripted(HTTPServer):
    """Answers one after the other; the last one for ever."""

    answers: list[Answer]


class Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        answers = self.server.answers
        status, body = answers.pop(0) if len(answers) > 1 else answers[0]
        if not status:
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silence."""


@pytest.fixture
def serve() -> Iterator[Callable[..., Settings]]:
    server = Scripted(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

    def script(*answers: Answer) -> Settings:
        server.answers = list(answers)
        url = f"http://127.0.0.1:{server.server_port}/api/"
        return Settings(bot_token="xoxb-1", signing_secret="s", slack_api_url=url)

    yield script
    server.shutdown()
    server.server_close()


OUTAGES: list[Answer] = [
    (0, b""),
    (503, b"<html>maintenance</html>"),
    (200, b"<html>log in to the hotel's network</html>"),
    (200, b'{"ok": tr'),
    (200, b'["ok"]'),
    (200, b""),
    (200, b"\xff\xfe"),
    (200, b'{"ok": false, "error": "internal_error"}'),
    (429, b'{"ok": false, "error": "ratelimited"}'),
]


@pytest.mark.parametrize("outage", OUTAGES)
def test_an_outage_is_waited_out_with_a_word_in_the_log(
    serve: Callable[..., Settings], caplog: pytest.LogCaptureFixture, outage: Answer
) -> None:
    waits: list[float] = []
    with caplog.at_level(logging.WARNING, "bot.start"):
        found = identify(serve(outage, outage, (200, GOOD)), waits.append)
    assert (found.team_id, waits) == ("T1", [1, 2])
    said = [record.getMessage() for record in caplog.records if record.name == "bot.start"]
    assert len(said) == 2
    assert said[0].startswith("Slack could not be reached at http://127.0.0.1:")
    assert said[0].endswith("; trying again in 1 s")


@pytest.mark.parametrize("outage", OUTAGES)
def test_an_outage_that_lasts_is_not_called_a_wrong_token(
    serve: Callable[..., Settings], outage: Answer
) -> None:
    waits: list[float] = []
    with pytest.raises(SettingsError) as failed:
        identify(serve(outage), waits.append)
    assert waits == list(WAITS)
    message = str(failed.value)
    assert message.startswith("Slack could not be reached at http://127.0.0.1:")
    assert "TOKEN" not in message
    assert "html" not in message


@pytest.mark.parametrize("error", [b"invalid_auth", b"account_inactive", b"org_login_required"])
def test_a_refusal_is_not_asked_again(serve: Callable[..., Settings], error: bytes) -> None:
    settings = serve((200, b'{"ok": false, "error": "%s"}' % error))
    with pytest.raises(SettingsError, match=f"refused SLACK_BOT_TOKEN .{error.decode()}"):
        identify(settings, lambda wait: pytest.fail("waited"))


@pytest.mark.parametrize(
    "mode", [{"SLACK_APP_TOKEN": "xapp-1"}, {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": "s"}]
)
def test_an_outage_that_lasts_ends_the_start_in_each_mode(
    mode: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sqlite_url: str,
) -> None:
    with socket.socket() as taken:  # bound, and listened on by nobody
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api/"
        for name, value in {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_API_URL": url, "PORT": "0",
                            "DATABASE_URL": sqlite_url, **mode}.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("bot.slack.starting.WAITS", ())
        assert main([]) == 1
    assert f"Slack could not be reached at {url} (" in capsys.readouterr().err
