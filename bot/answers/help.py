"""Help on one screen: questions to press, what the bot does for a team, the verbs in one line."""

from __future__ import annotations

from bot.answers import ids, words
from bot.i18n import Lang
from bot.slack.action_ids import CHOOSE_CHECKLIST, TIP_SETTINGS, Target, numbered
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    header,
    plain_section,
    section,
)
from bot.slack.mrkdwn import escape
from bot.slack.words import COMMAND, START_CHECKLIST, TITLE, WEEKLY_TIPS


def build_help(lang: Lang) -> Reply:
    title, intro = TITLE.get(lang), words.HELP_INTRO.get(lang)
    offers = (words.OFFER_CHECKLIST, words.OFFER_TIPS, words.OFFER_EXPLAIN)
    verbs = words.HELP_VERBS.get(lang).format(c=COMMAND)
    blocks: list[Block] = [
        header(title),
        plain_section(intro),
        actions(example_buttons(lang)),
        plain_section(words.FOR_A_TEAM.get(lang)),
        plain_section(offers[0].get(lang), _button(START_CHECKLIST.get(lang), CHOOSE_CHECKLIST)),
        plain_section(offers[1].get(lang), _button(WEEKLY_TIPS.get(lang), TIP_SETTINGS)),
        plain_section(offers[2].get(lang)),
        section(verbs),
    ]
    said = "\n".join((title, intro, *(offer.get(lang) for offer in offers)))
    return Reply(f"{escape(said)}\n{verbs}", tuple(blocks))


def example_buttons(lang: Lang) -> list[Element]:
    return [
        button(example.get(lang), numbered(ids.ASK, number), str(Target(str(number), lang)))
        for number, example in enumerate(words.EXAMPLES)
    ]


def _button(text: str, action_id: str) -> Element:
    return button(text, action_id, action_id)
