"""scripts/check_sources.py: identifiers and addresses that cannot be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.check_sources import find_malformed, main
from tests.support.content import TERM, write_entry


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("arXiv:2013.12345", "arXiv:2013.12345"),
        ("arXiv:1706.3762", "arXiv:1706.3762"),
        ("ISBN 978-0-307-88789-5", "ISBN 978-0-307-88789-5"),
        ("doi:11.1000/x", "doi:11.1000/x"),
        ("Regulation (EU) 1744", "Regulation (EU) 1744"),
        ("GB/T 45654", "GB/T 45654"),
        ("国卫办医发[2022]2 号", "[2022]2 号"),
        ("https://example", "https://example"),
        ("https:/example.com", "https:/example.com"),
        ("cac.gov.cn/2026-01/02/x.htm", "cac.gov.cn/2026-01/02/x.htm"),
    ],
)
def test_what_cannot_be_right_is_named(source: str, found: str) -> None:
    assert [fault.problem for fault in find_malformed("x.toml", source)] == [
        f'"{found}" is malformed'
    ]


@pytest.mark.parametrize(
    "source",
    [
        "arXiv:1706.03762; arXiv:cs/0610105; arXiv:0704.0001",
        "Ries 2011, ISBN 978-0-307-88789-4; doi:10.1016/0007-6813(90)90040-I",
        "Regulation (EU) 2016/679, GB/T 45654-2025, 国卫办医发〔2022〕2 号",
        "《某法》（https://www.cac.gov.cn/2026-01/02/c_1.htm）。（as reported by https://a.example.com/x）",
    ],
)
def test_what_is_right_passes(source: str) -> None:
    assert list(find_malformed("x.toml", source)) == []


def test_every_source_is_looked_at(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_entry(tmp_path, TERM, sources=["arXiv:2313.12345", "https://example.com"])
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        'glossary/prompt-injection.toml: sources: "arXiv:2313.12345" is malformed, '
        "expected arXiv:yymm.nnnnn",
        "2 sources, 1 malformed",
    ]
