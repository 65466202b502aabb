"""The words after `tips` that say what to do, in both languages."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum


class Action(StrEnum):
    SHOW = "show"
    HELP = "help"
    ON = "on"
    OFF = "off"
    PAUSE = "pause"
    RESUME = "resume"
    SKIP = "skip"
    NEXT = "next"


WORDS_OF: dict[Action, tuple[str, ...]] = {
    Action.ON: (
        "on", "start", "subscribe", "enable", "activate", "restart", "turn on", "switch on",
        "开启", "打开", "订阅", "开", "启用", "启动", "开通",
    ),
    Action.OFF: (
        "off", "stop", "unsubscribe", "disable", "deactivate", "cancel", "end", "remove", "delete",
        "turn off", "switch off", "关闭", "关掉", "关上", "关", "退订", "取消订阅", "取消", "停用",
        "停止", "停掉", "禁用", "删除", "不要",
    ),
    Action.PAUSE: ("pause", "suspend", "snooze", "mute", "暂停", "停"),
    Action.RESUME: (
        "resume", "continue", "unpause", "un-pause", "unsuspend", "unsnooze", "unmute", "恢复",
        "继续", "取消暂停",
    ),
    Action.SKIP: ("skip", "跳过"),
    Action.NEXT: (
        "next", "preview", "upcoming", "下一条", "下一次", "下次", "下条", "预览",
    ),
    Action.SHOW: ("status", "settings", "setting", "show", "info", "设置", "状态", "查看", "显示"),
    Action.HELP: ("help", "usage", "帮助", "用法"),
}  # fmt: skip
# With a schedule behind them these set it; alone they show what is set.
CHANGES = (
    "set", "change", "move", "schedule", "reschedule", "改到", "改成", "改为", "改", "换到", "换成",
)  # fmt: skip
ACTIONS: dict[str, Action] = {word: a for a, words in WORDS_OF.items() for word in words}
ACTIONS |= dict.fromkeys(CHANGES, Action.ON)
START = re.compile(
    "(" + "|".join(sorted(ACTIONS, key=len, reverse=True)) + r")(?![a-z])\s*[,，:：]?\s*"
)
TYPO_WORDS = [word for word in ACTIONS if word.isascii() and len(word) >= 4]
SHORT_WORDS = ("on", "off", "set", "next", "skip")
TURN_IT = re.compile(r"\b(turn|switch)\s+(?:it|them|this|these|(?:the\s+)?tips)\s+(on|off)\b")
POLITE = re.compile(r"\b(?:please|pls|plz|thanks|thank you)\b|^请|(?:一下|吧|了|啊|呀|呗)+$")


def tidy(text: str) -> str:
    """Without what is only polite, and with "turn them off" as "turn off"."""
    return TURN_IT.sub(r"\1 \2", POLITE.sub(" ", text)).strip(" ,，.!。！?？~")


def closest_action(word: str) -> str:
    """The word that was probably meant by a misspelt one; "" if none is near."""
    if near := get_close_matches(word, TYPO_WORDS, n=1, cutoff=0.75):
        return near[0]
    near = get_close_matches(word, SHORT_WORDS, n=1, cutoff=0.75) if len(word) > 2 else []
    return near[0] if near else ""
