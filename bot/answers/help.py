"""Short help with example questions, and the Home tab."""

from __future__ import annotations

from bot.answers import ids, words
from bot.answers.chapters import chapter_buttons
from bot.answers.outcomes import COMMAND
from bot.handbook.models import Handbook, Kind
from bot.i18n import Lang
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    context,
    divider,
    header,
    plain_section,
    section,
)


def build_help(lang: Lang) -> Reply:
    title = words.HELP_TITLE.get(lang)
    blocks = (header(title), *_how(lang), context(words.DISCLAIMERS["general"].get(lang)))
    return Reply(f"{title}\n{words.HELP_INTRO.get(lang)}", blocks)


def build_home(handbook: Handbook, lang: Lang) -> Element:
    """The Home tab's view: what this is, chapters, examples, how to ask."""
    counts = {f"{kind.value}s": len(handbook.by_kind[kind]) for kind in Kind}
    blocks: list[Block] = [
        header(words.HELP_TITLE.get(lang)),
        context(words.HOME_COUNTS.get(lang).format(**counts)),
        *_how(lang),
        divider(),
        plain_section(words.CHAPTERS.get(lang)),
        *chapter_buttons(handbook, lang),
        context(words.DISCLAIMERS["general"].get(lang)),
    ]
    return {"type": "home", "blocks": blocks}


def _how(lang: Lang) -> list[Block]:
    return [
        plain_section(words.HELP_INTRO.get(lang)),
        context(words.TRY.get(lang)),
        actions(example_buttons(lang)),
        section(words.HELP_VERBS.get(lang).format(c=COMMAND)),
        plain_section(words.HELP_ELSEWHERE.get(lang)),
    ]


def example_buttons(lang: Lang) -> list[Element]:
    return [
        button(example.get(lang), ids.numbered(ids.ASK, number), str(ids.Target(str(number), lang)))
        for number, example in enumerate(words.EXAMPLES)
    ]
