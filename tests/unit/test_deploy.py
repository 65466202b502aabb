"""The files in deploy/, as far as they can be checked without Docker, systemd or nginx running."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from packaging.utils import canonicalize_name

from bot.settings import BY_FILE, ROOT
from scripts.write_constraints import list_direct

DEPLOY = ROOT / "deploy"


def test_the_tested_versions_are_within_the_bounds() -> None:
    lines = (DEPLOY / "constraints.txt").read_text("utf-8").splitlines()[1:]
    versions = dict(line.split("==") for line in lines)
    for requirement in list_direct():
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(versions[name]), name
        bounded = any(spec.operator.startswith("<") for spec in requirement.specifier)
        assert bounded or name == "tzdata", name


def test_the_image_is_built_from_files_that_the_context_has() -> None:
    allowed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M)
              for name in line.split()]  # fmt: skip
    assert len(copied) > 7
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in allowed
    assert text.count("FROM ") == 2
    assert text.index("USER 10001") < text.index("ENTRYPOINT [")


def test_the_compose_file_hands_over_secrets_that_the_bot_reads() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    bot, db = compose["services"]["bot"], compose["services"]["db"]
    context = (DEPLOY / bot["build"]["context"]).resolve()
    assert (context / bot["build"]["dockerfile"]).is_file()
    for name, path in bot["environment"].items():
        assert name.removesuffix("_FILE") in BY_FILE
        assert Path(path).name in bot["secrets"]
    assert {*bot["secrets"], *db["secrets"]} == set(compose["secrets"])
    used = {mount.split(":")[0] for service in (bot, db) for mount in service["volumes"]}
    assert used == set(compose["volumes"])
    assert set(bot["depends_on"]) <= set(compose["services"])


def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    unit = (DEPLOY / "llm-startup-bot.service").read_text("utf-8")
    program = "/opt/llm-startup-bot/bin/llm-startup-bot"
    assert f"ExecStart={program}\n" in unit
    (tmp_path / "llm-startup-bot.service").write_text(unit.replace(program, sys.executable))
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / "llm-startup-bot.service"],
                          text=True, capture_output=True)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
