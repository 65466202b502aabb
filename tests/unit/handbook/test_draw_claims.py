"""scripts/draw_claims.py: sentences for a fact check, the same ones for the same seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.draw_claims import main
from tests.support.content import CHECKLIST, TERM, write_entry

ONE_CLAIM = {
    "zh": "先写规则。OWASP 在 2025 年把它排第一。你 2026 年还会这样做吗？",
    "en": "Write rules first. OWASP put it first in 2025, v. 2 of No. 1. Is it so in 2026?",
}


def test_a_seed_draws_one_claim_of_an_entry_whatever_stands_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def draw(*arguments: str) -> list[str]:
        assert main(["--seed", "7", "--dir", str(tmp_path), *arguments]) == 0
        return capsys.readouterr().out.splitlines()

    term = write_entry(tmp_path, TERM, short=ONE_CLAIM)
    alone = draw()
    assert alone[0].startswith("1. prompt-injection: short.")
    assert alone[1].strip() in (
        "OWASP 在 2025 年把它排第一。",
        "OWASP put it first in 2025, v. 2 of No. 1.",
    )
    assert alone[2:] == ["   - OWASP LLM01:2025"]

    write_entry(tmp_path, CHECKLIST, done_when={"zh": "2027 年有分数", "en": "Scored by 2027"})
    assert draw(str(term)) == draw("prompt-injection") == alone
    assert len([line for line in draw() if line[0].isdigit()]) == 2
    assert len([line for line in draw("--count", "1") if line[0].isdigit()]) == 1
