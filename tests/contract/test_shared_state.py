"""What processes tell each other through the database, on every database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, event

from bot.answers.chosen import ChosenLanguages
from bot.database.workspaces import WorkspaceGone
from bot.slack.handled import CLEANING, KEEP, Handled
from bot.slack.languages import Languages
from bot.storage import Storage, open_storage
from tests.support.databases import FAST
from tests.support.tips import FakeClock

TEAM, USER = "T1", "U1"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def other(database_url: str, storage: Storage) -> Iterator[Storage]:
    """Another process's connection to the same database."""
    opened = open_storage(database_url, FAST)
    yield opened
    opened.close()


def test_of_two_processes_one_gets_a_key(storage: Storage, other: Storage) -> None:
    first, second = (Handled(s.handled, lambda: NOW) for s in (storage, other))
    assert first.claim(TEAM, "event:Ev1", "message:C1:1.1")
    assert not second.claim(TEAM, "event:Ev1", "message:C1:1.1")
    assert not second.claim(TEAM, "event:Ev2", "message:C1:1.1"), "one message, two events"
    assert second.claim("T2", "event:Ev1"), "another workspace"


def test_many_at_once_get_each_key_once(storage: Storage) -> None:
    def claim(number: int) -> bool:
        return storage.handled.claim(TEAM, [f"b:{number % 10}", f"a:{number % 10}"], NOW)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(claim, range(80))) == 10


def test_what_has_no_key_is_always_new(storage: Storage) -> None:
    handled = Handled(storage.handled, lambda: NOW)
    assert [handled.claim(TEAM), handled.claim(TEAM, ""), handled.claim(TEAM, "")] == [True] * 3


def test_what_was_not_done_may_be_tried_by_either(storage: Storage, other: Storage) -> None:
    first, second = (Handled(s.handled, lambda: NOW) for s in (storage, other))
    assert first.claim(TEAM, "share:1")
    first.release(TEAM, "share:1")
    assert second.claim(TEAM, "share:1")


def test_keys_are_forgotten_after_their_time(storage: Storage, other: Storage) -> None:
    clock = FakeClock(NOW)
    handled = Handled(storage.handled, clock.now)
    assert handled.claim(TEAM, "event:Ev1")
    handled.forget_old()
    assert not other.handled.claim(TEAM, ["event:Ev1"], NOW)
    clock.moment = NOW + KEEP + CLEANING
    handled.forget_old()
    assert other.handled.claim(TEAM, ["event:Ev1"], clock.moment)


def test_nothing_is_kept_of_a_workspace_that_is_gone(storage: Storage) -> None:
    storage.workspaces.delete(TEAM)
    assert storage.handled.claim(TEAM, ["event:Ev1"], NOW)
    storage.lookups.add_all({(TEAM, USER, "rag"): NOW, ("T2", USER, "rag"): NOW})
    with pytest.raises(WorkspaceGone):
        storage.preferences.save_lang(TEAM, USER, "zh")
    with pytest.raises(WorkspaceGone):
        storage.feedback.save(TEAM, USER, "rag", helpful=True, now=NOW)
    storage.workspaces.start(TEAM)
    assert storage.preferences.list_langs(TEAM) == {}
    assert storage.lookups.recent(TEAM, USER) == []
    assert storage.lookups.recent("T2", USER) == ["rag"]
    assert storage.handled.claim(TEAM, ["event:Ev1"], NOW), "nor was the key kept"


def build_chosen(storage: Storage) -> tuple[ChosenLanguages, Languages]:
    languages = Languages("en")
    return ChosenLanguages(storage.preferences, languages), languages


def test_a_choice_reaches_the_other_process_with_its_next_look(
    storage: Storage, other: Storage
) -> None:
    first, _ = build_chosen(storage)
    second, languages = build_chosen(other)
    first.choose(TEAM, "U1", "zh")
    second.refresh()
    first.choose(TEAM, "U2", "zh")
    assert (languages.of(TEAM, "U1"), languages.of(TEAM, "U2")) == ("zh", "en")
    second.refresh()
    assert languages.of(TEAM, "U2") == "zh"
    first.choose(TEAM, "U1", None)
    second.refresh()
    assert (languages.of(TEAM, "U1"), languages.of(TEAM, "U2")) == ("en", "zh")


def test_only_what_is_new_is_fetched(storage: Storage) -> None:
    for number in range(3):
        storage.preferences.save_lang(TEAM, f"U{number}", "zh")
    found = storage.preferences.list_changes(TEAM, 2)
    assert (found.change, found.langs, found.complete) == (3, {"U2": "zh"}, False)
    assert storage.preferences.list_changes(TEAM, 3).langs == {}


def test_choices_of_a_deleted_workspace_leave_every_memory(
    storage: Storage, other: Storage
) -> None:
    second, languages = build_chosen(other)
    for user in ("U1", "U2"):
        storage.preferences.save_lang(TEAM, user, "zh")
    second.refresh()
    storage.workspaces.delete(TEAM)
    second.refresh()
    assert languages.of(TEAM, "U1") == "en"
    storage.workspaces.start(TEAM)
    storage.preferences.save_lang(TEAM, "U2", "zh")
    second.refresh()
    assert (languages.of(TEAM, "U1"), languages.of(TEAM, "U2")) == ("en", "zh")


def test_choices_made_at_once_are_all_seen(storage: Storage, other: Storage) -> None:
    second, languages = build_chosen(other)
    with ThreadPoolExecutor(8) as pool:
        for number in range(40):
            pool.submit(storage.preferences.save_lang, TEAM, f"U{number}", "zh")
            second.refresh()
    second.refresh()
    assert all(languages.of(TEAM, f"U{number}") == "zh" for number in range(40))


def test_thousands_of_lookups_are_one_transaction(storage: Storage) -> None:
    moments = {
        (TEAM, f"U{number % 1_500}", f"entry-{number // 1_500}"): NOW + timedelta(seconds=number)
        for number in range(3_000)
    }
    storage.lookups.add_all(moments)
    assert storage.lookups.recent(TEAM, "U7") == ["entry-1", "entry-0"]
    storage.lookups.add_all({(TEAM, "U7", "entry-1"): NOW})
    assert storage.lookups.recent(TEAM, "U7") == ["entry-1", "entry-0"], "an older one counts less"


def test_what_is_written_each_second_is_written_by_the_same_statements_however_much_it_is(
    storage: Storage,
) -> None:
    """SQLAlchemy keeps what it has compiled: a statement for each size would fill the memory."""
    seen: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT"):
            seen.add(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for size in (1, 2, 3, 40, 41):
            entries = [f"entry-{number}" for number in range(size)]
            storage.lookups.add_all({(TEAM, USER, entry): NOW for entry in entries})
            storage.counts.add_all({(TEAM, NOW.date(), "answer", entry): 1 for entry in entries})
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) == 2
    assert storage.counts.total(TEAM, NOW.date()) == {"answer": 87}
