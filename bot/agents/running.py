"""Running the server on standard input and output, and what both ways of running it share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Thread

from mcp.server import MCPServer

from bot.agents.server import build_server
from bot.search.library import watch_library
from bot.settings import CACHE_DIR, RELOAD_MARKER
from bot.slack.periodic import Periodic

CONTENT_SECONDS = 5.0  # between two looks at the files; an agent keeps its server for hours
WARM_UP = "a question that names no term"


def serve_stdio(content_dir: Path) -> None:
    """Until standard input ends. Raises HandbookError for bad content."""
    with open_server(content_dir) as server:
        server.run("stdio")


@contextmanager
def open_server(content_dir: Path) -> Iterator[MCPServer]:
    """The server over a content folder, kept current while it runs. Raises HandbookError."""
    content = watch_library(content_dir, CACHE_DIR, RELOAD_MARKER)
    watch = Periodic({"content": content.refresh}, CONTENT_SECONDS)
    watch.start()
    # What is loaded with the first question is loaded while the client still connects.
    Thread(target=lambda: content.current.matcher.find(WARM_UP), daemon=True).start()
    server = build_server(lambda: content.current, today)
    gc.freeze()
    gc.enable()
    try:
        yield server
    finally:
        watch.close()


def today() -> date:
    return datetime.now(UTC).date()
