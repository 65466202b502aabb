"""How the team's entries come about, change and age, with several people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.entries.models import EntryState, ProposalState
from bot.handbook.models import Kind
from bot.playground.limits import find_problems
from bot.search.library import Library
from tests.support import payloads
from tests.support.curating import (
    CURATOR,
    DESK,
    GUEST,
    MEMBER,
    SECOND,
    SLA,
    STRANGER,
    Team,
    curated_team,
)
from tests.support.entries import draft, publish
from tests.support.local_slack import TEAM
from tests.support.payloads import buttons
from tests.support.runs import ADMIN


@pytest.fixture
def team(library: Library, sqlite_url: str) -> Iterator[Team]:
    with curated_team(library, sqlite_url) as team:
        yield team


def propose(team: Team, user: str = MEMBER, **values: str) -> dict[str, Any]:
    return team.submit(team.type("add", user), user, **SLA | values)


def test_a_proposal_is_looked_at_edited_published_and_told(team: Team) -> None:
    form = team.type("添加 Frobnication SLA", MEMBER)
    assert form["submit"]["text"] == "Send to curators"
    assert "Owner" not in str(form["blocks"])
    said = team.submit(form, MEMBER, short_en="We answer within 4 hours.", aliases="FSLA; 弗洛布")
    assert "Sent to the curators" in str(said["view"])
    desk = team.desk()
    assert "<@U1> proposes a new entry" in str(desk["blocks"])
    assert "弗洛布" in str(desk["blocks"])
    publish = buttons(desk["blocks"], "entry_publish")[0]

    team.press(publish, "U3", ts=desk["ts"])
    assert "Only curators can publish" in team.alone()
    assert team.told(MEMBER) == []

    team.press(buttons(desk["blocks"], "entry_edit")[0], CURATOR, ts=desk["ts"])
    form = team.opened(0)
    assert form["submit"]["text"] == "Publish"
    said = team.submit(form, CURATOR, short_en="We answer within 4 working hours.")
    assert "Published (version 1)" in str(said["view"])
    entry = team.entry
    assert (entry.draft.short.en, entry.owner) == ("We answer within 4 working hours.", MEMBER)
    (version,) = team.bot.storage.entries.list_versions(TEAM, entry.entry_id, 9)
    assert (version.author, version.published_by, version.note) == (MEMBER, CURATOR, "edited")

    assert "Published by <@U2>" in str(team.desk()["blocks"])
    assert buttons(team.desk()["blocks"], "entry_publish") == []
    (told,) = team.told(MEMBER)
    assert told == "<@U2> published your proposal “Frobnication SLA” with changes."

    found = team.world.type("frobnicaton sla", user="U3").json()
    assert "within 4 working hours" in str(found["blocks"])
    assert "4 working hours" not in team.world.type("frobnication sla", user=GUEST).body

    team.press(publish, SECOND, ts=desk["ts"])  # an old client's button
    assert "dealt with already" in team.alone()
    team.world.later(days=1)
    assert len(team.told(MEMBER)) == 1


def test_what_is_declined_comes_back_with_the_reason(team: Team) -> None:
    propose(team)
    team.press(buttons(team.desk()["blocks"], "entry_decline")[0], CURATOR)
    said = team.submit(team.opened(0), CURATOR, reason="*Too* vague: <who> answers?")
    assert "told the reason" in str(said["view"])
    assert "Declined by <@U2>" in str(team.desk()["blocks"])
    (told,) = team.told(MEMBER)
    assert "&lt;who&gt; answers?" in told
    assert team.bot.storage.entries.list_recent(TEAM, EntryState.PUBLISHED, 1) == []


def test_a_curator_publishes_at_once_and_nothing_is_overwritten(team: Team) -> None:
    form = team.type("add Frobnication SLA", CURATOR)
    assert "Open proposals: 0" in str(form["blocks"])
    team.submit(form, CURATOR, **SLA)
    assert team.submit(form, CURATOR, **SLA)["response_action"] == "update"  # Slack sends it again
    entry = team.entry
    assert (entry.version, entry.draft.aliases) == (1, ("FSLA", "froblimit"))
    change = {"action_id": "entry_change", "value": f"en|{entry.entry_id}", "type": "button"}
    forms = []
    for user in (CURATOR, SECOND):
        team.press(change, user, channel="C1")
        forms.append(team.opened(0))
    team.submit(forms[0], CURATOR, short_en="Second.")
    said = team.submit(forms[1], SECOND, short_en="Third.")
    assert "<@U2> has just changed it (it is version 2 now)" in str(said["view"])
    assert team.entry.version == 2
    team.submit(said["view"], SECOND)
    assert (team.entry.version, team.entry.draft.short.en) == (3, "Third.")
    team.press(change, CURATOR, channel="C1")
    assert "Nothing was changed" in str(team.submit(team.opened(0), CURATOR)["errors"])
    assert team.entry.version == 3

    team.press_in(said["view"], "entry_history", CURATOR)
    history = team.opened(0)
    assert [len(buttons(history["blocks"], "entry_roll_back")), history["title"]["text"]] == [
        2, "History",
    ]  # fmt: skip
    team.press_in(history, "entry_roll_back", CURATOR, 1)
    assert (team.entry.version, team.entry.draft.short.en) == (4, "We answer within 4 hours.")
    assert "rolled back to version 1" in str(team.opened(0))
    team.press_in(history, "entry_roll_back", CURATOR, 0)  # it shows version 3 as the newest
    assert "changed since" in team.alone()
    assert team.entry.version == 4

    team.press(change, CURATOR, channel="C1")
    form = team.opened(0)
    team.press_in(form, "entry_retire", CURATOR)
    assert team.entry.state is EntryState.RETIRED
    team.press({"action_id": "entry_overview", "value": "-", "type": "button"}, CURATOR)
    overview = team.opened(0)
    team.press_in(overview, "entry_history", CURATOR)
    history = team.opened(0)
    assert "This entry is retired" in str(history)
    team.press_in(history, "entry_roll_back", CURATOR)
    assert (team.entry.state, team.entry.version) == (EntryState.PUBLISHED, 6)


def test_a_change_is_suggested_under_an_answer(team: Team) -> None:
    def suggest(user: str) -> dict[str, Any]:
        answer = team.world.type("define RAG", user=user).json()
        menu = buttons(answer["blocks"], "answer_menu")[0]
        assert len(menu["options"]) <= 5
        chosen = next(o for o in menu["options"] if o["value"].startswith("suggest_change|"))
        team.press({"type": "overflow", "action_id": "answer_menu", "selected_option": chosen},
                   user, channel="C1")  # fmt: skip
        return team.opened(0)

    form = suggest(MEMBER)
    assert "Here we say this instead of" in str(form["blocks"])
    team.submit(form, MEMBER, short_en="Our own search, v2.")
    assert "Instead of the handbook" in str(team.desk()["blocks"])
    team.press(buttons(team.desk()["blocks"], "entry_publish")[0], SECOND)
    assert team.entry.draft.replaces == "rag"
    assert team.entry.draft.title.zh  # what was not touched is the handbook's

    form = suggest("U3")  # now the team's own is changed
    team.submit(form, "U3", short_en="Our own search, v3.", replaces=[])
    desk = team.desk()
    assert "suggests a change to" in str(desk["blocks"])
    assert "v2" in str(desk["blocks"])
    assert "v3" in str(desk["blocks"])
    other = suggest(CURATOR)
    team.submit(other, CURATOR, body_en="More.")
    team.press(buttons(desk["blocks"], "entry_publish")[0], CURATOR)
    assert "changed since" in team.alone()
    team.press(buttons(desk["blocks"], "entry_edit")[0], CURATOR)
    team.submit(team.opened(0), CURATOR)
    assert (team.entry.version, team.entry.draft.short.en) == (3, "Our own search, v3.")
    assert team.entry.draft.replaces == ""


def test_a_message_becomes_a_term(team: Team) -> None:
    text = "Use <https://x.test/a|the *guide*> &amp; ask <@U2>"

    def use(channel: str) -> dict[str, Any]:
        payload = payloads.explain(text) | {"callback_id": "save_as_term"}
        team.send(payload | {"channel": {"id": channel, "name": "x"}})
        return team.opened(0)

    form = use("C1")
    assert "private" not in str(form["blocks"])
    team.submit(form, MEMBER, title_en="The guide")
    assert "Use the *guide* (https://x.test/a) & ask" in str(team.desk()["blocks"])
    (proposal,) = team.bot.storage.proposals.list_open(TEAM, 9)
    assert proposal.draft.links == (f"{team.slack.url}/archives/C1/p171",)
    assert proposal.source == proposal.draft.links[0]
    assert "comes from a private channel" in str(use("CSECRET")["blocks"])
    team.send(payloads.explain("") | {"callback_id": "save_as_term"})
    assert "no text in this message" in team.alone()


def test_a_run_becomes_the_teams_checklist(team: Team) -> None:
    run = team.world.start()
    team.world.press("run_close")
    save = buttons(team.world.message()["blocks"], "run_save")[0]
    team.press(save, CURATOR, channel="C1")
    form = team.opened(0)
    assert "items_en" in [b.get("block_id") for b in form["blocks"]]
    lines = "Fewer\nThings\nTo do"
    said = team.submit(form, CURATOR, items_en=lines)
    assert "make them equal" in str(said["errors"])
    team.submit(form, CURATOR, items_en=lines, items_zh="", title_en="Our launch")
    assert [item.en for item in team.entry.draft.items] == ["Fewer", "Things", "To do"]
    assert (team.entry.draft.kind, run.checklist_id) == ("checklist", "cl-agent-launch")


def test_a_teams_checklist_is_worked_through_exported_and_saved_as_it_became(team: Team) -> None:
    items = "Freeze main\nTell support\nCut the branch"
    form = team.type("add checklist Release train", CURATOR)
    team.submit(form, CURATOR, title_en="Release train", items_en=items)
    entry = team.entry

    team.send(payloads.open_home(MEMBER))
    home = team.slack.of("views.publish")[-1]["view"]
    assert find_problems(home, "home") == []
    (pick,) = buttons(home["blocks"], "run_pick")
    assert [group["label"]["text"] for group in pick["option_groups"]] == [
        "Your team's checklists", "The handbook's checklists",
    ]  # fmt: skip
    (option,) = pick["option_groups"][0]["options"]
    assert option["text"]["text"] == "Release train"
    team.send(payloads.click_in_view(pick | {"selected_option": option}, user=MEMBER))
    start = team.opened(0)
    assert "Freeze main" in str(start["blocks"])
    team.send(payloads.open_home(GUEST))
    assert "Release train" not in str(team.slack.of("views.publish")[-1])

    run = team.world.start("checklist start release train", run_add="Ring the bell", run_for="v2")
    assert [item.text.en for item in run.items] == [*items.split("\n"), "Ring the bell"]
    team.world.press("run_tick", 0, user=SECOND)
    team.world.later(seconds=1)
    team.world.submit(team.world.choose("exclude", 1), run_reason="Trunk only")
    assert "3. Cut the branch" in str(team.world.message()["blocks"])
    team.world.press("run_export", user=MEMBER)
    markdown, table = (file.data.decode() for file in team.slack.workspace.files.values())
    assert "# Release train · v2" in markdown
    assert "- [x] 1. Freeze main" in markdown
    assert "Tell support" in table
    names = [call["filename"] for call in team.slack.of("files.getUploadURLExternal")]
    assert names == ["release-train-2026-11-25.md", "release-train-2026-11-25.csv"]

    (save,) = buttons(team.world.message()["blocks"], "run_save")
    team.press(save, MEMBER, channel="C1")
    form = team.opened(0)
    assert "Freeze main\nCut the branch\nRing the bell" in str(form["blocks"]).replace("\\n", "\n")
    assert "Sent to the curators" in str(team.submit(form, MEMBER)["view"])
    team.press(buttons(team.desk()["blocks"], "entry_publish")[0], CURATOR)
    assert (team.entry.entry_id, team.entry.version) == (entry.entry_id, 2)
    assert [item.en for item in team.entry.draft.items][-1] == "Ring the bell"


def test_what_is_wrong_stands_at_its_field_and_nothing_is_stored(team: Team) -> None:
    form = team.type("add", MEMBER)
    errors = team.submit(form, MEMBER)["errors"]
    assert set(errors) == {"title_en", "short_en"}
    wrong = {"links": "ftp://x.test\nhttps://y.test", "aliases": ";".join(map(str, range(21)))}
    errors = team.submit(form, MEMBER, **SLA | wrong)["errors"]
    assert set(errors) == {"links", "aliases"}
    assert "ftp://x.test" in errors["links"]
    team.press_in(form, "entry_switch", MEMBER)
    errors = team.submit(team.opened(0), MEMBER, **SLA)["errors"]
    assert set(errors) == {"items_en"}
    assert team.bot.storage.proposals.list_open(TEAM, 9) == []


def test_a_name_that_is_there_is_offered_for_a_change(team: Team) -> None:
    form = team.type("add retrieval-augmented generation", MEMBER)
    assert "is there already" in str(form["blocks"])
    team.press_in(form, "entry_change", MEMBER)
    assert "Here we say this instead of" in str(team.opened(0)["blocks"])


def test_a_mention_has_no_trigger_and_gets_a_button(team: Team) -> None:
    team.send(payloads.mention("add checklist Launch party"))
    (call,) = team.slack.of("chat.postEphemeral")
    team.press(buttons(call["blocks"], "entry_add")[0], MEMBER, channel="C1")
    form = team.opened(0)
    assert "Launch party" in str(form["blocks"])
    assert "items_en" in [b.get("block_id") for b in form["blocks"]]


def test_rights_are_kept_by_everybody(team: Team) -> None:
    for user in (GUEST, STRANGER):
        team.world.type("add", user=user)
        assert team.views() == []
        assert "Only members of this workspace can propose" in team.alone()
    form = team.type("add", MEMBER)
    assert "Only members" in str(team.submit(form, GUEST, **SLA)["errors"])
    team.submit(form, MEMBER, **SLA)
    desk = team.desk()["blocks"]
    for user in (MEMBER, GUEST, STRANGER):
        for name in ("entry_publish", "entry_edit", "entry_decline"):
            team.press(buttons(desk, name)[0], user)
            assert "Only curators can publish" in team.alone()
    team.press(buttons(desk, "entry_publish")[0], ADMIN)
    entry = team.entry
    assert entry.published_by == ADMIN
    target = f"{entry.entry_id}|1|"
    for user in (MEMBER, GUEST, STRANGER):
        for name in ("entry_retire", "entry_roll_back"):
            team.press({"action_id": name, "value": f"{target}1", "type": "button"}, user)
            assert "Only curators can" in team.alone()
        team.press({"action_id": "entry_overview", "value": "-", "type": "button"}, user)
        assert "Only curators can" in team.alone()
    for user in (GUEST, STRANGER):
        team.press({"action_id": "entry_history", "value": target, "type": "button"}, user)
        assert "for its members" in team.alone()
    assert team.entry.version == 1


def test_without_curators_it_waits_and_is_shown_to_the_first_ones(team: Team) -> None:
    team.settle(curators=(), curators_channel="")
    assert "nobody looks at proposals yet" in str(propose(team)["view"])
    form = team.type("add", ADMIN)
    assert "Open proposals: 1" in str(form["blocks"])
    team.world.type("settings", user=ADMIN)
    settings = team.opened(0)
    team.submit(settings, ADMIN, set_channel=DESK)
    assert "Frobnication SLA" in str(team.desk()["blocks"])
    team.settle(curators=(CURATOR, SECOND), curators_channel="")
    propose(team, user="U3", title_en="Second")
    posts = [m for m in team.world.direct(CURATOR) if "Second" in m["text"]]
    assert len(posts) == 1
    publish = buttons(posts[0]["blocks"], "entry_publish")[0]
    team.press(publish, CURATOR, channel=f"D{CURATOR}")
    assert team.slack.of("response_url")[-1]["replace_original"] is True
    assert team.entry.draft.title.en == "Second"


def test_a_channel_that_takes_no_message_is_told_to_the_proposer(team: Team) -> None:
    team.slack.remove_bot(DESK)
    propose(team)
    (told,) = team.told(MEMBER)
    assert "is saved, but the curators' channel takes no message" in told
    (proposal,) = team.bot.storage.proposals.list_open(TEAM, 9)
    assert proposal.state is ProposalState.OPEN


def test_the_owner_is_asked_whether_it_is_still_right_then_the_curators(team: Team) -> None:
    propose(team)
    team.press(buttons(team.desk()["blocks"], "entry_publish")[0], CURATOR)
    posted = len(team.told(MEMBER))
    team.world.later(days=179)
    assert len(team.told(MEMBER)) == posted
    team.world.later(days=1)
    asked = team.world.direct(MEMBER)[-1]
    assert "You own “Frobnication SLA”: is it still right?" in asked["text"]
    assert find_problems({"text": asked["text"], "blocks": asked["blocks"]}, "message") == []
    yes = buttons(asked["blocks"], "entry_still_right")[0]
    team.press(yes, "U3")
    assert "Only the owner and curators" in team.alone()
    team.press(yes, MEMBER, channel=f"D{MEMBER}")
    assert "“Frobnication SLA” is still right, says <@U1>. I ask again on" in team.alone()
    count = len(team.told(MEMBER))
    team.world.later(days=8)
    assert len(team.told(MEMBER)) == count

    team.world.later(days=172)
    team.world.later(days=7)
    assert len(team.told(MEMBER)) == count + 2
    assert "Published by" in str(team.desk())
    team.world.later(days=7)
    desk = team.desk()
    assert "its owner <@U1> has not answered" in desk["text"]
    team.world.later(days=60)
    assert len(team.told(MEMBER)) == count + 2
    team.press(buttons(desk["blocks"], "entry_retire")[0], CURATOR)
    assert "is retired" in team.alone()
    assert team.entry.state is EntryState.RETIRED


def test_an_owner_who_may_not_retire_hands_it_on(team: Team) -> None:
    propose(team)
    team.press(buttons(team.desk()["blocks"], "entry_publish")[0], CURATOR)
    team.world.later(days=180)
    asked = team.world.direct(MEMBER)[-1]
    team.press(buttons(asked["blocks"], "entry_retire")[0], MEMBER, channel=f"D{MEMBER}")
    assert team.entry.state is EntryState.PUBLISHED
    team.world.later(seconds=1)
    assert "is due for review" in team.desk()["text"]


def test_what_the_form_cannot_hold_is_not_cut(team: Team) -> None:
    items = tuple(f"{number} {'long ' * 30}" for number in range(40))
    what = draft("Long list", kind=Kind.CHECKLIST, items=items)
    publish(team.bot.storage.database, TEAM, "team-long", what)
    change = {"action_id": "entry_change", "value": "en|team-long", "type": "button"}
    team.press(change, CURATOR, channel="C1")
    assert "too long for Slack's form" in team.alone()
    assert team.entry.draft == what
