"""`python -m bot forget --workspace T…` or `--user U…`: delete what is kept, now."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from bot.database.errors import StorageError
from bot.database.people import SHARED
from bot.settings import Settings, SettingsError, read_settings
from bot.storage import Storage, open_storage


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workspace", default="", metavar="ID", help="T…: everything of this workspace, and its "
        "token; with --user, only what is that person's own in it",
    )  # fmt: skip
    parser.add_argument(
        "--user", default="", metavar="ID", help="U…: what is this person's own, in every workspace"
    )


def run(args: argparse.Namespace) -> int:
    if not args.workspace and not args.user:
        raise SettingsError("Say whose data: --workspace T… or --user U….")
    settings = read_settings()
    storage = open_storage(settings.database_url)
    try:
        teams = storage.workspaces.list_ids()
        if args.workspace and args.workspace not in teams:
            raise StorageError(f"Nothing is kept of a workspace {args.workspace}.")
        if args.user:
            _forget_person(storage, args.user, [args.workspace] if args.workspace else teams)
        else:
            _forget_workspace(settings, storage, args.workspace)
    finally:
        storage.close()
    return 0


def _forget_workspace(settings: Settings, storage: Storage, team_id: str) -> None:
    if settings.public_url:
        from bot.slack.oauth.revoking import revoke_token  # Bolt, which a person need not wait for

        said = revoke_token(settings, storage.installations, team_id)
        print(f"Slack: {said}")
    storage.workspaces.delete(team_id)
    print(f"everything of {team_id} is deleted")


def _forget_person(storage: Storage, user_id: str, teams: list[str]) -> None:
    now = datetime.now(UTC)
    found = False
    for team_id in teams:
        assigned = storage.runs.list_assigned(team_id, user_id)
        for channel_id in sorted({run.channel_id for run, _ in assigned}):
            storage.runs.unassign(team_id, channel_id, user_id, now)
        storage.series.unassign(team_id, user_id)
        was_curator = storage.settings.remove_curator(team_id, user_id, now)
        deleted = storage.people.forget(team_id, user_id)
        kept = storage.people.count_shared(team_id, user_id)
        for name, count in deleted.items():
            print(f"{team_id}  deleted  {name}: {count}")
        if assigned:
            print(f"{team_id}  unassigned  open items of checklists: {len(assigned)}")
        if was_curator:
            print(f"{team_id}  removed  from the curators")
        for name, count in kept.items():
            table, _, column = name.partition(".")
            print(f"{team_id}  kept  {name}: {count} ({SHARED[table, column]})")
        found = found or bool(deleted or kept or assigned or was_curator)
    if not found:
        print(f"nothing is kept of {user_id}")
