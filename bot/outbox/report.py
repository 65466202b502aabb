"""What the log says of a message: one line, with ids only."""

from __future__ import annotations

import logging

from bot.outbox.models import OutboundMessage
from bot.outbox.outcomes import Effect
from bot.outbox.ports import Customer

log = logging.getLogger("bot.outbox")


def report(message: OutboundMessage, feature: Customer, advice: str = "") -> None:
    """A warning where something is wrong; that nobody wants a message any more is not."""
    unwanted = message.error == Effect.UNWANTED
    well = unwanted or not (message.error or advice)
    log.log(
        logging.INFO if well else logging.WARNING,
        "%s %s: team=%s channel=%s %s id=%s attempt=%d%s%s",
        feature.noun, message.state, message.team_id,
        message.channel_id, feature.describe(message),
        message.id, message.attempt, f" error={message.error}" if message.error else "",
        f" ({advice})" if advice and not unwanted else "",
    )  # fmt: skip
