"""Upgrades from each earlier version with data in its tables, and an old process beside the new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from bot.checklists.models import Change, ChangeKind
from bot.database.migrate import version_of
from bot.database.migrations import HEAD
from bot.outbox.models import Kind, OutboundMessage, State
from bot.storage import Storage, open_storage
from bot.tips.end_notices import channels_of
from tests.support.databases import BACKENDS
from tests.support.old_databases import (
    DELIVERIES,
    HOUR,
    NINE_THIRTY,
    NOW,
    STATES,
    make_old_database,
)
from tests.support.postgres import fresh_database, sqlalchemy_url
from tests.support.tips import list_subscriptions

ALL = ("0001", "0002", "0003")
WITH_RUNS = ("0002", "0003")


@contextmanager
def empty_database(backend: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without tables."""
    if backend == "sqlite":
        yield f"sqlite:///{folder}/bot.db"
    else:
        with fresh_database(request.getfixturevalue("postgres_server")) as url:
            yield url


@pytest.fixture(scope="module", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def upgraded(
    backend: str, version: str, tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Storage]:  # fmt: skip
    """One for all tests: each looks at, and then changes, what no other does."""
    with empty_database(backend, tmp_path_factory.mktemp(version), request) as url:
        make_old_database(url, version)
        storage = open_storage(url)
        yield storage
        storage.close()


def messages(storage: Storage, feature: str, kind: Kind = Kind.POST) -> dict[str, OutboundMessage]:
    found = storage.outbox.history("T1", feature, limit=100)
    return {message.id: message for message in found if message.kind is kind}


@pytest.mark.parametrize("version", ALL, scope="module")
def test_every_delivery_is_taken_over_and_what_was_under_way_goes_on_as_it_would_have(
    upgraded: Storage, version: str
) -> None:
    with upgraded.database.read() as connection:
        assert version_of(connection) == HEAD
    found = {d.id: d for d in upgraded.deliveries.history("T1", "C1", limit=100)}
    assert {d.id: str(d.state) for d in found.values()} == {f"d-{state}": state for state in STATES}
    for row in DELIVERIES:
        delivery = found[row["id"]]
        for name in ("subscription_id", "channel_id", "local_date", "due_at", "lang", "tip_id",
                     "round", "number", "total", "attempt", "ts", "error"):  # fmt: skip
            assert getattr(delivery, name) == row[name], (row["id"], name)

    tips = messages(upgraded, "tips")
    waiting, claimed = tips["d-waiting"], tips["d-claimed"]
    assert (waiting.next_at, waiting.expires_at) == (NOW + HOUR, NOW + 12 * HOUR)
    assert (waiting.attempt, waiting.tries) == (4, 4)
    assert claimed.next_at == NOW + timedelta(minutes=3), "then it is looked up, not posted"
    assert claimed.claimed_at == NOW
    assert {m.next_at for m in tips.values() if m not in (waiting, claimed)} == {None}
    again = upgraded.outbox.claim(NOW + timedelta(minutes=4), 10, ["tips"])
    assert [(m.id, m.state) for m in again] == [("d-claimed", State.UNCONFIRMED)]


@pytest.mark.parametrize("version", ALL, scope="module")
def test_subscribers_who_were_not_told_yet_are_told_in_one_message(
    upgraded: Storage, version: str
) -> None:
    [notice] = messages(upgraded, "tips_ended").values()
    assert (notice.channel_id, notice.data["lang"]) == ("U1", "zh")
    assert channels_of(notice) == {"C2": "is_archived", "C3": "not_in_channel"}
    assert notice.state is State.WAITING


@pytest.mark.parametrize("version", ALL, scope="module")
def test_subscriptions_and_workspaces_stay_as_they_were(upgraded: Storage, version: str) -> None:
    assert [s.channel_id for s in list_subscriptions(upgraded, "T1")] == ["C1", "C2", "C3"]
    first, stopped = upgraded.workspaces.get("T1"), upgraded.workspaces.get("T2")
    assert (first.restricted, first.next_post_at) == (True, NOW)
    assert stopped.stopped == "account_inactive"
    assert upgraded.workspaces.claim_checks(NOW) == ["T2"], "its token is tried again"


@pytest.mark.parametrize("version", WITH_RUNS, scope="module")
def test_posts_of_checklists_are_taken_over_and_go_on_as_they_would_have(
    upgraded: Storage, version: str
) -> None:
    posts = messages(upgraded, "checklists")
    assert {m.id: (m.key, str(m.state)) for m in posts.values()} == {
        "p-list": ("r-open:list:1", "sent"),
        "p-fresh": ("r-fresh:list:1", "claimed"),
        "p-due": ("r-open:due:1:U2:2026-11-30", "waiting"),
        "p-summary": ("r-open:summary:5", "unconfirmed"),
    }
    assert (posts["p-due"].next_at, posts["p-due"].channel_id) == (NINE_THIRTY, "U2")
    assert posts["p-summary"].thread_ts == ("17.9" if version == "0003" else "")
    run = upgraded.runs.find("T1", "r-open")
    assert run is not None
    assert (len(run.items), run.message_ts, run.revision) == (2, "17.9", 7)
    # Open lists are drawn anew once, and closed ones if they were to be.
    updates = messages(upgraded, "checklists", Kind.UPDATE)
    states = {m.subject: (m.state, m.ts) for m in updates.values()}
    assert states == {
        "r-open": (State.WAITING, "17.9"),
        "r-closed": (State.SENT, "17.9"),
        "r-closing": (State.WAITING, "17.9"),
    }
    # A reminder that was planned before is still called off, and not planned twice.
    for what in (ChangeKind.NOTED, ChangeKind.TICKED):
        change = Change(what=what, item=1, text="x")
        upgraded.runs.change("T1", "r-open", change, "U1", NOW)
        left = {m.id for m in messages(upgraded, "checklists").values()}
        assert ("p-due" in left) == (what is ChangeKind.NOTED)


OLD_QUERIES = (
    "SELECT min(retry_at) FROM deliveries JOIN workspaces USING (team_id)",
    "SELECT * FROM deliveries WHERE state = 'waiting' AND retry_at <= CURRENT_TIMESTAMP",
    "INSERT INTO deliveries (id, team_id, subscription_id) VALUES ('x', 'T1', 1)",
    "UPDATE deliveries SET state = 'claimed' WHERE state = 'waiting'",
    "SELECT min(retry_at) FROM run_posts JOIN workspaces USING (team_id)",
    "UPDATE run_posts SET state = 'claimed' WHERE state = 'waiting'",
    "SELECT id FROM runs WHERE refresh_at <= CURRENT_TIMESTAMP AND message_ts <> ''",
    "UPDATE runs SET refresh_at = NULL, shown = revision, tries = 0",
    "UPDATE subscriptions SET told = TRUE WHERE NOT told",
)


def test_a_process_of_the_old_version_fails_instead_of_posting_beside_the_new_one(
    backend: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    with empty_database(backend, tmp_path, request) as url:
        make_old_database(url, "0003")
        engine = create_engine(sqlalchemy_url(url) if backend == "postgresql" else url)
        for query in OLD_QUERIES:
            if not query.startswith("INSERT"):
                with engine.connect() as connection:  # rolled back
                    connection.execute(text(query))
        open_storage(url).close()
        for query in OLD_QUERIES:
            with engine.connect() as connection, pytest.raises(DBAPIError):
                connection.execute(text(query))
        engine.dispose()
