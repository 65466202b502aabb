"""What came of a call to Slack, and what each of its errors means for a message.

Codes and reactions: the reference of chat.postMessage, https://docs.slack.dev/reference/methods/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Effect(StrEnum):
    POSTED = "posted"
    ABSENT = "absent"  # looked for in the history and not there
    CHANNEL_GONE = "channel gone"
    WORKSPACE_DEAD = "workspace dead"
    LIMITED = "rate limited"  # certainly not posted
    NOT_POSTED = "not posted"  # certainly not posted, may work later
    UNSURE = "unsure"  # may have been posted
    OUR_FAULT = "our fault"
    PLAN_LIMIT = "plan limit"
    UNWANTED = "unwanted"  # nobody wants the message any more
    LATE = "late"  # the message expired


@dataclass(frozen=True, slots=True)
class Outcome:
    effect: Effect
    ts: str = ""
    error: str = ""
    wait: timedelta = timedelta()  # of LIMITED


EFFECTS: dict[Effect, tuple[str, ...]] = {
    Effect.CHANNEL_GONE: (
        "channel_not_found", "not_in_channel", "is_archived", "no_permission", "restricted_action",
        "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel", "ekm_access_denied", "messages_tab_disabled",
    ),
    Effect.WORKSPACE_DEAD: (
        "account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed",
        "missing_scope", "team_access_not_granted", "app_access_restricted", "no_token",
    ),
    Effect.LIMITED: ("ratelimited", "rate_limited"),
    Effect.NOT_POSTED: (
        "service_unavailable", "request_timeout", "team_added_to_org", "org_login_required",
        "accesslimited", "not_connected",
    ),
    Effect.UNSURE: ("internal_error", "fatal_error"),
    Effect.PLAN_LIMIT: ("message_limit_exceeded",),
}  # fmt: skip
BY_CODE = {code: effect for effect, codes in EFFECTS.items() for code in codes}

ADVICE: dict[Effect, str] = {
    Effect.CHANNEL_GONE: "the bot cannot post there",
    Effect.WORKSPACE_DEAD: "nothing is posted in the workspace until Slack accepts the token "
    "again: reinstall the app or mend its token",
    Effect.LIMITED: "it waits as Slack asked",
    Effect.NOT_POSTED: "it is tried again",
    Effect.UNSURE: "not posted again unless the channel's history shows that it is not there",
    Effect.OUR_FAULT: "a fault of the bot or the content: report it",
    Effect.PLAN_LIMIT: "the workspace's plan allows no more messages",
    Effect.LATE: "its time has passed",
}


def effect_of(code: str, status: int = 200) -> Effect:
    """The class of a Slack error `code` that came with HTTP `status`.

    A 5xx or a body that is no JSON (its "code" is then a sentence) says nothing about the message.
    """
    if code in BY_CODE:
        return BY_CODE[code]
    if status == 429:
        return Effect.LIMITED
    if status >= 500 or " " in code or not code:
        return Effect.UNSURE
    return Effect.OUR_FAULT
