"""Running the server on standard input and output, and what both ways of running it share."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Thread

from mcp.server import MCPServer

from bot.agents.server import build_server
from bot.search.library import watch_library
from bot.settings import CACHE, AgentSettings, find_reload_marker
from bot.slack.periodic import Periodic

CONTENT_SECONDS = 5.0  # between two looks at the files; an agent keeps its server for hours
WARM_UP = "a question that names no term"


def serve_stdio(settings: AgentSettings) -> None:
    """Until standard input ends. Raises HandbookError for bad content."""
    with open_server(settings) as server:
        server.run("stdio")


@contextmanager
def open_server(settings: AgentSettings) -> Iterator[MCPServer]:
    """The server over the content folder, kept current while it runs. Raises HandbookError."""
    data = settings.data_dir
    content = watch_library(settings.content_dir, data / CACHE, find_reload_marker(data))
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
