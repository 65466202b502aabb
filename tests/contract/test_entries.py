"""Entries and proposals on both databases: one of two who change the same thing at once wins, each
change has its number, and what is deleted with a workspace stays deleted."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.database.workspaces import WorkspaceGone
from bot.entries.models import (
    MOST_OPEN,
    Change,
    EntryState,
    Proposal,
    ProposalState,
    Refusal,
    TeamEntry,
)
from bot.entries.posts import FEATURE, PostKind, kind_of
from bot.entries.repository.due import DueReviews
from bot.outbox.models import OutboundMessage
from bot.storage import Storage
from tests.support.entries import draft

TEAM, MEMBER, CURATORS = "T1", "U1", ("U2", "U3", "U4", "U5")
NOW = datetime(2026, 11, 29, 9, tzinfo=UTC)


def change(by: str, short: str, based_on: int = 0, entry_id: str = "team-a") -> Change:
    return Change(
        team_id=TEAM, entry_id=entry_id, draft=draft("SLA", short=short), author=by, by=by,
        based_on=based_on,
    )  # fmt: skip


def proposal(number: int = 1, **fields: str) -> Proposal:
    made = Proposal(
        id=f"{number:032}", team_id=TEAM, draft=draft(f"Term {number}"), proposer=MEMBER,
        proposed_at=NOW,
    )  # fmt: skip
    return replace(made, **fields)  # type: ignore[arg-type]


def at_once(tasks: list[Callable[[], object]]) -> list[object]:
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def sent(storage: Storage, kind: PostKind) -> list[OutboundMessage]:
    found = storage.outbox.history(TEAM, FEATURE, limit=100)
    return [message for message in found if kind_of(message) is kind]


def test_of_those_who_change_a_version_at_once_one_wins(storage: Storage) -> None:
    storage.entries.publish(change("U2", "first"), NOW)
    made = at_once(
        [lambda by=by: storage.entries.publish(change(by, f"by {by}", 1), NOW) for by in CURATORS]
    )
    won = [one for one in made if isinstance(one, TeamEntry)]
    assert len(won) == 1
    assert made.count(Refusal.OUTDATED) == 3
    assert storage.entries.find(TEAM, "team-a") == won[0]
    assert [v.number for v in storage.entries.list_versions(TEAM, "team-a", 9)] == [2, 1]


def test_of_those_who_decide_a_proposal_at_once_one_wins(storage: Storage) -> None:
    storage.proposals.add(proposal(), ["C1"], NOW)
    publish = [
        lambda by=by: storage.proposals.publish(TEAM, proposal().id, by, NOW) for by in CURATORS[:2]
    ]
    decline = [
        lambda by=by: storage.proposals.decline(TEAM, proposal().id, by, "no", NOW)
        for by in CURATORS[2:]
    ]
    made = at_once([*publish, *decline])
    assert made.count(Refusal.DECIDED) == 3
    decided = storage.proposals.find(TEAM, proposal().id)
    assert decided is not None
    published = storage.entries.list_recent(TEAM, EntryState.PUBLISHED, 9)
    assert len(published) == (decided.state is ProposalState.PUBLISHED)
    assert len(sent(storage, PostKind.TOLD)) == 1


def test_each_change_has_its_number_and_they_are_read_in_order(storage: Storage) -> None:
    at_once(
        [lambda n=n: storage.entries.publish(change("U2", "x", entry_id=f"team-{n}"), NOW)
         for n in range(8)]
    )  # fmt: skip
    storage.entries.add_wording(TEAM, "How fast do we answer?", "team-1")
    storage.entries.retire(TEAM, "team-2", "U2", 1, NOW)
    assert storage.entry_reader.counters() == {TEAM: 10}
    after = storage.entry_reader.changes(TEAM, 9)
    assert [(e.entry_id, e.state) for e in after.entries] == [("team-2", EntryState.RETIRED)]


def test_a_proposal_sent_twice_is_one_and_tells_once(storage: Storage) -> None:
    storage.proposals.add(proposal(), ["C1", "U2"], NOW)
    storage.proposals.add(replace(proposal(), draft=draft("Better")), ["C1", "U2"], NOW)
    (found,) = storage.proposals.list_open(TEAM, 9)
    assert found.draft.title.en == "Better"
    assert len(sent(storage, PostKind.PROPOSED)) == 2
    storage.proposals.announce(TEAM, ["C1", "U4"], NOW)
    assert len(sent(storage, PostKind.PROPOSED)) == 3


def test_a_person_has_so_many_open_proposals_and_no_more(storage: Storage) -> None:
    for number in range(MOST_OPEN):
        assert isinstance(storage.proposals.add(proposal(number), [], NOW), Proposal)
    assert storage.proposals.add(proposal(99), [], NOW) is Refusal.TOO_MANY
    other = proposal(98, proposer="U7")
    assert storage.proposals.add(other, [], NOW) == other


def test_an_owner_is_asked_of_a_few_entries_a_day(storage: Storage) -> None:
    for number in range(7):
        storage.entries.publish(change("U2", "x", entry_id=f"team-{number}"), NOW)
    due = DueReviews(storage.database, storage.outbox, lambda team_id: ["C1"])
    moment = due.next_moment()
    assert moment is not None
    assert (moment - NOW).days == 180
    at_once([lambda: due.enqueue_due(moment) for _ in range(3)])  # several processes
    assert len(sent(storage, PostKind.ASKED)) == 5
    due.enqueue_due(moment + timedelta(days=1))
    assert len(sent(storage, PostKind.ASKED)) == 7
    storage.entries.publish(change("", "x", entry_id="team-nobodys"), NOW)
    due.enqueue_due(moment + timedelta(days=1))
    assert len(sent(storage, PostKind.ASKED)) == 7
    [post] = sent(storage, PostKind.ASKED_CURATORS)
    assert (post.subject, post.channel_id) == ("team-nobodys", "C1")


def test_nothing_is_stored_for_a_workspace_that_is_gone(storage: Storage) -> None:
    storage.proposals.add(proposal(), ["C1"], NOW)
    storage.entries.publish(change("U2", "x"), NOW)
    storage.workspaces.delete(TEAM)
    assert storage.entries.find(TEAM, "team-a") is None
    assert storage.proposals.list_open(TEAM, 9) == []
    for store in (
        lambda: storage.entries.publish(change("U2", "x"), NOW),
        lambda: storage.entries.add_wording(TEAM, "x", "team-a"),
        lambda: storage.proposals.add(proposal(2), ["C1"], NOW),
    ):
        with pytest.raises(WorkspaceGone):
            store()
