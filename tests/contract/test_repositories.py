"""What the repositories promise, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from bot.checklists.changes import Refusal
from bot.checklists.models import Change, ChangeKind
from bot.checklists.rhythm import Rhythm
from bot.checklists.series import start_series
from bot.database.tables import metadata
from bot.database.workspaces import WorkspaceGone
from bot.insights.models import QuestionState
from bot.storage import Storage
from bot.tips.changes import pause, turn_off
from bot.tips.end_notices import FEATURE as END_NOTICES
from bot.tips.end_notices import channels_of
from bot.tips.models import Rotation, Schedule, Subscription, Used
from tests.support.entries import draft, publish
from tests.support.runs import build_checklist, build_run
from tests.support.tips import (
    CHANNEL,
    MONDAY,
    TEAM,
    USER,
    build_subscription,
    list_subscriptions,
    utc,
)

NOW = utc(MONDAY, 9, 30)


def save(storage: Storage, sub: Subscription | None = None) -> Subscription:
    sub = sub or build_subscription()
    _, after = storage.subscriptions.change(sub.team_id, sub.channel_id, lambda before: sub)
    assert after is not None
    return after


# Subscriptions


def test_a_subscription_comes_back_as_it_was_saved(storage: Storage) -> None:
    sub = build_subscription(
        schedule=Schedule(6, time(0, 0), "Australia/Lord_Howe"),
        lang="zh",
        sections=("6.1.1", "6.3.2"),
        paused_until=date.max,
        not_before=NOW,
        rotation=Rotation(3, (Used("tip-611-01", "6.1.1"), Used("gone", "6.1.2")), "6.2.1"),
        changed_by="U2",
        changed_at=datetime(2026, 11, 30, 17, 30, 0, 123456, timezone(timedelta(hours=8))),
    )
    saved = save(storage, sub)
    assert saved.id > 0
    assert storage.subscriptions.find(TEAM, CHANNEL) == replace(sub, id=saved.id)


def test_times_come_back_aware_and_in_utc(storage: Storage) -> None:
    save(storage, build_subscription(changed_at=NOW.astimezone(timezone(timedelta(hours=-5)))))
    found = storage.subscriptions.find(TEAM, CHANNEL)
    assert found is not None
    assert found.changed_at == NOW
    assert found.changed_at.tzinfo is UTC


def test_a_naive_time_is_refused(storage: Storage) -> None:
    with pytest.raises(Exception, match="no time zone"):
        save(storage, build_subscription(changed_at=NOW.replace(tzinfo=None)))


def test_one_workspace_does_not_see_anothers(storage: Storage) -> None:
    save(storage)
    assert storage.subscriptions.find("T2", CHANNEL) is None
    assert storage.subscriptions.list_by_user("T2", USER) == []
    assert list_subscriptions(storage, "T2") == []


def test_a_change_gets_what_is_there_and_tells_before_and_after(storage: Storage) -> None:
    saved = save(storage)
    before, after = storage.subscriptions.change(
        TEAM, CHANNEL, lambda sub: pause(sub, NOW, 2) if sub else None
    )
    assert before == saved
    assert after == storage.subscriptions.find(TEAM, CHANNEL)
    assert after is not None
    assert after.paused_until == MONDAY + timedelta(weeks=2)


def test_a_change_that_returns_none_leaves_all_as_it_is(storage: Storage) -> None:
    assert storage.subscriptions.change(TEAM, CHANNEL, lambda sub: None) == (None, None)
    saved = save(storage)
    assert storage.subscriptions.change(TEAM, CHANNEL, lambda sub: None) == (saved, saved)


def test_a_change_that_raises_changes_nothing(storage: Storage) -> None:
    saved = save(storage)

    def fail(sub: Subscription | None) -> Subscription:
        raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        storage.subscriptions.change(TEAM, CHANNEL, fail)
    assert storage.subscriptions.find(TEAM, CHANNEL) == saved


def test_a_person_sees_their_subscriptions_that_are_on(storage: Storage) -> None:
    for channel in ("C1", "C2", "C3"):
        save(storage, build_subscription(channel_id=channel))
    save(storage, build_subscription(channel_id="C4", created_by="U2"))
    storage.subscriptions.change(TEAM, "C2", lambda sub: turn_off(sub) if sub else None)
    found = storage.subscriptions.list_by_user(TEAM, USER)
    assert [sub.channel_id for sub in found] == ["C1", "C3"]


def test_a_channel_that_got_another_id_keeps_its_tips(storage: Storage) -> None:
    saved = save(storage)
    storage.subscriptions.move(TEAM, CHANNEL, "C9")
    assert storage.subscriptions.find(TEAM, CHANNEL) is None
    assert storage.subscriptions.find(TEAM, "C9") == replace(saved, channel_id="C9")


def test_a_channel_that_becomes_another_with_tips_does_not_double_them(storage: Storage) -> None:
    save(storage)
    other = save(storage, build_subscription(channel_id="C9"))
    storage.subscriptions.move(TEAM, CHANNEL, "C9")
    assert list_subscriptions(storage, TEAM) == [other]


def test_an_ended_subscription_is_told_of_once(storage: Storage) -> None:
    save(storage)
    for _ in range(2):
        storage.subscriptions.end(TEAM, CHANNEL, "is_archived", NOW)
    sub = storage.subscriptions.find(TEAM, CHANNEL)
    assert sub is not None
    assert (sub.channel_id, sub.on, sub.ended) == ("C1", False, "is_archived")
    [notice] = storage.outbox.history(TEAM, END_NOTICES)
    assert (notice.channel_id, channels_of(notice)) == (USER, {"C1": "is_archived"})


def test_channels_that_end_together_are_told_in_one_message(storage: Storage) -> None:
    for channel, user in (("C1", USER), ("C2", USER), ("C3", "U2")):
        save(storage, build_subscription(channel_id=channel, created_by=user))
        storage.subscriptions.end(TEAM, channel, "is_archived", NOW)
    notices = storage.outbox.history(TEAM, END_NOTICES)
    assert {n.channel_id: sorted(channels_of(n)) for n in notices} == {
        USER: ["C1", "C2"], "U2": ["C3"],
    }  # fmt: skip


def test_one_that_a_person_turned_off_is_not_told_of(storage: Storage) -> None:
    save(storage)
    storage.subscriptions.change(TEAM, CHANNEL, lambda sub: turn_off(sub) if sub else None)
    storage.subscriptions.end(TEAM, CHANNEL, "is_archived", NOW)
    assert storage.outbox.history(TEAM, END_NOTICES) == []


# Workspaces


def test_an_unknown_workspace_has_the_defaults(storage: Storage) -> None:
    found = storage.workspaces.get("T404")
    assert (found.stopped, found.restricted, found.next_post_at) == ("", False, None)


def test_a_workspace_keeps_its_settings(storage: Storage) -> None:
    storage.workspaces.restrict(TEAM, True)
    storage.workspaces.stop(TEAM, "token_revoked")
    found = storage.workspaces.get(TEAM)
    assert (found.stopped, found.restricted) == ("token_revoked", True)
    storage.workspaces.start(TEAM)
    assert storage.workspaces.get(TEAM).stopped == ""


def test_a_hold_never_shortens_another(storage: Storage) -> None:
    storage.workspaces.start(TEAM)
    storage.workspaces.hold(TEAM, NOW)
    storage.workspaces.hold(TEAM, NOW - timedelta(minutes=1))
    assert storage.workspaces.get(TEAM).next_post_at == NOW


def test_deleting_a_workspace_deletes_all_of_it_and_nothing_else(storage: Storage) -> None:
    for team in (TEAM, "T2"):
        save(storage, build_subscription(team_id=team))
        storage.preferences.save_lang(team, USER, "zh")
        storage.lookups.add(team, USER, "rag", NOW)
        storage.feedback.save(team, USER, "rag", helpful=True, now=NOW)
        storage.workspaces.restrict(team, True)
    storage.workspaces.delete(TEAM)
    assert storage.subscriptions.find(TEAM, CHANNEL) is None
    assert storage.preferences.lang(TEAM, USER) is None
    assert storage.lookups.recent(TEAM, USER) == []
    assert storage.feedback.counts(TEAM, "rag") == (0, 0)
    assert storage.workspaces.get(TEAM).restricted is False
    assert storage.subscriptions.find("T2", CHANNEL) is not None
    assert storage.preferences.lang("T2", USER) == "zh"
    assert storage.lookups.recent("T2", USER) == ["rag"]
    assert storage.feedback.counts("T2", "rag") == (1, 0)


def test_nothing_is_kept_of_a_workspace_that_is_gone(storage: Storage) -> None:
    """A question that waited in another process does not bring its rows back."""
    storage.workspaces.delete(TEAM)
    writes: list[Callable[[], object]] = [
        lambda: save(storage),
        lambda: storage.preferences.save_lang(TEAM, USER, "zh"),
        lambda: storage.feedback.save(TEAM, USER, "rag", helpful=True, now=NOW),
        lambda: storage.workspaces.restrict(TEAM, True),
        lambda: storage.runs.create(build_run(team_id=TEAM)),
        lambda: storage.mutes.mute(TEAM, USER, muted=True),
    ]
    for write in writes:
        with pytest.raises(WorkspaceGone):
            write()
    storage.lookups.add(TEAM, USER, "rag", NOW)
    assert storage.lookups.recent(TEAM, USER) == []
    assert TEAM not in storage.workspaces.list_ids()


def test_suspended_rows_stay_as_they_are_until_the_app_is_added_again(storage: Storage) -> None:
    save(storage)
    storage.preferences.save_lang(TEAM, USER, "zh")
    storage.lookups.add(TEAM, USER, "rag", NOW)
    storage.workspaces.hold(TEAM, NOW)
    run = build_run(team_id=TEAM)
    series = start_series(run, build_checklist(), Rhythm.WEEK, None)
    storage.runs.create(run, series)
    storage.settings.change(TEAM, lambda now: replace(now, curators_channel="C1"), NOW)
    publish(storage.database, TEAM, "team-zeus", draft("Zeus gateway"))
    storage.questions.ask(TEAM, USER, "what is x?", "en", "C1", NOW)
    [question] = storage.questions.list_open(TEAM)
    before = dump(storage)
    assert storage.suspension.uninstall(TEAM, "", NOW) == [TEAM]
    assert storage.suspension.uninstall(TEAM, "", NOW + timedelta(days=9)) == [], "once"
    tick = Change(what=ChangeKind.TICKED, item=1)
    refused: list[Callable[[], object]] = [
        lambda: save(storage, build_subscription(channel_id="C9")),
        lambda: storage.preferences.save_lang(TEAM, USER, "en"),
        lambda: storage.feedback.save(TEAM, USER, "rag", helpful=True, now=NOW),
        lambda: storage.workspaces.restrict(TEAM, True),
        lambda: storage.runs.create(build_run(team_id=TEAM, run_id="another")),
        lambda: storage.mutes.mute(TEAM, USER, muted=True),
        lambda: storage.welcomed.add(TEAM, USER, NOW),
        lambda: storage.runs.move(TEAM, run.channel_id, "C9", NOW),
        lambda: storage.subscriptions.move(TEAM, CHANNEL, "C9"),
        lambda: storage.settings.change(TEAM, lambda now: replace(now, guests=True), NOW),
        lambda: publish(storage.database, TEAM, "team-hera", draft("Hera gateway")),
        lambda: storage.entries.confirm(TEAM, "team-zeus", None, NOW),
        lambda: storage.entries.ask_curators(TEAM, "team-zeus", NOW),
        lambda: storage.proposals.decline(TEAM, "p1", USER, "", NOW),
        lambda: storage.questions.decide(TEAM, question.id, QuestionState.DECLINED, USER, NOW),
    ]
    for write in refused:
        with pytest.raises(WorkspaceGone):
            write()
    storage.lookups.add(TEAM, USER, "mcp", NOW)
    storage.counts.add_all({(TEAM, NOW.date(), "answered", "rag"): 1})
    assert storage.entry_reader.counters() == {}
    assert storage.runs.change(TEAM, run.id, tick, USER, NOW) is Refusal.GONE
    assert storage.runs.delete(TEAM, run.id) is None
    storage.runs.suspend(TEAM, run.channel_id, "is_archived", NOW)
    storage.series.stop(TEAM, series.id, USER, NOW)
    storage.series.unassign(TEAM, USER)
    storage.runs.resume(TEAM, run.channel_id, NOW)
    storage.subscriptions.end(TEAM, CHANNEL, "is_archived", NOW)
    storage.workspaces.hold(TEAM, NOW + timedelta(hours=1))
    storage.workspaces.stop(TEAM, "token_revoked")
    storage.workspaces.resume(TEAM)
    assert storage.workspaces.get(TEAM).stopped == "app_uninstalled"
    assert storage.workspaces.claim_checks(NOW + timedelta(days=1)) == []
    assert storage.outbox.claim(NOW, 10, ["tips", "checklists"]) == []
    storage.workspaces.start(TEAM)
    assert dump(storage) == before


def dump(storage: Storage) -> dict[str, list[str]]:
    """All rows of all tables, but for the count of changes."""
    with storage.database.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(table.select())))
            for table in metadata.sorted_tables
            if table.name != "changes"
        }


# People


def test_a_language_is_kept_changed_and_forgotten(storage: Storage) -> None:
    assert storage.preferences.lang(TEAM, USER) is None
    storage.preferences.save_lang(TEAM, USER, "zh")
    storage.preferences.save_lang(TEAM, USER, "en")
    assert storage.preferences.lang(TEAM, USER) == "en"
    assert storage.preferences.list_langs(TEAM) == {USER: "en"}
    storage.preferences.save_lang(TEAM, USER, None)
    assert storage.preferences.lang(TEAM, USER) is None


def test_the_last_ten_lookups_are_kept_newest_first_each_once(storage: Storage) -> None:
    for number in range(12):
        storage.lookups.add(TEAM, USER, f"entry-{number}", NOW + timedelta(seconds=number))
    storage.lookups.add(TEAM, USER, "entry-5", NOW + timedelta(minutes=1))
    storage.lookups.add(TEAM, "U2", "other", NOW)
    assert storage.lookups.recent(TEAM, USER) == [
        "entry-5", *(f"entry-{n}" for n in (11, 10, 9, 8, 7, 6, 4, 3, 2))
    ]  # fmt: skip


def test_a_persons_last_opinion_counts(storage: Storage) -> None:
    storage.feedback.save(TEAM, USER, "rag", helpful=True, now=NOW)
    storage.feedback.save(TEAM, USER, "rag", helpful=False, now=NOW)
    storage.feedback.save(TEAM, "U2", "rag", helpful=True, now=NOW)
    assert storage.feedback.counts(TEAM, "rag") == (1, 1)
