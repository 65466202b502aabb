"""`python -m bot export --workspace T… [FILE]`: all that is kept of a workspace, as JSON."""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.database.errors import StorageError
from bot.settings import read_database_url
from bot.storage import Storage, open_storage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", required=True, metavar="ID", help="T…, as Slack names it")
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="a new one, readable by its owner "
        "alone; without it, standard output",
    )  # fmt: skip


def run(args: argparse.Namespace) -> int:
    storage = open_storage(read_database_url())
    try:
        text = json.dumps(_collect(storage, args.workspace), ensure_ascii=False, indent=1)
    finally:
        storage.close()
    if args.file is None:
        print(text)
        return 0
    try:
        number = os.open(args.file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        print(f"{args.file} cannot be made ({error.strerror}): name a new file.", file=sys.stderr)
        return 1
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    print(f"exported {args.workspace} to {args.file}")
    return 0


def _collect(storage: Storage, team_id: str) -> dict[str, object]:
    tables = dict(storage.people.export(team_id))
    if not tables["workspaces"]:
        raise StorageError(f"Nothing is kept of a workspace {team_id}.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"workspace": team_id, "exported_at": now, "tables": tables}
