"""Channels that other companies share (Slack Connect), as far as is known.

The payload of an event says so (`is_ext_shared_channel`). That of a command or a click does not:
there the channel is looked up after the first answer, and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

from slack_sdk import WebClient

from bot.slack.failures import CALL_ERRORS
from bot.slack.request import Request

KEEP_SECONDS = 600
MAX_CHANNELS = 50_000


class SharedChannels:
    """In memory, by (workspace, channel); thread-safe."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[bool, float]] = {}
        self._lock = Lock()

    def is_shared(self, request: Request) -> bool:
        """From what is known now; False where nothing is. No call is made."""
        if request.is_shared:
            return True
        shared, until = self._known.get((request.team_id, request.channel_id), (False, 0.0))
        return shared and until > self._clock()

    def is_known(self, request: Request) -> bool:
        if not request.channel_id or request.is_direct or request.kind == "event":
            return True
        _, until = self._known.get((request.team_id, request.channel_id), (False, 0.0))
        return until > self._clock()

    def look_up(self, request: Request) -> None:
        """Ask Slack, unless it is known; for work after the ack."""
        if not self.is_known(request):
            self.ask(request)

    def ask(self, request: Request) -> bool:
        """Ask Slack (conversations.info, scopes channels:read and groups:read) before something is
        shown to all of a channel. One that Slack says nothing about counts as shared."""
        if request.is_shared:
            return True
        if request.is_direct:
            return False
        shared = _find_shared(request.client, request.channel_id)
        with self._lock:
            if len(self._known) >= MAX_CHANNELS:
                self._known.clear()
            keep = (bool(shared), self._clock() + KEEP_SECONDS)
            self._known[request.team_id, request.channel_id] = keep
        return shared is not False


def _find_shared(client: WebClient, channel_id: str) -> bool | None:
    try:
        channel = client.conversations_info(channel=channel_id).get("channel") or {}
    except CALL_ERRORS:
        return None
    return any(channel.get(name) for name in ("is_ext_shared", "is_pending_ext_shared"))
