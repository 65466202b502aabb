"""Days in words."""

from __future__ import annotations

from datetime import date

from bot.i18n import Lang
from bot.slack.words import WEEKDAYS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date, lang: Lang) -> str:
    weekday = WEEKDAYS[day.weekday()].get(lang)
    if lang == "zh":
        return f"{day.month}月{day.day}日（{weekday}）"
    return f"{weekday[:3]} {day.day} {MONTHS[day.month - 1]}"
