"""The small modal that asks why an entry did not help."""

from __future__ import annotations

from bot.answers import ids, words
from bot.answers.tables import REMARK_CHARS
from bot.i18n import Lang
from bot.slack.action_ids import Target
from bot.slack.blocks import Element, option
from bot.slack.fields import View, entered_text, field, line_input, modal, picked
from bot.slack.words import SAVE


def build_reasons(target: Target, lang: Lang) -> Element:
    options = [option(text.get(lang), reason) for reason, text in words.REASONS.items()]
    reasons: Element = {"type": "radio_buttons", "options": options}
    remark = line_input("", REMARK_CHARS)
    blocks = [
        field(ids.REASON, words.REASON_FIELD, reasons, lang, optional=False),
        field(ids.REMARK, words.REMARK_FIELD, remark, lang),
    ]
    return modal(ids.REASON_VIEW, words.REASON_TITLE, SAVE, blocks, lang, str(target))


def read_reasons(view: View) -> tuple[Target, str, str]:
    """The entry, the reason (a key of words.REASONS) and the remark."""
    target = Target.parse(str(view.get("private_metadata") or ""))
    reason = picked(view, ids.REASON)
    remark = entered_text(view, ids.REMARK).strip()
    return target, reason if reason in words.REASONS else "", remark
