"""Print the versions that are installed here, of all that the bot needs to run.

    .venv/bin/python -m scripts.write_constraints > deploy/constraints.txt

Run it after the tests have passed: what they ran with is what `pip install -c` then installs.
"""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.settings import ROOT

EXTRAS = ("postgres", "mcp", "metrics", "oauth")


def list_direct() -> list[Requirement]:
    """What pyproject.toml asks for, with the extras that a server may want."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *(line for name in EXTRAS for line in extras.get(name, ()))]
    return [Requirement(line) for line in lines]


def find_versions(wanted: list[Requirement]) -> dict[str, str]:
    """Versions by name, of these and of all that they need."""
    found: dict[str, str] = {}
    waiting = list(wanted)
    seen: set[str] = set()
    while waiting:
        requirement = waiting.pop()
        if str(requirement) in seen:
            continue
        seen.add(str(requirement))
        try:
            installed = distribution(requirement.name)
        except PackageNotFoundError:  # for another system, or another version of Python
            continue
        found[canonicalize_name(requirement.name)] = installed.version
        for line in installed.requires or ():
            needed = Requirement(line)
            extras = requirement.extras or {""}
            if not needed.marker or any(needed.marker.evaluate({"extra": e}) for e in extras):
                waiting.append(needed)
    return found


if __name__ == "__main__":
    print("# What the tests ran with, by scripts/write_constraints.py")
    for name, version in sorted(find_versions(list_direct()).items()):
        print(f"{name}=={version}")
