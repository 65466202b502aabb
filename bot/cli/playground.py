"""`python -m bot playground`: the bot in a local workspace in the browser, without Slack."""

from __future__ import annotations

import argparse

from bot.settings import SettingsError, find_tokens, read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="default: PORT, else 3000")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")


def run(args: argparse.Namespace) -> int:
    refuse_tokens()
    settings = read_settings()
    from bot.playground.start import start

    start(settings, settings.port if args.port is None else args.port, open_browser=args.open)
    return 0


def refuse_tokens() -> None:
    """Before the settings are read, which would ask for the token that is missing."""
    if found := find_tokens():
        empty = " ".join(f"{name}=" for name in found)
        raise SettingsError(
            f"{' and '.join(found)} {'is' if len(found) == 1 else 'are'} set: the local workspace "
            f"never runs beside a real one. Start it with {empty} python -m bot playground."
        )
