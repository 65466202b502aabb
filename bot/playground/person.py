"""What a person does in the page, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.playground import interactions, typed_lines
from bot.playground.bridge import Bridge
from bot.playground.lookups import UserAction
from bot.playground.workspace import Workspace

USER_ACTIONS: Mapping[str, Callable[[Workspace, Bridge, UserAction], None]] = {
    "say": typed_lines.say,
    "click": interactions.click,
    "submit": interactions.submit,
    "close": interactions.close,
    "explain": interactions.explain,
    "save": interactions.save,
    "home": interactions.open_home,
}


def act(workspace: Workspace, bridge: Bridge, user_action: UserAction) -> None:
    """Carry out one user action of the page. Raises LookupError for one that names what is not
    there or not visible to this person, TypeError for one of another shape; nothing has changed
    then. Raises NoAnswer if the bot did not answer and Slack would say so beside the button."""
    if user_action["user"] not in workspace.users:
        raise LookupError(f"no user {user_action['user']}")
    USER_ACTIONS[user_action["kind"]](workspace, bridge, user_action)
