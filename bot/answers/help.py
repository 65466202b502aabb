"""Short help with example questions."""

from __future__ import annotations

from bot.answers import ids, words
from bot.i18n import Lang
from bot.slack.action_ids import Target, numbered
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    context,
    header,
    plain_section,
    section,
)
from bot.slack.words import COMMAND, DISCLAIMERS, TITLE


def build_help(lang: Lang) -> Reply:
    title = TITLE.get(lang)
    blocks = (header(title), *build_usage(lang), context(DISCLAIMERS["general"].get(lang)))
    return Reply(f"{title}\n{words.HELP_INTRO.get(lang)}", blocks)


def build_usage(lang: Lang) -> list[Block]:
    """How to ask: examples as buttons, the verbs, other ways to the bot."""
    return [
        plain_section(words.HELP_INTRO.get(lang)),
        context(words.TRY.get(lang)),
        actions(example_buttons(lang)),
        section(words.HELP_VERBS.get(lang).format(c=COMMAND)),
        plain_section(words.HELP_ELSEWHERE.get(lang)),
    ]


def example_buttons(lang: Lang) -> list[Element]:
    return [
        button(example.get(lang), numbered(ids.ASK, number), str(Target(str(number), lang)))
        for number, example in enumerate(words.EXAMPLES)
    ]
