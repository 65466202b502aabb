"""api.test, auth.test, users.info: who is there."""

from __future__ import annotations

from bot.playground.methods.shared import Answer, ApiError, Params
from bot.playground.records import BOT_ID, BOT_NAME, BOT_USER_ID, PARTNER_ID, User
from bot.playground.workspace import Workspace

BOT_USER = User(BOT_USER_ID, BOT_NAME, "", "en-US", "America/Los_Angeles", is_bot=True)


def test_api(workspace: Workspace, params: Params) -> Answer:
    """The bot calls it for its Date header."""
    return {}


def test_auth(workspace: Workspace, params: Params) -> Answer:
    return {
        "url": workspace.url, "team": workspace.name, "team_id": workspace.team_id,
        "user": BOT_NAME, "user_id": BOT_USER_ID, "bot_id": BOT_ID,
    }  # fmt: skip


def info(workspace: Workspace, params: Params) -> Answer:
    user = {**workspace.users, BOT_USER_ID: BOT_USER}.get(str(params.get("user")))
    if user is None:
        raise ApiError("user_not_found")
    found: Params = {
        "id": user.id, "team_id": workspace.team_id, "name": user.name, "real_name": user.name,
        "deleted": user.is_deactivated, "tz": user.tz, "is_bot": user.is_bot,
        "is_admin": user.is_admin, "is_owner": user.is_admin, "is_restricted": user.is_guest,
    }  # fmt: skip
    if user.is_partner:
        found |= {"team_id": PARTNER_ID, "is_stranger": False}
    if str(params.get("include_locale", "")).lower() in ("true", "1"):
        found["locale"] = user.locale
    return {"user": found}
