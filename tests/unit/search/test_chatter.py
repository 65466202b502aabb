from __future__ import annotations

import pytest

from bot.search import Chatter, Matcher, Nothing
from bot.search.chatter import find_chatter


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hello there!", Chatter.GREETING),
        ("大家早上好", Chatter.GREETING),
        ("are you a bot?", Chatter.GREETING),
        ("こんにちは", Chatter.GREETING),
        ("thanks so much 🙏", Chatter.THANKS),
        ("好的，辛苦了", Chatter.THANKS),
        ("+1", Chatter.NO_QUESTION),
        ("same problem here, please help", Chatter.NO_QUESTION),
        ("蹲一个", Chatter.NO_QUESTION),
        ("OPS-1234", Chatter.NO_QUESTION),
        ("https://example.com/a?b=c", Chatter.NO_QUESTION),
        ("<http://example.com|example.com>", Chatter.NO_QUESTION),
        ("<mailto:a@b.co|a@b.co>", Chatter.NO_QUESTION),
        ("<https://example.com/x|x>", Chatter.NO_QUESTION),
        (":tada: :tada:", Chatter.NO_QUESTION),
        ("/remind me to call the bank", Chatter.NO_QUESTION),
        ('Traceback: File "a/b.py", line 3, in run x.y.z(1)', Chatter.NO_QUESTION),
        (
            'Traceback (most recent call last):\n  File "app/main.py", line 12, in run\n'
            "    client.send(x)\nValueError: bad value",
            Chatter.NO_QUESTION,
        ),
        ("2026-03-01 12:00:01 ERROR pool.py:88: timeout", Chatter.NO_QUESTION),
    ],
)
def test_what_asks_nothing_is_told_apart(matcher: Matcher, text: str, kind: Chatter) -> None:
    assert matcher.find(text) == Nothing((), kind)


@pytest.mark.parametrize(
    "text",
    [
        "hi, what is RAG",
        "thanks! and how do we price it",
        "good morning, 微调要多少数据",
        "why do I get rate limit error 429 in api.py line 3?",
        "token",
        "is 8 GB enough",
        "AI",
    ],
)
def test_a_question_with_manners_is_a_question(text: str) -> None:
    assert find_chatter(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "the lift is stuck again",
        "谁把我的杯子拿走了",
        "the coffee machine needs descaling",
        "how to bake a cake",
    ],
)
def test_everyday_talk_gets_neither_answer_nor_list(matcher: Matcher, text: str) -> None:
    assert matcher.find(text) == Nothing()
