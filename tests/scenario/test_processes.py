"""`python -m bot` as a process of its own, as the README starts it."""

from __future__ import annotations

import hmac
import json
import os
import signal
import socket as socket_module
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from select import select
from threading import Event
from time import monotonic, time
from typing import Any

import pytest

from bot.settings import ROOT
from bot.slack import serve
from tests.support import payloads
from tests.support.fake_socket import FakeSocket
from tests.support.local_slack import APP_TOKEN, DEADLINE, SECRET, TOKEN, LocalSlack

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(slack: LocalSlack, tmp_path: Path) -> Iterator[Start]:
    """Start the bot with the variables given; it is killed at the end if it still runs."""
    started: list[subprocess.Popen[str]] = []

    def run(**variables: str) -> subprocess.Popen[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("SLACK_")}
        empty = dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"), "")
        own = {"SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{tmp_path}/bot.db"}
        env = clean | empty | own | variables
        process = subprocess.Popen(
            [sys.executable, "-m", "bot"],
            cwd=ROOT,
            env=env,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=DEADLINE)


@pytest.fixture
def socket(slack: LocalSlack) -> Iterator[FakeSocket]:
    socket = FakeSocket()
    slack.api.methods["apps.connections.open"] = lambda *call: {"url": socket.url}
    yield socket
    socket.close()


def stop(process: subprocess.Popen[str]) -> tuple[int, str]:
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=DEADLINE)
    return process.returncode, errors


def test_socket_mode_waits_out_an_outage_answers_and_stops_cleanly(
    slack: LocalSlack, socket: FakeSocket, start: Start, free_port: int, tmp_path: Path
) -> None:
    slack.fail_next("apps.connections.open", "service_unavailable", status=503)
    (tmp_path / "token").write_text(f"{TOKEN}\n", "ascii")
    process = start(SLACK_BOT_TOKEN_FILE=str(tmp_path / "token"), SLACK_APP_TOKEN=APP_TOKEN,
                    HEALTH_PORT=str(free_port), METRICS="on", LOG_FORMAT="json")  # fmt: skip
    ack = socket.request("slash_commands", payloads.command("微条是什么"))
    assert ack["payload"]["blocks"][0]["text"]["text"] == "微调 · Fine-tuning"
    socket.request("events_api", payloads.mention("RAG"))
    assert slack.wait_for("chat.postMessage")[0]["channel"] == "C1"
    socket.request("slash_commands", payloads.command("who bought zebra7"))
    status, found = get(free_port, "/readyz")
    assert (status, json.loads(found)["why"]) == (200, [])
    assert "llm_startup_requests_total{" in get(free_port, "/metrics")[1]
    code, errors = stop(process)
    socket.wait_closed()
    assert code == 0
    lines = [json.loads(line) for line in errors.splitlines()]
    [outage] = [line["message"] for line in lines if line["level"] != "INFO"]
    assert "Slack cannot be connected to (service_unavailable); trying again" in outage
    assert len(lines) > 1
    assert "Traceback" not in errors
    assert TOKEN not in errors
    assert "zebra7" not in errors, "what people type is not logged"


def get(port: int, path: str) -> tuple[int, str]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=DEADLINE)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()


