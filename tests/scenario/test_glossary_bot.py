"""What people do with a glossary bot, 37 things, read from the commands and issues of
codeforamerica/glossary-bot, halkeye/glossary-bot, schinnam/lingo, wooddar/whatis, 18F/charlie and
slack-acronym-bot; each is tried here. One workspace for all: each test has a name of its own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.entries.models import EntryState, TeamEntry
from bot.playground.limits import find_problems
from bot.search.library import Library
from tests.support import payloads
from tests.support.curating import CURATOR, GUEST, MEMBER, SECOND, Team, curated_team
from tests.support.local_slack import BOT, CHANNEL, TEAM
from tests.support.payloads import buttons


@pytest.fixture(scope="module")
def team(
    library: Library, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Team]:
    path = tmp_path_factory.mktemp("glossary") / "bot.db"
    shutil.copy(migrated_sqlite, path)
    with curated_team(library, f"sqlite:///{path}") as team:
        for user in (MEMBER, CURATOR, SECOND, GUEST):
            team.world.type("help", user=user)  # the bot has met them
        yield team


def define(team: Team, name: str, meaning: str, user: str = CURATOR, **more: Any) -> TeamEntry:
    """Set a term; a curator's is there at once."""
    form = team.type(f"add {name}", user)
    team.submit(form, user, **{"title_en": name, "short_en": meaning} | more)
    return team.entry


def get(team: Team, text: str, user: str = MEMBER) -> str:
    """What an ack says."""
    return team.world.type(text, user=user).body


def change_form(team: Team, entry: TeamEntry, user: str = CURATOR) -> dict[str, Any]:
    value = f"en|{entry.entry_id}"
    team.press({"action_id": "entry_change", "value": value, "type": "button"}, user, channel="C1")
    return team.opened(0)


def test_01_a_term_is_set_and_got(team: Team) -> None:
    define(team, "Quuxometer", "Counts the quuxes.")
    assert "Counts the quuxes." in get(team, "quuxometer")


def test_02_upper_and_lower_case_are_the_same(team: Team) -> None:
    define(team, "BLORF", "Big local overview of risky features.")
    assert "Big local overview" in get(team, "blorf")
    assert "Big local overview" in get(team, "Blorf")


def test_03_a_typo_is_forgiven(team: Team) -> None:
    define(team, "Snargleplex", "Where the build machines stand.")
    assert "build machines" in get(team, "snargelplex")


def test_04_a_name_may_have_several_words(team: Team) -> None:
    define(team, "Vrumble hour", "Thursday at four, cameras off.")
    assert "cameras off" in get(team, "vrumble hour")
    assert "cameras off" in get(team, "what is the vrumble hour?")


def test_05_define_gets_a_term(team: Team) -> None:
    define(team, "Plimtok", "The internal token for the planner.")
    assert "token for the planner" in get(team, "define plimtok")


def test_06_a_term_in_chinese_is_got_by_its_pinyin(team: Team) -> None:
    define(team, "", "", title_zh="飞鲸计划", short_zh="明年的出海项目。", title_en="", short_en="")
    assert "明年的出海项目" in get(team, "飞鲸计划")
    assert "明年的出海项目" in get(team, "feijingjihua")


def test_07_both_languages_stand_in_one_entry(team: Team) -> None:
    define(team, "Zwiffel", "The red button.", title_zh="兹维按钮", short_zh="那个红色按钮。")
    assert "那个红色按钮" in get(team, "兹维按钮")
    assert "The red button." in get(team, "zwiffel")


def test_08_a_miss_says_so_and_is_private(team: Team) -> None:
    response = team.world.type("wobbleflux", user=MEMBER).json()
    assert "not in the handbook" in json.dumps(response)
    assert response["response_type"] == "ephemeral"


def test_09_a_miss_may_be_sent_on_to_the_team(team: Team) -> None:
    assert "Ask the team" in get(team, "wobbleflux capacitance")


def test_10_what_comes_near_is_offered(team: Team) -> None:
    define(team, "Krindle board", "The board of open deals.")
    define(team, "Krindle bot", "Posts the open deals.")
    offered = get(team, "krindle")
    assert "Krindle board" in offered
    assert "Krindle bot" in offered


def test_11_a_name_without_a_meaning_is_refused(team: Team) -> None:
    said = team.submit(team.type("add Emptyword", CURATOR), CURATOR)
    assert "Write an explanation" in str(said["errors"])


