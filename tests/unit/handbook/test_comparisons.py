"""Comparisons are read whole, and what is missing in one is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.handbook import Comparison, Handbook, read_handbook
from bot.handbook.editorial import find_editorial_faults
from bot.settings import CONTENT_DIR

FILE = "comparisons/vs-rag-fine-tuning.toml"
Break = Callable[[str], str]


@pytest.fixture
def faults_of(tmp_path: Path) -> Callable[[Break], str]:
    """The faults of the one file, once it was broken."""

    def find(change: Break) -> str:
        (tmp_path / "comparisons").mkdir()
        text = (CONTENT_DIR / FILE).read_text("utf-8")
        assert change(text) != text
        (tmp_path / FILE).write_text(change(text), "utf-8")
        handbook, faults = read_handbook(tmp_path)
        own = [*faults, *find_editorial_faults(handbook)]
        return "\n".join(str(fault) for fault in own if "related" not in fault.key)

    return find


def test_all_have_as_many_cells_as_things(handbook: Handbook) -> None:
    assert len(handbook.comparisons) >= 6
    for comparison in handbook.comparisons:
        assert 5 <= len(comparison.rows) <= 7
        for row in comparison.rows:
            assert len(row.cells.zh) == len(row.cells.en) == len(comparison.things)


def test_an_entry_knows_its_comparisons(handbook: Handbook) -> None:
    found = handbook.comparisons_with(handbook.entries["rag"])
    assert "vs-rag-fine-tuning" in [comparison.id for comparison in found]
    assert isinstance(found[0], Comparison)
    assert handbook.entries["rag"] in handbook.related_to(found[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace('"改一份文件，当天生效", ', ""),
         "rows[3].cells.zh: 1 of them, expected one for each of the 2 things"),
        (lambda text: re.sub(r"  \{zh = \"(?:怎么验|下一步)\".*\n", "", text),
         "rows: 4 of them, expected 5 to 7"),
        (lambda text: text.replace('id = "rag", zh', 'id = "no-such", zh'),
         'things: "no-such" is unknown'),
        (lambda text: text.replace("[recommend]", "[advice]"), "recommend: missing"),
        (lambda text: text.replace("The same day", "day " * 30).replace(
            "Edit a file and the answer", "word " * 30), "rows[3].cells.en: length"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(faults_of: Callable[[Break], str], change: Break, said: str) -> None:
    assert said in faults_of(change)
