"""`python -m bot`: Socket Mode or HTTP with tokens, the local workspace without."""

from __future__ import annotations

import argparse

from bot.settings import read_settings


def run(args: argparse.Namespace) -> int:
    settings = read_settings()
    if settings.mode == "local":
        from bot.playground.start import start

        start(settings, settings.port)
        return 0
    from bot.slack.serve import main

    main(settings)
    return 0
