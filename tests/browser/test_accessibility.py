"""axe-core, from npm at test time, finds no serious fault in the page's main states."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.support.browser import Person

CACHE = ROOT / ".cache" / "axe"
SERIOUS = ("serious", "critical")
Enter = Callable[..., Person]


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    script = CACHE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        if shutil.which("npm") is None:
            message = "no npm to fetch axe-core with: apt-get install npm"
            pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
        own = tmp_path_factory.mktemp("axe")  # each worker fetches alone, the first one moves in
        command = ["npm", "install", "--silent", "--no-audit", "--prefix", str(own), "axe-core"]
        subprocess.run(command, check=True)
        fetched = Path(own / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
        script.parent.mkdir(parents=True, exist_ok=True)
        script.write_text(fetched, "utf-8")
    return script.read_text("utf-8")


def faults(person: Person, axe: str) -> list[str]:
    person.page.evaluate(axe)
    found = person.page.evaluate("axe.run()")
    return [
        f"{v['id']}: {node['html'][:120]}"
        for v in found["violations"]
        if v["impact"] in SERIOUS
        for node in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_messages_and_their_buttons(person: Enter, axe: str, scheme: str) -> None:
    founder = person("U1", color_scheme=scheme)
    founder.say("/llm-startup dp 是什么")
    founder.see("你想问的是？")
    founder.say("@llm-startup what is a moat")
    founder.see("1 reply").click()
    founder.see("Moat", "#thread .header")
    assert faults(founder, axe) == []
    founder.press("Inspect")
    founder.see("← chat.postMessage", "#log")
    assert faults(founder, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_channel_and_a_narrow_one(person: Enter, axe: str, scheme: str) -> None:
    engineer = person("U2", color_scheme=scheme)
    engineer.see("Welcome to #general")
    assert faults(engineer, axe) == []
    engineer.page.set_viewport_size({"width": 360, "height": 740})
    engineer.say("/llm")
    engineer.see("[question", "#usage")
    assert faults(engineer, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_checklist_its_menu_and_its_confirmation(person: Enter, axe: str, scheme: str) -> None:
    engineer = person("U2", color_scheme=scheme)
    engineer.start_run()
    engineer.say("/llm-startup RAG")
    engineer.page.locator("button.overflow").last.click()
    engineer.page.wait_for_selector("[role=menu]")
    assert faults(engineer, axe) == []
    engineer.page.keyboard.press("Escape")
    engineer.press("Close", "#messages")
    engineer.page.wait_for_selector("dialog.confirm")
    assert faults(engineer, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_home_tab_and_a_modal(person: Enter, axe: str, scheme: str, terms: int) -> None:
    engineer = person("U2", color_scheme=scheme)
    engineer.go("Home")
    engineer.see(f"{terms} terms")
    assert faults(engineer, axe) == []
    engineer.go("general")
    engineer.say("/llm-startup tips")
    engineer.page.locator("dialog input[type=time]").fill("")
    assert faults(engineer, axe) == []
    engineer.press("Save", "dialog")
    engineer.see("Please complete this required field.", "dialog .wrong")
    assert faults(engineer, axe) == []
