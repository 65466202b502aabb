"""Answers on the terminal: words, without Slack's marks and buttons."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answers.dialogue import Audience, reply_to
from bot.answers.grammar import parse
from bot.answers.plain import render_plain
from bot.i18n import LANGS, Lang
from bot.search.library import Library
from bot.slack.blocks import Reply, section
from bot.slack.mrkdwn import BREAK, literal

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "typed",
    ["微调", "RAG or fine-tuning?", "zzzq", "help", "chapter 4", "search 融资", "case", "hi"],
)
def test_no_mark_and_no_button_is_left(library: Library, typed: str, lang: Lang) -> None:
    shown = render_plain(reply_to(library, Audience(lang, TODAY), parse(typed)))
    for mark in ("*", "`", "[Open]", "[查看]", "Share", "分享到频道", "&amp;", BREAK):
        assert mark not in shown


def test_what_a_button_names_is_a_line(library: Library) -> None:
    shown = render_plain(reply_to(library, Audience("en", TODAY), parse("chapter")))
    assert sum(line.startswith("- ") for line in shown.splitlines()) == 7


@pytest.mark.parametrize(
    ("mrkdwn", "plain"),
    [
        ("*bold* and _italic_, `code`", "bold and italic, code"),
        ("*_both_*", "both"),
        ("<https://a.b/c|a page> &amp; more", "a page (https://a.b/c) & more"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        (literal("*as it is* _x_"), "*as it is* _x_"),
    ],
)
def test_mrkdwn_becomes_plain(mrkdwn: str, plain: str) -> None:
    assert render_plain(Reply("", (section(mrkdwn),))) == f"{plain}\n"
