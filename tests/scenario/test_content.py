"""A changed file is answered from without a restart; a faulty one changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot.__main__ import main
from bot.app import build_bot
from bot.playground.start import Playground
from bot.settings import Settings
from bot.slack.http import build_wsgi
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.content import CHECKLIST, TERM, write_entry
from tests.support.local_slack import SECRET, TOKEN, LocalSlack
from tests.support.payloads import buttons

TIP: dict[str, Any] = {
    "id": "tip-424-01",
    "section": "4.2.4",
    "zh": "本周：做一次红队演练。",
    "en": "This week: hold a red team day.",
    "why": {"zh": "早发现早修。", "en": "Finding it early is cheap."},
    "source": "OWASP LLM01:2025",
    "checked": "2026-11-24",
}


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder, with a cache and a marker of its own."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    write_entry(tmp_path / "content", TERM)
    write_entry(tmp_path / "content", CHECKLIST)
    return tmp_path / "content"


@pytest.fixture
def start(slack: LocalSlack, content: Path, sqlite_url: str) -> Iterator[Callable[[], World]]:
    worlds: list[World] = []

    def run() -> World:
        settings = Settings(
            bot_token=TOKEN,
            signing_secret=SECRET,
            slack_api_url=slack.api_url,
            database_url=sqlite_url,
            content_dir=content,
            data_dir=content.parent / "data",
        )
        bot = build_bot(settings)
        worlds.append(World(slack, bot, build_wsgi(bot.app, SECRET)))
        return worlds[-1]

    yield run
    for world in worlds:
        world.bot.close()


def answer(world: World, question: str) -> str:
    return str(world.ask(question)["text"])


def test_a_changed_term_is_answered_at_every_process(
    start: Callable[[], World], content: Path
) -> None:
    worlds = [start(), start()]
    for world in worlds:
        assert "obeyed" in str(world.ask("Prompt injection"))
    write_entry(content, TERM, short={"zh": "新的说明。", "en": "The new text."})
    for world in worlds:
        assert "obeyed" in str(world.ask("Prompt injection")), "nobody has looked yet"
        world.bot.content_watch.run_once()
        assert "The new text." in str(world.ask("Prompt injection"))


def test_a_new_name_is_found_and_an_old_button_still_works(
    start: Callable[[], World], content: Path
) -> None:
    world = start()
    [share] = buttons(world.ask("Prompt injection")["blocks"], "share")
    path = write_entry(content, TERM, name={"zh": "狗粮", "en": "Dogfooding"})
    world.bot.content_watch.run_once()
    assert answer(world, "Dogfooding").startswith(("狗粮", "Dogfooding"))
    world.click(share)
    posted = world.slack.of("response_url")[0]
    assert "Dogfooding" in str(posted["blocks"])
    path.unlink()
    world.bot.content_watch.run_once()
    world.click(share | {"value": share["value"]}, message_ts="1700000009.000001")
    assert "no longer in the handbook" in world.slack.of("response_url")[-1]["text"]


@pytest.mark.parametrize(
    "text",
    ["id = ", 'id = "prompt-injection"\n', "a = " + "[" * 5_000, "a = " + "9" * 10_000, "\x00"],
)
def test_a_faulty_file_changes_nothing_and_is_one_line(
    start: Callable[[], World], content: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    world = start()
    (content / "glossary" / "prompt-injection.toml").write_text(text)
    world.bot.content_watch.run_once()
    assert "obeyed" in str(world.ask("Prompt injection"))
    [line] = [r.getMessage() for r in caplog.records if r.name == "bot.content"]
    assert "the one before stays" in line
    write_entry(content, TERM, short={"zh": "修好了。", "en": "Mended."})
    world.bot.content_watch.run_once()
    assert "Mended." in str(world.ask("Prompt injection"))


def test_tips_and_checklists_follow(start: Callable[[], World], content: Path) -> None:
    world = start()
    write_entry(content, TIP)
    write_entry(content, CHECKLIST, id="cl-second", title={"zh": "第二份", "en": "The second"})
    world.bot.content_watch.run_once()
    world.send(payloads.command("tips on mon 9:30 Asia/Shanghai"))
    world.slack.calls.clear()
    world.send(payloads.command("tips next"))
    assert "red team day" in str(world.slack.of("response_url")[0])
    world.send(payloads.command("checklist start the second"))
    [opened] = world.slack.of("views.open")
    assert "The second" in str(opened["view"])


def test_questions_go_on_while_the_content_is_swapped(
    start: Callable[[], World], content: Path
) -> None:
    """Each answer is of one piece: the old text or the new one."""
    world = start()
    texts = ["obeyed", *(f"Text number {number}." for number in range(5))]

    def ask(number: int) -> str:
        payload = world.slack.stamp(payloads.command("Prompt injection", user=f"U{number % 3 + 1}"))
        response = payloads.send(world.wsgi, payload)
        assert response.status == 200
        return response.body

    with ThreadPoolExecutor(4) as pool:
        asked = []
        for text in texts[1:]:
            asked += [pool.submit(ask, number) for number in range(20)]
            write_entry(content, TERM, short={"zh": text, "en": text})
            world.bot.content_watch.run_once()
        bodies = [future.result() for future in asked]
    assert all(sum(text in body for text in texts) == 1 for body in bodies)
    assert texts[-1] in str(world.ask("Prompt injection"))


def test_reload_makes_every_process_read_anew(
    start: Callable[[], World], content: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setenv("CONTENT_DIR", str(content))
    caplog.set_level("INFO", "bot.content")
    world = start()
    before = world.bot.content.current
    assert main(["reload"]) == 0
    assert "2 entries" in capsys.readouterr().out
    world.bot.content_watch.run_once()
    assert world.bot.content.current is not before


def test_reload_with_faults_lists_them_and_does_nothing(
    start: Callable[[], World], content: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("CONTENT_DIR", str(content))
    (content / "glossary" / "prompt-injection.toml").write_text("id = ")
    assert main(["reload"]) == 1
    assert "glossary/prompt-injection.toml" in capsys.readouterr().err


def test_the_local_workspace_shows_faults_and_their_end(content: Path) -> None:
    playground = Playground(
        Settings(port=0, log_level="WARNING", content_dir=content, data_dir=content.parent), 0
    )
    try:
        playground.bot.content_watch.close()  # we look ourselves
        (content / "glossary" / "prompt-injection.toml").write_text("id = ")
        playground.bot.content_watch.run_once()
        assert "prompt-injection.toml" in str(playground.workspace.faults)
        write_entry(content, TERM)
        playground.bot.content_watch.run_once()
        assert list(playground.workspace.faults) == []
    finally:
        playground.close()
