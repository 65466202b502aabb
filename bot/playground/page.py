"""What one person's page shows, as JSON."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from bot.playground.workspace import Workspace
from bot.settings import ROOT


def snapshot(workspace: Workspace, user_id: str, *, with_log: bool = False) -> dict[str, Any]:
    """All that one person's page shows; the log, which is long, only if it is open."""
    with workspace.lock:
        return {
            "version": workspace.version,
            "number": workspace.last_number,
            "now": workspace.now().isoformat(),
            "users": [
                {"id": u.id, "name": u.name, "role": u.role, "locale": u.locale, "tz": u.tz}
                for u in workspace.users.values()
            ],
            "channels": [
                {"id": c.id, "name": c.name, "im": bool(c.im_of)}
                for c in workspace.channels.values()
                if user_id in c.members
            ],
            "messages": workspace.seen_by(user_id),
            "home": workspace.homes.get(user_id),
            "modals": workspace.modals.get(user_id, []),
            "log": workspace.log if with_log else [],
            "faults": workspace.faults,
            "command": our_command(),
        }


@cache
def our_command() -> dict[str, str]:
    """The slash command as the manifest describes it, for the hint while typing."""
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    [command] = manifest["features"]["slash_commands"]
    return {key: command[key] for key in ("command", "description", "usage_hint")}
