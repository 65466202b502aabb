"""The command line: `python -m bot` starts the bot; `ask`, `check` and `manifest` need no Slack."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import signal
import sys
from pathlib import Path

from bot import __version__

INTERRUPTED = 130  # as a shell reports a command that Ctrl-C ended
# Commands that say themselves what a signal does, once they serve; on standard input and output
# there is nothing to clear up, and what is raised between tasks would be a page of traceback.
SERVING = (None, "playground", "mcp")
CLOSED_PIPE = 141  # as a shell reports a command that SIGPIPE ended
SUBCOMMANDS = {
    "ask": "answer one query, or one a line from standard input",
    "backup": "copy the SQLite database to one file, also while the bot runs",
    "check": "check the content folder",
    "database": "show the database's version and the steps of an upgrade",
    "entries": "a workspace's own entries in and out, as CSV or JSON",
    "export": "write all that is kept of a workspace as JSON",
    "forget": "delete all that is kept of a workspace, or what is a person's own",
    "manifest": "print the Slack app manifest",
    "mcp": "let AI agents look things up in the handbook",
    "playground": "run the bot in a local workspace in the browser, without Slack",
    "reload": "let the running bots on this machine read the content anew",
    "restore": "make a backup the SQLite database again",
    "tips": "weekly tips for operators: what is due, deliver now, what was delivered",
}


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand. A fault of settings or content is one plain message and exit code 1; a
    reader of the output that goes away, as `head` does, ends it without a word."""
    _let_any_character_through()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(argv: list[str] | None) -> int:
    from bot.database.errors import StorageError  # after the signals are taken care of
    from bot.handbook.fields import HandbookError
    from bot.settings import SettingsError

    parser = argparse.ArgumentParser(prog=_program(), description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    words = sys.argv[1:] if argv is None else argv
    for name, text in SUBCOMMANDS.items():
        subparser = subparsers.add_parser(name, help=text, description=text)
        if name in words[:1]:  # only the module that is used is imported
            importlib.import_module(f"bot.cli.{name}").add_arguments(subparser)
    args = parser.parse_args(words)
    if args.command not in SERVING:
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, signal.default_int_handler)
    command = importlib.import_module(f"bot.cli.{args.command or 'run'}")
    try:
        return int(command.run(args))
    except (SettingsError, HandbookError, StorageError) as error:
        print(error, file=sys.stderr)
        return 1


def _let_any_character_through() -> None:
    """A terminal's encoding, GBK for one, lacks characters of ours, and what is piped in may be in
    another: then one character is lost, not the answer."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _program() -> str:
    """How the program was called: by its name where it is installed."""
    name = Path(sys.argv[0]).stem
    return name if name == "llm-startup-bot" else "python -m bot"


def start() -> int:
    """The program `llm-startup-bot`, and `python -m bot`."""
    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    return main()


def stop(number: int, _frame: object) -> None:
    """Clear up and end. Without it, the first process of a container ignores SIGTERM."""
    raise SystemExit(128 + number)


def end(number: int, _frame: object) -> None:
    """While modules are imported and before the bot serves: there is nothing to clear up, and what
    is raised then may be dropped, as Python does inside callbacks of its import system."""
    os._exit(128 + number)


if __name__ == "__main__":
    sys.exit(start())
