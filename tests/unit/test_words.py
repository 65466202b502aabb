"""Each feature's words stand in both languages."""

from __future__ import annotations

import string
from collections.abc import Iterator
from types import ModuleType

import pytest

from bot.admin import words as admin
from bot.agents import words as agents
from bot.answers import words as answers
from bot.checklists import words as checklists
from bot.entries import words as entries
from bot.entries.transfer import words as entry_transfer
from bot.i18n import Text
from bot.insights import words as insights
from bot.settings import ROOT
from bot.slack import words as slack
from bot.slack.oauth import words as oauth
from bot.tips import words as tips

MODULES = {
    "admin": admin,
    "agents": agents,
    "answers": answers,
    "checklists": checklists,
    "entries": entries,
    "entries.transfer": entry_transfer,
    "insights": insights,
    "slack.oauth": oauth,
    "slack": slack,
    "tips": tips,
}


def all_words() -> Iterator[tuple[str, Text]]:
    for module, words in MODULES.items():
        yield from ((f"{module}.{name}", text) for name, text in words_of(words))


def words_of(words: ModuleType) -> Iterator[tuple[str, Text]]:
    for name, value in vars(words).items():
        if isinstance(value, Text):
            yield name, value
        elif isinstance(value, dict):
            yield from ((f"{name}[{k}]", v) for k, v in value.items() if isinstance(v, Text))
        elif isinstance(value, tuple):
            yield from ((f"{name}[{n}]", v) for n, v in enumerate(value) if isinstance(v, Text))


def fields(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("name", "text"), list(all_words()), ids=lambda v: str(v)[:40])
def test_every_word_stands_in_both_languages_with_the_same_fields(name: str, text: Text) -> None:
    assert text.zh.strip(), name
    assert text.en.strip(), name
    assert fields(text.zh) == fields(text.en), name


def test_no_feature_keeps_its_words_elsewhere() -> None:
    bot = ROOT / "bot"
    found = {".".join(path.parent.relative_to(bot).parts) for path in bot.rglob("words.py")}
    found -= {"search"}
    assert found == set(MODULES)


@pytest.mark.parametrize("word", ["资料库", "settled knowledge", "Which checklist should"])
def test_words_that_were_replaced_are_gone(word: str) -> None:
    found = [name for name, text in all_words() if word in text.zh + text.en]
    assert found == []


def test_a_checklist_is_called_so_and_never_a_list() -> None:
    found = [name for name, text in words_of(checklists) if " list" in text.en]
    assert found == []
