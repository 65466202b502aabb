from __future__ import annotations

import pytest

from bot.checklists.models import ITEM_CHARS, LABEL_CHARS, MAX_ITEMS, ChangeKind
from bot.checklists.start import first_line
from bot.i18n import Text
from bot.slack.typed import clean_line, clean_text
from tests.support.runs import NOW, STARTER, build_run


def test_all_items_are_kept_in_order_with_their_reasons() -> None:
    run = build_run(2)
    assert [(i.no, i.text.zh, i.why.en) for i in run.items] == [
        (1, "第1件事", "Because 1"),
        (2, "第2件事", "Because 2"),
    ]


def test_removed_items_leave_no_gap_and_added_ones_come_last() -> None:
    run = build_run(3, kept={0, 2}, added=["", "  Own\tone ", " \n"])
    assert [(i.no, i.text.en) for i in run.items] == [
        (1, "Thing 1"),
        (2, "Thing 3"),
        (3, "Own one"),
    ]
    assert run.items[2].text == Text("Own one", "Own one")


@pytest.mark.parametrize("count", [0, MAX_ITEMS + 1])
def test_no_items_or_too_many_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} items"):
        build_run(1, kept=(), added=["x"] * count)


def test_what_was_typed_is_cut_to_one_clean_line() -> None:
    run = build_run(1, label=f" v2\n\0launch {'x' * 200}", added=["y" * 500])
    assert run.label.startswith("v2 launch x")
    assert (len(run.label), len(run.items[1].text.en)) == (LABEL_CHARS, ITEM_CHARS)


def test_control_characters_and_half_surrogates_go_and_lines_stay() -> None:
    assert (
        clean_line("abc\u202ecba \U0001f468\u200d\U0001f469") == "abccba \U0001f468\u200d\U0001f469"
    )
    assert clean_text("a\0b\n\nc\x1b[31m \ud800", 100) == "ab\n\nc[31m"
    assert clean_line("a\r\nb\u2028c") == "a b c"


@pytest.mark.parametrize("text", ["", "   ", "\u200b", "\u202e", "\u3000\u2060"])
def test_what_nobody_can_see_is_nothing(text: str) -> None:
    assert clean_line(text) == ""


def test_the_log_begins_with_the_start() -> None:
    line = first_line(build_run())
    assert (line.number, line.by, line.at, line.change.what) == (
        1,
        STARTER,
        NOW,
        ChangeKind.STARTED,
    )
