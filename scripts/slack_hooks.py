"""What the Slack CLI (`slack run`) asks of a project: .slack/hooks.json leads here.

The standard library alone, and any Python 3: a fresh clone has no virtual environment yet.
https://docs.slack.dev/tools/slack-cli/reference/hooks
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
BOUNDARIES = "message-boundaries"
# What the CLI calls the tokens of the app that it has installed, and what the bot calls them.
TOKENS = {"SLACK_CLI_XOXB": "SLACK_BOT_TOKEN", "SLACK_CLI_XAPP": "SLACK_APP_TOKEN"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hook", choices=("get-hooks", "get-manifest", "start"))
    parser.add_argument("--protocol", default="default")
    parser.add_argument("--boundary", default="")
    args, _ = parser.parse_known_args()  # the CLI may pass more than a hook needs
    if args.hook == "start":
        start()
    answer = list_hooks() if args.hook == "get-hooks" else read_manifest()
    mark = args.boundary if args.protocol == BOUNDARIES else ""
    print(f"{mark}{json.dumps(answer)}{mark}")  # escaped, so that any terminal's encoding will do
    return 0


def list_hooks() -> dict[str, object]:
    command = "python3 scripts/slack_hooks.py"
    return {
        "hooks": {"get-manifest": f"{command} get-manifest", "start": f"{command} start"},
        "config": {
            "protocol-version": [BOUNDARIES, "default"],
            "sdk-managed-connection-enabled": True,  # the bot opens its own Socket Mode
            "watch": {
                "app": {"filter-regex": r"\.(py|toml|csv)$", "paths": ["bot", "content"]},
                "manifest": {"paths": ["manifest.json"]},
            },
        },
        "runtime": "python",
    }


def read_manifest() -> object:
    return json.loads((ROOT / "manifest.json").read_text("utf-8"))


def start() -> NoReturn:
    """Make the environment as `make run` does, and become the bot, on the CLI's app."""
    python = ".venv/bin/python"
    made = subprocess.run(["make", "--silent", ".venv/.run"], cwd=ROOT, stdout=sys.stderr)
    if made.returncode:
        sys.exit(made.returncode)
    environ = dict(os.environ)
    for given, name in TOKENS.items():
        if environ.get(given):
            environ[name] = environ[given]
    os.chdir(ROOT)
    os.execve(python, [python, "-m", "bot"], environ)


if __name__ == "__main__":
    sys.exit(main())
