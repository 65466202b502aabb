"""The name that a short question asks about: "what is a frobnitz?" -> "frobnitz". Pure."""

from __future__ import annotations

import re

from bot.search.normalize import HAN_CHAR, split_units

MOST_UNITS = {True: 14, False: 5}  # Han characters and words; a longer text is no name

EN_BEFORE = re.compile(
    r"^(?:(?:so|hi|hello|please|pls)[,\s]+)?"
    r"(?:what(?:'s|’s|s| is| are| does| do)|who is|who's|define|explain|(?:the )?meaning of|"
    r"tell me about|where (?:is|are|do i find))\s+(?:(?:the|a|an|our)\s+)?",
    re.IGNORECASE,
)
EN_AFTER = re.compile(r"\s+(?:mean|means|stand for|stands for|meaning|here|again)$", re.IGNORECASE)
ZH_BEFORE = re.compile(
    r"^(?:请问|问一下|想问|谁知道|有人知道)?(?:什么是|啥是|何为|解释一下|解释|介绍一下)?"
)
ZH_AFTER = re.compile(
    r"(?:到底)?(?:是什么意思|是啥意思|什么意思|是什么|是啥|是谁|指什么|的意思|的定义|的含义|怎么理解|"
    r"在哪里?)(?:呀|啊|呢|吗)?$"
)
ENDS = " \t?？!！.。,，、;；:：\"'“”‘’「」《》()（）"


def find_name(text: str) -> str:
    """ "" where what is left is too long for a name."""
    name = text.strip(ENDS)
    if HAN_CHAR.search(name):
        name = ZH_AFTER.sub("", ZH_BEFORE.sub("", name).strip(ENDS))
    name = EN_AFTER.sub("", EN_BEFORE.sub("", name.strip(ENDS))).strip(ENDS)
    units = split_units(name)
    most = MOST_UNITS[any(unit.is_han for unit in units)]
    return name if 0 < len(units) <= most else ""
