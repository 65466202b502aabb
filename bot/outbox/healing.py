"""Bringing stopped workspaces back: Slack is asked again, less and less often, whether it accepts
their token."""

from __future__ import annotations

import logging

from bot.outbox.outcomes import Effect
from bot.outbox.ports import Now, Sender, Workspaces

log = logging.getLogger("bot.outbox")


class Healer:
    """Any number of processes may run a healer each."""

    def __init__(self, workspaces: Workspaces, sender: Sender, now: Now) -> None:
        self._workspaces = workspaces
        self._sender = sender
        self._now = now

    def heal(self) -> bool:
        """Try the tokens that are to be tried now; True if a workspace came back."""
        back = False
        for team_id in self._workspaces.claim_checks(self._now()):
            outcome = self._sender.check(team_id)
            if outcome.effect is Effect.POSTED:
                self._workspaces.resume(team_id)
                log.warning("team=%s: Slack accepts the token again, messages go on", team_id)
                back = True
            else:
                log.warning("team=%s is still stopped: error=%s", team_id, outcome.error)
        return back