def post(port: int, payload: dict[str, Any], **headers: str) -> tuple[int, str]:
    body, content_type = payloads.encode(payload)
    timestamp = str(int(time()))
    digest = hmac.new(SECRET.encode(), f"v0:{timestamp}:{body}".encode(), sha256).hexdigest()
    signed = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": f"v0={digest}",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=DEADLINE)) as connection:
        connection.request("POST", "/slack/events", body.encode(), signed | headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


def test_http_answers_and_stops_cleanly(slack: LocalSlack, start: Start, free_port: int) -> None:
    process = start(SLACK_BOT_TOKEN=TOKEN, SLACK_SIGNING_SECRET=SECRET, PORT=str(free_port))
    wait_until_listening(process, free_port)
    assert get(free_port, "/healthz") == (200, "ok")
    assert get(free_port, "/readyz")[0] == 200
    assert get(free_port, "/metrics")[0] == 404
    status, body = post(free_port, payloads.command("微条是什么"))
    assert status == 200
    assert json.loads(body)["blocks"][0]["text"]["text"] == "微调 · Fine-tuning"
    assert post(free_port, payloads.command("x"), **{"X-Slack-Signature": "v0=0"})[0] == 401
    assert post(free_port, payloads.mention("RAG"))[0] == 200
    assert stop(process)[0] == 0
    assert len(slack.of("chat.postMessage")) == 1, "what was acknowledged is done before the end"


def wait_until_listening(process: subprocess.Popen[str], port: int) -> None:
    """It listens before it is built, and answers once it is."""
    deadline = monotonic() + 3 * DEADLINE
    while monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        with socket_module.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
            select([], [], [], 0.05)
    raise AssertionError("the server does not listen")


def test_a_refused_app_token_ends_the_process_with_one_sentence(
    slack: LocalSlack, start: Start
) -> None:
    """When the bot is built already; other starts in vain: test_start_faults."""
    process = start(SLACK_BOT_TOKEN=TOKEN, SLACK_APP_TOKEN="xapp-revoked")
    _, errors = process.communicate(timeout=DEADLINE)
    assert process.returncode == 1
    assert "SLACK_APP_TOKEN" in errors
    assert "Traceback" not in errors


SLOW = [
    b"POST /slack/events HTTP/1.1\r\nContent-Length: 400\r\n\r\nab",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\n",
    b"POST /slack/events HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nab",
    b"P",
    b"",
]


def test_five_hundred_slow_clients_change_nothing_for_others(
    slack: LocalSlack, start: Start, free_port: int
) -> None:
    process = start(SLACK_BOT_TOKEN=TOKEN, SLACK_SIGNING_SECRET=SECRET, PORT=str(free_port))
    wait_until_listening(process, free_port)
    assert post(free_port, payloads.command("help"))[0] == 200
    with ExitStack() as stack:
        for number in range(500):
            client = socket_module.create_connection(("127.0.0.1", free_port), DEADLINE)
            stack.enter_context(client)
            client.sendall(SLOW[number % len(SLOW)])
        began = monotonic()
        for _ in range(20):
            assert post(free_port, payloads.command("微条是什么"))[0] == 200
        with closing(HTTPConnection("127.0.0.1", free_port, timeout=DEADLINE)) as connection:
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok"
        assert monotonic() - began < 5
        stopping = monotonic()
        code, errors = stop(process)
        assert (code, monotonic() - stopping < 5) == (0, True)
    assert "Traceback" not in errors


def test_a_slow_body_is_answered_and_hung_up_on_and_a_killed_bot_leaves_nobody_who_answers(
    start: Start, free_port: int
) -> None:
    process = start(SLACK_BOT_TOKEN=TOKEN, SLACK_SIGNING_SECRET=SECRET, PORT=str(free_port))
    wait_until_listening(process, free_port)
    with socket_module.create_connection(("127.0.0.1", free_port), DEADLINE) as client:
        client.sendall(SLOW[0])
        said = b"".join(iter(lambda: client.recv(1000), b""))
    assert said.startswith(b"HTTP/1.1 408 ")
    assert post(free_port, payloads.command("help"))[0] == 200
    process.kill()
    process.communicate(timeout=DEADLINE)
    with pytest.raises(ConnectionRefusedError):
        post(free_port, payloads.command("help"))


HTTP = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET}
LOCAL = {"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": ""}  # the local workspace


@pytest.mark.parametrize("mode", [HTTP, LOCAL], ids=["http", "local"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.3, 1.0, 2.5])
def test_a_signal_at_any_moment_of_the_start_ends_the_process(
    start: Start, free_port: int, mode: dict[str, str], number: int, after: float
) -> None:
    process = start(**mode, PORT=str(free_port))
    with suppress(subprocess.TimeoutExpired):
        process.wait(after)
    process.send_signal(number)
    if after < 1:  # Python itself may be starting: it may drop a SIGINT in a callback of an import
        with suppress(subprocess.TimeoutExpired):
            process.wait(DEADLINE / 3)
        process.send_signal(number)
    _, errors = process.communicate(timeout=DEADLINE)
    assert after < 1 or "Traceback" not in errors
    with pytest.raises(ProcessLookupError):  # nobody of its session lives on
        os.killpg(process.pid, 0)


def test_a_second_signal_ends_the_process_at_once(
    slack: LocalSlack, start: Start, free_port: int
) -> None:
    asked, held = Event(), Event()

    def never(*_: object) -> dict[str, Any]:
        asked.set()
        held.wait(DEADLINE)
        return {}

    slack.api.methods["chat.postMessage"] = never
    process = start(**HTTP, PORT=str(free_port))
    wait_until_listening(process, free_port)
    post(free_port, payloads.mention("RAG"))
    assert asked.wait(DEADLINE)
    process.send_signal(signal.SIGTERM)
    assert process.stderr
    assert any("stopping" in line for line in process.stderr), "it waits for what is under way"
    process.send_signal(signal.SIGTERM)
    try:
        assert process.wait(5) == 128 + signal.SIGTERM  # Slack gets ten seconds, and so does it
    finally:
        held.set()


def test_what_does_not_end_within_ten_seconds_is_given_up() -> None:
    assert serve.STOP_SECONDS == 10
    script = (
        "import signal; from threading import Event; from bot.slack import serve;"
        "serve.STOP_SECONDS = 0.1; serve.on_signal(lambda: None);"
        "signal.raise_signal(signal.SIGTERM); Event().wait()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE
    )
    assert (ended.returncode, "not everything ended" in ended.stderr) == (1, True)
