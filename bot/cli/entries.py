"""`python -m bot entries export|import`: a workspace's own entries as CSV or JSON."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.entries.transfer import words
from bot.entries.transfer.document import read_json, write_json
from bot.entries.transfer.plan import Plan, build_plan
from bot.entries.transfer.rows import build_rows
from bot.entries.transfer.sheet import read_csv, write_csv
from bot.handbook import load_handbook
from bot.settings import SettingsError, read_settings
from bot.storage import Storage, open_storage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("export", "import"),
        help="export: print all entries; import: publish what is new or changed in FILE",
    )
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE", help="default: standard output or input"
    )
    parser.add_argument(
        "--workspace", default="", metavar="ID", help="needed where there are several: T012AB3CD"
    )
    parser.add_argument(
        "--format", choices=("csv", "json"), help="default: by the file's name, else csv"
    )
    parser.add_argument("--by", default="", metavar="ID", help="the curator who imports: U012AB3CD")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument(
        "--skip-faulty", action="store_true", help="import the rest of a file with faulty rows"
    )


def run(args: argparse.Namespace) -> int:
    """Returns 0; 1 with a plain message if nothing was done, also for a file with faulty rows."""
    settings = read_settings()
    storage = open_storage(settings.database_url)
    try:
        team_id = _find_workspace(storage, args.workspace)
        if args.what == "export":
            return _export(storage, team_id, args)
        handbook = load_handbook(settings.content_dir)
        return _import(storage, team_id, frozenset(handbook.entries), args)
    except OSError as error:
        print(f"{args.file}: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        storage.close()


def _export(storage: Storage, team_id: str, args: argparse.Namespace) -> int:
    reader = storage.entry_reader
    rows = build_rows(reader.list_entries(team_id), reader.list_wordings(team_id))
    text = write_json(rows) if _is_json(args) else write_csv(rows)
    if args.file:
        with args.file.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
        print(f"{len(rows)} rows in {args.file}")
    else:
        sys.stdout.write(text)
    return 0


def _import(
    storage: Storage, team_id: str, handbook_ids: frozenset[str], args: argparse.Namespace
) -> int:
    data = args.file.read_bytes() if args.file else sys.stdin.buffer.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        print("The file is not UTF-8: save it as “CSV UTF-8”.", file=sys.stderr)
        return 1
    rows, faults = read_json(text) if _is_json(args) else read_csv(text)
    reader = storage.entry_reader
    plan = build_plan(
        rows, faults, reader.list_entries(team_id), reader.list_wordings(team_id), handbook_ids,
        team_id, args.by,
    )  # fmt: skip
    print(words.COUNTS.en.format(**plan.counts()))
    for fault in plan.faults:
        print(words.ROW.en.format(row=fault.row, said=fault.said.en), file=sys.stderr)
    if plan.faults and not args.skip_faulty:
        print("Nothing was imported. --skip-faulty imports the rest.", file=sys.stderr)
        return 1
    return 0 if args.dry_run else _apply(storage, team_id, plan)


def _apply(storage: Storage, team_id: str, plan: Plan) -> int:
    refused = storage.imports.apply(team_id, plan.changes, plan.wordings, datetime.now(UTC))
    for entry_id, why in refused.items():
        print(f"{entry_id} was not imported: {why}", file=sys.stderr)
    print(f"{len(plan.changes) - len(refused)} imported")
    return 1 if refused else 0


def _find_workspace(storage: Storage, given: str) -> str:
    """The one that was named, or the only one there is. Raises SettingsError."""
    there = storage.workspaces.list_ids()
    if given in there:
        return given
    if not given and len(there) == 1:
        return there[0]
    known = ", ".join(there) or "none yet"
    raise SettingsError(f"--workspace names one of: {known}.")


def _is_json(args: argparse.Namespace) -> bool:
    by_name = args.file is not None and args.file.suffix.lower() == ".json"
    return bool(args.format == "json" or (by_name and args.format is None))
