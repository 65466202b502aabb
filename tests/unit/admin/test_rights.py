"""Who may do what: each row of the table, for everybody."""

from __future__ import annotations

import re

import pytest

from bot.admin.rights import Act, Role, may
from bot.settings import ROOT
from bot.slack.people import People, Standing, read_standing

ROWS = {
    Act.READ: "member curator admin",
    Act.PROPOSE: "member curator admin",
    Act.ASK_TEAM: "member curator admin",
    Act.SEE_STATS: "member curator admin",
    Act.PUBLISH: "curator admin",
    Act.EDIT: "curator admin",
    Act.RETIRE: "curator admin",
    Act.SEE_QUESTIONS: "curator admin",
    Act.IMPORT_EXPORT: "curator admin",
    Act.CHANGE_SETTINGS: "admin",
}


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("role", list(Role))
def test_each_row_of_the_table(role: Role, act: Act) -> None:
    assert may(role, act) == (role in ROWS[act].split())


def test_guests_read_where_an_admin_lets_them_and_strangers_never() -> None:
    assert [role for role in Role if may(role, Act.READ, guests=True)] == [
        Role.GUEST, Role.MEMBER, Role.CURATOR, Role.ADMIN,
    ]  # fmt: skip
    others = [act for act in Act if act is not Act.READ]
    assert not any(may(Role.GUEST, act, guests=True) for act in others)


def test_the_docs_show_the_same_table() -> None:
    text = (ROOT / "docs" / "team.md").read_text("utf-8")
    found = dict(re.findall(r"^\| `(\w+)` \|.*\| ([a-z, ]+) \|$", text, re.M))
    assert {act: who.replace(",", "") for act, who in found.items()} == {
        str(act): who for act, who in ROWS.items()
    }


@pytest.mark.parametrize(
    ("user", "standing"),
    [
        ({"id": "U1"}, Standing.MEMBER),
        ({"team_id": "T1"}, Standing.MEMBER),
        ({"team_id": "T1", "is_admin": True}, Standing.ADMIN),
        ({"team_id": "T1", "is_owner": True}, Standing.ADMIN),
        ({"team_id": "T1", "is_restricted": True}, Standing.GUEST),
        ({"team_id": "T1", "is_restricted": True, "is_admin": True}, Standing.GUEST),
        ({"team_id": "T1", "is_ultra_restricted": True}, Standing.GUEST),
        ({"team_id": "T1", "deleted": True}, Standing.GUEST),
        ({"team_id": "T1", "is_bot": True}, Standing.GUEST),
        ({"team_id": "T9"}, Standing.STRANGER),
        ({"team_id": "T9", "is_stranger": False}, Standing.STRANGER),
        ({"team_id": "T9", "is_admin": True, "is_stranger": True}, Standing.STRANGER),
        ({"team_id": "T9", "enterprise_user": {"teams": ["T1", "T9"]}}, Standing.MEMBER),
    ],
)
def test_what_slack_says_of_a_person(user: dict[str, object], standing: Standing) -> None:
    assert read_standing("T1", user) is standing


def test_whom_slack_does_not_show_is_nobody_and_asked_again_in_an_hour() -> None:
    now = [0.0]
    people = People(lambda: now[0])
    assert not people.is_known("T1", "U1")
    people.learn("T1", "U1", {})
    assert people.of("T1", "U1") is None
    assert people.is_known("T1", "U1")
    now[0] = 3601
    assert not people.is_known("T1", "U1")
    people.learn("T1", "U1", {"is_admin": True})
    now[0] += 24 * 3600 - 1
    assert people.of("T1", "U1") is Standing.ADMIN
    now[0] += 2
    assert people.of("T1", "U1") is None, "what is old is not known"
