"""`python -m bot restore FILE`: make a backup the bot's SQLite database again."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from bot.database.backup import restore
from bot.handbook import load_handbook
from bot.restoring import doubt_what_was_due
from bot.settings import SettingsError, read_content_dir, read_database_url
from bot.storage import open_storage
from bot.tips.rotation import Pool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="of `backup`")
    parser.add_argument(
        "--done",
        action="store_true",
        help="the database was put back by other means, as by pg_restore: do only the rest",
    )


def run(args: argparse.Namespace) -> int:
    if args.done == bool(args.file):
        raise SettingsError("Name a backup's FILE, or say --done after another program restored.")
    url = read_database_url()
    find_pool = cache(lambda: Pool.of(load_handbook(read_content_dir())))
    doubtful = 0

    def prepare(restored: str) -> None:
        nonlocal doubtful
        storage = open_storage(restored)
        try:
            doubtful = doubt_what_was_due(storage, find_pool, now())
        finally:
            storage.close()

    if args.done:
        prepare(url)
    else:
        kept = restore(url, args.file, prepare)
        where = f"; what was there is kept in {kept}" if kept else ""
        print(f"restored from {args.file}{where}")
        print("A bot that runs has to be restarted: it remembers some of what was there.")
    print(
        "messages that fell due before now and may have been posted since the backup: "
        f"{doubtful}. They are unconfirmed: the bot looks each up in Slack, and posts none twice."
        if doubtful
        else "no message fell due before now that may have been posted since the backup"
    )
    return 0


def now() -> datetime:
    return datetime.now(UTC)
