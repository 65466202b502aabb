"""A workspace's settings as one frozen record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Lang


class Digest(StrEnum):
    OFF = "off"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceSettings:
    """`curators` are user ids; without any, the workspace's admins are the curators. Proposals,
    questions and the digest go to `curators_channel`; "" is none: then nothing can be asked."""

    curators: tuple[str, ...] = ()
    curators_channel: str = ""
    default_lang: Lang | None = None  # None: the operator's
    tips_by_admins: bool = False  # only the subscriber and admins may change a channel's tips
    digest: Digest = Digest.OFF
    lookup_days: int = 90  # how long lookups are kept
    questions: bool = True  # misses may be sent to the team
    guests: bool = False  # guests see the team's entries
    zone: str = "UTC"  # of whoever saved them last: the digest comes by its clock

    @property
    def takes_questions(self) -> bool:
        """Whether a miss may be sent to the team: somebody has to be there to read it."""
        return self.questions and bool(self.curators_channel)


DEFAULTS = WorkspaceSettings()
