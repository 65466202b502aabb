"""HTTP/1.1 messages: the head and the body of a request, and a response as bytes."""

from __future__ import annotations

import re
from asyncio import StreamReader
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

TOKEN = re.compile(r"[!#$%&'*+.^`|~0-9A-Za-z-]+")  # without "_", which WSGI takes for "-"
TARGET = re.compile(r"/[!-~]*")
NUMBER = re.compile(r"[0-9]{1,9}")
CHUNK = re.compile(rb"([0-9a-fA-F]{1,7})[ \t]*(?:;[^\r\n]*)?\r\n")
MAX_TRAILERS = 20


class Malformed(Exception):
    """A request that is no HTTP/1.1, or too large."""

    def __init__(self, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(status.phrase)
        self.status = status


@dataclass(frozen=True, slots=True)
class Head:
    """`headers` by names in lower case; of one that comes twice, the values joined by commas."""

    method: str
    path: str
    query: str
    version: str
    headers: Mapping[str, str]

    @property
    def keeps_alive(self) -> bool:
        asked = self.headers.get("connection", "").lower()
        return asked == "keep-alive" if self.version == "HTTP/1.0" else asked != "close"

    @property
    def expects_continue(self) -> bool:
        return self.headers.get("expect", "").lower() == "100-continue"


def parse_head(raw: bytes) -> Head:
    """The request line and the headers. Raises Malformed."""
    line, *rest = raw.decode("latin-1").strip("\r\n").split("\r\n")
    method, _, target = line.partition(" ")
    target, _, version = target.partition(" ")
    if not (TOKEN.fullmatch(method) and TARGET.fullmatch(target)):
        raise Malformed
    if version not in ("HTTP/1.0", "HTTP/1.1"):
        raise Malformed(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers: dict[str, str] = {}
    for part in rest:
        name, colon, value = part.partition(":")
        if not colon or not name or name != name.strip() or "\n" in part or "\r" in part:
            raise Malformed
        key = name.lower()
        if TOKEN.fullmatch(name):
            headers[key] = f"{headers[key]},{value.strip()}" if key in headers else value.strip()
    path, _, query = target.partition("?")
    return Head(method, path, query, version, headers)


async def read_body(reader: StreamReader, head: Head, limit: int) -> bytes:
    """A body of at most `limit` bytes. Raises Malformed."""
    length, coding = head.headers.get("content-length"), head.headers.get("transfer-encoding")
    if coding is not None:
        if length is not None or coding.lower() != "chunked":
            raise Malformed
        return await _read_chunks(reader, limit)
    if length is None:
        return b""
    if not NUMBER.fullmatch(length):
        digits = length.isascii() and length.isdigit()
        raise Malformed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE if digits else HTTPStatus.BAD_REQUEST)
    if int(length) > limit:
        raise Malformed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return await reader.readexactly(int(length))


def build_response(
    status: HTTPStatus,
    body: bytes,
    headers: Iterable[tuple[str, str]] = (("content-type", "text/plain; charset=utf-8"),),
    *,
    keep: bool,
) -> bytes:
    own = [("content-length", str(len(body))), ("connection", "keep-alive" if keep else "close")]
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    lines += [f"{name}: {value}" for name, value in (*headers, *own)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + body


async def _read_chunks(reader: StreamReader, limit: int) -> bytes:
    body = bytearray()
    while True:
        found = CHUNK.fullmatch(await reader.readuntil(b"\r\n"))
        if found is None:
            raise Malformed
        size = int(found[1], 16)
        if len(body) + size > limit:
            raise Malformed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if size == 0:
            break
        body += await reader.readexactly(size)
        if await reader.readexactly(2) != b"\r\n":
            raise Malformed
    for _ in range(MAX_TRAILERS):
        if await reader.readuntil(b"\r\n") == b"\r\n":
            return bytes(body)
    raise Malformed
