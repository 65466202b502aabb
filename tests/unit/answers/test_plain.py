"""Answers on the terminal: words, without Slack's marks and buttons."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.dialogue import Audience, answer_entry, reply_to
from bot.answers.grammar import parse
from bot.answers.outcomes import build_list
from bot.answers.plain import render_plain, strip_mrkdwn
from bot.handbook import Handbook, Kind
from bot.i18n import LANGS, Lang
from bot.search.library import Library
from bot.slack.blocks import Reply, section
from bot.slack.mrkdwn import BREAK, literal

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("mrkdwn", "plain"),
    [
        ("*bold* and _italic_ and `code` and ~struck~", "bold and italic and code and struck"),
        ("*_both_*", "both"),
        ("*a*\n_b_", "a\nb"),
        ("2 * 3 * 4, snake_case_name, *", "2 * 3 * 4, snake_case_name, *"),
        ("<https://x.example/a|a page> &amp; <https://y.example>", "a page (https://x.example/a) & "
                                                                    "https://y.example"),
    ],
)  # fmt: skip
def test_the_signs_of_formatting_go_and_the_words_stay(mrkdwn: str, plain: str) -> None:
    assert strip_mrkdwn(mrkdwn) == plain


@given(st.text(st.characters(exclude_categories=["Co", "Cs"])).filter(lambda t: BREAK not in t))
def test_what_a_user_typed_stays_as_it_was(text: str) -> None:
    assert strip_mrkdwn(literal(text)) == text
    if text.strip() == text and text and "\n" not in text:
        assert strip_mrkdwn(f"*{literal(text)}*") == text


@pytest.mark.parametrize("lang", LANGS)
def test_the_grey_line_says_that_a_review_is_overdue(library: Library, lang: Lang) -> None:
    for entry in library.handbook.entries.values():
        if entry.review_by is None:
            continue
        on_time = Audience(lang, entry.review_by)
        late = Audience(lang, date.fromordinal(entry.review_by.toordinal() + 1))
        said = {"zh": f"应在 {entry.review_by} 前复核", "en": f"review was due {entry.review_by}"}
        assert said[lang] not in render_plain(answer_entry(library, entry, on_time))
        assert said[lang] in render_plain(answer_entry(library, entry, late)).splitlines()[1]


def test_a_list_shows_what_can_be_picked(handbook: Handbook) -> None:
    text = render_plain(build_list(handbook, Kind.CASE, "en"))
    assert all(f"- {entry.title.en}"[:60] in text for entry in handbook.by_kind[Kind.CASE])


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
