from __future__ import annotations

import pytest

from bot.insights.naming import find_name


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what is a frobnitz?", "frobnitz"),
        ("What's the North Star metric", "North Star metric"),
        ("what does NSM stand for", "NSM"),
        ("what does GTM mean?", "GTM"),
        ("define our wedge", "wedge"),
        ("meaning of “PMF”", "PMF"),
        ("frobnitz", "frobnitz"),
        ("白皮计划是什么", "白皮计划"),
        ("什么是白皮计划？", "白皮计划"),
        ("请问白皮计划是什么意思呀", "白皮计划"),
        ("白皮计划的定义", "白皮计划"),
        ("NSM 是啥", "NSM"),
        ("老王是谁", "老王"),
        ("how do we get a refund from the cloud vendor when the quota is wrong", ""),
        ("我们公司的云资源配额申请流程走到第几步需要财务签字", ""),
        ("what is", "what is"),
        ("???", ""),
        ("", ""),
    ],
)
def test_the_name_that_a_question_is_about(question: str, name: str) -> None:
    assert find_name(question) == name
