"""The command line: `python -m bot` starts the bot; `ask`, `check` and `manifest` need no Slack."""

from __future__ import annotations

import argparse
import importlib
import signal
import sys

SUBCOMMANDS = {
    "ask": "answer one query, or one a line from standard input",
    "check": "check the content folder",
    "manifest": "print the Slack app manifest",
    "playground": "run the bot in a local workspace in the browser, without Slack",
    "reload": "let the running bots on this machine read the content anew",
    "tips": "weekly tips for operators: what is due, deliver now, what was delivered",
}


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand. A fault of settings or content is one plain message and exit code 1."""
    from bot.handbook.fields import HandbookError  # after the signals are taken care of
    from bot.settings import SettingsError

    parser = argparse.ArgumentParser(prog="python -m bot", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    words = sys.argv[1:] if argv is None else argv
    for name, text in SUBCOMMANDS.items():
        subparser = subparsers.add_parser(name, help=text, description=text)
        if name in words[:1]:  # only the module that is used is imported
            importlib.import_module(f"bot.cli.{name}").add_arguments(subparser)
    args = parser.parse_args(words)
    command = importlib.import_module(f"bot.cli.{args.command or 'run'}")
    try:
        return int(command.run(args))
    except (SettingsError, HandbookError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def stop(number: int, frame: object) -> None:
    """Before the bot serves. Without it, the first process of a container ignores SIGTERM."""
    raise SystemExit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stop)
    sys.exit(main())
