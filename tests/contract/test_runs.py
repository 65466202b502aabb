"""What the repositories of running checklists promise, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.checklists.changes import Changed, Refusal
from bot.checklists.messages import ChecklistMessages
from bot.checklists.models import Change, ChangeKind, Run
from bot.checklists.posts import FEATURE, PostKind, kind_of
from bot.database.errors import StorageError
from bot.i18n import Text
from bot.outbox.claiming import Claiming
from bot.outbox.models import GRACE, LEASE, Kind, OutboundMessage, State
from bot.outbox.models import UPDATE_LEASE as REFRESH_LEASE
from bot.outbox.outcomes import Effect, Outcome
from bot.outbox.settlement import expire, settle_post, settle_update
from bot.storage import Storage, open_storage
from tests.support.databases import FAST
from tests.support.local_slack import TEAM
from tests.support.outbox import sent
from tests.support.runs import CHANNEL, NOW, OTHER, SHANGHAI, STARTER, build_run

UPDATES: dict[str, OutboundMessage] = {}  # under way, by run
WILD = "汉字 \U0001f600 ' \" \\ % ; -- <b>"


def create(storage: Storage, **changes: object) -> Run:
    """A run whose list was posted."""
    run = build_run(**changes)  # type: ignore[arg-type]
    storage.runs.create(run)
    send(storage)
    found = storage.runs.find(run.team_id, run.id)
    assert found is not None
    return found


def next_moment(storage: Storage) -> datetime | None:
    return storage.outbox.next_moment([FEATURE])


def next_post(storage: Storage) -> datetime | None:
    """When there is something to post."""
    moments = [m.next_at for m in storage.outbox.history(TEAM, FEATURE) if m.kind is Kind.POST]
    return min((moment for moment in moments if moment), default=None)


def claim_all(storage: Storage, now: datetime) -> list[OutboundMessage]:
    return storage.outbox.claim(now, 100, [FEATURE])


def claim_update(storage: Storage, now: datetime) -> OutboundMessage | None:
    """The one message that may be updated."""
    found = [m for m in claim_all(storage, now) if m.kind is Kind.UPDATE]
    return found[0] if found else None


def claim_message(storage: Storage, now: datetime) -> tuple[Run, int]:
    """The run as its message is to show it now, and how often that was tried."""
    message = claim_update(storage, now)
    assert message is not None
    UPDATES[message.subject] = message
    run = storage.runs.find(message.team_id, message.subject)
    assert run is not None
    return replace(run, revision=run.revision + message.attempt), message.tries


def show(
    storage: Storage, run: Run, now: datetime, *, effect: Effect = Effect.POSTED,
    error: str = "", look_again: datetime | None = None,
) -> None:  # fmt: skip
    """What came of the update that `claim_message` claimed."""
    message = replace(UPDATES[run.id], ts=run.message_ts)
    after = settle_update(message, Outcome(effect, error=error), now, look_again)
    settle(storage, after, effect, now)


def settle(storage: Storage, after: OutboundMessage, effect: Effect, now: datetime = NOW) -> bool:
    messages = build_messages(storage)
    return storage.outbox.settle(after, lambda c: messages.record(c, after, effect, now))


def build_messages(storage: Storage) -> ChecklistMessages:
    return ChecklistMessages(storage.runs, storage.mutes, lambda team_id, user_id: "en")


def claim(storage: Storage, now: datetime = NOW) -> list[OutboundMessage]:
    """What is to be posted now: the rest of what is due is skipped, as the dispatcher does."""
    messages, posts = build_messages(storage), []
    for late in storage.outbox.list_late(now, [FEATURE]):
        storage.outbox.expire(expire(late), lambda connection: None)
    for post in claim_all(storage, now):
        if post.kind is Kind.UPDATE:  # given back
            waiting = replace(post, state=State.WAITING, next_at=now, tries=0)
            storage.outbox.settle(waiting, lambda connection: None)
            continue
        assert post.state is State.CLAIMED
        rendered = messages.render(post, now)
        if rendered is None:
            unwanted = Outcome(Effect.UNWANTED, error=Effect.UNWANTED)
            settle(storage, settle_post(post, unwanted, now), Effect.UNWANTED)
            continue
        claimed = replace(post, thread_ts=rendered.thread_ts)
        assert storage.outbox.begin(claimed)
        posts.append(claimed)
    return posts


def claim_lookups(storage: Storage, now: datetime) -> list[OutboundMessage]:
    return [m for m in claim_all(storage, now) if m.state is State.UNCONFIRMED]


def send(storage: Storage, now: datetime = NOW) -> list[OutboundMessage]:
    """Claim what is due and record it as sent."""
    posts = claim(storage, now)
    for number, post in enumerate(posts):
        assert settle(storage, sent(post, f"17.{number:06}"), Effect.POSTED, now)
    return posts


def fail(
    storage: Storage, post: OutboundMessage, error: str, now: datetime = NOW
) -> OutboundMessage:
    """Slack refuses it because there is no such place."""
    after = settle_post(post, Outcome(Effect.CHANNEL_GONE, error=error), now)
    assert settle(storage, after, Effect.CHANNEL_GONE, now)
    return after


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
    assert next_moment(storage) is None


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
    assert (kind_of(post), post.channel_id, post.attempt) == (PostKind.LIST, CHANNEL, 1)
    assert claim(storage) == []
    after = sent(post)
    assert settle(storage, after, Effect.POSTED)
    run = storage.runs.find(TEAM, "r1")
    assert run is not None
    assert run.message_ts == "17.1"
    assert next_moment(storage) is None, "it shows the run as it is"
    assert not settle(storage, after, Effect.POSTED), "settled already"


def test_what_changed_while_the_list_was_posted_is_shown_after(storage: Storage) -> None:
    storage.runs.create(build_run())
    [post] = claim(storage)
    change(storage, ChangeKind.TICKED, 1)
    settle(storage, sent(post), Effect.POSTED)
    assert claim_update(storage, NOW)


def test_a_list_that_slack_refused_or_never_confirmed_can_be_posted_again(
    storage: Storage,
) -> None:
    storage.runs.create(build_run())
    [post] = claim(storage)
    storage.runs.post_again(TEAM, "r1", NOW)
    assert claim(storage) == [], "one is under way"
    fail(storage, post, "is_archived")
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
    [found] = claim_lookups(storage, later)
    assert found.state is State.UNCONFIRMED
    assert claim_lookups(storage, later) == []


def test_a_reminder_is_planned_moved_and_called_off(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER, by=OTHER, zone=SHANGHAI)
    change(storage, ChangeKind.DUE, 1, day=date(2026, 11, 30))
    due = datetime(2026, 11, 30, 1, 30, tzinfo=NOW.tzinfo)
    assert next_post(storage) == due
    change(storage, ChangeKind.DUE, 1, day=date(2026, 11, 27))
    assert next_post(storage) == due - timedelta(days=3)
    change(storage, ChangeKind.TICKED, 1)
    assert next_post(storage) is None
    change(storage, ChangeKind.UNTICKED, 1)
    [post] = send(storage, due - timedelta(days=3))
    assert (kind_of(post), post.channel_id) == (PostKind.DUE, OTHER)


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
    assert claim(storage, NOW + GRACE + timedelta(seconds=1)) == []
    history = storage.outbox.history(TEAM, FEATURE, OTHER)
    assert [(post.state, post.error) for post in history] == [(State.MISSED, "late")]


def test_who_wants_no_messages_gets_none_and_the_channel_its_summary(storage: Storage) -> None:
    create(storage)
    storage.mutes.mute(TEAM, OTHER, muted=True)
    storage.mutes.mute(TEAM, OTHER, muted=True)
    change(storage, ChangeKind.ASSIGNED, 1, user_id=OTHER)
    change(storage, ChangeKind.CLOSED)
    assert [kind_of(post) for post in send(storage, NOW + timedelta(seconds=1))] == [
        PostKind.SUMMARY
    ]
    storage.mutes.mute(TEAM, OTHER, muted=False)
    assert not storage.mutes.is_muted(TEAM, OTHER)


def test_nothing_is_posted_in_a_stopped_workspace(storage: Storage) -> None:
    storage.runs.create(build_run())
    storage.workspaces.stop(TEAM, "token_revoked")
    assert claim(storage) == []
    assert next_moment(storage) is None
    storage.workspaces.start(TEAM)
    assert len(claim(storage)) == 1


def test_what_a_rate_limit_asked_of_the_workspace_holds_for_lists_too(storage: Storage) -> None:
    storage.runs.create(build_run())
    until = NOW + timedelta(seconds=30)
    storage.workspaces.hold(TEAM, until)
    assert claim(storage) == []
    assert next_moment(storage) == until
    assert len(claim(storage, until)) == 1


def test_a_person_who_cannot_be_written_to_is_marked_on_all_their_items(storage: Storage) -> None:
    create(storage)
    for no in (1, 2):
        change(storage, ChangeKind.ASSIGNED, no, user_id=OTHER)
    first, *_ = claim(storage, NOW + timedelta(seconds=1))
    fail(storage, first, "user_disabled")
    run = storage.runs.find(TEAM, "r1")
    assert run is not None
    assert [item.unreachable for item in run.items] == ["user_disabled", "user_disabled", ""]


# Messages to update


def test_a_changed_run_is_claimed_by_one_until_it_is_settled(storage: Storage) -> None:
    create(storage)
    assert claim_update(storage, NOW) is None
    change(storage, ChangeKind.TICKED, 1)
    (run, tries) = claim_message(storage, NOW)
    assert (run.items[0].changed_by, tries) == (STARTER, 1)
    assert claim_update(storage, NOW) is None
    show(storage, run, NOW)
    assert claim_update(storage, NOW + timedelta(hours=1)) is None


def test_a_change_during_an_update_comes_after_the_pause(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    change(storage, ChangeKind.TICKED, 2)
    assert claim_update(storage, NOW) is None, "it is under way"
    after = NOW + timedelta(seconds=1)
    show(storage, run, NOW)
    assert claim_update(storage, NOW) is None
    assert next_moment(storage) == after
    assert claim_update(storage, after)


def test_a_change_within_the_pause_waits_for_its_end(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    after = NOW + timedelta(seconds=1)
    show(storage, run, NOW)
    change(storage, ChangeKind.TICKED, 2, now=NOW + timedelta(milliseconds=10))
    assert next_moment(storage) == after


def test_an_update_that_died_with_its_process_is_taken_over(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    claim_update(storage, NOW)
    (_, tries) = claim_message(storage, NOW + REFRESH_LEASE)
    assert tries == 2


def test_what_changes_by_itself_is_looked_at_again_as_a_new_revision(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    midnight = NOW + timedelta(hours=12)
    show(storage, run, NOW, look_again=midnight)
    assert next_moment(storage) == midnight
    (again, tries) = claim_message(storage, midnight)
    assert (again.revision, tries) == (run.revision + 1, 1)
    show(storage, again, midnight)
    assert next_moment(storage) is None


def test_a_lost_message_is_not_updated_but_its_run_lives(storage: Storage) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    (run, _) = claim_message(storage, NOW)
    show(storage, run, NOW, effect=Effect.OUR_FAULT, error="message_not_found")
    change(storage, ChangeKind.TICKED, 2)
    assert claim_update(storage, NOW + timedelta(days=1)) is None
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
    storage.workspaces.hold(TEAM, until, updates=True)
    assert claim_update(storage, until - timedelta(seconds=1)) is None
    change(storage, ChangeKind.TICKED, 2, now=NOW + timedelta(seconds=5))
    assert next_moment(storage) == until
    assert claim_update(storage, until) is not None


def test_a_claim_does_not_shorten_what_slack_asked_for(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process is answered 429 while this one claims; on SQLite it would have to wait."""
    storage = open_storage(postgres_url, FAST)
    storage.workspaces.start(TEAM)
    storage.runs.create(build_run())
    until = NOW + timedelta(minutes=1)
    advance = Claiming._advance

    with ThreadPoolExecutor(1) as another, monkeypatch.context() as patch:

        def hold_meanwhile(claiming: Claiming, posts: Sequence[OutboundMessage]) -> None:
            another.submit(storage.workspaces.hold, TEAM, until)
            advance(claiming, posts)

        patch.setattr(Claiming, "_advance", hold_meanwhile)
        assert len(claim(storage)) == 1
    storage.runs.create(build_run(run_id="r2"))
    assert claim(storage, until - timedelta(seconds=1)) == []
    assert len(claim(storage, until)) == 1
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
    assert (kind_of(summary), summary.thread_ts) == (PostKind.SUMMARY, run.message_ts)
    later = NOW + LEASE + timedelta(seconds=2)
    claimed = claim_message(storage, NOW + timedelta(seconds=2))[0]
    show(storage, claimed, NOW + timedelta(seconds=2), effect=Effect.OUR_FAULT,
         error="message_not_found")  # fmt: skip
    [lookup] = claim_lookups(storage, later)
    assert lookup.thread_ts == run.message_ts


def test_a_message_that_was_stale_under_the_old_id_is_shown_under_the_new(
    storage: Storage,
) -> None:
    create(storage)
    change(storage, ChangeKind.TICKED, 1)
    run, _ = claim_message(storage, NOW)
    later = NOW + timedelta(seconds=5)
    show(storage, run, NOW, effect=Effect.CHANNEL_GONE, error="channel_not_found")
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
