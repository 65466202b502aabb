"""Who may do what, as one table. docs/team.md shows the same to people."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the workspace of the installation. Whose status is unknown is a guest."""

    STRANGER = "stranger"  # of another company, in a shared channel
    GUEST = "guest"
    MEMBER = "member"
    CURATOR = "curator"
    ADMIN = "admin"  # or owner


class Act(StrEnum):
    READ = "read"  # the team's entries
    PROPOSE = "propose"
    PUBLISH = "publish"
    EDIT = "edit"  # at once, without a proposal
    RETIRE = "retire"
    ASK_TEAM = "ask_team"
    SEE_QUESTIONS = "see_questions"
    SEE_STATS = "see_stats"
    IMPORT_EXPORT = "import_export"
    CHANGE_SETTINGS = "change_settings"


MEMBERS = frozenset({Role.MEMBER, Role.CURATOR, Role.ADMIN})
CURATORS = frozenset({Role.CURATOR, Role.ADMIN})
RIGHTS: Mapping[Act, frozenset[Role]] = {
    Act.READ: MEMBERS,
    Act.PROPOSE: MEMBERS,
    Act.ASK_TEAM: MEMBERS,
    Act.SEE_STATS: MEMBERS,
    Act.PUBLISH: CURATORS,
    Act.EDIT: CURATORS,
    Act.RETIRE: CURATORS,
    Act.SEE_QUESTIONS: CURATORS,
    Act.IMPORT_EXPORT: CURATORS,
    Act.CHANGE_SETTINGS: frozenset({Role.ADMIN}),
}


def may(role: Role, act: Act, *, guests: bool = False) -> bool:
    """`guests`: whether an admin lets guests see the team's entries."""
    return role in RIGHTS[act] or (guests and role is Role.GUEST and act is Act.READ)
