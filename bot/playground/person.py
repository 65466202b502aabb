"""What a person does in the page, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.playground import interactions, lines
from bot.playground.bridge import Bridge
from bot.playground.places import Deed
from bot.playground.workspace import Workspace

DEEDS: Mapping[str, Callable[[Workspace, Bridge, Deed], None]] = {
    "say": lines.say,
    "click": interactions.click,
    "submit": interactions.submit,
    "close": interactions.close,
    "explain": interactions.explain,
    "home": interactions.open_home,
}


def act(workspace: Workspace, bridge: Bridge, deed: Deed) -> None:
    """Carry out one deed of the page. LookupError for one that names what is not there or not
    this person's, TypeError for one of another shape; nothing has changed then. NoAnswer if the
    bot gave none and Slack would say so beside the button."""
    if deed["user"] not in workspace.users:
        raise LookupError(f"no user {deed['user']}")
    DEEDS[deed["kind"]](workspace, bridge, deed)
