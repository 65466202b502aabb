"""When a workspace's digest comes. Pure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.admin.models import Digest, WorkspaceSettings
from bot.zones import due_at

AT = time(9, 30)
WEEK = timedelta(days=7)


def next_digest(settings: WorkspaceSettings, now: datetime) -> datetime | None:
    """The first one after `now`: on Mondays, or on the first Monday of a month, in the morning of
    the settings' zone. None where it is off."""
    if settings.digest is Digest.OFF:
        return None
    today = now.astimezone(ZoneInfo(settings.zone)).date()
    day = today - timedelta(days=today.weekday())
    while not _is_day(settings.digest, day) or due_at(day, AT, settings.zone) <= now:
        day += WEEK
    return due_at(day, AT, settings.zone)


def digest_days(digest: Digest) -> int:
    """How many days one looks back."""
    return 30 if digest is Digest.MONTHLY else 7


def _is_day(digest: Digest, monday: date) -> bool:
    return digest is Digest.WEEKLY or monday.day <= 7
