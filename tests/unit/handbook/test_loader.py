from __future__ import annotations

from pathlib import Path

import pytest

from bot.handbook import Handbook, HandbookError, Kind, load_handbook, read_handbook
from bot.i18n import LANGS
from tests.support.content import CHECKLIST, TERM, write_entry


def faults(content: Path) -> list[str]:
    return [str(fault) for fault in read_handbook(content)[1]]


def test_a_term_is_read_with_both_languages(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM)
    term = load_handbook(tmp_path).entries["prompt-injection"]
    assert term.kind is Kind.TERM
    assert (term.title.zh, term.title.en) == ("提示注入", "Prompt injection")
    assert term.sections == ("4.2.2",)


def test_items_of_a_checklist_keep_their_order_and_reasons(tmp_path: Path) -> None:
    items = [
        {"zh": f"第{n}步", "en": f"step {n}", "why_zh": f"因{n}", "why_en": f"because {n}"}
        for n in range(12)
    ]
    write_entry(tmp_path, CHECKLIST, items=items)
    checklist = load_handbook(tmp_path).entries["cl-eval-set"]
    assert [i.text.en for i in checklist.items] == [f"step {n}" for n in range(12)]  # type: ignore[attr-defined]


def test_a_missing_half_of_a_translation_names_file_key_and_fix(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, short={"zh": "只有中文。"})
    assert faults(tmp_path) == [
        "glossary/prompt-injection.toml: short.en: missing, expected a text in quotes"
    ]


def test_an_empty_half_is_a_fault(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, mistake={"zh": "错。", "en": "  "})
    assert "mistake.en: is empty" in faults(tmp_path)[0]


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    path = write_entry(tmp_path, TERM)
    path.write_text(path.read_text("utf-8") + "\nrelated = [}\n", "utf-8")
    (fault,) = faults(tmp_path)
    assert fault.startswith("glossary/prompt-injection.toml: TOML: ")
    assert "line" in fault


def test_a_file_that_is_not_utf8_is_a_fault_not_a_traceback(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM).write_bytes("名".encode("gb18030"))
    assert "not UTF-8" in faults(tmp_path)[0]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, short=None, related=["nowhere"], checked=5, colour="red")
    write_entry(tmp_path, CHECKLIST, items=[], title="Eval set")
    text = "\n".join(faults(tmp_path))
    for expected in (
        "prompt-injection.toml: short: missing",
        'related: "nowhere" is unknown',
        "checked: is a number, expected a date",
        "colour: unknown key",
        "cl-eval-set.toml: title: is a text, expected a table",
    ):
        assert expected in text


def test_an_unknown_related_id_is_a_fault(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, related=["no-such-entry"])
    assert faults(tmp_path) == [
        'glossary/prompt-injection.toml: related: "no-such-entry" is unknown, '
        "expected the id of an entry"
    ]


def test_a_duplicate_id_names_the_file_that_has_it(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM)
    (tmp_path / "glossary" / "more.csv").write_text("id,zh,en\nprompt-injection,甲,A\n", "utf-8")
    (fault,) = faults(tmp_path)
    assert fault == (
        'glossary/more.csv: id: "prompt-injection" is taken by glossary/prompt-injection.toml, '
        "expected an id of its own"
    )


def test_an_id_that_is_not_the_file_name_is_a_fault(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM).rename(tmp_path / "glossary" / "other.toml")
    assert 'id: is "prompt-injection", expected "other"' in faults(tmp_path)[0]


def test_a_duplicate_alias_names_the_other_owner(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, aliases=["PI attack"])
    write_entry(
        tmp_path, TERM, id="other-term", name={"zh": "别的", "en": "Other"}, aliases=["pi-attack"]
    )
    (fault,) = faults(tmp_path)
    assert '"PI attack" is also a name of other-term' in fault


def test_a_listed_collision_is_allowed(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, aliases=["DP"])
    write_entry(tmp_path, TERM, id="other-term", name={"zh": "别的", "en": "Other"}, aliases=["dp"])
    (tmp_path / "collisions.toml").write_text('dp = ["prompt-injection", "other-term"]\n', "utf-8")
    assert faults(tmp_path) == []


def test_load_raises_one_error_with_every_fault(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, short=None, mistake=None)
    with pytest.raises(HandbookError) as caught:
        load_handbook(tmp_path)
    assert len(caught.value.faults) == 2


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    assert "not found" in faults(tmp_path / "nowhere")[0]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    assert "holds no entry" in faults(tmp_path)[0]


class TestCsv:
    def write(self, content: Path, text: str) -> None:
        (content / "glossary").mkdir(exist_ok=True)
        (content / "glossary" / "own.csv").write_text(text, "utf-8")

    def test_one_language_is_enough(self, tmp_path: Path) -> None:
        self.write(
            tmp_path, "id,zh,en,aliases,short_zh,short_en,section\nkafka,,Kafka,MSK; AMQ,,,\n"
        )
        term = load_handbook(tmp_path).entries["kafka"]
        assert term.title.get("zh") == "Kafka"
        assert term.aliases == ("MSK", "AMQ")

    def test_a_byte_order_mark_from_excel_does_no_harm(self, tmp_path: Path) -> None:
        self.write(tmp_path, "\ufeffid,zh,en\nkafka,,Kafka\n")
        assert "kafka" in load_handbook(tmp_path).entries

    def test_a_row_without_names_is_a_fault_with_its_number(self, tmp_path: Path) -> None:
        self.write(tmp_path, "id,zh,en\na,甲,A\nb,,\n")
        assert faults(tmp_path) == [
            "glossary/own.csv: row 3, zh, en: both empty, expected at least one name"
        ]

    def test_a_wrong_header_is_one_fault(self, tmp_path: Path) -> None:
        self.write(tmp_path, "term,meaning\na,b\n")
        assert "row 1: columns not found, expected the header id,zh,en" in faults(tmp_path)[0]

    def test_too_many_cells_name_the_row(self, tmp_path: Path) -> None:
        self.write(tmp_path, "id,zh,en\na,甲,A,B,C\n")
        assert "row 2: too many cells" in faults(tmp_path)[0]


def test_a_tip_is_told_from_others_by_its_act(handbook: Handbook) -> None:
    tips = handbook.by_kind[Kind.TIP]
    for lang in LANGS:
        titles = {tip.title.get(lang) for tip in tips}
        assert len(titles) == len(tips)
        assert not [title for title in titles if title.startswith(("This week", "本周"))]
