"""Everything about running checklists within Slack's limits, and what people type never live."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.checklists import ids
from bot.checklists.blocks import build_done
from bot.checklists.blocks import build_run as build_message
from bot.checklists.changes import apply, replay
from bot.checklists.details_view import build_details, find_changes, read_details
from bot.checklists.export import build_csv, build_markdown
from bot.checklists.home import build_home_items
from bot.checklists.item_views import build_item_view, build_why, read_item_view
from bot.checklists.lists import Listed, build_log, build_running, log_text
from bot.checklists.models import (
    ITEM_CHARS,
    LABEL_CHARS,
    MAX_ITEMS,
    NOTE_CHARS,
    REASON_CHARS,
    Change,
    ChangeKind,
    LogLine,
    Run,
)
from bot.checklists.notices import (
    build_assigned,
    build_due_today,
    build_progress_line,
    build_summary,
)
from bot.checklists.progress import page_of
from bot.checklists.rhythm import Rhythm
from bot.checklists.series import start_series
from bot.checklists.start import first_line, start_run
from bot.checklists.start_view import Origin, build_start, build_which, read_start
from bot.checklists.texts import date_text
from bot.handbook import Handbook, Kind
from bot.handbook.models import Checklist, Term
from bot.i18n import LANGS, Lang, Text
from bot.playground.limits import find_problems
from bot.slack.blocks import Reply
from bot.slack.spreadsheets import make_safe
from bot.slack.uploads import PART_CHARS, build_text_parts
from tests.support.runs import NOW, OTHER, STARTER, build_checklist, build_run, line, submission

WILD = "<!channel> *b* _i_ ~s~ `c` <@U1> <https://x.y|z> & \u202e"
SERIES = start_series(build_run(), build_checklist(), Rhythm.QUARTER, None)
VERBS = (ids.ASSIGN, ids.DUE, ids.NOTE, ids.EXCLUDE)


def problems_of(reply: Reply) -> list[str]:
    return find_problems(reply.as_message(), "message")


def fullest(lang: Lang = "en", text: str = WILD) -> Run:
    """A run of the most items, each with all that one can have, as long as it can be."""
    long = (text * 50)[:ITEM_CHARS]
    run = build_run(1, lang=lang, label=(text * 9)[:LABEL_CHARS], added=[long] * (MAX_ITEMS - 1))
    log = []
    for item in run.items:
        for change in (
            Change(what=ChangeKind.ASSIGNED, item=item.no, user_id="U" * 20, zone="Asia/Shanghai"),
            Change(what=ChangeKind.DUE, item=item.no, day=date(2020, 1, 1)),
            Change(what=ChangeKind.NOTED, item=item.no, text=(text * 50)[:NOTE_CHARS]),
            Change(
                what=ChangeKind.UNREACHABLE, item=item.no, user_id="U" * 20, text="user_disabled"
            ),
        ):
            log.append(LogLine(len(log) + 2, NOW, STARTER, change))
        if item.no % 3 == 0:
            reason = (text * 50)[:REASON_CHARS]
            log.append(line(ChangeKind.EXCLUDED, len(log) + 2, item=item.no, text=reason))
    return replay(run, log)


@pytest.mark.parametrize("lang", LANGS)
def test_every_checklist_fits_from_its_modal_to_its_list(handbook: Handbook, lang: Lang) -> None:
    for entry in handbook.by_kind[Kind.CHECKLIST]:
        assert isinstance(entry, Checklist)
        origin = Origin(entry.id, "C1", "UTC")
        view = build_start(entry, origin, lang)
        assert find_problems(view, "modal") == [], entry.id
        wanted = read_start(submission(view)["view"])
        assert (wanted.count, wanted.origin) == (len(entry.items), origin)
        run = start_run(
            entry, run_id="f" * 32, team_id="T1", channel_id="C1", by=STARTER, now=NOW, lang=lang,
            zone="UTC", kept=wanted.kept,
        )  # fmt: skip
        assert problems_of(build_message(run, NOW)) == [], entry.id
        for item in run.items:
            assert problems_of(build_why(item, [*handbook.by_kind[Kind.TERM]], lang)) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_fullest_run_fits_everywhere(lang: Lang) -> None:
    run = fullest(lang)
    item = run.items[1]
    for number in range(page_of(run).count):
        assert problems_of(build_message(replace(run, page=number), NOW)) == []
    closed = apply(run, line(ChangeKind.CLOSED, 999))
    again = replace(run, series_id="s" * 32, rhythm=Rhythm.QUARTER, left_open=60)
    for one in (closed, run, again, apply(again, line(ChangeKind.FOLLOWED, 999, by=""))):
        assert problems_of(build_message(one, NOW)) == []
        assert problems_of(build_summary(one, NOW)) == []
    assert problems_of(build_assigned(run, item, OTHER, lang, NOW)) == []
    assert problems_of(build_due_today(run, item, lang, NOW)) == []
    listed = [Listed(replace(run, problem="x" * 60, message_ts=""), "https://x.slack.com/1")] * 40
    series = [replace(SERIES, label="x" * LABEL_CHARS, skipped=NOW.date())] * 40
    assert problems_of(build_running(listed, series, lang, NOW)) == []
    note = line(ChangeKind.NOTED, item=2, text="\n" * 200 + WILD * 5)
    assert problems_of(build_log(run, [note] * 300, [run] * 9, lang)) == []
    home = build_home_items([(run, item)] * 90, series, lang, NOW, muted=True)
    assert find_problems({"type": "home", "blocks": home}, "home") == []
    for verb in VERBS:
        view = build_item_view(ids.MenuChoice(verb, ids.RunTarget("f" * 32, 60)), item, lang)
        assert find_problems(view, "modal") == []


def test_a_whole_page_of_the_longest_items_stays_a_readable_message() -> None:
    text = json.dumps(build_message(fullest(), NOW).blocks, ensure_ascii=False)
    assert len(text) < 40_000


def mrkdwn_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value["text"]
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from mrkdwn_of(part)


@pytest.mark.parametrize("lang", LANGS)
def test_what_people_type_is_never_live(lang: Lang) -> None:
    run = fullest(lang)
    item = run.items[1]
    note = line(ChangeKind.NOTED, item=2, text=WILD)
    replies = [
        build_message(run, NOW), build_summary(run, NOW), build_due_today(run, item, lang, NOW),
        build_assigned(run, item, OTHER, lang, NOW), build_running([Listed(run)], [], lang, NOW),
        build_log(run, [note], [run], lang),
    ]  # fmt: skip
    texts = [text for reply in replies for text in mrkdwn_of(reply.blocks)]
    texts += mrkdwn_of(build_home_items([(run, item)], [], lang, NOW, muted=False))
    texts.append(build_progress_line(run, lang, NOW))
    assert len(texts) > 20
    for text in texts:
        assert "<!channel>" not in text
        assert "<https://x.y" not in text
        assert "*b*" not in text
    assert not any("<!" in reply.text for reply in replies)


def items_of(run: Run) -> list[dict[str, Any]]:
    """The blocks of a list's items."""
    return [b for b in build_message(run, NOW).blocks if b["type"] == "section"]


