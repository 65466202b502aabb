"""`python -m bot restore FILE`: make a backup the bot's SQLite database again."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.database.backup import restore
from bot.settings import read_database_url


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="what `backup` has written")


def run(args: argparse.Namespace) -> int:
    kept = restore(read_database_url(), args.file)
    print(f"restored from {args.file}" + (f"; what was there is kept in {kept}" if kept else ""))
    print("A bot that runs has to be restarted: it remembers some of what was there.")
    return 0
