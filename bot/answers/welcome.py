"""What the bot says of itself, once: to a channel that it joins, to a person who writes to it."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import words
from bot.answers.help import example_buttons
from bot.i18n import Lang, Text
from bot.slack.blocks import Reply, actions, divider, section
from bot.slack.words import COMMAND


def build_welcome(lang: Lang) -> Reply:
    """For a channel."""
    return _build(words.WELCOME, lang)


def add_welcome(reply: Reply, lang: Lang) -> Reply:
    """The answer to somebody's first direct message, with what there is to know below it."""
    welcome = _build(words.WELCOME_DIRECT, lang)
    blocks = (*reply.blocks, divider(), *welcome.blocks)
    return replace(reply, text=f"{reply.text}\n{welcome.text}", blocks=blocks)


def _build(said: Text, lang: Lang) -> Reply:
    text = said.get(lang).format(command=COMMAND)
    examples = "\n".join(example.get(lang) for example in words.EXAMPLES)
    blocks = (section(text), actions(example_buttons(lang)))
    return Reply(f"{text}\n{examples}", blocks)
