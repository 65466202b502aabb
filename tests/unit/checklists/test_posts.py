from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

import pytest

from bot.checklists.changes import Changed, make
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.posts import (
    UNDO,
    PostKind,
    build_list_post,
    build_reminders,
    is_wanted,
    item_of,
    kind_of,
    new_posts,
)
from bot.outbox.models import OutboundMessage
from tests.support.runs import NOW, OTHER, SHANGHAI, STARTER, build_run

TODAY, TOMORROW = date(2026, 11, 25), date(2026, 11, 26)
_ids = count()


def new_id() -> str:
    return f"p{next(_ids)}"


def change(
    run: Run, what: ChangeKind, item: int = 0, *, by: str = STARTER, **fields: object
) -> Changed:
    made = make(run, Change(what=what, item=item, **fields), by, NOW)  # type: ignore[arg-type]
    assert isinstance(made, Changed), made
    return made


def kinds(made: Changed, now: datetime = NOW) -> list[PostKind]:
    return [kind_of(post) for post in new_posts(made, now, new_id)]


def owned(day: date | None = TOMORROW, zone: str = "UTC", owner: str = OTHER) -> Run:
    run = change(build_run(), ChangeKind.ASSIGNED, 1, user_id=owner, zone=zone).after
    return change(run, ChangeKind.DUE, 1, day=day).after if day else run


def reminders(run: Run, now: datetime = NOW) -> list[OutboundMessage]:
    return list(build_reminders(run, now, new_id))


def test_an_assignment_is_told_to_its_owner_but_not_to_oneself() -> None:
    made = change(build_run(), ChangeKind.ASSIGNED, 2, user_id=OTHER)
    [post] = new_posts(made, NOW, new_id)
    assert (kind_of(post), post.channel_id, item_of(post), post.due_at) == (
        PostKind.ASSIGNED, OTHER, 2, NOW,
    )  # fmt: skip
    assert kinds(change(build_run(), ChangeKind.ASSIGNED, 2, user_id=STARTER)) == []
    assert kinds(change(owned(), ChangeKind.ASSIGNED, 1)) == []


def test_each_assignment_is_another_post() -> None:
    first = change(build_run(), ChangeKind.ASSIGNED, 1, user_id=OTHER)
    away = change(first.after, ChangeKind.ASSIGNED, 1)
    again = change(away.after, ChangeKind.ASSIGNED, 1, user_id=OTHER)
    keys = {post.key for made in (first, again) for post in new_posts(made, NOW, new_id)}
    assert len(keys) == 2


def test_a_reminder_is_due_at_half_past_nine_in_the_owners_zone() -> None:
    [post] = reminders(owned(zone=SHANGHAI))
    assert post.due_at == datetime(2026, 11, 26, 1, 30, tzinfo=NOW.tzinfo)
    assert (kind_of(post), post.channel_id) == (PostKind.DUE, OTHER)


def test_the_same_day_for_the_same_owner_is_the_same_post() -> None:
    assert reminders(owned())[0].key == reminders(owned())[0].key
    assert reminders(owned())[0].key != reminders(owned(owner="U7"))[0].key
    assert reminders(owned())[0].key != reminders(owned(date(2026, 11, 27)))[0].key


@pytest.mark.parametrize("what", [ChangeKind.TICKED, ChangeKind.EXCLUDED, ChangeKind.CLOSED])
def test_what_is_settled_or_closed_reminds_nobody(what: ChangeKind) -> None:
    item = 0 if what is ChangeKind.CLOSED else 1
    after = change(owned(), what, item).after
    assert reminders(after) == []
    assert not is_wanted(after, reminders(owned())[0])


def test_a_day_that_has_passed_reminds_nobody() -> None:
    assert reminders(owned(date(2026, 11, 24))) == []
    assert kinds(change(owned(None), ChangeKind.DUE, 1, day=date(2026, 11, 24))) == []


def test_made_due_today_by_somebody_else_after_half_past_nine_is_told_at_once() -> None:
    run = owned(None)
    assert kinds(change(run, ChangeKind.DUE, 1, day=TODAY)) == [PostKind.DUE]
    assert kinds(change(run, ChangeKind.DUE, 1, day=TODAY, by=OTHER)) == []
    assert kinds(change(run, ChangeKind.DUE, 1, day=TOMORROW)) == [], "that one is planned"


def test_another_owner_or_day_makes_a_waiting_reminder_unwanted() -> None:
    run = owned()
    [post] = reminders(run)
    assert is_wanted(run, post)
    assert not is_wanted(change(run, ChangeKind.ASSIGNED, 1, user_id="U7").after, post)
    assert not is_wanted(change(run, ChangeKind.DUE, 1, day=TODAY).after, post)


def test_the_last_tick_makes_a_summary_that_waits_for_a_slip() -> None:
    made = change(build_run(1), ChangeKind.TICKED, 1)
    [summary] = new_posts(made, NOW, new_id)
    assert (kind_of(summary), summary.due_at) == (PostKind.SUMMARY, NOW + UNDO)
    assert is_wanted(made.after, summary)
    assert not is_wanted(change(made.after, ChangeKind.UNTICKED, 1).after, summary)


def test_closing_makes_a_summary_at_once_unless_there_is_one() -> None:
    [summary] = new_posts(change(build_run(), ChangeKind.CLOSED), NOW, new_id)
    assert (kind_of(summary), summary.due_at) == (PostKind.SUMMARY, NOW)
    finished = change(build_run(1), ChangeKind.TICKED, 1).after
    assert kinds(change(finished, ChangeKind.CLOSED)) == []


def test_a_list_is_wanted_until_it_has_a_message() -> None:
    run = build_run()
    post = build_list_post(run, 1, NOW, "p")
    assert is_wanted(run, post)
    assert post.expires_at == NOW + timedelta(hours=12)
