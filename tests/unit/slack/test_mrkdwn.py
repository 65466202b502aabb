from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.mrkdwn import BREAK, escape, literal

LIVE = re.compile(r"<[@#!h][^>]*>")


@pytest.mark.parametrize(
    "text", ["<!channel>", "<@U123>", "<#C1|general>", "<https://x.example|here>", "<!subteam^S1>"]
)
def test_nothing_a_user_types_is_live(text: str) -> None:
    assert not LIVE.search(escape(text))


def test_an_ampersand_is_escaped_once() -> None:
    assert escape("a & b &lt;") == "a &amp; b &amp;lt;"


@given(st.text())
def test_escaping_leaves_no_control_character_and_loses_nothing(text: str) -> None:
    escaped = escape(text)
    assert "<" not in escaped
    assert ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@given(st.text())
def test_literal_text_reads_the_same_without_its_joiners(text: str) -> None:
    plain = text.replace(BREAK, "")
    assert literal(plain).replace(BREAK, "") == escape(plain)


@pytest.mark.parametrize("text", ["*bold*", "_it_", "~no~", "`code`"])
def test_signs_of_formatting_are_shown_as_they_are(text: str) -> None:
    assert not re.search(r"(?<!\u2060)[*_~`](?!\u2060)", literal(text))
