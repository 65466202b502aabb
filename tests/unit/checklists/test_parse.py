from __future__ import annotations

import pytest

from bot.checklists.parse import RunLine, RunVerb, parse_run


@pytest.mark.parametrize(
    ("typed", "verb", "rest"),
    [
        ("start agent launch", RunVerb.START, "agent launch"),
        ("Start: agent launch", RunVerb.START, "agent launch"),
        ("strat agent launch", RunVerb.START, "agent launch"),
        ("start", RunVerb.START, ""),
        ("开始 智能体上线", RunVerb.START, "智能体上线"),
        ("开始：智能体上线", RunVerb.START, "智能体上线"),
        ("开始智能体上线", RunVerb.START, "智能体上线"),
        ("启动智能体上线", RunVerb.START, "智能体上线"),
        ("开始！", RunVerb.START, ""),
        ("running?", RunVerb.RUNNING, ""),
        ("running", RunVerb.RUNNING, ""),
        ("runing", RunVerb.RUNNING, ""),
        ("进行中", RunVerb.RUNNING, ""),
        ("log", RunVerb.LOG, ""),
        ("记录", RunVerb.LOG, ""),
    ],
)
def test_lines_about_runs(typed: str, verb: RunVerb, rest: str) -> None:
    assert parse_run(typed) == RunLine(verb, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "agent launch",
        "running costs",
        "log retention",
        "state of the art",
        "startup",
        "上线",
        "开始前要准备什么",
    ],
)
def test_questions_stay_questions(typed: str) -> None:
    assert parse_run(typed) is None
