"""How long a text is, as the bounds on it count."""

from __future__ import annotations

import re

from bot.i18n import Lang

HAN = re.compile(r"[\u3400-\u9fff]")
LATIN_OR_NUMBER = re.compile(r"[A-Za-z0-9]+(?:[.,'%/-][A-Za-z0-9]+)*")
WORD = re.compile(r"\S*[A-Za-z0-9]\S*")


def length(text: str, lang: Lang) -> int:
    """Chinese: characters plus Latin words and numbers. English: words."""
    if lang == "en":
        return len(WORD.findall(text))
    return len(HAN.findall(text)) + len(LATIN_OR_NUMBER.findall(text))
