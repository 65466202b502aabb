"""`python -m bot manifest [--url URL [--add-to-slack]] [--mcp URL]`: the app manifest, for Socket
Mode or HTTP."""

from __future__ import annotations

import argparse
import json
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.settings import ROOT, SettingsError

MANIFEST = ROOT / "manifest.json"
EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"
ACCESS_EVENTS = ["team_access_granted", "team_access_revoked"]  # of organisation-wide installations
MCP_PATH = "/mcp"
MCP_NAME = "handbook"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", help="public https address of the bot: HTTP instead of Socket Mode"
    )
    parser.add_argument(
        "--add-to-slack",
        action="store_true",
        help="with --url: any workspace or organisation may add the app",
    )
    parser.add_argument(
        "--mcp", metavar="URL", help="public https address of `bot mcp --http`, for Slackbot"
    )


def run(args: argparse.Namespace) -> int:
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    if args.url:
        use_http(manifest, args.url)
    if args.add_to_slack:
        distribute(manifest, args.url or "")
    if args.mcp:
        add_mcp_server(manifest, args.mcp)
    print(json.dumps(manifest, ensure_ascii=False, indent=2))
    return 0


def use_http(manifest: dict[str, Any], url: str) -> None:
    """Give every request URL and turn Socket Mode off. Raises SettingsError for a wrong URL."""
    parts = _read_https("--url", url)
    request_url = (
        f"https://{parts.netloc}{parts.path.rstrip('/').removesuffix(EVENTS_PATH)}{EVENTS_PATH}"
    )
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = request_url
    settings["interactivity"]["request_url"] = request_url
    for command in manifest["features"]["slash_commands"]:
        command["url"] = request_url


def distribute(manifest: dict[str, Any], url: str) -> None:
    """Let other workspaces add the app, and organisations for all of theirs. Raises SettingsError
    without a URL."""
    parts = _read_https("--url", url)
    back = f"https://{parts.netloc}{parts.path.rstrip('/').removesuffix(EVENTS_PATH)}"
    manifest["oauth_config"]["redirect_urls"] = [back + REDIRECT_PATH]
    manifest["settings"]["org_deploy_enabled"] = True
    manifest["settings"]["event_subscriptions"]["bot_events"] += ACCESS_EVENTS


def add_mcp_server(manifest: dict[str, Any], url: str) -> None:
    """Let Slackbot look things up at `url`, in requests that Slack signs
    (docs.slack.dev/ai/slackbot-mcp-client). Raises SettingsError for a wrong URL."""
    parts = _read_https("--mcp", url)
    address = f"https://{parts.netloc}{parts.path.rstrip('/') or MCP_PATH}"
    manifest["mcp_servers"] = {MCP_NAME: {"url": address, "auth_type": "slack_identity_auth"}}
    manifest["oauth_config"]["scopes"]["bot"].append("mcp:connect")


def _read_https(option: str, url: str) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise SettingsError(f"{option} is {url!r}; it should be https://, as Slack asks.")
    return parts
