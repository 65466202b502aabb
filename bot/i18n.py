"""The two languages, and texts that exist in both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, Lang] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages. A half is empty only in a team's own CSV list."""

    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)

    def get(self, lang: Lang) -> str:
        """The text in `lang`, else the other half."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lists of short texts, one list a language."""

    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()

    def get(self, lang: Lang) -> tuple[str, ...]:
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)


def other_lang(lang: Lang) -> Lang:
    return "en" if lang == "zh" else "zh"
