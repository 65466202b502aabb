"""Wall-clock time in a zone -> an instant. Pure: zones are applied last."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

MINUTE = timedelta(minutes=1)


def due_at(day: date, at: time, zone: str) -> datetime:
    """The instant (UTC) of wall-clock time `at` on `day`.

    Where the clock jumps over that time, the next valid minute; where it shows it twice, the first.
    """
    tz = ZoneInfo(zone)
    local = datetime.combine(day, at, tz)  # fold=0: the first of two
    moment = local.astimezone(UTC)
    if moment.astimezone(tz).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _after_gap(local, tz)


def _after_gap(local: datetime, tz: ZoneInfo) -> datetime:
    """The first minute whose wall-clock time is not before `local`, which a jump leaves out."""
    wall = local.replace(tzinfo=None)
    early = int(local.replace(fold=1).timestamp())  # read by the offset after the jump
    late = int(local.timestamp())  # read by the offset before it
    while late - early > 1:
        middle = (early + late) // 2
        if datetime.fromtimestamp(middle, tz).replace(tzinfo=None) < wall:
            early = middle
        else:
            late = middle
    first = datetime.fromtimestamp(late, UTC)
    seconds = first.astimezone(tz).second  # zones have jumped at odd seconds, long ago
    return first + (MINUTE - timedelta(seconds=seconds) if seconds else timedelta())


def is_zone(name: str) -> bool:
    """Whether this is an IANA name as it stands."""
    return name in zone_names()


@cache
def zone_names() -> frozenset[str]:
    """All IANA names, without those that depend on the machine."""
    return frozenset(available_timezones() - {"Factory", "localtime"})
