"""One normaliser for content and queries: text -> folded text -> units -> keys.

A unit is one Han character, one run of letters or one run of digits. A key is units joined, so
spaces, hyphens, case and width make no difference. RapidFuzz's `default_process` is not used: it
damages combining marks.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

TRADITIONAL_FILE = Path(__file__).with_name("data") / "traditional.txt"
KEPT_FOLDED = 4_096  # texts of at most SHORT characters: a question is folded several times
SHORT = 100
MAX_QUERY_CHARS = 4_000  # Slack sends no longer command

# What Slack puts into text: <@U1>, <#C1|name>, <!here>, <https://…|label>.
SLACK_MENTION = re.compile(r"<[@#!][^<>]{0,200}>")
SLACK_LINK = re.compile(r"<((?:https?:|mailto:)[^<>|]{0,3000})\|?([^<>]{0,200})>")
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\x00]"
)
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HAN_CHAR = re.compile(f"[{HAN}]")
# Words with nothing in them to clean: two letters of Hangul are drawn as nothing.
PLAIN = re.compile(r"[^\W_\u115f\u1160]+(?: [^\W_\u115f\u1160]+)*")
# A workspace's own may have a Chinese name; with text beside it, colons may be punctuation.
EMOJI = re.compile(
    r"(?<![0-9]):(?:[a-z0-9_+'-]*[a-z][a-z0-9_+'-]*|[+-]1|100|1234):"
    r"|(?<!\S):(?:[^\WA-Z]|[+'-]){1,40}:(?!\S)"
)
KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\u1100-\u11ff\uac00-\ud7af]")
CAPITALS = re.compile(r"\b\w*[A-Z]\w*[A-Z]\w*")  # two capitals mark an abbreviation
LATIN_MARK = re.compile(r"[\u0300-\u036f]")
UNIT = re.compile(f"[{HAN}]|[0-9]+|[^\\W\\d_{HAN}]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """`caps`: the text writes it with two capitals or more, as abbreviations are."""

    text: str
    caps: bool = False

    @property
    def is_han(self) -> bool:
        return "\u3400" <= self.text[0] <= "\u9fff" or "\uf900" <= self.text[0] <= "\ufaff"

    @property
    def is_digit(self) -> bool:
        return self.text[0] <= "9"


def clean_query(text: str, limit: int = MAX_QUERY_CHARS) -> str:
    """What a person meant to type: no Slack control sequences, emoji codes, entities or invisible
    characters."""
    if PLAIN.fullmatch(text):
        return _ends_of(text, limit)
    text = html.unescape(_ends_of(text, 4 * limit))
    text = SLACK_LINK.sub(_label_of, SLACK_MENTION.sub(" ", text))
    text = EMOJI.sub(" ", text)
    return _ends_of(" ".join(INVISIBLE.sub("", text).split()), limit)


def _ends_of(text: str, limit: int) -> str:
    """A text cut in its middle: people ask at the beginning or at the end."""
    return text if len(text) <= limit else f"{text[: limit // 2]} {text[-limit // 2 :]}"


def _label_of(link: re.Match[str]) -> str:
    """What a link says, if it is more than its address: Slack labels an address with itself."""
    address, label = link.groups()
    is_address = "." in label and " " not in label and label.rstrip("/") in address
    return " " if is_address else f" {label} "


def fold(text: str) -> str:
    """Width, case, accents and traditional characters folded away."""
    return _fold_kept(text) if len(text) <= SHORT else _fold(text)


def _fold(text: str) -> str:
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if text.isascii():
        return text
    if HAN_CHAR.search(text):
        text = simplify(text)
    return _strip_accents(text)


_fold_kept = lru_cache(maxsize=KEPT_FOLDED)(_fold)


def simplify(text: str) -> str:
    """Traditional characters to simplified ones."""
    return text if _traditional().isdisjoint(text) else str(_opencc("t2s").convert(text))


def to_mainland(text: str) -> str:
    """Traditional text with Taiwan's words to simplified text with the mainland's."""
    return str(_opencc("tw2sp").convert(text))


def is_chinese(text: str) -> bool:
    """Han characters alone are Chinese; beside kana or Hangul they are Japanese or Korean."""
    return bool(HAN_CHAR.search(text)) and not KANA_OR_HANGUL.search(text)


def split_units(text: str) -> list[Unit]:
    """The units of a raw text, in order."""
    capitals = {word.casefold() for word in CAPITALS.findall(text)}
    return [Unit(found, found in capitals) for found in UNIT.findall(fold(text))]


def key_of(text: str) -> str:
    """The key of a name."""
    return "".join(UNIT.findall(fold(text)))


def _strip_accents(text: str) -> str:
    if text.isascii():
        return text
    marks = unicodedata.normalize("NFD", text).replace("u\u0308", "v")  # ü is typed v in pinyin
    return unicodedata.normalize("NFC", LATIN_MARK.sub("", marks))


@cache
def _traditional() -> frozenset[str]:
    """What may be written otherwise in simplified Chinese: most text has none of it, and OpenCC,
    slow to load and to ask, is not needed."""
    return frozenset(TRADITIONAL_FILE.read_text(encoding="utf-8").strip())


@cache
def _opencc(config: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(config)
