from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.handbook import read_handbook
from bot.handbook.coverage import find_gaps
from bot.handbook.editorial import find_editorial_faults, find_overdue
from bot.handbook.measure import length
from bot.handbook.source_runs import find_copied_run, runs_of
from tests.support.content import CHECKLIST, TERM, write_entry


def faults(content: Path) -> str:
    return "\n".join(map(str, find_editorial_faults(read_handbook(content)[0])))


@pytest.mark.parametrize(
    ("text", "lang", "count"),
    [
        ("预训练用了 3,000 张 H800。", "zh", 6 + 2),
        ("top-p and 1.5x", "en", 3),
        ("——，。！", "zh", 0),
        ("", "en", 0),
    ],
)
def test_chinese_counts_characters_and_words_english_counts_words(
    text: str, lang: str, count: int
) -> None:
    assert length(text, lang) == count  # type: ignore[arg-type]


def test_a_body_that_is_too_short_names_both_bounds(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM)
    assert "body.zh: length 17, expected 110 to 300" in faults(tmp_path)


@pytest.mark.parametrize("filler", ["赋能", "积极"])
def test_chinese_fillers_are_faults(tmp_path: Path, filler: str) -> None:
    write_entry(tmp_path, TERM, mistake={"zh": f"{filler}团队。", "en": "Wrong."})
    assert f'mistake.zh: filler "{filler}"' in faults(tmp_path)


def test_english_fillers_are_faults_in_every_form(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, mistake={"zh": "错。", "en": "Leveraging it empowers teams."})
    assert 'filler "Leveraging"' in faults(tmp_path)
    assert 'filler "empowers"' in faults(tmp_path)


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("sources", {"sources": ["Checklist cl-eval-set, item 5"]}),
        ("sources", {"sources": ["HELM (see cl-eval-set)"]}),
        ("mistake.zh", {"mistake": {"zh": "没按 cl-eval-set 的做法。", "en": "Wrong."}}),
        ("body.en", {"body": {"zh": "正文。", "en": "cl-eval-set says how."}}),
        ("asks.en", {"asks": {"zh": ["怎么做"], "en": ["what is cl-eval-set for"]}}),
    ],
)
def test_an_id_in_a_text_that_users_read_is_a_fault(
    tmp_path: Path, key: str, change: dict[str, Any]
) -> None:
    write_entry(tmp_path, CHECKLIST)
    write_entry(tmp_path, TERM, **change)
    title = "建立评测集" if key.endswith("zh") else "Build an eval set"
    assert f'{key}: the id "cl-eval-set", expected its title: {title}' in faults(tmp_path)


def test_words_and_addresses_that_look_like_ids_are_none(tmp_path: Path) -> None:
    write_entry(tmp_path, CHECKLIST)
    sources = ["A case-by-case tip-off", "https://example.com/cl-eval-set", "case-unknown"]
    write_entry(tmp_path, TERM, sources=sources)
    assert "the id" not in faults(tmp_path)


def test_a_review_is_overdue_on_the_day_after_its_date_and_no_fault(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, review_by="2026-12-01")
    handbook, _ = read_handbook(tmp_path)
    assert find_overdue(handbook, date(2026, 12, 1)) == []
    assert find_overdue(handbook, date(2026, 12, 2)) == [handbook.entries["prompt-injection"]]
    assert "review_by" not in faults(tmp_path)


def test_law_needs_a_review_date(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, disclaimer="law")
    assert "review_by: missing" in faults(tmp_path)


def test_verified_needs_the_day_on_which_the_sources_were_read(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM, checked=None, status="verified")
    assert "checked: missing in a verified entry" in faults(tmp_path)
    write_entry(tmp_path, TERM, checked=None, status="stable")
    assert "checked" not in faults(tmp_path)


def test_an_ask_that_only_repeats_a_name_is_a_fault(tmp_path: Path) -> None:
    asks = {
        "zh": ["提示注入", "网页里藏指令怎么办", "邮件能骗过机器人吗"],
        "en": ["a page told our bot what to do", "can a mail trick it", "stop overriding rules"],
    }
    write_entry(tmp_path, TERM, asks=asks)
    assert '"提示注入" is a name, expected a question' in faults(tmp_path)


def test_eight_characters_of_the_source_text_are_a_copy() -> None:
    copied = "市场定位不准确产品实用性不足"
    assert find_copied_run("原因是市场定位不准确、产品实用性不足。") is None
    assert find_copied_run(copied) is None, "punctuation of the source breaks its runs"
    assert find_copied_run("它通过模拟生物神经元之间的连接来学习") is not None


def test_a_quotation_may_repeat_the_source_text() -> None:
    assert find_copied_run("原文写“通过模拟生物神经元之间的连接”，并不准确") is None


def test_runs_are_eight_characters_or_six_words() -> None:
    assert list(runs_of("一二三四五六七八九")) == ["一二三四五六七八", "二三四五六七八九"]
    assert list(runs_of("one two three four five six")) == ["one two three four five six"]
    assert list(runs_of("一二三四，五六七八")) == []


def test_gaps_are_asked_only_of_content_with_an_outline(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM)
    assert list(find_gaps(read_handbook(tmp_path)[0])) == []
    heading = '[[heading]]\nno = "4"\nzh = "挑战"\nen = "Challenges"\n'
    (tmp_path / "outline.toml").write_text(heading, "utf-8")
    found = [str(fault) for fault in find_gaps(read_handbook(tmp_path)[0])]
    assert any("4: no section below it" in fault for fault in found)
    assert any("4.2.2 has no page" in fault for fault in found)
