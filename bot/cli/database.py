"""`python -m bot database [--upgrade]`: the database's version, and what an upgrade would do."""

from __future__ import annotations

import argparse

from bot.database.engine import Database
from bot.database.migrations import HEAD
from bot.settings import read_database_url


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--upgrade", action="store_true", help="take the steps now; a start would take them too"
    )


def run(args: argparse.Namespace) -> int:
    url = read_database_url()
    version, pending = Database.look(url)
    print(f"database: {version or 'not there yet'}, this bot: {HEAD}")
    for step in pending:
        print(f"to come: {step}")
    if args.upgrade and pending:
        Database.open(url).close()
        print(f"upgraded to {HEAD}")
    return 0
