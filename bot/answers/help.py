"""Help on one screen: questions to press, what the bot does for a team, the verbs in one line."""

from __future__ import annotations

from bot.answers import ids, words
from bot.i18n import Lang
from bot.slack.action_ids import ADD_ENTRY, CHOOSE_CHECKLIST, TIP_SETTINGS, Target, numbered
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
from bot.slack.words import ADD_ENTRY as ADD_BUTTON
from bot.slack.words import COMMAND, START_CHECKLIST, TITLE, WEEKLY_TIPS


def build_help(lang: Lang) -> Reply:
    title, intro = TITLE.get(lang), words.HELP_INTRO.get(lang)
    explain = words.OFFER_EXPLAIN.get(lang)
    verbs = words.HELP_VERBS.get(lang).format(c=COMMAND)
    offers = (
        (words.OFFER_CHECKLIST, START_CHECKLIST, CHOOSE_CHECKLIST),
        (words.OFFER_TIPS, WEEKLY_TIPS, TIP_SETTINGS),
        (words.OFFER_ADD, ADD_BUTTON, ADD_ENTRY),
    )
    blocks: list[Block] = [
        header(title),
        plain_section(intro),
        actions(example_buttons(lang)),
        plain_section(words.FOR_A_TEAM.get(lang)),
        *(
            plain_section(offer.get(lang), button(name.get(lang), action_id, "-"))
            for offer, name, action_id in offers
        ),
        section(f"{escape(explain)}\n\n{verbs}"),
    ]
    said = "\n".join((title, intro, *(offer.get(lang) for offer, _, _ in offers), explain))
    return Reply(f"{escape(said)}\n{verbs}", tuple(blocks))


def example_buttons(lang: Lang) -> list[Element]:
    return [
        button(example.get(lang), numbered(ids.ASK, number), str(Target(str(number), lang)))
        for number, example in enumerate(words.EXAMPLES)
    ]
