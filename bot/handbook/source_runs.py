"""Finds text copied from the source text, without keeping that text: its runs as hashes.

A run is 8 Chinese characters or 6 English words. Quotations (in “”, 「」 or "") and the source's
own section titles are exempt. `scripts/build_source_runs.py` makes the file of hashes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HAN_RUN = 8
WORD_RUN = 6
HASH_BYTES = 5  # with a million runs checked, a false alarm once in about 250 times
HASHES = Path(__file__).with_name("source_runs.txt")

QUOTED = re.compile(r"“[^”]*”|「[^」]*」|\"[^\"]*\"")
HAN_STRETCH = re.compile(r"[\u3400-\u9fff]+")
WORDS = re.compile(r"[a-z0-9][a-z0-9'-]*")


def find_copied_run(text: str) -> str | None:
    """The first run that also stands in the source text, or None."""
    known = _known()
    return next((run for run in runs_of(text) if run_hash(run) in known), None)


def runs_of(text: str) -> Iterator[str]:
    """Every run of a text; punctuation ends a Chinese run, a quotation ends both."""
    for part in QUOTED.split(text):
        for stretch in HAN_STRETCH.findall(part):
            for i in range(len(stretch) - HAN_RUN + 1):
                yield stretch[i : i + HAN_RUN]
        words = WORDS.findall(part.casefold())
        for i in range(len(words) - WORD_RUN + 1):
            yield " ".join(words[i : i + WORD_RUN])


def run_hash(run: str) -> str:
    return hashlib.blake2b(run.encode(), digest_size=HASH_BYTES).hexdigest()


@cache
def _known() -> frozenset[str]:
    return frozenset(HASHES.read_text("ascii").split())