def test_12_a_meaning_without_a_name_is_refused(team: Team) -> None:
    said = team.submit(team.type("add", CURATOR), CURATOR, short_en="What?")
    assert "Give it a name" in str(said["errors"])


def test_13_setting_what_is_there_shows_it_and_overwrites_nothing(team: Team) -> None:
    first = define(team, "Dabbling day", "Friday.")
    form = team.type("add dabbling day", CURATOR)
    assert "is there already" in str(form["blocks"])
    found = team.bot.storage.entries.find(TEAM, first.entry_id)
    assert found == first


def test_14_what_a_member_sets_waits_for_approval(team: Team) -> None:
    define(team, "Gronkel", "The coffee machine.", MEMBER)
    assert "coffee machine" not in get(team, "gronkel", SECOND)
    assert "coffee machine" in str(team.desk()["blocks"])


def test_15_approved_it_is_there(team: Team) -> None:
    define(team, "Splunge", "Moving a ticket back.", MEMBER)
    team.press(buttons(team.desk()["blocks"], "entry_publish")[0], CURATOR)
    assert "Moving a ticket back." in get(team, "splunge", SECOND)


def test_16_rejected_the_proposer_reads_why(team: Team) -> None:
    define(team, "Thrombule", "Something.", MEMBER)
    team.press(buttons(team.desk()["blocks"], "entry_decline")[0], CURATOR)
    team.submit(team.opened(0), CURATOR, reason="Nobody says so.")
    assert "Nobody says so." in team.told(MEMBER)[-1]


def test_17_an_alias_leads_to_the_term(team: Team) -> None:
    define(team, "Frozzle index", "Our own health score.", aliases="FZX; the frozz")
    for name in ("FZX", "fzx", "the frozz"):
        assert "Our own health score." in get(team, name)


def test_18_an_alias_is_added_later(team: Team) -> None:
    entry = define(team, "Jumbrel", "The on-call phone.")
    team.submit(change_form(team, entry), CURATOR, aliases="bat phone")
    assert "The on-call phone." in get(team, "bat phone")


def test_19_a_definition_is_edited(team: Team) -> None:
    entry = define(team, "Wexler rule", "Two reviews.")
    team.submit(change_form(team, entry), CURATOR, short_en="Three reviews.")
    assert "Three reviews." in get(team, "wexler rule")


def test_20_a_member_suggests_a_correction(team: Team) -> None:
    entry = define(team, "Pindlethorpe", "Floor 2.")
    team.submit(change_form(team, entry, MEMBER), MEMBER, short_en="Floor 3.")
    assert "Floor 2." in get(team, "pindlethorpe")
    assert "Floor 3." in str(team.desk()["blocks"])


def test_21_its_history_says_who_and_when(team: Team) -> None:
    entry = define(team, "Larkstone", "One.")
    form = change_form(team, entry)
    team.submit(form, CURATOR, short_en="Two.")
    team.press_in(form, "entry_history", MEMBER)
    shown = str(team.opened(0)["blocks"])
    assert "Version 2" in shown
    assert f"by <@{CURATOR}>" in shown


def test_22_an_older_version_comes_back(team: Team) -> None:
    entry = define(team, "Mirtle", "Good.")
    team.submit(change_form(team, entry), CURATOR, short_en="Bad.")
    target = f"{entry.entry_id}|2|1"
    team.press({"action_id": "entry_roll_back", "value": target, "type": "button"}, SECOND)
    assert "Good." in get(team, "mirtle")


def test_23_deleting_asks_first(team: Team) -> None:
    form = change_form(team, define(team, "Ostrel", "Old."))
    assert "confirm" in buttons(form["blocks"], "entry_retire")[0]


def test_24_what_is_deleted_is_not_found(team: Team) -> None:
    form = change_form(team, define(team, "Quibbletree", "The old wiki."))
    team.press_in(form, "entry_retire", CURATOR)
    assert "The old wiki." not in get(team, "quibbletree")


def test_25_what_was_deleted_is_brought_back(team: Team) -> None:
    form = change_form(team, define(team, "Rumblefen", "The war room."))
    team.press_in(form, "entry_retire", CURATOR)
    target = f"{team.bot.storage.entries.list_recent(TEAM, EntryState.RETIRED, 1)[0].entry_id}|2|1"
    team.press({"action_id": "entry_roll_back", "value": target, "type": "button"}, CURATOR)
    assert "The war room." in get(team, "rumblefen")


