"""What is said first: short enough to be read at once, and with few things to press."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from bot.answers.brief import FIRST_ITEMS
from bot.answers.cut import MOST, cut, measure
from bot.answers.dialogue import Audience, answer_entry, reply_to
from bot.answers.grammar import parse
from bot.answers.outcomes import build_nothing, build_results
from bot.answers.place import Place
from bot.answers.rows import build_rows
from bot.handbook import Case, Checklist, Comparison, Handbook, Kind, Section, Term, Tip
from bot.handbook.measure import length
from bot.i18n import LANGS, Lang
from bot.search.library import Library
from bot.slack.blocks import Reply

TODAY = date(2026, 11, 24)
MOST_CONTROLS = 5


def texts_of(part: Any) -> list[str]:
    """What is read in blocks, without what is pressed."""
    if isinstance(part, list | tuple):
        return [text for one in part for text in texts_of(one)]
    if not isinstance(part, dict) or part.get("type") in ("actions", "button", "overflow"):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [
        text for key in ("text", "elements", "fields") for text in texts_of(part.get(key))
    ]


def controls_of(reply: Reply) -> list[dict[str, Any]]:
    rows = [block["elements"] for block in reply.blocks if block["type"] == "actions"]
    accessories = [block["accessory"] for block in reply.blocks if "accessory" in block]
    return [control for row in rows for control in row] + accessories


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("place", [Place.PRIVATE, Place.PUBLIC, Place.MODAL])
def test_every_answer_is_short_first(
    library: Library, kind: Kind, lang: Lang, place: Place
) -> None:
    for entry in library.handbook.by_kind[kind]:
        reply = answer_entry(library, entry, Audience(lang, TODAY, place))
        assert measure(texts_of(reply.blocks), lang) <= MOST[lang], entry.id
        controls = controls_of(reply)
        assert len(controls) <= MOST_CONTROLS, entry.id
        (menu,) = (control for control in controls if control["type"] == "overflow")
        assert len(menu["options"]) <= 5


@pytest.mark.parametrize("lang", LANGS)
def test_the_short_answer_says_what_its_kind_is_asked_for(library: Library, lang: Lang) -> None:
    cut_off = []
    for entry in library.handbook.entries.values():
        reply = answer_entry(library, entry, Audience(lang, TODAY))
        shown = "\n".join(texts_of(reply.blocks))
        match entry:
            case Term():
                wanted = [entry.short, entry.mistake]
            case Checklist():
                wanted = [entry.short, *(item.text for item in entry.items[:FIRST_ITEMS])]
            case Case():
                wanted = [entry.short, entry.lessons[0]]
            case Section():
                wanted = [entry.short]
            case Comparison():
                wanted = [entry.recommend]
            case Tip():
                wanted = []  # a dated one has another text on another day
            case _:
                continue
        missing = [text for text in wanted if text.get(lang) not in shown]
        if missing:
            cut_off.append(entry.id)
    assert len(cut_off) <= len(library.handbook.entries) // 20, cut_off


@pytest.mark.parametrize(("lang", "said"), [("zh", "来源尚未核对"), ("en", "sources not yet read")])
def test_the_grey_line_says_that_nobody_has_read_the_sources(
    library: Library, lang: Lang, said: str
) -> None:
    entry = replace(library.handbook.entries["prompt-injection"], checked=None)
    reply = answer_entry(library, entry, Audience(lang, TODAY))
    assert said in "\n".join(texts_of(reply.blocks))


@pytest.mark.parametrize("lang", LANGS)
def test_a_screen_reader_hears_the_short_answer(library: Library, lang: Lang) -> None:
    """Slack reads a message's text and passes over its blocks."""
    for entry_id in ("rag", "cl-agent-launch", "case-jasper", "tip-611-01"):
        entry = library.handbook.entries[entry_id]
        reply = answer_entry(library, entry, Audience(lang, TODAY))
        for text in texts_of([b for b in reply.blocks if b["type"] == "rich_text"]):
            assert text.strip(" \n") in reply.text


def test_more_names_how_many_items_there_are(library: Library) -> None:
    checklist = library.handbook.entries["cl-agent-launch"]
    reply = answer_entry(library, checklist, Audience("en", TODAY))
    assert [c["text"]["text"] for c in controls_of(reply) if "text" in c] == [
        "All 12", "Start with the team", "Share to channel", "中文",
    ]  # fmt: skip


@pytest.mark.parametrize(("lang", "typed"), [("en", "checklist launch"), ("zh", "清单 上线")])
def test_a_choice_does_not_repeat_its_title(library: Library, lang: Lang, typed: str) -> None:
    reply = reply_to(library, Audience(lang, TODAY), parse(typed))
    rows = [block["text"]["text"] for block in reply.blocks if "accessory" in block]
    assert len(rows) > 2
    for row in rows:
        title, _, rest = row.removeprefix("*").partition("*  ")
        assert title not in rest


def test_a_line_is_cut_between_words(library: Library) -> None:
    for entry in library.handbook.entries.values():
        (row,) = build_rows([entry], "en")
        kept = unescape(row["text"]["text"].partition("*  ")[2])
        whole = (entry.short.en or entry.body.en).replace("\n", " ")
        if kept.endswith("…") and kept != whole:
            assert re.match(re.escape(kept[:-1]) + r"(?![A-Za-z0-9])", whole), kept


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("typed", ["search 定价", "chapter 4", "chapter 6.1", "RAG or LoRA"])
def test_lists_have_one_line_an_entry(library: Library, typed: str, lang: Lang) -> None:
    reply = reply_to(library, Audience(lang, TODAY), parse(typed))
    for block in reply.blocks:
        if "accessory" in block:
            assert len(block["text"]["text"]) <= 100
            assert "\n" not in block["text"]["text"]


def test_a_list_is_read_out_too(handbook: Handbook) -> None:
    entries = [handbook.entries["rag"], handbook.entries["agent"]]
    reply = build_results("x", entries, "en")
    assert "Retrieval-augmented generation" in reply.text
    assert "AI agent" in reply.text


def test_a_miss_a_chapter_and_two_texts_side_by_side_are_read_out(library: Library) -> None:
    entry = library.handbook.entries["lora"]
    missed = build_nothing("qlorax", [entry], "en").text
    assert "LoRA" in missed
    assert "chapter" in missed
    for typed, name in (("chapter", "Technical foundations"), ("chapter 4", "Privacy and")):
        assert name in reply_to(library, Audience("en", TODAY), parse(typed)).text
    both = reply_to(library, Audience("en", TODAY), parse("RAG or LoRA"))
    assert "\nCommon mistake\n" in both.text


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_cut_is_cut_at_a_word_and_says_so(lang: Lang) -> None:
    text = "模型很大，价格很低。" * 100 if lang == "zh" else "a model is large, and cheap. " * 100
    short = cut(text, lang, 20)
    assert short.endswith("…")
    assert length(short, lang) <= 20
    assert cut("short", lang, 20) == "short"
    assert cut("long words", lang, 0) == ""


def test_the_terminal_shows_the_whole(library: Library) -> None:
    entry = library.handbook.entries["rag"]
    reply = answer_entry(library, entry, Audience("en", TODAY, Place.TERMINAL))
    assert entry.body.en.splitlines()[0] in "\n".join(texts_of(reply.blocks))
    assert not [b for b in reply.blocks if b["type"] == "actions"]
