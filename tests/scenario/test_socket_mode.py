"""Socket Mode, when its connection ends in each of the ways that it can."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic, process_time

import pytest
from websockets.sync.server import ServerConnection

from bot.slack.socket_mode import SocketMode
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.fake_socket import FakeSocket
from tests.support.local_slack import APP_TOKEN, LocalSlack
from tests.support.wire import Wire

BACK_SECONDS = 10
CPU_SHARE = 0.05


@pytest.fixture
def socket() -> Iterator[FakeSocket]:
    socket = FakeSocket()
    yield socket
    socket.close()


@pytest.fixture
def wire(slack: LocalSlack, socket: FakeSocket) -> Iterator[Wire]:
    wire = Wire(socket.port)
    url = f"ws://127.0.0.1:{wire.port}/link"
    slack.api.methods["apps.connections.open"] = lambda *call: {"url": url}
    yield wire
    wire.close()


@pytest.fixture
def connected(world: World, wire: Wire, socket: FakeSocket) -> Iterator[ServerConnection]:
    """The bot over Socket Mode, and its first connection."""
    mode = SocketMode(world.bot.app, replace(world.bot.settings, app_token=APP_TOKEN))
    mode.start()
    yield socket.take_connection()
    mode.close()


def ask(socket: FakeSocket) -> str:
    ack = socket.request("slash_commands", payloads.command("微条是什么"))
    return str(ack["payload"]["blocks"][0]["text"]["text"])


@pytest.mark.parametrize("end", ["finish", "reset", "finish_in_a_frame", "freeze"])
def test_a_lost_connection_is_replaced_within_ten_seconds_without_a_busy_loop(
    connected: ServerConnection, wire: Wire, socket: FakeSocket, end: str
) -> None:
    assert ask(socket) == "微调 · Fine-tuning"
    started, cpu = monotonic(), process_time()
    getattr(wire, end)()
    assert socket.take_connection() is not connected
    took, used = monotonic() - started, process_time() - cpu
    assert took < BACK_SECONDS
    assert used < CPU_SHARE * took + 0.25  # of the test's own threads too
    assert ask(socket) == "微调 · Fine-tuning"


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_new_connection_is_made_before_the_old_one_ends(
    connected: ServerConnection, socket: FakeSocket, reason: str
) -> None:
    socket.disconnect(reason)
    fresh = socket.take_connection()
    socket.use(connected)
    assert ask(socket) == "微调 · Fine-tuning", "what was under way is still acknowledged"
    socket.use(fresh)
    assert ask(socket) == "微调 · Fine-tuning"


def test_a_link_that_is_disabled_and_enabled_again_comes_back(
    connected: ServerConnection,
    slack: LocalSlack,
    socket: FakeSocket,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for _ in range(2):
        slack.fail_next("apps.connections.open", "link_disabled")
    socket.disconnect("link_disabled")
    connected.close()
    socket.take_connection()
    assert "switch Socket Mode on again" in caplog.text
    assert ask(socket) == "微调 · Fine-tuning"


def test_an_outage_while_connecting_is_waited_out(
    connected: ServerConnection, slack: LocalSlack, wire: Wire, socket: FakeSocket
) -> None:
    slack.fail_next("apps.connections.open", "service_unavailable", status=503)
    slack.fail_next("apps.connections.open", "ratelimited", status=429, retry_after=1)
    wire.reset()
    socket.take_connection()
    assert ask(socket) == "微调 · Fine-tuning"


@pytest.mark.parametrize(
    "envelope",
    ["{", "[]", '{"type": "hello"}', '{"envelope_id": "E0", "type": "events_api", "payload": []}',
     '{"envelope_id": "E1", "type": "x", "payload": {"authorizations": ["x"]}}', "\\ud800"],
)  # fmt: skip
def test_an_odd_envelope_is_passed_over(
    connected: ServerConnection,
    socket: FakeSocket,
    envelope: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    connected.send(envelope)
    assert ask(socket) == "微调 · Fine-tuning"
    assert "Traceback" not in caplog.text
