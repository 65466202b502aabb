"""Escaping for the few places where text is mrkdwn: what a user typed is never live."""

from __future__ import annotations

import re

# An invisible word joiner between a sign and its text stops Slack from reading it as formatting.
SIGNS = re.compile(r"([*_~`])")
BREAK = "\u2060"


def escape(text: str) -> str:
    """Slack's three control characters as entities, so that no mention or link is live.

    Source: https://docs.slack.dev/messaging/formatting-message-text (escaping text).
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def literal(text: str) -> str:
    """Escaped, and with the signs of bold, italic, strike and code shown as they are."""
    return SIGNS.sub(BREAK + r"\1" + BREAK, escape(text))
