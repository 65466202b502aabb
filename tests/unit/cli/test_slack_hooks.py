"""The Slack CLI's hooks, called as it calls them: the command of .slack/hooks.json and of its
answer, from the project's folder, with the flags of its protocol."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.settings import ROOT

BOUNDED = ["--protocol=message-boundaries", "--boundary=7f3a-mark"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone: what git has, no virtual environment."""
    for name in (".slack/hooks.json", "scripts/slack_hooks.py", "manifest.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def call(clone: Path, command: str, *flags: str) -> str:
    """With a python3 that has none of the bot's libraries, on a terminal that knows only ASCII."""
    done = subprocess.run(
        [*shlex.split(command), *flags], cwd=clone, text=True, capture_output=True, check=True,
        env={"PATH": os.environ["PATH"], "PYTHONNOUSERSITE": "1", "PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


def entry_hook(clone: Path) -> str:
    hooks = json.loads((clone / ".slack" / "hooks.json").read_text("utf-8"))
    return str(hooks["hooks"]["get-hooks"])


@pytest.mark.parametrize("flags", [[], BOUNDED, ["--protocol", "default", "--source", "local"]])
def test_each_hook_answers_in_the_protocol_that_is_asked(clone: Path, flags: list[str]) -> None:
    mark = "7f3a-mark" if flags == BOUNDED else ""
    said = call(clone, entry_hook(clone), *flags).removesuffix("\n")
    assert (said.startswith(mark), said.endswith(mark)) == (True, True)
    answer = json.loads(said.removeprefix(mark).removesuffix(mark))
    assert "message-boundaries" in answer["config"]["protocol-version"]
    assert answer["hooks"].keys() == {"get-manifest", "start"}
    said = call(clone, answer["hooks"]["get-manifest"], *flags).removesuffix("\n")
    manifest = json.loads(said.removeprefix(mark).removesuffix(mark))
    assert manifest == json.loads((ROOT / "manifest.json").read_text("utf-8"))
    assert all((ROOT / path).exists() for path in answer["config"]["watch"]["app"]["paths"])


def test_start_makes_the_environment_and_runs_the_bot_with_the_clis_tokens(clone: Path) -> None:
    """`make` is one of our own here, and so is the python that it makes."""
    tools = clone / "tools"
    tools.mkdir()
    python = "#!/bin/sh\necho $SLACK_BOT_TOKEN $SLACK_APP_TOKEN $*\n"
    make = (
        f"#!/bin/sh\nmkdir -p .venv/bin; echo making $*\nprintf '%s' '{python}' > .venv/bin/python"
    )
    (tools / "make").write_text(f"{make}; chmod +x .venv/bin/python\n", "ascii")
    (tools / "make").chmod(0o755)
    answer = json.loads(call(clone, entry_hook(clone)))
    done = subprocess.run(
        [*shlex.split(answer["hooks"]["start"]), *BOUNDED], cwd=clone, text=True,
        capture_output=True, check=True,
        env={"PATH": f"{tools}:{os.environ['PATH']}", "SLACK_CLI_XOXB": "xoxb-1",
             "SLACK_CLI_XAPP": "xapp-1"},
    )  # fmt: skip
    assert done.stderr == "making --silent .venv/.run\n"
    assert done.stdout == "xoxb-1 xapp-1 -m bot\n"
