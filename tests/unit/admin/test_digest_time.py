from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.admin.digest_time import next_digest
from bot.admin.models import Digest, WorkspaceSettings

SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("digest", "zone", "now", "expected"),
    [
        (Digest.WEEKLY, "UTC", "2026-11-25 12:00", "2026-11-30 09:30"),
        (Digest.WEEKLY, "UTC", "2026-11-30 09:29", "2026-11-30 09:30"),
        (Digest.WEEKLY, "UTC", "2026-11-30 09:30", "2026-12-07 09:30"),
        (Digest.WEEKLY, SHANGHAI, "2026-11-29 23:00", "2026-11-30 01:30"),
        (Digest.WEEKLY, SHANGHAI, "2026-11-30 01:30", "2026-12-07 01:30"),
        (Digest.WEEKLY, NEW_YORK, "2026-10-27 00:00", "2026-11-02 14:30"),  # after the change
        (Digest.WEEKLY, NEW_YORK, "2026-10-19 00:00", "2026-10-19 13:30"),
        (Digest.MONTHLY, "UTC", "2026-11-25 12:00", "2026-12-07 09:30"),
        (Digest.MONTHLY, "UTC", "2026-12-07 09:30", "2027-01-04 09:30"),
        (Digest.MONTHLY, "UTC", "2026-05-31 00:00", "2026-06-01 09:30"),
    ],
)
def test_it_comes_on_monday_mornings_of_the_zone(
    digest: Digest, zone: str, now: str, expected: str
) -> None:
    assert next_digest(WorkspaceSettings(digest=digest, zone=zone), utc(now)) == utc(expected)


def test_off_is_never() -> None:
    assert next_digest(WorkspaceSettings(), utc("2026-11-25 12:00")) is None


def test_it_never_stands_still() -> None:
    moment, settings = utc("2026-01-01 00:00"), WorkspaceSettings(digest=Digest.MONTHLY)
    for _ in range(24):
        later = next_digest(settings, moment)
        assert later
        assert timedelta() < later - moment < timedelta(days=36)
        moment = later
    assert moment == utc("2027-12-06 09:30")
