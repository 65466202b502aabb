"""A team's own terms in CSV: every row of the file is a term, or a fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handbook import read_handbook
from bot.handbook.models import Handbook

HEADER = "id,zh,en,aliases,short_zh,short_en,section\n"


def read(content: Path, text: str, name: str = "own.csv") -> tuple[Handbook, list[str]]:
    (content / "glossary").mkdir(exist_ok=True)
    (content / "glossary" / name).write_bytes(text.encode())
    handbook, faults = read_handbook(content)
    return handbook, [str(fault) for fault in faults]


@pytest.mark.parametrize(
    ("rows", "terms", "wrong"),
    [
        ('a,"甲,A\nb,乙,B\nc,丙,C\n', ["b", "c"], [2]),  # never closed
        ('a,"甲,A\nb,乙,",B\nc,丙,C\n', ["c"], [2, 3]),  # closed by accident, a row later
        ('a,"甲,A\nb,"乙",B\nc,丙,C\n', ["b", "c"], [2]),
        ('x,子,X\na,甲,A,,"b\nb,乙,B\nc,"丙,C', ["x", "b"], [3, 5]),
        ('a,"甲"的,A\nb,乙,B\n', ["b"], [2]),  # something after a closing quote
    ],
)
def test_a_quote_that_is_not_closed_costs_its_row_alone(
    tmp_path: Path, rows: str, terms: list[str], wrong: list[int]
) -> None:
    handbook, faults = read(tmp_path, HEADER + rows)
    named = [f for f in faults if "a quote is opened and not closed" in f]
    assert [f.split(",")[0].split(":")[1].strip() for f in named] == [f"row {n}" for n in wrong]
    assert [entry for entry in handbook.entries if entry in terms] == terms


@given(st.lists(st.text('ab甲,"\n ', max_size=12), max_size=8))
def test_no_row_vanishes(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    """Whatever comes before it, a sound row at the end is read, or swallowed by none silently."""
    handbook, faults = read(
        tmp_path_factory.mktemp("c"), HEADER + "\n".join([*rows, "zz,末,Z,,,,"])
    )
    assert "zz" in handbook.entries or faults


def test_a_quoted_text_may_have_two_lines_and_quotes(tmp_path: Path) -> None:
    rows = 'a,甲,A,,"第一行\n第二行, 说 ""好""",one,\nb,乙,B,,,,\n'
    handbook, faults = read(tmp_path, HEADER + rows)
    assert faults == []
    assert handbook.entries["a"].short.zh == '第一行\n第二行, 说 "好"'
    assert "b" in handbook.entries


def test_a_name_of_two_lines_is_a_fault(tmp_path: Path) -> None:
    _, faults = read(tmp_path, HEADER + 'a,"甲\n乙",A,,,,\n')
    assert faults == [
        "glossary/own.csv: row 2, zh: holds a line break or a control character, "
        "expected one line of text"
    ]


@pytest.mark.parametrize("sign", [";", "；", "、", "，", " ； "])
def test_aliases_are_split_at_each_sign(tmp_path: Path, sign: str) -> None:
    handbook, _ = read(tmp_path, HEADER + f"kafka,卡夫卡,Kafka,MSK{sign}消息队列,,,\n")
    assert handbook.entries["kafka"].aliases == ("MSK", "消息队列")


def test_a_comma_inside_an_english_alias_stays(tmp_path: Path) -> None:
    handbook, _ = read(tmp_path, HEADER + 'acme,,Acme,"Acme, Inc.",,,\n')
    assert handbook.entries["acme"].aliases == ("Acme, Inc.",)


def test_empty_rows_of_excel_count_for_nothing(tmp_path: Path) -> None:
    handbook, faults = read(
        tmp_path, HEADER + "a,甲,A,,,,\r\n,,,,,,\r\n\r\n , ,,,,,\r\nb,乙,,,,,\r\n"
    )
    assert (list(handbook.entries), faults) == (["a", "b"], [])


def test_an_id_of_300_characters_is_named_with_what_fits(tmp_path: Path) -> None:
    _, faults = read(tmp_path, HEADER + f"{'a' * 300},甲,A,,,,\n")
    assert faults[0] == "glossary/own.csv: row 2, id: has 300 characters, expected at most 120"


@pytest.mark.parametrize("name", ["own.CSV", "Own.Csv"])
def test_the_ending_may_be_written_in_capitals(tmp_path: Path, name: str) -> None:
    handbook, faults = read(tmp_path, HEADER + "Own_Id,甲,A,,,,\n", name)
    assert (list(handbook.entries), faults) == (["Own_Id"], [])


def test_a_misspelt_column_is_named(tmp_path: Path) -> None:
    _, faults = read(tmp_path, "ID,zh,alias,owner\na,甲,b,me\n")
    assert faults == ['glossary/own.csv: row 1: unknown column "alias", expected aliases']


def test_a_file_of_chinese_excel_is_named_as_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "own.csv").write_bytes((HEADER + "a,甲,A\n").encode("gbk"))
    assert "not UTF-8, expected a file saved as UTF-8" in str(read_handbook(tmp_path)[1][0])
