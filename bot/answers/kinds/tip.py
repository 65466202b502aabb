"""A strategy tip: this week's action, and why."""

from __future__ import annotations

from datetime import date

from bot.handbook.models import Tip
from bot.i18n import Lang, Text
from bot.slack.blocks import Element, labelled, paragraph, run
from bot.slack.words import WHY


def build_tip(tip: Tip, lang: Lang, today: date | None = None) -> list[Element]:
    """The tip's text; after its date a dated tip says what holds now."""
    elements = [paragraph(run(f"{action_on(tip, today).get(lang)}\n"))]
    return [*elements, labelled(WHY.get(lang), tip.why.get(lang))]


def action_on(tip: Tip, today: date | None) -> Text:
    """What a tip says on a day: its action, or its fallback from that date on."""
    if tip.fallback and today and today >= tip.fallback.date:
        return tip.fallback.text
    return tip.body
