"""`python -m bot backup FILE`: the SQLite database as one file, also while the bot runs."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.database.backup import back_up
from bot.settings import read_database_url


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a backup there is replaced")


def run(args: argparse.Namespace) -> int:
    back_up(read_database_url(), args.file)
    print(f"backed up to {args.file}")
    return 0
