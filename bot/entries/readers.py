"""Who sees a workspace's own entries, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.admin.rights import Act
from bot.admin.services import Roles
from bot.slack.request import Request
from bot.slack.shared_channels import SharedChannels


@dataclass(frozen=True, slots=True)
class Readers:
    """Members, and guests where an admin allows it; nobody in a channel that is shared with other
    companies."""

    roles: Roles
    shared: SharedChannels = field(default_factory=SharedChannels)

    def may_see(self, request: Request) -> bool:
        """From memory. Somebody unknown counts as a guest, but in a channel that is not known
        either they may be another company's: not before Slack has said."""
        if not self.roles.may(request, Act.READ) or self.shared.is_shared(request):
            return False
        standing = self.roles.edge.people.of(request.team_id, request.user_id)
        return standing is not None or self.shared.is_known(request)

    def may_all_see(self, request: Request) -> bool:
        """Whether they may be shown in the request's channel; Slack is asked."""
        self.roles.look_up(request)
        return self.roles.may(request, Act.READ) and not self.shared.ask(request)

    def is_known(self, request: Request) -> bool:
        """Whether `may_see` rests on what Slack says."""
        return self.roles.edge.people.is_known(
            request.team_id, request.user_id
        ) and self.shared.is_known(request)

    def look_up(self, request: Request) -> None:
        """Ask Slack for what is not known; for work after the ack."""
        self.roles.look_up(request)
        self.shared.look_up(request)
