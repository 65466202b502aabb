"""The HTTP server: one process that reads requests on one thread and answers them on others.

A request takes a thread only once it is there as a whole, so that slow clients hold up nobody but
themselves. HTTP/1.1 without TLS, as a proxy in front of it speaks.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus
from socket import socket
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from bot.slack.http_message import Head, Malformed, build_response, parse_head, read_body

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

THREADS = 8
MAX_WAITING = 400  # requests; more than that would be answered too late for Slack anyway
MAX_CONNECTIONS = 800
MAX_HEAD = 16_384  # bytes
READ_SECONDS = 3.0  # for a whole request, from its first byte
IDLE_SECONDS = 75.0  # between two requests of a connection
FINISH_SECONDS = 3.0  # for what is being answered when the server stops

log = logging.getLogger("bot.front")


class Front:
    """Serves a WSGI application on a listening socket. `health_path` is answered apart, so that it
    answers however busy the threads are."""

    def __init__(self, application: Application, max_body: int, health_path: str) -> None:
        self._application = application
        self._max_body = max_body
        self._health_path = health_path
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="http")
        self._answering: set[asyncio.Future[bytes]] = set()
        self._connections: set[asyncio.Task[None]] = set()

    async def serve(self, listener: socket, stopped: asyncio.Event) -> None:
        """Until `stopped`; then finish what is being answered."""
        server = await asyncio.start_server(self._accept, sock=listener, limit=MAX_HEAD)
        await stopped.wait()
        server.close()
        if self._answering:
            await asyncio.wait(self._answering, timeout=FINISH_SECONDS)
            await asyncio.sleep(0)  # the answers are written
        for task in self._connections:
            task.cancel()
        if self._connections:
            await asyncio.wait(self._connections, timeout=1)
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._connections) >= MAX_CONNECTIONS:
            writer.transport.abort()
            return
        self._connections.add(task)
        try:
            while await self._handle_one(reader, writer):
                pass
        except (asyncio.CancelledError, OSError, EOFError, TimeoutError):
            pass  # the client went, or was too slow, or the server stops
        except Exception:
            log.exception("a connection failed")
        finally:
            self._connections.discard(task)
            with suppress(OSError):
                writer.close()

    async def _handle_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection goes on."""
        async with asyncio.timeout(IDLE_SECONDS):
            first = await reader.readexactly(1)
        try:
            async with asyncio.timeout(READ_SECONDS):
                head = parse_head(first + await reader.readuntil(b"\r\n\r\n"))
                if head.expects_continue:
                    writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
                body = await read_body(reader, head, self._max_body)
        except (Malformed, asyncio.LimitOverrunError, TimeoutError) as error:
            status = error.status if isinstance(error, Malformed) else _status_of(error)
            writer.write(build_response(status, status.phrase.encode(), keep=False))
            await self._drain(writer)
            return False
        answer = await self._answer(head, body)
        writer.write(answer)
        await self._drain(writer)
        return head.keeps_alive

    async def _answer(self, head: Head, body: bytes) -> bytes:
        if head.path == self._health_path and head.method in ("GET", "HEAD"):
            said = b"ok" if head.method == "GET" else b""
            return build_response(HTTPStatus.OK, said, keep=head.keeps_alive)
        if len(self._answering) >= MAX_WAITING:
            busy = HTTPStatus.SERVICE_UNAVAILABLE
            return build_response(busy, b"busy", keep=head.keeps_alive)
        loop = asyncio.get_running_loop()
        answering = loop.run_in_executor(self._threads, self._run, head, body)
        self._answering.add(answering)
        answering.add_done_callback(self._answering.discard)
        return await answering

    async def _drain(self, writer: asyncio.StreamWriter) -> None:
        async with asyncio.timeout(READ_SECONDS):
            await writer.drain()

    def _run(self, head: Head, body: bytes) -> bytes:
        """On a thread: the application's answer, as bytes."""
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            started[:] = [status, headers]

        try:
            chunks = b"".join(self._application(_build_environ(head, body), start_response))
        except Exception:
            log.exception("the application failed")
            error = HTTPStatus.INTERNAL_SERVER_ERROR
            return build_response(error, error.phrase.encode(), keep=head.keeps_alive)
        status, headers = started
        code = HTTPStatus(int(status.split()[0]))
        said = b"" if head.method == "HEAD" else chunks
        return build_response(code, said, headers, keep=head.keeps_alive)


def _status_of(error: Exception) -> HTTPStatus:
    if isinstance(error, TimeoutError):
        return HTTPStatus.REQUEST_TIMEOUT
    return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE


def _build_environ(head: Head, body: bytes) -> WSGIEnvironment:
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": head.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(head.path).decode("latin-1"),
        "QUERY_STRING": head.query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": head.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in head.headers.items():
        if name not in ("content-type", "content-length"):
            environ["HTTP_" + name.upper().replace("-", "_")] = value
    return environ