def test_a_reason_is_shown_and_each_button_says_what_it_makes_of_an_item() -> None:
    run = apply(build_run(5), line(ChangeKind.TICKED, item=1, by=OTHER))
    run = apply(run, line(ChangeKind.EXCLUDED, 3, item=2, text="not ours"))
    words = [block["accessory"]["text"]["text"] for block in items_of(run)]
    assert words == ["Undo", "Applies after all", "Mark done", "Mark done", "Mark done"]
    facts = build_message(run, NOW).blocks[1]["elements"][0]["text"]
    assert "1 / 4 · 1 not applicable" in facts
    assert items_of(run)[1]["text"]["text"].endswith("Not applicable: not ours")


class TestAList:
    def test_twelve_items_take_at_most_sixteen_blocks_and_one_each(self) -> None:
        blocks = build_message(build_run(12), NOW).blocks
        assert len(blocks) <= 16
        assert len(items_of(build_run(12))) == 12
        assert all(block["accessory"]["type"] == "button" for block in items_of(build_run(12)))

    def test_what_is_next_and_what_is_overdue_stands_out_and_nothing_else(self) -> None:
        run = apply(build_run(5), line(ChangeKind.TICKED, item=1, by=OTHER))
        run = apply(run, line(ChangeKind.DUE, 3, item=4, day=date(2020, 1, 1)))
        shown = [block["text"]["text"] for block in items_of(run)]
        assert [text.count("*") for text in shown] == [0, 2, 0, 2, 0]
        assert "*2. Thing 2*" in shown[1]
        assert "⚠️" in shown[3]

    def test_done_items_fold_into_one_line_when_more_than_half_are(self) -> None:
        run = build_run(4)
        for number in (1, 2):
            run = apply(run, line(ChangeKind.TICKED, number + 1, item=number))
        assert len(items_of(run)) == 4
        run = apply(run, line(ChangeKind.TICKED, 9, item=3))
        folded, last = items_of(run)
        assert folded["text"]["text"] == "✅ 3 done"
        assert folded["accessory"]["action_id"] == ids.DONE
        assert "Thing 4" in last["text"]["text"]
        shown = build_done(run, "en", NOW)
        assert [b["accessory"]["action_id"] for b in shown.blocks[1:]] == [ids.UNTICK] * 3

    def test_a_screen_reader_hears_each_open_item_with_owner_and_day(self) -> None:
        run = apply(build_run(3), line(ChangeKind.TICKED, item=1, by=OTHER))
        run = apply(run, line(ChangeKind.ASSIGNED, 3, item=2, user_id=OTHER))
        run = apply(run, line(ChangeKind.DUE, 4, item=2, day=date(2026, 12, 1)))
        assert build_message(run, NOW).text.splitlines() == [
            "Launch check: 1 / 3",
            f"2. Thing 2 · <@{OTHER}> · due Tue 1 Dec",
            "3. Thing 3",
        ]

    @pytest.mark.parametrize("lang", LANGS)
    def test_the_fullest_fits_with_its_details_and_what_is_done(self, lang: Lang) -> None:
        run = fullest(lang)
        assert problems_of(build_done(run, lang, NOW)) == []
        note = line(ChangeKind.NOTED, item=2, text=WILD * 5)
        terms = [replace(Term(id="x", file="", title=Text(WILD * 9, WILD * 9)))] * 9
        view = build_details(run, run.items[1], terms, [note] * 9, lang, NOW)
        assert find_problems(view, "modal") == []
        plain = fullest(lang, "plain words ")
        view = build_details(plain, plain.items[1], [], [], lang, NOW)
        assert not find_changes(read_details(submission(view)["view"]))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("what", list(ChangeKind))
