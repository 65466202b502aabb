"""One whole signed slash command against an empty Bolt handler, in-process and over HTTP.

    python -m bench.request [--requests 400] [--json]

CPU time of a request through the WSGI application in one process, and requests a second over HTTP
with one client thread; each figure is a ratio to an empty handler asked in turns with it, as Bolt
serves one: its own WSGI adapter, its own check of the signature. `first` answers each text for
the first time, `again` answers it from the kept bodies, as popular questions are.
`many_x` is a bot of many workspaces, with its tokens in the database, against one with one token.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, process_time, sleep, time
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.signature import SignatureVerifier

from bench.lists import make_handbook, make_queries
from bot.app import build_bot
from bot.database.installations import StoredInstallation
from bot.search.library import Library, warm_up
from bot.settings import CACHE_DIR, CONTENT_DIR, ROOT, Settings, read_settings
from bot.slack.http import build_wsgi
from bot.slack.oauth.vault import Vault
from tests.support import payloads
from tests.support.local_slack import BOT, SECRET, TEAM, TOKEN, LocalSlack

Application = Callable[..., Iterable[bytes]]

OWN_TERMS = 5_000  # names beside the handbook's
EXACT = "提示注入"
ROUND = 40  # requests over HTTP to one server, then to the other
START_SECONDS = 120
SERVE = """
import asyncio, importlib, socket, sys
from bot.slack.front import Front
from bot.slack.http import HEALTH_PATH, MAX_BODY
module, _, factory = sys.argv[1].partition(":")
application = getattr(importlib.import_module(module), factory)()
listener = socket.create_server(("127.0.0.1", int(sys.argv[2])))
async def serve():
    await Front(application, MAX_BODY, HEALTH_PATH).serve(listener, asyncio.Event())