def test_26_who_may_not_cannot_delete(team: Team) -> None:
    entry = define(team, "Tindlewick", "Stays.")
    target = f"{entry.entry_id}|1|"
    team.press({"action_id": "entry_retire", "value": target, "type": "button"}, MEMBER)
    assert "Only curators" in team.alone()
    assert "Stays." in get(team, "tindlewick")


def test_27_a_name_may_mean_several_things(team: Team) -> None:
    define(team, "Zorp", "A customer without a contract.")
    define(team, "Zorp", "The data team's cat.")
    answer = get(team, "zorp")
    assert "without a contract" in answer
    assert "data team" in answer


def test_28_our_meaning_stands_before_the_general_one(team: Team) -> None:
    form = team.type("add churn", CURATOR)
    team.submit(form, CURATOR, title_en="Churn", short_en="Here: seats lost in a quarter.",
                replaces=["replaces"])  # fmt: skip
    assert "seats lost in a quarter" in get(team, "define churn")


def test_29_words_of_a_definition_find_it(team: Team) -> None:
    define(team, "Vantrell", "Reimbursement of trainrides to customers abroad.")
    assert "Vantrell" in get(team, "search reimbursement of trainrides")


def test_30_what_changed_last_is_listed(team: Team) -> None:
    define(team, "Newest thing", "New.")
    form = team.type("add", CURATOR)
    team.press_in(form, "entry_overview", CURATOR)
    assert "Newest thing" in str(team.opened(0)["blocks"])


def test_31_stats_count(team: Team) -> None:
    get(team, "rag")
    team.bot.shared_state.run_once()
    team.world.type("stats", user=MEMBER)
    assert "Questions" in str(team.slack.of("response_url")[-1])


def test_32_a_csv_comes_in_and_wipes_nothing(team: Team) -> None:
    define(team, "Keeper", "Still here.")
    team.world.type("entries", user=CURATOR)
    shown = team.slack.of("response_url")[-1]
    team.press(buttons(shown["blocks"], "entry_import")[0], CURATOR, channel="C1")
    text = "title_en,short_en\nImportling,Came by CSV.\n"
    preview = team.submit(team.opened(0), CURATOR, entry_import_text=text)["view"]
    team.submit(preview, CURATOR, entry_import_text=text)
    team.bot.team.libraries.refresh()
    assert "Came by CSV." in get(team, "importling")
    assert "Still here." in get(team, "keeper")


def test_33_all_goes_out(team: Team) -> None:
    define(team, "Outgoing", "In the file.")
    team.world.type("entries", user=CURATOR)
    shown = team.slack.of("response_url")[-1]
    team.press(buttons(shown["blocks"], "entry_export")[0], CURATOR, channel="C1")
    (file, *_) = team.slack.workspace.files.values()
    assert b"In the file." in file.data


def test_34_an_answer_is_private_until_it_is_shared(team: Team) -> None:
    define(team, "Sharelet", "For all to see.")
    answer = team.world.type("sharelet", user=MEMBER).json()
    assert answer["response_type"] == "ephemeral"
    share = buttons(answer["blocks"], "share")[0]
    team.send(payloads.click(share, user=MEMBER, channel=CHANNEL))
    shared = [m for m in team.slack.workspace.messages if "For all to see." in str(m)]
    assert any(m["channel"] == CHANNEL and not m.get("only_for") for m in shared)


def test_35_a_mention_is_answered_in_its_thread(team: Team) -> None:
    define(team, "Threadle", "Said in a thread.")
    team.send(payloads.mention("threadle"))
    answered = [m for m in team.slack.of("chat.postMessage") if "Said in a thread." in str(m)]
    assert answered[-1]["thread_ts"]


def test_36_marks_and_mentions_in_a_definition_are_shown_and_do_nothing(team: Team) -> None:
    define(team, "Markling", f"*Not* bold, <!channel> <@{BOT}> & `code`")
    answer = team.world.type("markling", user=MEMBER).json()
    message = {"text": answer["text"], "blocks": answer["blocks"]}
    assert find_problems(message, "message") == []
    assert "<!channel>" not in answer["text"]
    live = [b for b in answer["blocks"] if b.get("text", {}).get("type") == "mrkdwn"]
    assert "<!channel>" not in str(live)


def test_37_it_says_whose_it_is_and_help_says_how(team: Team) -> None:
    define(team, "Ownerly", "Somebody's.")
    assert f"<@{CURATOR}>" in get(team, "ownerly")
    assert "`add`" in get(team, "help")
