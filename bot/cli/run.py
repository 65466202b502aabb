"""`python -m bot`: Socket Mode or HTTP with tokens, a prompt without."""

from __future__ import annotations

import argparse

from bot.settings import read_settings

NO_TOKENS = """No Slack token is set, so the bot answers here. Ask, or type `help`; Ctrl-D ends.
To connect it to Slack, see “Connect a workspace” in README.md.
"""


def run(args: argparse.Namespace) -> int:
    settings = read_settings()
    if settings.mode == "local":
        from bot.cli.prompt import run_prompt

        print(NO_TOKENS)
        return run_prompt(settings)
    from bot.serve import main

    main(settings)
    return 0
