"""Slack's first answer at the start: an outage is waited out for a minute, with a word in the log;
a refusal is not."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import sleep

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.settings import SettingsError
from bot.slack.failures import CALL_ERRORS, MAY_BE_DONE, code_of

WAITS = (1, 2, 4, 8, 15, 30)  # seconds before each further attempt; who runs the bot starts it anew
OUTAGES = frozenset({"", "ratelimited", "rate_limited", "team_added_to_org", *MAY_BE_DONE})
NOT_AN_OBJECT = (AttributeError, TypeError)  # the SDK on JSON that is a list or a text

log = logging.getLogger("bot.start")


def call_at_start(
    call: Callable[[], SlackResponse], address: str, pause: Callable[[float], object] = sleep
) -> SlackResponse:
    """Slack's answer to `call`. Raises SlackApiError if Slack refuses, and SettingsError if after
    all attempts nothing at `address` has answered as Slack does."""
    for wait in (*WAITS, 0):
        try:
            return call()
        except (*CALL_ERRORS, *NOT_AN_OBJECT) as error:
            if isinstance(error, SlackApiError) and not _is_outage(error):
                raise
            said = f"Slack could not be reached at {address} ({_describe(error)})"
            if not wait:
                raise SettingsError(
                    f"{said}. Check the network, https://slack-status.com, and SLACK_API_URL if "
                    "it is set."
                ) from error
            log.warning("%s; trying again in %s s", said, wait)
            pause(wait)
    raise AssertionError("the last attempt returns or raises")


def _is_outage(error: SlackApiError) -> bool:
    return error.response.status_code >= 500 or code_of(error) in OUTAGES


def _describe(error: Exception) -> str:
    """Short, and without the body of a page that is not Slack's."""
    if isinstance(error, SlackApiError):
        return code_of(error) or f"status {error.response.status_code}, no readable answer"
    if isinstance(error, OSError):
        return str(getattr(error, "reason", None) or error)
    return "no readable answer"
