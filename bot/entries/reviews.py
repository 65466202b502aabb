"""When somebody is asked whether an entry is still right: its owner on its day and a week later,
then the curators. Pure."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

REVIEW_DAYS = 180  # from publishing, and from each "Yes"
AGAIN = timedelta(days=7)  # after which nobody has answered
OWNER_ASKED = 2  # times, before the curators are
ASK_AT = time(9, tzinfo=UTC)  # a morning in Europe, an afternoon in China


def next_review(now: datetime) -> date:
    return now.date() + timedelta(days=REVIEW_DAYS)


def first_moment(review_by: date) -> datetime:
    return datetime.combine(review_by, ASK_AT)