def test_every_kind_of_line_can_be_read(what: ChangeKind, lang: Lang) -> None:
    run = build_run()
    full = {"item": 1, "text": "x", "user_id": OTHER, "day": date(2026, 12, 1)}
    for fields in ({}, full):
        text = log_text(run, line(what, **fields), lang)
        assert "{" not in text.replace("{date_short_pretty} {time}", "")
    assert log_text(run, first_line(run), lang)


@pytest.mark.parametrize("verb", VERBS)
def test_a_modal_that_is_submitted_as_it_came_changes_nothing(verb: str) -> None:
    run = apply(fullest(text="plain words "), line(ChangeKind.EXCLUDED, 999, item=2, text="no"))
    run = replace(run, items=tuple(replace(item, unreachable="") for item in run.items))
    item = run.items[1]
    choice = ids.MenuChoice(verb, ids.RunTarget(run.id, item.no))
    view = submission(build_item_view(choice, item, "en"))["view"]
    read, change = read_item_view(view)
    assert read == choice
    after = apply(run, LogLine(1000, NOW, OTHER, replace(change, zone=item.zone)))
    assert after.items == run.items


@pytest.mark.parametrize("value", ["", "x", "|", "a|b|c", "a|-1", "a|" + "9" * 40, "a|١"])
def test_a_value_that_is_not_of_our_making_names_no_item(value: str) -> None:
    assert ids.RunTarget.parse(value).number == 0
    assert str(ids.RunTarget.parse(str(ids.RunTarget("abc", 7)))) == "abc|7"


