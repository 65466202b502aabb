"""`python -m bot mcp [--http]`: the handbook for AI agents, without Slack; with --workspace also a
team's own entries, from the database."""

from __future__ import annotations

import argparse
import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import SettingsError, read_agent_settings, read_database_url

if TYPE_CHECKING:
    from bot.agents.running import OpenTeam

PORT = 3002
SDK = ("mcp", "mcp_types", "pydantic", "starlette", "uvicorn")  # what the extra brings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http", action="store_true", help="over HTTP instead of stdin and stdout")
    parser.add_argument(
        "--host", default="127.0.0.1", help="default: 127.0.0.1; any other needs MCP_TOKEN or Slack"
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}; 0: a free one")
    parser.add_argument("--url", default="", help="the public address, behind a proxy")
    parser.add_argument(
        "--workspace", default="", metavar="ID", help="also its own entries; not over HTTP"
    )
    parser.add_argument("--content", type=Path, metavar="DIR", help="default: CONTENT_DIR")


def run(args: argparse.Namespace) -> int:
    if args.http and args.workspace:
        raise SettingsError(
            "--workspace is for standard input and output, so without --http: whoever may call "
            "over HTTP need not belong to the workspace."
        )
    settings = read_agent_settings(content_dir=args.content)
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    for name in ("mcp", "uvicorn"):  # below it, the SDK logs what was asked
        logging.getLogger(name).setLevel(logging.WARNING)
    gc.disable()  # until the server stands: nothing of its start is garbage, but much to look at
    try:
        if args.http:
            from bot.agents.http import serve_http

            serve_http(settings, args.host, args.port, args.url)
        else:
            from bot.agents.running import serve_stdio

            if args.workspace:
                with _open_entries(args.workspace) as open_team:
                    serve_stdio(settings, open_team)
            else:
                serve_stdio(settings)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in SDK:
            raise
        raise SettingsError(
            "The server for AI agents needs the extra [mcp]: pip install 'llm-startup-bot[mcp]'."
        ) from error
    return 0


@contextmanager
def _open_entries(team_id: str) -> Iterator[OpenTeam]:
    """What reads a workspace's own entries. Raises SettingsError for one that is not there."""
    from bot.entries.one_library import OneLibrary  # the handbook alone needs no database
    from bot.storage import open_storage

    storage = open_storage(read_database_url())
    try:
        there = storage.workspaces.list_ids()
        if team_id not in there:
            known = ", ".join(there) or "none yet"
            raise SettingsError(f"--workspace names one of: {known}.")
        yield lambda find_base: OneLibrary(storage.entry_reader, team_id, find_base)
    finally:
        storage.close()
