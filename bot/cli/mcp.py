"""`python -m bot mcp [--http]`: the handbook for AI agents, without Slack or a database."""

from __future__ import annotations

import argparse
import gc
import logging
from pathlib import Path

from bot.settings import SettingsError, read_agent_settings

PORT = 3002
SDK = ("mcp", "mcp_types", "pydantic", "starlette", "uvicorn")  # what the extra brings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http", action="store_true", help="over HTTP instead of stdin and stdout")
    parser.add_argument(
        "--host", default="127.0.0.1", help="default: 127.0.0.1; any other needs MCP_TOKEN or Slack"
    )
    parser.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}; 0: a free one")
    parser.add_argument("--url", default="", help="the public address, behind a proxy")
    parser.add_argument("--content", type=Path, metavar="DIR", help="default: CONTENT_DIR")


def run(args: argparse.Namespace) -> int:
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

            serve_stdio(settings)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in SDK:
            raise
        raise SettingsError(
            "The server for AI agents needs the extra [mcp]: pip install -e '.[mcp]'"
        ) from error
    return 0
