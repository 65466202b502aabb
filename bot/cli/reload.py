"""`python -m bot reload`: let every running bot on this machine read the content anew."""

from __future__ import annotations

import argparse

from bot.handbook import load_handbook
from bot.settings import SettingsError, read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes no arguments."""


def run(args: argparse.Namespace) -> int:
    """The content is checked first; with faults, HandbookError lists them and nothing is done."""
    settings = read_settings()
    folder, marker = settings.content_dir, settings.reload_marker
    count = len(load_handbook(folder).entries)
    try:
        marker.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker.touch()
    except OSError as error:
        raise SettingsError(
            f"{marker} cannot be written ({error.strerror}): run this as the user that the "
            "bot runs as, or restart the bot."
        ) from error
    print(f"{folder}: {count} entries, no fault. Running bots answer from them in a moment.")
    return 0
