"""Who calls: what the client can show, and for whom Slack has signed the request."""

from __future__ import annotations

import json
from dataclasses import dataclass

from mcp.server.mcpserver import Context
from starlette.requests import Request

from bot.agents.slackbot import EXTENSION

SCOPE_KEY = "bot.slack_caller"  # in the ASGI scope of a request with Slack's valid signature


@dataclass(frozen=True, slots=True)
class SlackCaller:
    """The person and the workspace that Slack vouches for; "" for what a request does not name."""

    team_id: str
    user_id: str


def parse_caller(body: str) -> SlackCaller:
    """The caller of a request whose signature was verified: Slack names it in `params._meta.slack`
    (docs.slack.dev/ai/slackbot-mcp-client)."""
    found: object
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    for key in ("params", "_meta", "slack"):
        found = found.get(key) if isinstance(found, dict) else None
    known = found if isinstance(found, dict) else {}
    return SlackCaller(*(str(known.get(key) or "") for key in ("team_id", "user_id")))


def shows_blocks(context: Context) -> bool:
    """Whether the client can show Block Kit. Slackbot says so when it connects, which a server
    without sessions does not remember: its signature tells as much."""
    capabilities = context.request_context.session.client_capabilities
    declared = (capabilities.extensions if capabilities else None) or {}
    request = context.request_context.request
    return EXTENSION in declared or (isinstance(request, Request) and SCOPE_KEY in request.scope)
