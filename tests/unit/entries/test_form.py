"""What is typed behind `add` and entered in the form of an entry."""

from __future__ import annotations

from typing import Any

import pytest

from bot.entries import ids
from bot.entries.form import MOST_ITEMS, Filled, Origin, read_form
from bot.entries.form_view import build_form
from bot.entries.models import Draft
from bot.entries.parse import parse_add
from bot.entries.prefill import of_handbook_entry, of_name, plain_of
from bot.handbook.models import Handbook, Kind
from bot.i18n import LANGS, Lang, Text
from bot.playground.limits import find_problems
from tests.support.runs import submission


@pytest.mark.parametrize(
    ("typed", "name", "kind"),
    [
        ("", "", Kind.TERM),
        ("Churn", "Churn", Kind.TERM),
        ("checklist Launch", "Launch", Kind.CHECKLIST),
        ("清单 上线", "上线", Kind.CHECKLIST),
        ("清单上线", "上线", Kind.CHECKLIST),
        ("a term: Churn", "Churn", Kind.TERM),
        ("术语 留存", "留存", Kind.TERM),
        ("terminal value", "terminal value", Kind.TERM),
    ],
)
def test_a_name_and_what_it_is(typed: str, name: str, kind: Kind) -> None:
    line = parse_add(typed)
    assert line is not None
    assert (line.name, line.kind, line.is_doubtful) == (name, kind, False)


def test_a_question_that_begins_with_add_is_none_of_ours() -> None:
    assert parse_add("retrieval to our product?") is None
    long = parse_add("a reranker to the search if it is slow already and costly")
    assert long is not None
    assert long.is_doubtful


@pytest.mark.parametrize(
    ("mrkdwn", "text"),
    [
        ("<https://x.test|x> &amp; <https://y.test>", "x (https://x.test) & https://y.test"),
        ("<@U1> see <#C1|sales> <!here>", "see sales"),
        ("a &lt;b&gt;\n\nc\x00", "a <b>\n\nc"),
    ],
)
def test_a_message_is_read_without_slacks_marks(mrkdwn: str, text: str) -> None:
    assert plain_of(mrkdwn) == text


def test_a_long_message_goes_into_the_details_in_its_language() -> None:
    draft = of_name("", "长" * 501).draft
    assert (draft.short, len(draft.body.zh), draft.body.en) == (Text(), 501, "")


def read(lang: Lang = "en", kind: Kind = Kind.TERM, **values: Any) -> tuple[Filled, dict[str, str]]:
    draft = Draft(title=Text(), kind=kind)
    view = build_form(Origin(kind=kind), Filled(draft=draft), lang, is_curator=True)
    assert find_problems(view, "modal") == []
    return read_form(submission(view, **values)["view"], lang)


def test_either_language_is_enough_and_what_cannot_be_seen_goes() -> None:
    filled, errors = read(title_zh=" 留存\u202e ", short_zh="见\0下", aliases="a;b； a ;;c")
    assert errors == {}
    assert filled.draft.title == Text("留存", "")
    assert filled.draft.short == Text("见下", "")
    assert filled.draft.aliases == ("a", "b", "c")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        (Kind.TERM, {"title_en": "x"}, "short"),
        (Kind.TERM, {"short_en": "x"}, "title"),
        (Kind.TERM, {"title_en": "x" * 81, "short_en": "x"}, "title_en"),
        (Kind.TERM, {"title_en": "x", "short_en": "x" * 501}, "short_en"),
        (Kind.TERM, {"title_en": "x", "short_en": "x", "aliases": "y" * 61}, "aliases"),
        (Kind.TERM, {"title_en": "x", "short_en": "x", "links": "javascript:x"}, "links"),
        (Kind.TERM, {"title_en": "x", "short_en": "x", "links": "https://a b"}, "links"),
        (Kind.CHECKLIST, {"title_en": "x", "short_en": "x"}, "items"),
        (Kind.CHECKLIST, {"title_en": "x", "items_en": "y\n" * (MOST_ITEMS + 1)}, "items_en"),
        (Kind.CHECKLIST, {"title_en": "x", "items_en": "y\nz", "items_zh": "一"}, "items"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    lang: Lang, kind: Kind, values: dict[str, str], wrong: str
) -> None:
    _, errors = read(lang, kind, **values)
    assert list(errors) == [wrong if wrong in _fields() else f"{wrong}_{lang}"]


def _fields() -> set[str]:
    named = (ids.TITLES, ids.SHORTS, ids.BODIES, ids.ITEMS)
    return {name for names in named for name in names.values()} | {ids.ALIASES, ids.LINKS}


def test_all_that_the_handbook_has_fits_into_the_form(handbook: Handbook) -> None:
    views = []
    for entry in handbook.entries.values():
        if (found := of_handbook_entry(entry)) is None:
            continue
        origin, filled = found
        views.append(build_form(origin, filled, "en", is_curator=False, replaced=entry.title))
        again, errors = read_form(submission(dict(views[-1]))["view"], "en")
        assert errors == {}, entry.id
        assert again.draft == filled.draft, entry.id
    largest = sorted(views, key=lambda view: len(str(view)))[-3:]
    assert [find_problems(view, "modal") for view in largest] == [[]] * 3