def test_a_choice_of_one_to_all_checklists_fits(handbook: Handbook) -> None:
    entries = handbook.by_kind[Kind.CHECKLIST]
    for count in (1, 3, len(entries)):
        assert problems_of(build_which(entries[:count], "zh")) == []


# Export


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+1",
        "-2",
        "@SUM(A1)",
        " =1",
        "＝1",
        "\ufeff=1",
        "|calc",
        "%0A",
        "=cmd|' /C'!A",
    ],
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert make_safe(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("a;=1+1", "a;'=1+1"), ("a; @x", "a; '@x"), ("\t=1", "\t'=1"), ("a;b;-c", "a;b;'-c")],
)
def test_nor_is_one_behind_another_separator(cell: str, safe: str) -> None:
    assert make_safe(cell) == safe


@pytest.mark.parametrize("cell", ["", "plain", "a=b", "1 + 1", "2026-11-24", "上线"])
def test_plain_cells_stay_as_they_are(cell: str) -> None:
    assert make_safe(cell) == cell


@pytest.mark.parametrize("lang", LANGS)
def test_csv_has_one_row_an_item_and_reads_back(lang: Lang) -> None:
    run = build_run(2, lang=lang, added=["=HYPERLINK(1)"])
    run = apply(run, line(ChangeKind.NOTED, item=1, text='two\nlines, "quoted"'))
    run = apply(run, line(ChangeKind.TICKED, 3, item=2, by=OTHER))
    text = build_csv(run, {OTHER: "@evil"})
    assert text.startswith("\ufeff"), "without it Excel does not read Chinese"
    header, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert {len(row) for row in (header, *rows)} == {10}
    assert rows[0][7] == 'two\nlines, "quoted"'
    assert rows[1][3] == "'@evil"
    assert rows[1][4] == "2026-11-25 12:00 UTC"
    assert rows[2][1] == "'=HYPERLINK(1)"


def test_markdown_is_a_task_list_with_names() -> None:
    run = apply(build_run(3, label="v2"), line(ChangeKind.TICKED, item=1, by=OTHER))
    run = apply(run, line(ChangeKind.EXCLUDED, 3, item=2, text="no *agents*"))
    run = apply(run, line(ChangeKind.ASSIGNED, 4, item=3, user_id=OTHER))
    run = apply(run, line(ChangeKind.DUE, 5, item=3, day=date(2026, 12, 1)))
    text = build_markdown(run, {OTHER: "Maya"}, NOW + timedelta(days=1))
    assert text.splitlines() == [
        "# Launch check · v2",
        "",
        "Started by U1, 2026-11-25 12:00 UTC",
        "",
        "**1 / 2**",
        "",
        "- [x] 1. Thing 1 — Maya, 2026-11-25 12:00 UTC",
        "- [x] ~~2. Thing 2~~ — U1, 2026-11-25 12:00 UTC — Not applicable: no \\*agents\\*",
        "- [ ] 3. Thing 3 — 👤 Maya — due 2026-12-01",
    ]


def test_a_file_as_text_comes_whole_in_parts_that_fit() -> None:
    content = build_markdown(fullest(), {}, NOW) + "x" * (2 * PART_CHARS)
    parts = list(build_text_parts("a.md", content))
    assert len(parts) > 5
    for part in parts:
        assert problems_of(part) == []
    shown = "".join(part.blocks[1]["elements"][0]["elements"][0]["text"] for part in parts)
    assert shown == content


@pytest.mark.parametrize(
    ("lang", "day", "text"),
    [
        ("en", date(2026, 12, 1), "Tue 1 Dec"),
        ("en", date(2027, 1, 31), "Sun 31 Jan 2027"),
        ("zh", date(2026, 12, 1), "12月1日（周二）"),
        ("zh", date(2027, 1, 31), "2027年1月31日（周日）"),
    ],
)
def test_a_day_of_another_year_says_so(lang: Lang, day: date, text: str) -> None:
    assert date_text(day, lang, NOW) == text
