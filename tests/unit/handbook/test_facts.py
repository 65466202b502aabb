"""A fact that several entries state is written once, and no entry writes it in another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.handbook import read_handbook
from bot.handbook.facts import find_fact_faults, find_uses
from tests.support.content import TERM, write_entry

FINE = """
[reg-x-fine]
name = {zh = "最高罚款", en = "Highest fine"}
value = "37,000,000"
unit = "CNY"
date = 2026-11-29
source = "Law X, Art. 1"
forms = {zh = ["3,700 万"], en = ["CNY 37m"]}
"""
DAY = """
[reg-x-date]
name = {zh = "施行", en = "In force"}
value = "2026-12-09"
unit = "date"
date = 2026-11-29
source = "Law X, Art. 2"
forms = {zh = ["2026-12-09"], en = ["9 Dec 2026"]}
distinct = true
"""
LAW = """
[reg-x]
name = {zh = "某法", en = "Law X"}
value = "Law X of 2026"
unit = "law"
date = 2026-11-29
source = "Law X"
forms = {zh = ["某法"], en = ["Law X"]}
"""


def write_facts(content: Path, *facts: str) -> None:
    content.mkdir(exist_ok=True)
    (content / "facts.toml").write_text("".join(facts), "utf-8")


def faults(content: Path) -> list[str]:
    return sorted(map(str, find_fact_faults(read_handbook(content)[0])))


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("最高罚 3,700 万元。", "Fines up to CNY 37m."),
        ("最高罚3,700万元", "fines up to cny 37M a year"),
        ("罚款：３,７００ 万，取高", "CNY\u00a037m, the higher"),
    ],
)
def test_a_stated_fact_may_be_written_with_any_width_case_and_space(
    tmp_path: Path, zh: str, en: str
) -> None:
    write_facts(tmp_path, FINE)
    write_entry(tmp_path, TERM, states=["reg-x-fine"], body={"zh": zh, "en": en})
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("zh", "en"),
    [("罚 13,700 万元。", "CNY 37.5m"), ("罚 2.3,700 万元", "XCNY 37m"), ("没写", "CNY 37mn")],
)
def test_a_figure_inside_another_one_is_not_the_fact(tmp_path: Path, zh: str, en: str) -> None:
    write_facts(tmp_path, FINE)
    write_entry(tmp_path, TERM, states=["reg-x-fine"], body={"zh": zh, "en": en})
    assert faults(tmp_path) == [
        'glossary/prompt-injection.toml: states: "reg-x-fine" is not written in en, '
        'expected "CNY 37m"',
        'glossary/prompt-injection.toml: states: "reg-x-fine" is not written in zh, '
        'expected "3,700 万"',
    ]


def test_every_fault_of_facts_is_found_at_once(tmp_path: Path) -> None:
    write_facts(tmp_path, FINE, DAY)
    dated = {"zh": "2026-12-09，15 家公司。", "en": "On 9 Dec 2026."}
    write_entry(tmp_path, TERM, states=["reg-y"], body=dated)
    assert faults(tmp_path) == [
        "facts.toml: reg-x-date: no entry states it, expected an entry that does, or no such fact",
        "facts.toml: reg-x-fine: no entry states it, expected an entry that does, or no such fact",
        'glossary/prompt-injection.toml: states: "reg-y" is unknown, expected a fact in facts.toml',
        'glossary/prompt-injection.toml: states: the text states "reg-x-date" (2026-12-09), '
        "expected its id here",
    ]


def test_an_entry_may_rest_on_a_law_by_its_sources_but_not_on_a_figure(tmp_path: Path) -> None:
    write_facts(tmp_path, LAW, DAY)
    sources = ["Law X, 2026-12-09, 9 Dec 2026"]
    write_entry(tmp_path, TERM, states=["reg-x", "reg-x-date"], sources=sources)
    assert [fault.split(",")[0] for fault in faults(tmp_path)] == [
        'glossary/prompt-injection.toml: states: "reg-x-date" is not written in en',
        'glossary/prompt-injection.toml: states: "reg-x-date" is not written in zh',
    ]


def test_a_fault_in_the_file_names_the_fact_and_the_key(tmp_path: Path) -> None:
    write_facts(tmp_path, FINE.replace('unit = "CNY"', 'units = "CNY"'), "[reg-z]\n")
    write_entry(tmp_path, TERM)
    found = [str(fault) for fault in read_handbook(tmp_path)[1]]
    assert "facts.toml: reg-x-fine.unit: missing, expected a text in quotes" in found
    assert any(fault.startswith("facts.toml: reg-x-fine.units: unknown key") for fault in found)
    assert any(fault.startswith("facts.toml: reg-z.forms: missing") for fault in found)


def test_who_states_a_fact_is_known(tmp_path: Path) -> None:
    write_facts(tmp_path, FINE)
    write_entry(tmp_path, TERM, states=["reg-x-fine"])
    uses = list(find_uses(read_handbook(tmp_path)[0]))
    assert [(use.fact.id, [entry.id for entry in use.stated_by]) for use in uses] == [
        ("reg-x-fine", ["prompt-injection"])
    ]
