"""What a workspace's people find: the handbook, and beside it their own entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

import pytest

from bot.entries.library import IDLE_SECONDS, TeamLibraries
from bot.entries.models import Draft, EntryState
from bot.entries.readers import Readers
from bot.entries.repository.entries import EntryRepository
from bot.entries.repository.reading import EntryReader
from bot.handbook.models import Checklist, Kind
from bot.search import Answer, Nothing, Suggestions
from bot.search.library import WARM_UP, Library
from bot.storage import Storage
from tests.support.entries import draft, publish

HERE, ELSEWHERE = "T1", "T2"


@dataclass
class Team:
    """A workspace with the handbook and whatever is published."""

    storage: Storage
    base: Library
    seconds: float = 0.0
    libraries: TeamLibraries = field(init=False)

    def __post_init__(self) -> None:
        self.libraries = self.process()

    def process(self) -> TeamLibraries:
        reader = EntryReader(self.storage.database)
        readers = cast(Readers, None)  # nobody asks who sees them here
        return TeamLibraries(reader, lambda: self.base, readers, lambda: self.seconds, patience=60)

    def publish(self, entry_id: str, what: Draft, based_on: int = 0) -> None:
        publish(self.storage.database, HERE, entry_id, what, based_on=based_on)
        self.libraries.refresh()

    def retire(self, entry_id: str, what: Draft, based_on: int) -> None:
        publish(self.storage.database, HERE, entry_id, what, based_on=based_on,
                state=EntryState.RETIRED)  # fmt: skip
        self.libraries.refresh()

    def say(self, text: str, entry_id: str) -> None:
        EntryRepository(self.storage.database).add_wording(HERE, text, entry_id)
        self.libraries.refresh()

    def found(self, query: str, team_id: str = HERE) -> list[str]:
        """The answer, or what is offered."""
        result = self.libraries.of(team_id).matcher.find(query)
        if isinstance(result, Answer):
            return [result.match.entry.id]
        return [] if isinstance(result, Nothing) else [m.entry.id for m in result.matches]


@pytest.fixture
def team(storage: Storage, library: Library) -> Team:
    library.matcher.find(WARM_UP)  # as the bot does before it answers
    return Team(storage, library)


def test_a_published_entry_is_found_like_the_handbooks(team: Team) -> None:
    assert team.libraries.of(HERE) is team.base  # a workspace without entries costs nothing
    team.publish(
        "team-zeus",
        draft("Zeus gateway", "宙斯网关", short="The proxy all our model calls go through.",
              aliases=("ZGW",), body="Ask the platform group for a key before the first call."),
    )  # fmt: skip
    team.publish(
        "team-leave",
        draft("Holiday request", "请假流程", short="A form, two weeks ahead; your lead signs."),
    )  # fmt: skip
    for query in (
        "zeus gateway", "Zeus Gatway", "zgw", "what is the zeus gateway", "宙斯网关是什么",
        "zhousiwangguan", "zhòu sī wǎng guān", "宙斯网管", "what is ZGW",
    ):  # fmt: skip
        assert team.found(query) == ["team-zeus"], query
    assert "team-zeus" in team.found("which proxy do our model calls go through")
    for query in ("how do I ask for a holiday", "请假怎么走流程"):
        assert "team-leave" in team.found(query), query
    assert team.found("what is RAG") == ["rag"]
    assert team.found("zeus gateway", ELSEWHERE) == []
    assert team.libraries.of(ELSEWHERE) is team.base


def test_a_change_replaces_what_was_found_and_a_retired_entry_is_not_found(team: Team) -> None:
    team.publish("team-zeus", draft("Zeus gateway"))
    assert team.found("zeus gateway") == ["team-zeus"]
    team.publish("team-zeus", draft("Hera gateway", short="It was called otherwise."), 1)
    assert team.found("hera gateway") == ["team-zeus"]
    assert team.libraries.of(HERE).handbook.entries["team-zeus"].title.en == "Hera gateway"
    team.retire("team-zeus", draft("Hera gateway"), 2)
    assert team.found("hera gateway") == []
    assert "team-zeus" not in team.libraries.of(HERE).handbook.entries


def test_meanings_stand_beside_each_other_the_workspaces_first(team: Team) -> None:
    team.publish(
        "team-agent", draft("Agent", short="A person of our support desk.", aliases=("KV cache",))
    )
    for query in ("agent", "what is an agent"):
        result = team.libraries.of(HERE).matcher.find(query)
        assert isinstance(result, Suggestions)
        assert [m.entry.id for m in result.matches][:2] == ["team-agent", "agent"]
    assert team.found("KV cache")[:2] == ["team-agent", "kv-cache"]


def test_an_entry_may_stand_for_the_handbooks(team: Team) -> None:
    team.publish("team-rag", draft("Our RAG", short="Here we say lookup.", replaces="rag"))
    handbook = team.libraries.of(HERE).handbook
    for query in ("RAG", "检索增强生成", "retrieval augmented generation", "our rag"):
        assert team.found(query) == ["team-rag"], query
    assert handbook.entries["rag"].id == "team-rag"  # links and old buttons lead to it
    ids = [entry.id for entry in handbook.by_kind[Kind.TERM]]
    assert "team-rag" in ids
    assert "rag" not in ids
    assert len(handbook.entries) == len(list(handbook.entries))
    team.retire("team-rag", draft("Our RAG", replaces="rag"), 1)
    assert team.found("RAG") == ["rag"]


def test_a_wording_is_an_ask_of_the_workspace(team: Team) -> None:
    wording = "why does the bill for answers explode every quarter"
    team.publish("team-zeus", draft("Zeus gateway"))
    team.say(wording, "token-price")
    team.say("大网关", "team-zeus")
    team.say("nothing has this", "no-such-entry")
    assert team.found(wording) == team.found(wording.upper() + "?") == ["token-price"]
    assert team.found("大网关") == team.found("大网关是什么") == ["team-zeus"]
    assert team.found("token price") == ["token-price"]
    entries = team.libraries.of(HERE).handbook.entries
    assert len(entries) == len(list(entries)) == len(team.base.handbook.entries) + 1


def test_checklists_of_a_workspace_stand_with_the_handbooks(team: Team) -> None:
    what = draft("Release train", kind=Kind.CHECKLIST, items=("Freeze main", "Tell support"))
    team.publish("team-release", what)
    library = team.libraries.of(HERE)
    result = library.matcher.find("release train", (Kind.CHECKLIST,))
    assert isinstance(result, Answer)
    assert isinstance(result.match.entry, Checklist)
    assert library.handbook.by_kind[Kind.CHECKLIST][0].id == "team-release"


def test_other_processes_see_it_at_their_next_look(team: Team) -> None:
    other = team.process()
    team.publish("team-zeus", draft("Zeus gateway"))
    other.refresh()
    assert other.of(HERE).matcher.find("zeus gateway").matches[0].entry.id == "team-zeus"
    team.publish("team-hera", draft("Hera gateway"))
    heard = []
    other.listeners.append(lambda: heard.append("swapped"))
    other.refresh()
    other.refresh()
    assert other.of(HERE).matcher.find("hera gateway").matches[0].entry.id == "team-hera"
    assert heard == ["swapped"]
    team.storage.workspaces.delete(HERE)
    other.refresh()
    assert other.of(HERE) is team.base


def test_an_idle_library_is_let_go_and_built_again_when_asked_for(team: Team) -> None:
    team.publish("team-zeus", draft("Zeus gateway"))
    first = team.libraries.of(HERE)
    assert team.libraries.of(HERE) is first
    team.seconds += IDLE_SECONDS + 1
    assert team.libraries.evict()
    assert team.found("zeus gateway") == ["team-zeus"]
    assert team.libraries.of(HERE) is not first


def test_a_changed_handbook_is_joined_anew(team: Team, library: Library) -> None:
    team.publish("team-zeus", draft("Zeus gateway"))
    before = team.libraries.of(HERE)
    team.base = Library(library.handbook, library.matcher)
    assert team.libraries.of(HERE) is not before
    assert team.found("zeus gateway") == ["team-zeus"]
    assert team.found("what is RAG") == ["rag"]


def test_large_workspaces_are_begun_at_the_start(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.entries.library.LARGE", 1)
    team.publish("team-zeus", draft("Zeus gateway"))
    other = team.process()
    other.refresh()
    other.warm()
    assert other.of(HERE).matcher.find("zeus gateway").matches[0].entry.id == "team-zeus"
