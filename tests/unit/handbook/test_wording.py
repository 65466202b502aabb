"""Paragraphs fit a chat, and one thing has one name."""

from __future__ import annotations

from pathlib import Path

from bot.handbook import read_handbook
from bot.handbook.wording import CHOSEN, find_wording_faults
from bot.settings import CONTENT_DIR
from tests.support.content import TERM, write_entry


def faults(content: Path) -> list[str]:
    return [str(fault) for fault in find_wording_faults(read_handbook(content)[0])]


def test_a_paragraph_may_have_180_characters_or_90_words(tmp_path: Path) -> None:
    body = {"zh": "字" * 180 + "\n" + "字" * 181, "en": "word " * 91 + "\n" + "word " * 90}
    write_entry(tmp_path, TERM, body=body)
    assert faults(tmp_path) == [
        "glossary/prompt-injection.toml: body.zh: paragraph 2 has 181, "
        "expected at most 180, in two paragraphs if need be",
        "glossary/prompt-injection.toml: body.en: paragraph 1 has 91, "
        "expected at most 90, in two paragraphs if need be",
    ]


def test_a_term_with_another_name_here_is_a_fault_but_not_as_an_alias(tmp_path: Path) -> None:
    mistake = {"zh": "只看首个词元的平均值。", "en": "Reading the 95th percentile once."}
    write_entry(tmp_path, TERM, aliases=["首 token"], mistake=mistake)
    assert faults(tmp_path) == [
        'glossary/prompt-injection.toml: mistake.zh: "首个词元", expected "首字"',
        'glossary/prompt-injection.toml: mistake.en: "95th percentile", expected "p95"',
    ]


def test_the_guide_for_writers_lists_every_chosen_term() -> None:
    guide = (CONTENT_DIR / "README.md").read_text("utf-8")
    for terms in CHOSEN.values():
        for avoided, chosen in terms.items():
            assert f"| {chosen} | {avoided} |" in guide, avoided
