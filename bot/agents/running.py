"""Running the server on standard input and output, and what both ways of running it share."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Protocol

from mcp.server import MCPServer

from bot.agents.server import build_server
from bot.search.library import Library, warm_up_meanwhile, watch_library
from bot.settings import CACHE, AgentSettings, find_reload_marker
from bot.slack.periodic import Periodic

CONTENT_SECONDS = 5.0  # between two looks at the files; an agent keeps its server for hours


class TeamLibrary(Protocol):
    """The handbook with a workspace's own entries."""

    @property
    def current(self) -> Library: ...

    def refresh(self) -> None: ...


OpenTeam = Callable[[Callable[[], Library]], TeamLibrary]  # of what gives the handbook's library


def serve_stdio(settings: AgentSettings, open_team: OpenTeam | None = None) -> None:
    """Until standard input ends. Raises HandbookError for bad content."""
    with open_server(settings, open_team) as server:
        server.run("stdio")


@contextmanager
def open_server(settings: AgentSettings, open_team: OpenTeam | None = None) -> Iterator[MCPServer]:
    """The server over the content folder, with `open_team` over a workspace's own entries too,
    kept current while it runs. Raises HandbookError."""
    data = settings.data_dir
    content = watch_library(
        settings.content_dir, data / CACHE, find_reload_marker(data), at_first=warm_up_meanwhile
    )
    tasks: dict[str, Callable[[], object]] = {"content": content.refresh}
    team = open_team(lambda: content.current) if open_team else None
    if team:
        tasks["entries"] = team.refresh
    watch = Periodic(tasks, CONTENT_SECONDS)
    watch.start()

    def find_library() -> Library:
        return team.current if team else content.current

    if team:
        warm_up_meanwhile(team.current)
    server = build_server(find_library, today)
    gc.freeze()
    gc.enable()
    try:
        yield server
    finally:
        watch.close()


def today() -> date:
    return datetime.now(UTC).date()
