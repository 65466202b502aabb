"""A workspace's entries out of Slack and in again, by curators alone."""

from __future__ import annotations

import json
from typing import Any

from bot.playground.limits import find_problems
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.entries import draft, publish
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import submission

ADMIN, MEMBER = "U3", "U2"
TYPED = "title_en,short_en\nZeus,The proxy.\nHera,Newer words.\n,nothing\n"


def offer(world: World, user: str = ADMIN) -> dict[str, Any]:
    world.slack.change_user(ADMIN, is_admin=True)
    world.send(payloads.command("entries", user=user))
    return world.slack.of("response_url")[-1]


def submit(world: World, view: dict[str, Any], text: str, user: str = ADMIN) -> dict[str, Any]:
    answer: dict[str, Any] = world.send(submission(view, user=user, entry_import_text=text)).json()
    return answer


def test_an_import_is_previewed_and_applied_once(world: World) -> None:
    database = world.bot.storage.database
    publish(database, TEAM, "team-hera", draft("Hera", short="Older words."))
    shown = offer(world)
    assert "Your team's entries: 1" in shown["blocks"][0]["text"]["text"]
    world.click(buttons(shown["blocks"], "entry_import")[0], user=ADMIN)
    view = world.slack.of("views.open")[-1]["view"]
    assert find_problems(view, "modal") == []
    preview = submit(world, view, TYPED)["view"]
    assert find_problems(preview, "modal") == []
    said = json.dumps(preview)
    assert "1 new, 1 changed, 0 the same, 1 faulty" in said
    assert "Row 4: no name" in said
    assert preview["submit"]["text"] == "Apply"
    reader = world.bot.storage.entry_reader
    assert len(reader.list_entries(TEAM)) == 1  # nothing yet
    # Somebody else changes it meanwhile: what is applied has to be seen first.
    publish(database, TEAM, "team-hera", draft("Hera", short="Other words."), based_on=1)
    again = submit(world, preview, TYPED)["view"]
    assert again["private_metadata"] != preview["private_metadata"]
    assert len(reader.list_entries(TEAM)) == 1
    applied = submit(world, again, TYPED)["view"]
    assert "2 imported" in json.dumps(applied)
    found = {entry.draft.title.en: entry for entry in reader.list_entries(TEAM)}
    assert found["Hera"].draft.short.en == "Newer words."
    assert found["Hera"].version == 3
    world.bot.team.libraries.refresh()
    world.ask("help", user=ADMIN)
    assert "The proxy." in json.dumps(world.ask("zeus", user=ADMIN))
    assert submit(world, again, TYPED)["view"]["submit"]["text"] == "Preview"  # all the same now


def test_an_export_comes_as_a_file_or_as_text(world: World) -> None:
    publish(world.bot.storage.database, TEAM, "team-hera", draft("Hera", "赫拉", short="Words."))
    shown = offer(world)
    for button in buttons(shown["blocks"], "entry_export"):
        world.click(button, user=ADMIN)
    first, second = world.slack.workspace.files.values()
    assert first.data.startswith(b"\xef\xbb\xbfid,kind,state,title_zh")
    assert json.loads(second.data)["entries"][0]["title_zh"] == "赫拉"
    world.slack.fail_next("files.getUploadURLExternal", "missing_scope")
    world.click(buttons(shown["blocks"], "entry_export")[0], user=ADMIN)
    assert "赫拉" in json.dumps(world.slack.of("response_url")[-1], ensure_ascii=False)


def test_members_neither_export_nor_import(world: World) -> None:
    shown = offer(world)
    for typed, said in (("entries export", "Only curators"), ("条目 导出", "只有编辑")):
        world.send(payloads.command(typed, user=MEMBER))
        refused = world.slack.of("response_url")[-1]
        assert said in str(refused), "in the language of the line"
        assert buttons(refused["blocks"], "entry_export") == []
    for name in ("entry_export", "entry_import"):
        world.click(buttons(shown["blocks"], name)[0], user=MEMBER)
    assert world.slack.workspace.files == {}
    assert world.slack.of("views.open") == []
