"""A workspace's settings: one modal for admins, in force at every process within a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.admin.models import Digest, WorkspaceSettings
from bot.admin.rights import Act, Role, may
from bot.admin.words import REFUSED
from bot.app import build_bot
from bot.database.workspaces import Workspace
from bot.playground.records import User
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import SECRET, TEAM, TOKEN, LocalSlack
from tests.support.payloads import buttons
from tests.support.runs import ADMIN, RunWorld, submission
from tests.support.team import CURATOR, CURATORS, MEMBER, ask_team, open_settings, press, set_up


def settings_of(world: RunWorld) -> WorkspaceSettings:
    return world.bot.team.settings.get(TEAM)


def test_all_that_is_chosen_is_kept_and_shown_again(runs: RunWorld) -> None:
    view = open_settings(runs)
    assert all("hint" in block for block in view["blocks"] if block["type"] == "input")
    assert runs.submit(view, user=ADMIN).body == ""
    assert settings_of(runs) == WorkspaceSettings(), "saved as it was offered, it changes nothing"
    set_up(runs, set_lang="zh", set_tips=["yes"], set_digest="weekly", set_days="30",
           set_questions=[], set_guests=["yes"])  # fmt: skip
    assert runs.told() == "The settings are saved."
    chosen = WorkspaceSettings(
        curators=(CURATOR,), curators_channel=CURATORS, default_lang="zh", tips_by_admins=True,
        digest=Digest.WEEKLY, lookup_days=30, questions=False, guests=True, zone="Asia/Shanghai",
    )  # fmt: skip
    assert settings_of(runs) == chosen
    runs.submit(open_settings(runs), user=ADMIN)
    assert settings_of(runs) == chosen
    assert runs.bot.storage.workspaces.get(TEAM) == Workspace(
        team_id=TEAM,
        restricted=True,
        next_post_at=runs.bot.storage.workspaces.get(TEAM).next_post_at,
    )


def test_only_admins_get_at_them(runs: RunWorld) -> None:
    view = open_settings(runs)
    runs.type("settings", user=MEMBER)
    assert runs.told().startswith("Only admins of the workspace")
    assert len(runs.slack.of("views.open")) == 1
    answer = runs.submit(view, user=MEMBER, set_guests=["yes"]).json()
    assert "Only admins" in answer["errors"]["set_curators"]
    assert settings_of(runs) == WorkspaceSettings()
    for _ in range(2):
        runs.slack.fail_next("users.info", "internal_error", status=500)
    runs.type("设置", user="U2")
    assert runs.told().startswith("Slack 没告诉我你是不是本工作区的成员")


def test_a_channel_that_the_bot_is_not_in_is_refused(runs: RunWorld) -> None:
    runs.slack.remove_bot(CURATORS)
    answer = runs.submit(open_settings(runs), user=ADMIN, set_channel=CURATORS).json()
    assert answer["errors"]["set_channel"].startswith("I am not in that channel: type /invite @")
    assert settings_of(runs).curators_channel == ""


def test_in_a_direct_message_a_button_opens_them(runs: RunWorld) -> None:
    runs.send(payloads.direct_message("settings", user=ADMIN))
    [button] = buttons(runs.slack.of("chat.postMessage")[-1]["blocks"], "team_settings")
    runs.send(payloads.click(button, user=ADMIN, channel=f"D{ADMIN}", ephemeral=False))
    assert runs.slack.of("views.open")[-1]["view"]["callback_id"] == "team_settings_view"
    runs.send(payloads.direct_message("settings of temperature", user=ADMIN))
    assert "blocks" in runs.slack.of("chat.postMessage")[-1]
    assert not buttons(runs.slack.of("chat.postMessage")[-1]["blocks"], "team_settings")
    runs.send(payloads.open_home(ADMIN))
    home = runs.slack.of("views.publish")[-1]["view"]["blocks"]
    assert buttons(home, "team_settings")
    assert buttons(home, "team_stats")
    runs.send(payloads.open_home(MEMBER))
    assert not buttons(runs.slack.of("views.publish")[-1]["view"]["blocks"], "team_settings")


def test_the_curators_channel_follows_its_new_id(runs: RunWorld) -> None:
    set_up(runs)
    moved = payloads.event("channel_id_changed", old_channel_id=CURATORS, new_channel_id="C9")
    runs.send(moved)
    assert settings_of(runs).curators_channel == "C9"


def test_lookups_go_when_their_time_is_over(runs: RunWorld) -> None:
    lookups = runs.bot.storage.lookups
    for user, days in (("U1", 31), ("U2", 6)):
        runs.clock.advance(days=-days)
        lookups.add(TEAM, user, "rag", runs.clock.now())
        runs.clock.advance(days=days)
    set_up(runs, set_days="30")
    runs.bot.shared_state.run_once()
    assert (lookups.recent(TEAM, "U1"), lookups.recent(TEAM, "U2")) == ([], ["rag"])
    set_up(runs, set_days="7")
    runs.later(days=2)
    runs.bot.shared_state.run_once()
    assert lookups.recent(TEAM, "U2") == []


@pytest.fixture
def worlds(slack: LocalSlack, library: Library, database_url: str) -> Iterator[tuple[World, World]]:
    settings = Settings(
        bot_token=TOKEN,
        signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=database_url,
    )
    bots = [build_bot(settings, library) for _ in range(2)]
    first, second = (World(slack, bot, build_wsgi(bot.app, SECRET)) for bot in bots)
    yield first, second
    for bot in bots:
        bot.close()


def test_what_is_saved_at_one_process_holds_at_the_other(worlds: tuple[World, World]) -> None:
    first, second = worlds
    first.slack.change_user("U3", is_admin=True)
    first.send(payloads.command("settings", user="U3"))
    view = first.slack.of("views.open")[-1]["view"]
    saved = submission(view, user="U3", set_channel="C2", set_lang="zh", set_guests=["yes"])
    assert first.send(saved).body == ""
    assert first.ask("zorblax")["blocks"][-1]["elements"][0]["action_id"] == "ask_team"
    before = second.ask("zorblax", user="U9")
    assert not buttons(before["blocks"], "ask_team")
    second.bot.shared_state.run_once()
    after = second.ask("zorblax", user="U9")
    assert buttons(after["blocks"], "ask_team")[0]["text"]["text"] == "匿名问团队"
    assert second.bot.team.settings.get(TEAM).guests
    first.send(payloads.event("app_uninstalled"))
    second.bot.shared_state.run_once()
    assert second.bot.team.settings.get(TEAM).guests, "suspended, not deleted"
    first.bot.storage.workspaces.delete(TEAM)
    second.bot.shared_state.run_once()
    assert second.bot.team.settings.get(TEAM) == WorkspaceSettings()
    assert second.bot.edge.languages.default_of(TEAM) == "en"


def test_settings_are_stored_before_the_ack(
    worlds: tuple[World, World], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = worlds
    first.slack.change_user("U3", is_admin=True)
    first.send(payloads.command("settings", user="U3"))
    view = first.slack.of("views.open")[-1]["view"]
    monkeypatch.setattr(first.bot.edge.background, "run", lambda task, on_error: None)
    payload = submission(view, user="U3", set_channel="C2")
    payloads.send(first.wsgi, first.slack.stamp(payload))
    assert second.bot.storage.settings.get(TEAM).curators_channel == "C2"


def test_each_right_is_tried_by_everybody(runs: RunWorld) -> None:
    """Each row of the table, by each of the five: the refusal comes, or does not."""
    people = {"U1": Role.MEMBER, CURATOR: Role.CURATOR, "U4": Role.GUEST, "U5": Role.STRANGER,
              ADMIN: Role.ADMIN}  # fmt: skip
    for user_id in ("U4", "U5"):
        runs.slack.workspace.add_user(User(user_id, "someone", "", "en-US", "Etc/UTC"))
    runs.slack.change_user("U4", is_guest=True)
    runs.slack.change_user("U5", is_partner=True)
    set_up(runs)
    ask_team(runs, "zorblax", ADMIN)

    def click(action_id: str, value: str) -> Callable[[str], object]:
        element = {"type": "button", "action_id": action_id, "value": value}
        return lambda user: runs.send(payloads.click(element, user=user))

    tries: dict[Act, Callable[[str], object]] = {
        Act.READ: click("entry_history", "team-none|1|"),
        Act.PUBLISH: click("entry_publish", "none"),
        Act.RETIRE: click("entry_retire", "team-none|1|"),
        Act.IMPORT_EXPORT: lambda user: runs.type("entries", user=user),
        Act.PROPOSE: lambda user: runs.type("add zorblax", user=user),
        Act.ASK_TEAM: click("ask_team", "zorblax frob"),
        Act.SEE_STATS: lambda user: runs.type("stats", user=user),
        Act.SEE_QUESTIONS: lambda user: press(runs, "question_pick", user),
        Act.EDIT: click("name_drop", "rag|zorblax"),
        Act.CHANGE_SETTINGS: lambda user: runs.type("settings", user=user),
    }
    assert set(tries) == set(Act)
    for act, attempt in tries.items():
        refusal = REFUSED[act].get("en").partition("{")[0]
        for user_id, role in people.items():
            before = len(runs.slack.calls)
            attempt(user_id)
            said = str([call.params for call in runs.slack.calls[before:]])
            assert (refusal in said) == (not may(role, act)), (act, role, said)
