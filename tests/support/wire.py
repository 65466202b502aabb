"""A TCP relay before a server, which can end its connections in every way that a network does."""

from __future__ import annotations

import selectors
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Queue
from threading import Thread

NO_LINGER = struct.pack("ii", 1, 0)  # closing then sends RST
HALF_FRAME = b"\x81\x7e\x01"  # the beginning of a WebSocket text frame
CHUNK = 65_536


class Wire:
    """Relays `port` to the server at `target` until it is told otherwise; new connections are
    relayed again after each end. One thread owns all sockets, so that a reset is one."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._orders: Queue[Callable[[], None]] = Queue()
        self._wake, self._woken = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._peers: dict[socket.socket, socket.socket] = {}
        self._clients: list[socket.socket] = []
        self._open = True
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """FIN to the client, without any word."""
        self._order(lambda: self._end(b"", reset=False))

    def finish_in_a_frame(self) -> None:
        self._order(lambda: self._end(HALF_FRAME, reset=False))

    def reset(self) -> None:
        self._order(lambda: self._end(b"", reset=True))

    def freeze(self) -> None:
        """Nothing more comes or goes, and nobody is told."""
        self._order(self._forget)

    def close(self) -> None:
        self._order(self._stop)
        self._thread.join()

    def _order(self, order: Callable[[], None]) -> None:
        self._orders.put(order)
        self._wake.send(b"!")

    def _run(self) -> None:
        while self._open:
            for key, _ in self._selector.select():
                found = key.fileobj
                if found is self._listener:
                    self._accept()
                elif found is self._woken:
                    self._woken.recv(CHUNK)
                elif isinstance(found, socket.socket):
                    self._relay(found)
            with suppress(Empty):
                while True:
                    self._orders.get_nowait()()

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(("127.0.0.1", self._target))
        self._clients.append(client)
        for one, other in ((client, server), (server, client)):
            self._peers[one] = other
            self._selector.register(one, selectors.EVENT_READ)

    def _relay(self, source: socket.socket) -> None:
        if source not in self._peers:
            return
        try:
            data = source.recv(CHUNK)
            if data:
                self._peers[source].sendall(data)
                return
        except OSError:
            pass
        self._drop(source)

    def _end(self, last: bytes, *, reset: bool) -> None:
        for client in [one for one in self._clients if one in self._peers]:
            with suppress(OSError):
                client.sendall(last)
                if reset:
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            self._drop(client)

    def _drop(self, one: socket.socket) -> None:
        for part in (one, self._peers.get(one)):
            if part is not None and self._peers.pop(part, None):
                self._selector.unregister(part)
                part.close()

    def _forget(self) -> None:
        for part in list(self._peers):
            del self._peers[part]
            self._selector.unregister(part)
            self._clients.append(part)  # kept open

    def _stop(self) -> None:
        self._open = False
        for part in {*self._peers, *self._clients, self._listener, self._wake, self._woken}:
            part.close()
        self._selector.close()
