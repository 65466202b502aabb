"""The other end of Socket Mode: sends envelopes to a connected bot and collects its acks."""

from __future__ import annotations

import json
from contextlib import suppress
from itertools import count
from queue import Queue
from threading import Thread
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from tests.support.local_slack import DEADLINE


class FakeSocket:
    """One WebSocket server on a free local port. The first connection is used, until a test takes
    the next one."""

    def __init__(self) -> None:
        self._connections: Queue[ServerConnection] = Queue()
        self._acks: Queue[dict[str, Any]] = Queue()
        self._closed: Queue[bool] = Queue()
        self._numbers = count(1)
        self._server: Server = serve(self._handle, "127.0.0.1", 0)
        Thread(target=self._server.serve_forever, daemon=True).start()
        self._connection: ServerConnection | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/link"

    @property
    def port(self) -> int:
        return int(self._server.socket.getsockname()[1])

    def take_connection(self) -> ServerConnection:
        """The next connection that the bot makes, or has made; used from now on."""
        self._connection = self._connections.get(timeout=DEADLINE)
        return self._connection

    def use(self, connection: ServerConnection) -> None:
        self._connection = connection

    def disconnect(self, reason: str) -> None:
        """Ask for another connection, as Slack does: warning, refresh_requested, link_disabled."""
        connection = self._connection or self.take_connection()
        connection.send(json.dumps({"type": "disconnect", "reason": reason}))

    def request(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Deliver a payload (`slash_commands`, `events_api`, `interactive`); returns the ack."""
        connection = self._connection or self.take_connection()
        envelope = {
            "envelope_id": f"E{next(self._numbers)}",
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind == "slash_commands",
        }
        connection.send(json.dumps(envelope))
        ack = self._acks.get(timeout=DEADLINE)
        assert ack["envelope_id"] == envelope["envelope_id"]
        return ack

    def wait_closed(self) -> None:
        self._closed.get(timeout=DEADLINE)

    def close(self) -> None:
        self._server.shutdown()

    def _handle(self, connection: ServerConnection) -> None:
        connection.send(json.dumps({"type": "hello", "num_connections": 1}))
        self._connections.put(connection)
        with suppress(ConnectionClosed):  # Slack's client leaves without a close frame
            for message in connection:
                self._acks.put(json.loads(message))
        self._closed.put(True)
