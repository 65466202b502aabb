"""The bot in a terminal: the same grammar and replies as in Slack, as text."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from bot.dialogue.answers import Reader, reply_to
from bot.dialogue.grammar import parse
from bot.dialogue.library import Library
from bot.handbook import Lang
from bot.replies.plain import render_plain
from bot.search.normalize import HAN_CHAR
from bot.settings import CACHE_DIR, Settings


def run_prompt(settings: Settings) -> int:
    library = Library.load(settings.content_dir, CACHE_DIR)
    while True:
        try:
            line = input("> ") if sys.stdin.isatty() else next(sys.stdin).rstrip("\n")
        except (EOFError, StopIteration):
            return 0
        lang: Lang = "zh" if HAN_CHAR.search(line) else settings.default_lang
        reader = Reader(lang, datetime.now(UTC).date())
        print(render_plain(reply_to(library, reader, parse(line))))
