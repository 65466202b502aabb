"""What the repositories of running checklists promise, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.checklists.changes import Changed, Refusal
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.posts import Post, PostKind
from bot.checklists.refresh import LEASE as REFRESH_LEASE
from bot.database.errors import StorageError
from bot.i18n import Text
from bot.storage import Storage, open_storage
from bot.tips.models import GRACE, LEASE, Delivery, State, Subscription
from tests.support.databases import FAST
from tests.support.local_slack import TEAM
from tests.support.runs import CHANNEL, NOW, OTHER, SHANGHAI, STARTER, build_run

WILD = "汉字 \U0001f600 ' \" \\ % ; -- <b>"


def take_none(sub: Subscription, now: datetime) -> object:
    raise AssertionError("runs have no subscriptions")


def create(storage: Storage, **changes: object) -> Run:
    """A run whose list was posted."""
    run = build_run(**changes)  # type: ignore[arg-type]
    storage.runs.create(run)
    send(storage)
    found = storage.runs.find(run.team_id, run.id)
    assert found is not None
    return found


def claim_message(storage: Storage, now: datetime) -> tuple[Run, int]:
    """The one message that may be updated."""
    claimed = storage.refreshes.claim(now)
    assert claimed is not None
    return claimed


def claim(storage: Storage, now: datetime = NOW) -> list[Post]:
    claimed = storage.run_posts.claim(now, take_none)  # type: ignore[arg-type]  # never asked
    return [post for post in claimed.posts if isinstance(post, Post)]


def send(storage: Storage, now: datetime = NOW) -> list[Post]:
    """Claim what is due and record it as sent."""
    posts = claim(storage, now)
    for number, post in enumerate(posts):
        after = replace(post, state=State.SENT, ts=f"17.{number:06}", retry_at=None)
        assert storage.run_posts.settle(post.team_id, after)
    return posts


def change(
    storage: Storage, what: ChangeKind, item: int = 0, *, by: str = STARTER, now: datetime = NOW,
    **fields: object,
) -> Run:  # fmt: skip
    wanted = Change(what=what, item=item, **fields)  # type: ignore[arg-type]
    made = storage.runs.change(TEAM, "r1", wanted, by, now)
    assert isinstance(made, Changed), made
    return made.after


# Runs


def test_a_run_comes_back_as_it_was_saved(storage: Storage) -> None:
    run = build_run(60, label=WILD[:80], zone=SHANGHAI, lang="zh")
    run = replace(run, title=Text(WILD * 40, WILD * 40))
    storage.runs.create(run)
    assert storage.runs.find(TEAM, run.id) == run
    assert [entry.change.what for entry in storage.runs.log(TEAM, run.id)] == [ChangeKind.STARTED]


def test_a_change_saves_state_and_line_together(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.ASSIGNED, 2, user_id=OTHER, zone=SHANGHAI)
    change(storage, ChangeKind.DUE, 2, day=date(2026, 12, 1))
    change(storage, ChangeKind.NOTED, 2, text=WILD)
    after = change(storage, ChangeKind.TICKED, 2, by=OTHER, now=NOW + timedelta(microseconds=1))
    assert storage.runs.find(TEAM, "r1") == after
    newest = storage.runs.log(TEAM, "r1", limit=1)[0]
    assert (newest.number, newest.by, newest.at) == (5, OTHER, NOW + timedelta(microseconds=1))


def test_what_is_refused_leaves_no_trace(storage: Storage) -> None:
    run = create(storage)
    tick = Change(what=ChangeKind.TICKED, item=9)
    assert storage.runs.change(TEAM, run.id, tick, OTHER, NOW) is Refusal.NO_ITEM
    assert storage.runs.change(TEAM, "none", tick, OTHER, NOW) is Refusal.GONE
    assert storage.runs.find(TEAM, run.id) == run
    assert len(storage.runs.log(TEAM, run.id)) == 1


def test_one_workspace_does_not_see_or_change_anothers(storage: Storage) -> None:
    run = create(storage)
    tick = Change(what=ChangeKind.TICKED, item=1)
    assert storage.runs.find("T2", run.id) is None
    assert storage.runs.change("T2", run.id, tick, OTHER, NOW) is Refusal.GONE
    assert storage.runs.log("T2", run.id) == []
    assert storage.runs.list_running("T2", CHANNEL) == []
    assert storage.runs.list_assigned("T2", "") == []
    assert storage.runs.delete("T2", run.id) is None
    assert not storage.runs.show_page("T2", run.id, 1, NOW)


def test_lists_are_of_a_channel_and_leave_out_what_is_closed(storage: Storage) -> None:
    for number, channel in enumerate(["C1", "C1", "C2"], 1):
        started = NOW + timedelta(minutes=number)
        storage.runs.create(build_run(run_id=f"r{number}", channel_id=channel, now=started))
    assert [run.id for run in storage.runs.list_running(TEAM, "C1")] == ["r2", "r1"]
    change(storage, ChangeKind.CLOSED, now=NOW + timedelta(hours=1))
    assert [run.id for run in storage.runs.list_running(TEAM, "C1")] == ["r2"]
    assert [run.id for run in storage.runs.list_recent(TEAM, "C1", 5)] == ["r1", "r2"]
    assert storage.runs.list_running(TEAM, "C1", ["cl-other"]) == []
    assert len(storage.runs.list_running(TEAM, "C1", ["cl-other", "cl-test"])) == 1


def test_my_items_are_the_open_ones_due_first_first(storage: Storage) -> None:
    create(storage, count=4)
    for no in (1, 2, 3, 4):
        change(storage, ChangeKind.ASSIGNED, no, user_id=OTHER)
    change(storage, ChangeKind.DUE, 3, day=date(2026, 12, 1))
    change(storage, ChangeKind.TICKED, 2)
    assert [item.no for _, item in storage.runs.list_assigned(TEAM, OTHER)] == [3, 1, 4]
    change(storage, ChangeKind.CLOSED)
    assert storage.runs.list_assigned(TEAM, OTHER) == []


def test_a_deleted_run_takes_everything_with_it(storage: Storage) -> None:
    run = create(storage)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER)
    assert storage.runs.delete(TEAM, run.id) is not None
    assert storage.runs.find(TEAM, run.id) is None
    assert storage.runs.log(TEAM, run.id) == []
    assert storage.run_posts.next_moment() is None
    assert storage.refreshes.next_moment() is None


def test_a_deleted_workspace_takes_its_runs_with_it(storage: Storage) -> None:
    create(storage)
    storage.mutes.mute(TEAM, OTHER, muted=True)
    storage.workspaces.delete(TEAM)
    assert storage.runs.find(TEAM, "r1") is None
    assert not storage.mutes.is_muted(TEAM, OTHER)


def test_a_database_that_fails_changes_nothing(storage: Storage) -> None:
    create(storage)
    before = storage.runs.find(TEAM, "r1")
    with pytest.raises(StorageError):
        change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER, zone=None)
    assert storage.runs.find(TEAM, "r1") == before
    assert len(storage.runs.log(TEAM, "r1")) == 1


# Posts


def test_a_new_run_has_its_list_to_post_once(storage: Storage) -> None:
    storage.runs.create(build_run())
    [post] = claim(storage)
    assert (post.kind, post.channel_id, post.attempt) == (PostKind.LIST, CHANNEL, 1)
    assert claim(storage) == []
    after = replace(post, state=State.SENT, ts="17.1", retry_at=None)
    assert storage.run_posts.settle(TEAM, after)
    run = storage.runs.find(TEAM, "r1")
    assert run is not None
    assert run.message_ts == "17.1"
    assert storage.refreshes.next_moment() is None, "it shows the run as it is"
    assert not storage.run_posts.settle(TEAM, after), "settled already"


def test_what_changed_while_the_list_was_posted_is_shown_after(storage: Storage) -> None:
    storage.runs.create(build_run())
    [post] = claim(storage)
    change(storage, ChangeKind.TICKED, 1)
    storage.run_posts.settle(TEAM, replace(post, state=State.SENT, ts="17.1", retry_at=None))
    assert storage.refreshes.claim(NOW)


def test_a_list_that_slack_refused_or_never_confirmed_can_be_posted_again(
    storage: Storage,
) -> None:
    storage.runs.create(build_run())
    [post] = claim(storage)
    storage.runs.post_again(TEAM, "r1", NOW)
    assert claim(storage) == [], "one is under way"
    failed = replace(post, state=State.FAILED, error="is_archived", retry_at=None)
    storage.run_posts.settle(TEAM, failed)
    run = storage.runs.find(TEAM, "r1")
    assert run is not None
    assert run.problem == "is_archived"
    storage.runs.post_again(TEAM, "r1", NOW)
    storage.runs.post_again(TEAM, "r1", NOW)
    assert len(send(storage, NOW + timedelta(seconds=1))) == 1
    run = storage.runs.post_again(TEAM, "r1", NOW)
    assert run is not None
    assert (run.message_ts, run.problem) == ("17.000000", "")
    assert claim(storage, NOW + timedelta(minutes=1)) == [], "it has its message"


def test_a_claim_that_was_abandoned_is_looked_up_not_posted_again(storage: Storage) -> None:
    storage.runs.create(build_run())
    claim(storage)
    later = NOW + LEASE
    assert claim(storage, later) == []
    [found] = storage.run_posts.claim_lookups(later)
    assert found.state is State.UNCONFIRMED
    assert storage.run_posts.claim_lookups(later) == []


def test_a_reminder_is_planned_moved_and_called_off(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER, by=OTHER, zone=SHANGHAI)
    change(storage, ChangeKind.DUE, 1, day=date(2026, 11, 30))
    due = datetime(2026, 11, 30, 1, 30, tzinfo=NOW.tzinfo)
    assert storage.run_posts.next_moment() == due
    change(storage, ChangeKind.DUE, 1, day=date(2026, 11, 27))
    assert storage.run_posts.next_moment() == due - timedelta(days=3)
    change(storage, ChangeKind.TICKED, 1)
    assert storage.run_posts.next_moment() is None
    change(storage, ChangeKind.UNTICKED, 1)
    [post] = send(storage, due - timedelta(days=3))
    assert (post.kind, post.channel_id) == (PostKind.DUE, OTHER)


def test_one_owner_is_reminded_of_one_day_once(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER, by=OTHER, zone="UTC")
    change(storage, ChangeKind.DUE, 1, day=date(2026, 11, 26))
    nine_thirty = NOW.replace(day=26, hour=9, minute=30)
    assert len(send(storage, nine_thirty)) == 1
    early = nine_thirty - timedelta(minutes=5)  # a clock that was set back
    for day in (27, 26):
        change(storage, ChangeKind.DUE, 1, day=date(2026, 11, day), now=early)
    assert send(storage, nine_thirty + timedelta(minutes=1)) == []


def test_a_reminder_that_is_twelve_hours_late_is_not_sent(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER)
    claimed = storage.run_posts.claim(NOW + GRACE + timedelta(seconds=1), take_none)  # type: ignore[arg-type]
    assert (list(claimed.posts), [post.error for post in claimed.missed]) == ([], ["late"])


def test_who_wants_no_messages_gets_none_and_the_channel_its_summary(storage: Storage) -> None:
    create(storage)
    storage.mutes.mute(TEAM, OTHER, muted=True)
    storage.mutes.mute(TEAM, OTHER, muted=True)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER)
    change(storage, ChangeKind.CLOSED)
    assert [post.kind for post in send(storage, NOW + timedelta(seconds=1))] == [PostKind.SUMMARY]
    storage.mutes.mute(TEAM, OTHER, muted=False)
    assert not storage.mutes.is_muted(TEAM, OTHER)


def test_nothing_is_posted_in_a_stopped_workspace(storage: Storage) -> None:
    storage.runs.create(build_run())
    storage.workspaces.stop(TEAM, "token_revoked")
    assert claim(storage) == []
    assert storage.run_posts.next_moment() is None
    storage.workspaces.start(TEAM)
    assert len(claim(storage)) == 1


def test_what_a_rate_limit_asked_of_the_workspace_holds_for_lists_too(storage: Storage) -> None:
    storage.runs.create(build_run())
    until = NOW + timedelta(seconds=30)
    storage.workspaces.hold(TEAM, until)
    assert claim(storage) == []
    assert storage.run_posts.next_moment() == until
    assert len(claim(storage, until)) == 1


def test_a_person_who_cannot_be_written_to_is_marked_on_all_their_items(storage: Storage) -> None:
    create(storage)
    for no in (1, 2):
        change(storage, ChangeKind.ASSIGNED, no, user_id=OTHER)
    claim(storage, NOW + timedelta(seconds=1))
    storage.run_posts.end(TEAM, OTHER, "user_disabled")
    run = storage.runs.find(TEAM, "r1")
    assert run is not None
    assert [item.unreachable for item in run.items] == ["user_disabled", "user_disabled", ""]
    storage.run_posts.end(TEAM, CHANNEL, "is_archived")  # says nothing about people


def test_only_posts_of_runs_are_settled_here(storage: Storage) -> None:
    delivery = Delivery(
        id="d", subscription_id=1, team_id=TEAM, channel_id=CHANNEL, local_date=NOW.date(),
        due_at=NOW, state=State.SENT, lang="en", claimed_at=NOW,
    )  # fmt: skip
    with pytest.raises(TypeError):
        storage.run_posts.settle(TEAM, delivery)
    assert storage.run_posts.claim_farewells() == []


# Messages to update


def test_a_changed_run_is_claimed_by_one_until_it_is_settled(storage: Storage) -> None:
    create(storage)
    assert storage.refreshes.claim(NOW) is None
    change(storage, ChangeKind.TICKED, 1)
    (run, tries) = claim_message(storage, NOW)
    assert (run.items[0].changed_by, tries) == (STARTER, 1)
    assert storage.refreshes.claim(NOW) is None
    storage.refreshes.settle(run, shown=True, after=NOW + timedelta(seconds=1))
    assert storage.refreshes.claim(NOW + timedelta(hours=1)) is None


def test_a_change_during_an_update_comes_after_the_pause(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    change(storage, ChangeKind.TICKED, 2)
    assert storage.refreshes.claim(NOW) is None, "it is under way"
    after = NOW + timedelta(seconds=1)
    storage.refreshes.settle(run, shown=True, after=after)
    assert storage.refreshes.claim(NOW) is None
    assert storage.refreshes.next_moment() == after
    assert storage.refreshes.claim(after)


def test_a_change_within_the_pause_waits_for_its_end(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    after = NOW + timedelta(seconds=1)
    storage.refreshes.settle(run, shown=True, after=after)
    change(storage, ChangeKind.TICKED, 2, now=NOW + timedelta(milliseconds=10))
    assert storage.refreshes.next_moment() == after


def test_an_update_that_died_with_its_process_is_taken_over(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    storage.refreshes.claim(NOW)
    (_, tries) = claim_message(storage, NOW + REFRESH_LEASE)
    assert tries == 2


def test_what_changes_by_itself_is_looked_at_again_as_a_new_revision(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    midnight = NOW + timedelta(hours=12)
    storage.refreshes.settle(run, shown=True, after=NOW, look_again=midnight)
    assert storage.refreshes.next_moment() == midnight
    (again, tries) = claim_message(storage, midnight)
    assert (again.revision, tries) == (run.revision + 1, 1)
    storage.refreshes.settle(again, shown=True, after=midnight)
    assert storage.refreshes.next_moment() is None


def test_a_lost_message_is_not_updated_but_its_run_lives(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    storage.refreshes.settle(run, shown=True, after=NOW, problem="message_not_found", lost=True)
    change(storage, ChangeKind.TICKED, 2)
    assert storage.refreshes.claim(NOW + timedelta(days=1)) is None
    storage.runs.adopt(TEAM, run.id, "18.1", NOW)
    storage.runs.adopt(TEAM, run.id, "19.1", NOW)
    (found, _) = claim_message(storage, NOW + timedelta(days=1))
    assert found.message_ts == "18.1"


def test_pages_turn_in_the_message(storage: Storage) -> None:
    run = create(storage, count=40)
    assert storage.runs.show_page(TEAM, run.id, 2, NOW)
    (found, _) = claim_message(storage, NOW)
    assert (found.page, found.changes) == (2, 1), "looking is no change"


def test_a_rate_limit_holds_every_message_of_the_workspace(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    until = NOW + timedelta(seconds=30)
    storage.refreshes.hold(TEAM, until)
    assert storage.refreshes.claim(until - timedelta(seconds=1)) is None
    change(storage, ChangeKind.TICKED, 2, now=NOW + timedelta(seconds=5))
    assert storage.refreshes.next_moment() == until
    assert storage.refreshes.claim(until) is not None


def test_a_claim_does_not_shorten_what_slack_asked_for(postgres_url: str) -> None:
    """Another process is answered 429 while this one claims; on SQLite it would have to wait."""
    storage = open_storage(postgres_url, FAST)
    storage.runs.create(build_run())
    until = NOW + timedelta(minutes=1)
    reason = storage.run_posts._reason_to_miss

    def hold_meanwhile(*args: Any) -> str:
        storage.workspaces.hold(TEAM, until)
        return reason(*args)

    storage.run_posts._reason_to_miss = hold_meanwhile  # type: ignore[method-assign]
    assert len(claim(storage)) == 1
    storage.runs.create(build_run(run_id="r2"))
    assert claim(storage, until - timedelta(seconds=1)) == []
    storage.close()


def test_a_form_that_comes_twice_makes_one_run(storage: Storage) -> None:
    create(storage)
    storage.runs.create(build_run())
    assert len(storage.runs.log(TEAM, "r1")) == 1
    assert claim(storage) == []


def test_a_summary_keeps_the_thread_that_it_was_claimed_for(storage: Storage) -> None:
    run = create(storage)
    change(storage, ChangeKind.CLOSED)
    [summary] = claim(storage, NOW + timedelta(seconds=1))
    assert (summary.kind, summary.thread_ts) == (PostKind.SUMMARY, run.message_ts)
    later = NOW + LEASE + timedelta(seconds=2)
    claimed = claim_message(storage, NOW + timedelta(seconds=2))[0]
    storage.refreshes.settle(claimed, shown=True, after=later, lost=True)
    [lookup] = storage.run_posts.claim_lookups(later)
    assert isinstance(lookup, Post)
    assert lookup.thread_ts == run.message_ts


def test_a_message_that_was_stale_under_the_old_id_is_shown_under_the_new(
    storage: Storage,
) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    run, _ = claim_message(storage, NOW)
    later = NOW + timedelta(seconds=5)
    storage.refreshes.settle(run, shown=True, after=later, problem="channel_not_found")
    storage.runs.move(TEAM, CHANNEL, "C9", later)
    moved, _ = claim_message(storage, later)
    assert (moved.channel_id, moved.problem) == ("C9", "")


def test_a_channel_with_a_new_id_takes_its_runs_along(storage: Storage) -> None:
    create(storage)
    storage.runs.move(TEAM, CHANNEL, "C9", NOW)
    assert len(storage.runs.list_running(TEAM, "C9")) == 1
    change(storage, ChangeKind.CLOSED)
    [summary] = send(storage, NOW + timedelta(seconds=1))
    assert summary.channel_id == "C9"
