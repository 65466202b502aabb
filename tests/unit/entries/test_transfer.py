"""Entries out of a workspace and in again: nothing is lost, nothing happens unseen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.__main__ import main
from bot.entries.models import Draft, EntryState, TeamEntry, Wording
from bot.entries.transfer.document import read_json, write_json
from bot.entries.transfer.plan import Plan, build_plan
from bot.entries.transfer.rows import build_rows
from bot.entries.transfer.sheet import read_csv, write_csv
from bot.handbook.models import Kind
from bot.i18n import Text
from bot.slack.spreadsheets import make_safe, read_safe
from bot.slack.typed import clean_line, clean_text
from bot.storage import open_storage
from tests.support.entries import NOW, draft, publish
from tests.support.local_slack import TEAM

HANDBOOK = frozenset({"rag"})
line = st.text("ab;；,='\"-+@＝ \t中文\n", max_size=12).map(clean_line)
text = st.text("ab;,='\"-+@|\n\t中", max_size=20).map(lambda raw: clean_text(raw, 50))
named = line.filter(bool)


def entry_of(what: Draft, entry_id: str = "team-1", **more: object) -> TeamEntry:
    fields: dict[str, object] = {"state": EntryState.PUBLISHED, "owner": "U1"} | more
    return TeamEntry(
        team_id=TEAM, entry_id=entry_id, draft=what, version=1, published_by="U1",
        published_at=NOW, **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def plan_of(
    content: str, existing: Sequence[TeamEntry] = (), known: Sequence[Wording] = ()
) -> Plan:
    rows, faults = read_json(content) if content.startswith("{") else read_csv(content)
    return build_plan(rows, faults, existing, known, HANDBOOK, TEAM, "U1")


@given(
    st.builds(
        Draft,
        title=st.builds(Text, named, line),
        short=st.builds(Text, text, text),
        body=st.builds(Text, text, text),
        aliases=st.lists(named, max_size=3, unique=True).map(tuple),
        items=st.lists(st.builds(Text, named, line), min_size=1, max_size=3).map(tuple),
        kind=st.just(Kind.CHECKLIST),
    ),
    st.lists(named, max_size=2, unique=True),
)
@settings(max_examples=60, deadline=None)
def test_a_round_trip_loses_nothing(what: Draft, asked: list[str]) -> None:
    entry = entry_of(what, review_by=date(2027, 3, 1), state=EntryState.RETIRED)
    wordings = [Wording(text, where) for text in asked for where in ("team-1", "rag")][:3]
    rows = build_rows([entry], wordings)
    for content in (write_csv(rows), write_json(rows)):
        again = plan_of(content)
        assert again.faults == ()
        [change] = again.new
        assert change.draft == what
        assert (change.entry_id, change.state) == ("team-1", EntryState.RETIRED)
        assert (change.owner, change.review_by) == ("U1", date(2027, 3, 1))
        assert {(w.text, w.entry_id) for w in again.wordings} == {
            (w.text, w.entry_id) for w in wordings
        }
        assert plan_of(content, [entry]).same == ("team-1",)


@given(st.text("';\t=+-@ a＝|%\n", max_size=10))
def test_a_safe_cell_says_what_it_said(cell: str) -> None:
    assert read_safe(make_safe(cell)) == cell
    assert not make_safe(cell).lstrip().startswith(("=", "+", "-", "@"))


def test_a_preview_tells_new_changed_same_and_faulty_rows() -> None:
    same, other = draft("Zeus", short="The proxy."), draft("Hera", short="The old one.")
    existing = [entry_of(same, "team-zeus"), entry_of(other, "team-hera")]
    plan = plan_of(
        "zh,en,short_en,aliases,kind,links,replaces,colour\n"
        ",Zeus,The proxy.,,,,,\n"  # by its name
        ",hera,A newer one.,H1;H2,,,,\n"
        "宙斯,Athena,New here.,,,,rag,\n"
        ",,No name.,,,,,\n"
        ",Ares,,,,,,\n"
        ",Iris,x,,recipe,,,\n"
        ",Pan,x,,,ftp://a,,\n"
        ",Eos,x,,,,no-such,\n"
        ",Zeus,Twice.,,,,,\n"
        ",Too,many,,,,,,,,cells\n",
        existing,
    )
    assert plan.same == ("team-zeus",)
    [changed] = plan.changed
    assert (changed.entry_id, changed.based_on) == ("team-hera", 1)
    assert changed.draft.aliases == ("H1", "H2")
    [new] = plan.new
    assert (new.draft.title, new.draft.replaces) == (Text("宙斯", "Athena"), "rag")
    assert [fault.row for fault in plan.faults] == [1, 11, 5, 6, 7, 8, 9, 10]
    [steps] = plan_of("title_en,items_en\nRelease,Freeze;Ship\n").new
    assert steps.draft.kind is Kind.CHECKLIST, "what has items, without a word of its kind"


@pytest.mark.parametrize(
    "content", ["", "colour,shape\nred,round\n", 'en,short_en\nA,"never closed\n', '{"entries": 3}']
)
def test_a_file_that_cannot_be_read_is_a_fault(content: str) -> None:
    plan = plan_of(content)
    assert plan.changes == ()
    assert plan.faults


def test_operators_take_entries_from_one_workspace_to_another(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    storage = open_storage(sqlite_url)
    storage.workspaces.start("T1")
    storage.workspaces.start("T2")
    publish(storage.database, "T1", "team-zeus", draft("=Zeus", "宙斯", aliases=("a;b",)))
    storage.entries.add_wording("T1", "what is rag here", "rag")
    file = tmp_path / "out.csv"
    command = ["entries", "export", str(file), "--workspace", "T1"]
    assert main(command) == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,kind,")
    assert main(["entries", "import", str(file), "--workspace", "T2", "--dry-run"]) == 0
    assert storage.entry_reader.list_entries("T2") == []
    assert main(["entries", "import", str(file), "--workspace", "T2"]) == 0
    assert main(["entries", "import", str(file), "--workspace", "T2"]) == 0
    assert "0 new, 0 changed, 1 the same" in capsys.readouterr().out
    [entry] = storage.entry_reader.list_entries("T2")
    assert (entry.draft.title, entry.version) == (Text("宙斯", "=Zeus"), 1)
    assert [w.entry_id for w in storage.entry_reader.list_wordings("T2")] == ["rag"]
    assert main(["entries", "export", "--workspace", "T2", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["entries"]) == 2
    file.write_text("en,short_en\nNew,x\n,y\n", "utf-8")
    assert main(["entries", "import", str(file), "--workspace", "T2"]) == 1
    assert "Row 3: no name" in capsys.readouterr().err
    assert main(["entries", "import", str(file), "--workspace", "T2", "--skip-faulty"]) == 0
    assert len(storage.entry_reader.list_entries("T2")) == 2
    assert main(["entries", "export"]) == 1
    assert "T1, T2" in capsys.readouterr().err
    storage.close()