asyncio.run(serve())
"""


def signed(text: str) -> tuple[str, dict[str, str]]:
    """(body, headers) of a slash command, as Slack sends it."""
    return sign(payloads.command(text))


def sign(payload: dict[str, Any]) -> tuple[str, dict[str, str]]:
    body, content_type = payloads.encode(payload)
    timestamp = str(int(time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=timestamp, body=body) or ""
    return body, {
        "content-type": content_type,
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signature,
    }


def empty_app() -> App:
    identity = AuthorizeResult(
        enterprise_id=None, team_id=TEAM, bot_user_id=BOT, bot_id="B1", bot_token=TOKEN
    )
    app = App(
        authorize=lambda: identity,
        signing_secret=SECRET,
        process_before_response=True,
    )

    @app.command("/llm-startup")
    def handle(ack: Ack) -> None:
        ack()

    return app


def cpu(application: Application, texts: list[str]) -> float:
    """Median microseconds of CPU for one request."""
    times = []
    statuses: list[str] = []
    for text in texts:
        environ = environ_of(*signed(text))
        start = process_time()
        b"".join(application(environ, lambda status, headers: statuses.append(status)))
        times.append((process_time() - start) * 1e6)
    assert all(status.startswith("200") for status in statuses)
    return median(times)


def compare(application: Application, texts: list[str], empty: Application) -> float:
    """CPU time for a request, as a ratio to an empty one that is served right after it."""
    return median(cpu(application, [text]) / cpu(empty, [EXACT]) for text in texts)


def environ_of(body: str, headers: dict[str, str]) -> dict[str, Any]:
    """As a WSGI server hands a request over."""
    data = body.encode()
    named = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    return named | {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/slack/events",
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": headers["content-type"],
        "CONTENT_LENGTH": str(len(data)),
        "wsgi.input": BytesIO(data),
    }


def compare_many(one: Application, settings: Settings, library: Library, count: int) -> float:
    """The same question, turn by turn, to a bot with one token and to one of many workspaces."""
    more = replace(
        settings, bot_token="", public_url="https://bot.example", client_id="1",
        client_secret="s", token_keys=(urlsafe_b64encode(bytes(32)).decode(),),
    )  # fmt: skip
    many = build_bot(more, library)
    token = Vault(more.token_keys).seal(TOKEN)
    installed = StoredInstallation(
        id=TEAM, bot_user_id=BOT, bot_id="B1", installed_at=datetime.now(UTC), token=token
    )
    many.storage.installations.save(installed)
    many.edge.languages.learn(TEAM, payloads.USER, "zh-CN")
    requests = build_wsgi(many.app, SECRET)
    cpu(requests, [EXACT] * 50)
    ratios = [cpu(requests, [EXACT] * 40) / cpu(one, [EXACT] * 40) for _ in range(count // 20)]
    many.close()
    return median(ratios)


@contextmanager
def serving(target: str, api_url: str, database_url: str) -> Iterator[int]:
    """The HTTP server with one WSGI application on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = os.environ | {
        "SLACK_BOT_TOKEN": TOKEN, "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": api_url, "LOG_LEVEL": "WARNING", "DATABASE_URL": database_url,
    }  # fmt: skip
    command = [sys.executable, "-c", SERVE, target, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environ)
    try:
        deadline = monotonic() + START_SECONDS
        while monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def throughput(port: int, texts: list[str]) -> float:
    """Requests a second of one client that keeps its connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    requests = [signed(text) for text in texts]
    start = monotonic()
    for body, headers in requests:
        connection.request("POST", "/slack/events", body.encode(), headers)
        response = connection.getresponse()
        response.read()
        assert response.status == 200
    return len(requests) / (monotonic() - start)


def own_application() -> Application:
    """The bot's, by the environment's settings."""
    settings = read_settings()
    return build_wsgi(build_bot(settings).app, settings.signing_secret)


def empty_application() -> Application:
    """The baseline."""
    return SlackRequestHandler(empty_app())


def measure(count: int) -> dict[str, float]:
    slack = LocalSlack()
    folder = TemporaryDirectory()
    database_url = f"sqlite:///{folder.name}/bot.db"
    settings = Settings(
        bot_token=TOKEN,
        signing_secret=SECRET,
        slack_api_url=slack.api_url,
        log_level="WARNING",
        database_url=database_url,
    )
    handbook = Library.load(CONTENT_DIR, CACHE_DIR).handbook
    own = make_handbook(OWN_TERMS)
    entries = {**handbook.entries, **own.entries}
    library = warm_up(Library.of(type(handbook)(entries, handbook.headings, handbook.collisions)))
    bot = build_bot(settings, library)
    bot.edge.languages.learn(TEAM, payloads.USER, "zh-CN")
    queries = make_queries(own, count // 4)
    kinds = {
        "exact": [q.text for q in queries if q.kind == "exact"],
        "typo": [q.text for q in queries if q.kind.startswith("typo")],
        "question": [q.text for q in queries if q.kind.startswith("question")],
    }
    empty, own_requests = empty_application(), build_wsgi(bot.app, SECRET)
    cpu(empty, [EXACT] * 50)
    cpu(own_requests, [EXACT] * 50)
    figures: dict[str, float] = {}
    for kind, texts in kinds.items():
        for turn in ("first", "again"):
            figures[f"{kind}_{turn}_x"] = compare(own_requests, texts, empty)
    figures["empty_us"] = cpu(empty, [EXACT] * count)
    figures["many_x"] = compare_many(own_requests, settings, library, count)
    bot.close()
    with (
        serving("bench.request:empty_application", slack.api_url, database_url) as base,
        serving("bench.request:own_application", slack.api_url, database_url) as port,
    ):
        throughput(port, [EXACT] * 50)
        rounds = [(throughput(base, [EXACT] * ROUND), throughput(port, [EXACT] * ROUND))
                  for _ in range(count // ROUND)]  # fmt: skip
        figures["http_empty_rps"] = median(rate for rate, _ in rounds)
        figures["http_exact_x"] = median(own_rate / rate for rate, own_rate in rounds)
        typos = [f"{EXACT}{n}" for n in range(count)]
        figures["http_typo_first_x"] = throughput(port, typos) / figures["http_empty_rps"]
    slack.close()
    folder.cleanup()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures = measure(args.requests)
    print(
        json.dumps(figures)
        if args.json
        else "\n".join(f"{k:20} {v:9.2f}" for k, v in figures.items())
    )


if __name__ == "__main__":
    main()
