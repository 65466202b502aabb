"""`python -m bot ask [QUERY]`: the bot's answers as text or JSON, without Slack or network."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from bot.answers.dialogue import Audience, reply_to
from bot.answers.grammar import ParsedLine, Verb
from bot.answers.place import Place
from bot.answers.plain import render_plain
from bot.cli.explain import explain
from bot.i18n import LANGS, Lang
from bot.search import Answer, Result, Suggestions
from bot.search.library import Library
from bot.search.normalize import is_chinese
from bot.settings import CACHE, read_content_dir, read_data_dir

WARM_UP = "a question that names no term"
OUTCOMES = {Answer: "answer", Suggestions: "suggestions"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help="default: a query a line, stdin")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--explain", action="store_true", help="what spoke for the first results")
    parser.add_argument("--lang", choices=LANGS, help="default: the query's language")
    parser.add_argument("--content", type=Path, metavar="DIR", help="default: CONTENT_DIR")


def run(args: argparse.Namespace) -> int:
    library = Library.load(args.content or read_content_dir(), read_data_dir() / CACHE)
    queries: Iterable[str] = [" ".join(args.query)] if args.query else sys.stdin
    library.matcher.find(" ".join(args.query) or WARM_UP)  # what is loaded once is not timed
    for line in queries:
        query = line.rstrip("\r\n")
        start = perf_counter()
        result = library.matcher.find(query)
        milliseconds = (perf_counter() - start) * 1000
        if args.json:
            print(json.dumps(as_json(query, result, milliseconds), ensure_ascii=False), flush=True)
        elif args.explain:
            print(explain(library.matcher, query))
        else:
            lang: Lang = args.lang or ("zh" if is_chinese(query) else "en")
            audience = Audience(lang, datetime.now(UTC).date(), Place.TERMINAL)
            print(render_plain(reply_to(library, audience, ParsedLine(Verb.ANSWER, query))))
    return 0


def as_json(query: str, result: Result, milliseconds: float) -> dict[str, object]:
    """The stable form that other tools read; `ms` is matching time alone."""
    return {
        "query": query,
        "outcome": OUTCOMES.get(type(result), "nothing"),
        "results": [
            {
                "id": match.entry.id,
                "kind": str(match.entry.kind),
                "score": round(match.score, 4),
                "title": {"zh": match.entry.title.zh, "en": match.entry.title.en},
                "matched": match.matched,
            }
            for match in result.matches
        ],
        "ms": round(milliseconds, 3),
    }
