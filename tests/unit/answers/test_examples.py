"""Each example that the product shows gets the answer that one would expect of it."""

from __future__ import annotations

import re

import pytest

from bot.answers import words
from bot.answers.dialogue import Audience, reply_to
from bot.answers.grammar import Verb, parse
from bot.answers.listeners.languages import CHOICES, parse_language
from bot.answers.readings import choose_reading
from bot.checklists import words as of_checklists
from bot.checklists.parse import RunVerb, parse_run
from bot.handbook.models import Kind
from bot.i18n import LANGS, Lang
from bot.search import Answer
from bot.search.library import Library
from bot.tips import words as of_tips
from bot.tips.parse import Command, parse_tips
from tests.unit.answers.test_short import TODAY

CODE = re.compile(r"`([^`]+)`")
QUESTIONS = ("vs-rag-fine-tuning", "term-sheet", "cl-agent-launch")
IN_WORDS: dict[str, str] = {  # what stands in backquotes, and the entry that answers it
    "define 微调": "fine-tuning", "定义 微调": "fine-tuning", "define fine-tuning": "fine-tuning",
    "案例 Jasper": "case-jasper", "case Jasper": "case-jasper",
    "微调是什么": "fine-tuning", "what is fine-tuning": "fine-tuning",
    "怎么降低推理成本": "cl-cost-down", "how do we cut inference cost": "cl-cost-down",
}  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("number", range(len(words.EXAMPLES)))
def test_an_example_question_is_answered(library: Library, number: int, lang: Lang) -> None:
    result = library.matcher.find(words.EXAMPLES[number].get(lang))
    assert isinstance(result, Answer)
    assert result.match.entry.id == QUESTIONS[number]


@pytest.mark.parametrize("lang", LANGS)
def test_the_searchs_hint_is_answered(library: Library, lang: Lang) -> None:
    hint = words.SEARCH_HINT.get(lang)
    result = library.matcher.find(re.split("[:：] ?", hint, maxsplit=1)[1])
    assert isinstance(result, Answer)
    assert result.match.entry.id == "vs-rag-fine-tuning"


def shown_lines(lang: Lang) -> list[str]:
    """All that the words of the answers show to be typed."""
    texts = [words.HELP_VERBS, *words.CHATTER.values(), words.EMPTY_SEARCH, words.NO_NEAR,
             words.LANG_HELP, of_checklists.NONE, of_checklists.UNSURE]  # fmt: skip
    found = [line for text in texts for line in CODE.findall(text.get(lang))]
    return [re.sub(r"\{(?:c|command|before)\} ?", "", line) for line in found]


@pytest.mark.parametrize("lang", LANGS)
def test_every_line_that_is_shown_does_what_it_says(library: Library, lang: Lang) -> None:
    for shown in filter(None, shown_lines(lang)):
        line = choose_reading(library.matcher, parse(shown))
        if shown in IN_WORDS:
            reply = reply_to(library, Audience(lang, TODAY), line)
            assert reply.entry_id == IN_WORDS[shown], shown
        elif line.verb is Verb.CHECKLIST and (run := parse_run(line.text)):
            if run.verb is RunVerb.START:
                found = library.matcher.find(run.rest, (Kind.CHECKLIST,))
                assert found.matches, shown
        elif line.verb is Verb.LANG:
            assert parse_language(line.text) in CHOICES, shown
        elif line.verb is Verb.TIPS:
            assert isinstance(parse_tips(line.text), Command), shown
        else:
            assert line.verb is not Verb.ANSWER, shown
            reply = reply_to(library, Audience(lang, TODAY), line)
            assert len(reply.blocks) >= 1
            assert words.NOT_FOUND.get(lang).split("{")[0] not in reply.text or lang == "en"
            assert "is not in the handbook" not in reply.text, shown


@pytest.mark.parametrize("lang", LANGS)
def test_the_lines_of_weekly_tips_are_understood(lang: Lang) -> None:
    for shown in CODE.findall(of_tips.HELP.get(lang)):
        line = parse(shown.replace("{c} ", ""))
        assert line.verb is Verb.TIPS, shown
        assert isinstance(parse_tips(line.text), Command), shown
