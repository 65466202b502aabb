"""Every reply of every entry, in both languages, within Slack's limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answers.dialogue import Audience, answer_entry, reply_to
from bot.answers.grammar import ParsedLine, Verb, parse
from bot.answers.help import build_help
from bot.answers.home import (
    build_home_chapters,
    build_home_language,
    build_home_lookups,
    build_home_search,
)
from bot.answers.modals import build_entry_modal, build_terms_modal
from bot.answers.outcomes import build_nothing, build_results, build_suggestions
from bot.answers.share import build_shared
from bot.handbook import Handbook, Kind
from bot.i18n import LANGS, Lang, Text
from bot.playground.limits import find_problems
from bot.search import How, Match
from bot.search.library import Library
from bot.slack.blocks import Reply
from bot.slack.modals import build_reply_modal

# Thousands of replies through the same lines: other tests measure these.
pytestmark = pytest.mark.no_cover

TODAY = date(2026, 11, 24)


def problems_of(reply: Reply) -> list[str]:
    return find_problems(reply.as_message(), "message")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", list(Kind))
def test_every_answer_fits(library: Library, kind: Kind, lang: Lang) -> None:
    for entry in library.handbook.by_kind[kind]:
        reply = answer_entry(library, entry, Audience(lang, TODAY))
        assert problems_of(reply) == [], entry.id
        assert problems_of(build_shared(reply, "U1", lang)) == [], entry.id
        modal = build_entry_modal(library.handbook, entry, lang)
        assert find_problems(modal, "modal") == [], entry.id


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "help",
        "define",
        "checklist",
        "case",
        "chapter",
        "search",
        "search AI",
        "tip",
        "zzzqq",
        "RAG or fine-tuning",
        "a" * 5000,
        "<!channel> *x* `y`",
        "模" * 5000,
        *(f"chapter {no}" for no in ("1", "2", "3", "4", "5", "6", "7", "4.2", "6.3.1", "99")),
    ],
)
def test_every_reply_to_a_typed_line_fits(library: Library, text: str, lang: Lang) -> None:
    reply = reply_to(library, Audience(lang, TODAY), parse(text))
    assert problems_of(reply) == []
    assert find_problems(build_reply_modal(reply, lang), "modal") == []


@pytest.mark.parametrize("lang", LANGS)
def test_home_and_the_terms_of_a_message_fit(handbook: Handbook, lang: Lang) -> None:
    blocks = [
        *build_home_search(handbook, lang),
        *build_home_lookups(list(handbook.entries.values())[:10], lang),
        *build_home_chapters(handbook, lang),
        *build_home_language("en", lang),
    ]
    assert find_problems({"type": "home", "blocks": blocks}, "home") == []
    assert problems_of(build_help(lang)) == []
    assert find_problems(build_terms_modal(handbook.by_kind[Kind.TERM], lang), "modal") == []
    assert find_problems(build_terms_modal([], lang), "modal") == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_longest_names_are_cut_not_refused(handbook: Handbook, lang: Lang) -> None:
    long = "很长的名字" * 700
    entry = replace(handbook.entries["rag"], title=Text(long, long), short=Text(long, long))
    for reply in (
        build_suggestions([Match(entry, 0.5, "x" * 200, How.EXACT)] * 5, lang),
        build_nothing(long, [entry], lang),
        build_results(long, [entry] * 12, lang),
    ):
        assert problems_of(reply) == []


def test_a_list_of_very_many_terms_still_fits(handbook: Handbook) -> None:
    from bench.lists import make_handbook

    library = Library.of(make_handbook(6_000))
    reply = reply_to(library, Audience("en", TODAY), ParsedLine(Verb.DEFINE, ""))
    assert problems_of(reply) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"blocks": []}, "min"),
        (
            {"blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}]},
            "maxLength",
        ),
        ({"blocks": [{"type": "divider"}] * 51}, "maxItems"),
        ({"blocks": [{"type": "wheel"}]}, "none of"),
        ({"text": ""}, "min"),
    ],
)
def test_the_limits_themselves_are_checked(change: dict[str, object], problem: str) -> None:
    fine = {"text": "x", "blocks": [{"type": "divider"}]}
    assert find_problems(fine, "message") == []
    assert any(problem in found for found in find_problems(fine | change, "message"))
