"""`python -m bot playground`: the bot in a local workspace in the browser, without Slack."""

from __future__ import annotations

import argparse

from bot.settings import SettingsError, read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="default: PORT, else 3000")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")


def run(args: argparse.Namespace) -> int:
    settings = read_settings()
    if settings.bot_token:
        raise SettingsError(
            "SLACK_BOT_TOKEN is set: the local workspace never runs beside a real one. Start it "
            "with SLACK_BOT_TOKEN= python -m bot playground."
        )
    from bot.playground.start import start

    start(settings, settings.port if args.port is None else args.port, open_browser=args.open)
    return 0
