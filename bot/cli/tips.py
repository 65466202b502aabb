"""`python -m bot tips due|run|history`: weekly tips for operators, on the bot's own database."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from threading import Event

from bot.database.errors import StorageError
from bot.handbook import load_handbook
from bot.outbox.models import Pace
from bot.outbox.sender import token_of
from bot.sending import build_sender, build_worker, weekly_tips
from bot.settings import Settings, SettingsError, read_settings
from bot.storage import Storage, open_storage
from bot.tips.changes import next_day, next_moment
from bot.tips.models import Subscription
from bot.tips.rotation import Pool, pick

HORIZON = timedelta(seconds=50)  # how long `run` goes on, for what the pace holds back

Row = dict[str, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        choices=("due", "run", "history"),
        help="due: what comes next, and when; run: deliver what is due now, once; "
        "history: what was delivered, and what was not",
    )
    parser.add_argument("--team", default="", metavar="ID", help="only this workspace")
    parser.add_argument("--channel", default="", metavar="ID", help="only this channel")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="default: 20")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(args: argparse.Namespace) -> int:
    """Returns 0, or 1 with a plain message if the database or the token cannot be used."""
    settings = read_settings()
    try:
        storage = open_storage(settings.database_url, Pace(settings.tips_rate))
    except StorageError as error:
        print(error, file=sys.stderr)
        return 1
    try:
        if args.what == "run":
            return _run(settings, storage)
        rows = _due(settings, storage, args) if args.what == "due" else _history(storage, args)
        _print(rows, as_json=args.json)
    except StorageError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        storage.close()
    return 0


def _run(settings: Settings, storage: Storage) -> int:
    logging.basicConfig(level=settings.log_level, format="%(message)s")
    tokens = _tokens(settings, storage)
    handbook = load_handbook(settings.content_dir)
    pool = Pool.of(handbook)
    worker = build_worker(
        storage,
        weekly_tips(storage, lambda: handbook, lambda: pool),
        build_sender(settings, tokens),
        _now,
    )
    worker.run_until(_now() + HORIZON, lambda pause: Event().wait(pause.total_seconds()))
    worker.close()
    return 0


def _tokens(settings: Settings, storage: Storage) -> Callable[[str], str]:
    """A workspace's token, "" for one that has none."""
    # Bolt, which `due` and `history` need not wait for
    from bot.slack.identity import identify
    from bot.slack.oauth.vault import Vault
    from bot.wiring.installing import build_many

    if settings.public_url:
        return build_many(settings, Vault(settings.token_keys), storage, _now).workspaces.token
    if not settings.bot_token:
        raise SettingsError("SLACK_BOT_TOKEN is missing: without it nothing can be posted.")
    identity = identify(settings)
    return token_of(identity.team_id, identity.token)


def _now() -> datetime:
    return datetime.now(UTC)


def _due(settings: Settings, storage: Storage, args: argparse.Namespace) -> Iterable[Row]:
    pool = Pool.of(load_handbook(settings.content_dir))
    now = _now()
    for sub in storage.due_tips.upcoming(args.limit, args.team, args.channel):
        yield _due_row(sub, pool, now, storage.workspaces.get(sub.team_id).stopped)


def _due_row(sub: Subscription, pool: Pool, now: datetime, stopped: str) -> Row:
    """`stopped`: why nothing is sent in its workspace, "" if it is."""
    day, moment = next_day(sub), next_moment(sub)
    found = pick(pool, sub.rotation, day, sub.sections) if day else None
    return {
        "at": moment.isoformat(timespec="minutes") if moment else "-",
        "local": f"{day} {sub.schedule.at:%H:%M} {sub.schedule.zone}",
        "team": sub.team_id,
        "channel": sub.channel_id,
        "tip": found.tip.id if found else "-",
        "state": f"stopped: {stopped}" if stopped else "due" if moment and moment <= now else "",
    }


def _history(storage: Storage, args: argparse.Namespace) -> Iterable[Row]:
    teams = [args.team] if args.team else storage.workspaces.list_ids()
    for team_id in teams:
        for delivery in storage.deliveries.history(team_id, args.channel, args.limit):
            yield {
                "date": str(delivery.local_date),
                "team": team_id,
                "channel": delivery.channel_id,
                "tip": delivery.tip_id or "-",
                "state": str(delivery.state),
                "ts": delivery.ts or "-",
                "error": delivery.error,
            }


def _print(rows: Iterable[Row], *, as_json: bool) -> None:
    lines = [json.dumps(row) if as_json else "  ".join(row.values()).rstrip() for row in rows]
    print("\n".join(lines or ([] if as_json else ["nothing"])))
