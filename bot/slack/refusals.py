"""What a person is told of a failure: one sentence a class, and never "not done" of what may be."""

from __future__ import annotations

from bot.database.errors import StorageError
from bot.i18n import Lang, Text
from bot.slack import words
from bot.slack.failures import UNREACHABLE, code_of, is_unknown

SENTENCES: dict[Text, tuple[str, ...]] = {
    words.IS_ARCHIVED: ("is_archived",),
    words.MAY_NOT_POST: (
        "restricted_action", "restricted_action_read_only_channel", "no_permission",
        "restricted_action_thread_only_channel", "restricted_action_non_threadable_channel",
        "ekm_access_denied", "access_denied", "posting_to_general_channel_denied",
    ),
    words.NOT_THERE: (
        "not_in_channel", "channel_not_found", "user_not_in_channel", "channel_deleted",
    ),
    words.TOO_LONG: (
        "msg_too_long", "msg_blocks_too_long", "too_many_attachments", "view_too_large",
    ),
    words.BUSY: ("ratelimited", "rate_limited", "message_limit_exceeded"),
    words.NO_ACCESS: (
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
        "missing_scope", "team_access_not_granted", "app_access_restricted",
        "not_allowed_token_type", "org_login_required",
    ),
    words.NO_DIRECT_MESSAGE: (
        "cannot_dm_bot", "messages_tab_disabled", "user_disabled", "user_not_found",
        "user_not_visible",
    ),
    words.EXPIRED: ("expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"),
    words.SLACK_UNREACHABLE: (UNREACHABLE,),
}  # fmt: skip
BY_CODE = {code: text for text, codes in SENTENCES.items() for code in codes}


def explain_failure(error: BaseException, lang: Lang) -> str:
    """With a place for the {reference} of the log's line, where it has one."""
    if isinstance(error, StorageError):
        return words.NOT_STORED.get(lang)
    if is_unknown(error):
        return words.UNCONFIRMED.get(lang)
    return BY_CODE.get(code_of(error), words.FAILED).get(lang)
