"""What an entry rests on can be found by a reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.handbook import read_handbook
from bot.handbook.sources import find_source_faults, is_located
from tests.support.content import CHECKLIST, TERM, write_entry


def faults(content: Path) -> list[str]:
    return [str(fault) for fault in find_source_faults(read_handbook(content)[0])]


@pytest.mark.parametrize(
    "source",
    [
        "OWASP LLM01:2026, https://genai.owasp.org/llmrisk/",
        "Vaswani et al. 2017, arXiv:1706.03762",
        "Narayanan & Shmatikov 2008, arXiv:cs/0610105",
        "Cooper 1990, doi:10.1016/0007-6813(90)90040-I",
        "Ries, The Lean Startup, 2011, ISBN 978-0-307-88789-4",
        "Regulation (EU) 2026/1744, Art. 1(39)(b)",
        "生成式人工智能服务管理暂行办法（国家网信办等令第 15 号，2023）",
        "个人信息保护法（主席令第九十一号）第二十四条",
        "国家药监局，2021 年第 47 号通告",
        "《互联网诊疗监管细则（试行）》国卫办医发〔2022〕2 号",
        "GB/T 45654-2025",
        "最高人民法院（2012）民提字第 11 号（海富案）",
        "Bartz v. Anthropic, N.D. Cal. 3:24-cv-05417",
        "Getty v Stability AI [2025] EWHC 2863 (Ch)",
        "17 CFR Part 227",
        "NIST AI 100-1 (2023)",
    ],
)
def test_an_address_or_an_identifier_lets_a_source_be_found(source: str) -> None:
    assert is_located(source)


@pytest.mark.parametrize(
    "source",
    ["YC library, standard venture usage", "Financial Times, May 2025", "cac.gov.cn", "https://"],
)
def test_a_name_and_a_year_do_not(source: str) -> None:
    assert not is_located(source)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"sources": ["A report, 2024"]}, "0 with an address or identifier, expected 1 or more"),
        (
            {"sources": ["GDPR, (EU) 2016/679", "A report"], "disclaimer": "law"},
            "1 with an address or identifier, expected 2 or more for law",
        ),
        (
            {"sources": ["arXiv:1706.03762"], "disclaimer": ["health", "finance", "law"]},
            "1 with an address or identifier, expected 2 or more for finance and law",
        ),
        (
            {"sources": ["arXiv:1706.03762", "Checklist “Build an eval set”"]},
            '"Checklist “Build an eval set”" is the handbook, expected where it has it from',
        ),
        (
            {"sources": ["arXiv:1706.03762", "本手册案例所列来源"]},
            '"本手册案例所列来源" is the handbook, expected where it has it from',
        ),
    ],
)
def test_too_few_sources_and_the_handbook_itself_are_faults(
    tmp_path: Path, change: dict[str, Any], fault: str
) -> None:
    write_entry(tmp_path, CHECKLIST)
    write_entry(tmp_path, TERM, **change)
    assert faults(tmp_path) == [f"glossary/prompt-injection.toml: sources: {fault}"]
