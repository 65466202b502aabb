"""The HTTP server with a small application behind it: framing, limits, and answers as asked."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from threading import Thread

import pytest

from bot.slack.front import Front
from tests.support.local_slack import DEADLINE

Ask = Callable[[bytes], bytes]


def echo(environ: dict[str, object], start_response: Callable[..., object]) -> list[bytes]:
    start_response("200 OK", [("content-type", "text/plain")])
    body = environ["wsgi.input"].read()  # type: ignore[attr-defined]
    return [f"{environ['PATH_INFO']}|{environ.get('HTTP_X_A', '')}|".encode() + body]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """Send raw bytes; the whole of what comes back until the server hangs up."""
    listener = socket.create_server(("127.0.0.1", 0))
    loop, stopped = asyncio.new_event_loop(), asyncio.Event()
    front = Front(echo, 1000, "/healthz")  # type: ignore[arg-type]
    thread = Thread(target=lambda: loop.run_until_complete(front.serve(listener, stopped)))
    thread.start()

    def send(raw: bytes) -> bytes:
        with socket.create_connection(listener.getsockname(), DEADLINE) as client:
            client.sendall(raw)
            return b"".join(iter(lambda: client.recv(4096), b""))

    yield send
    loop.call_soon_threadsafe(stopped.set)
    thread.join()
    loop.close()


def test_two_requests_of_one_connection_are_both_answered(ask: Ask) -> None:
    said = ask(
        b"POST /a HTTP/1.1\r\nHost: x\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 3\r\n\r\nabc"
        b"GET /b%20c?d HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    )
    assert b"/a|1,2|abc" in said
    assert said.endswith(b"/b c||")


def test_a_body_in_chunks_is_put_together(ask: Ask) -> None:
    head = b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    assert ask(head + b"2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n").endswith(b"/a||abcde")


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"POST /a HTTP/1.1\r\nContent-Length: 1001\r\n\r\n", 413),
        (b"POST /a HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
        (b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n", 413),
        (b"POST /a HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /a HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"POST /a HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
        (b"POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
        (b"GET /\x00 HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/2.0\r\n\r\n", 505),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_is_no_request_is_refused_and_hung_up_on(ask: Ask, raw: bytes, status: int) -> None:
    assert ask(raw).startswith(b"HTTP/1.1 %d " % status)


def test_a_header_that_only_looks_like_slacks_is_dropped(ask: Ask) -> None:
    assert ask(b"GET /a HTTP/1.1\r\nX_A: forged\r\nConnection: close\r\n\r\n").endswith(b"/a||")


def test_health_is_answered_without_the_application(ask: Ask) -> None:
    assert ask(b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n").endswith(b"\r\n\r\nok")
