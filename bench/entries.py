"""A workspace's own entries beside the handbook's: time to find, memory, time until one is found.

    python -m bench.entries [--sizes 0 100 10000] [--workspaces 1000] [--json]

Each size is one workspace's; then many workspaces of 100 entries and one of 10,000 are asked in
turn, in one process. Milliseconds, megabytes.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import cast

from sqlalchemy import insert, update

from bench.lists import make_handbook
from bot.database.tables import workspaces as TEAMS
from bot.entries.library import TeamLibraries
from bot.entries.models import Change, Draft, EntryState, TeamEntry
from bot.entries.readers import Readers
from bot.entries.repository.reading import EntryReader
from bot.entries.repository.rows import entry_row
from bot.entries.tables import entries as ENTRIES
from bot.i18n import Text
from bot.search.library import WARM_UP, Library
from bot.settings import CACHE_DIR, ROOT
from bot.storage import Storage, open_storage

NOW = datetime(2026, 11, 29, tzinfo=UTC)
EACH, LARGE = 100, 10_000
QUERIES = 300
PATIENCE = 300.0


def make_drafts(count: int, seed: int) -> Iterator[Draft]:
    """Bilingual terms with an explanation in both languages."""
    choose = random.Random(seed)
    terms = list(make_handbook(2 * count, seed).entries.values())
    english = [term.title.en for term in terms]
    chinese = [term.title.zh for term in terms]
    for term in terms:
        short = Text("".join(choose.choices(chinese, k=5)), " ".join(choose.choices(english, k=7)))
        yield Draft(title=term.title, short=short)


def fill(storage: Storage, team_id: str, drafts: Sequence[Draft]) -> None:
    storage.workspaces.start(team_id)
    rows = [
        entry_row(
            TeamEntry(
                team_id=team_id, entry_id=f"team-{number}", draft=draft, version=1,
                state=EntryState.PUBLISHED, owner="U1", published_by="U1", published_at=NOW,
            )
        )
        | {"change": 1}
        for number, draft in enumerate(drafts)
    ]  # fmt: skip
    with storage.database.write() as connection:
        if rows:
            connection.execute(insert(ENTRIES), rows)
            here = TEAMS.c.team_id == team_id
            connection.execute(update(TEAMS).where(here).values(entry_changes=1))


def questions() -> list[str]:
    lines = (ROOT / "tests" / "data" / "real_seen.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["q"] for line in lines][:QUERIES]


def times_of(library: Library, texts: Sequence[str]) -> list[float]:
    taken = []
    for text in texts:
        start = perf_counter()
        library.matcher.find(text)
        taken.append((perf_counter() - start) * 1e3)
    return taken


def measure_one(storage: Storage, base: Library, size: int) -> dict[str, float]:
    """A workspace of `size` entries."""
    team_id, drafts = f"TONE{size}", list(make_drafts(size, 3)) if size else []
    fill(storage, team_id, drafts)
    libraries = build(storage, base)
    start = perf_counter()
    library = libraries.of(team_id)
    library.matcher.find(WARM_UP)
    built = (perf_counter() - start) * 1e3
    asked = times_of(library, questions())
    names = [draft.title.en for draft in drafts[:QUERIES]]
    named = times_of(library, names) or [0.0]
    found = sum(
        any(match.entry.title.en == name for match in library.matcher.find(name).matches)
        for name in names
    )
    change = Change(
        team_id=team_id, entry_id="team-0", author="U1", by="U1", based_on=1 if size else 0,
        draft=Draft(title=Text("", "zygomorphic ledger"), short=Text("", "Just published.")),
    )  # fmt: skip
    start = perf_counter()
    storage.entries.publish(change, NOW)
    libraries.refresh()
    [match, *_] = libraries.of(team_id).matcher.find("zygomorphic ledger").matches
    assert match.entry.id == "team-0"
    return {
        "entries": size,
        "built_ms": built,
        "question_p50_ms": median(asked),
        "question_p99_ms": quantiles(asked, n=100)[98],
        "name_p50_ms": median(named),
        "names_found": found / len(names) if names else 1.0,
        "published_to_found_ms": (perf_counter() - start) * 1e3,
    }


def measure_many(storage: Storage, base: Library, workspaces: int) -> dict[str, float]:
    """All in one process, each asked once, the largest all along."""
    fill(storage, "TLARGE", list(make_drafts(LARGE, 5)))
    drafts = list(make_drafts(EACH * 20, 6))
    for number in range(workspaces):
        first = EACH * (number % 20)
        fill(storage, f"TMANY{number}", drafts[first : first + EACH])
    before, libraries = resident(), build(storage, base)
    texts, first_times, most = questions(), [], 0.0
    for number in range(workspaces):
        if number % 20 == 0:
            libraries.refresh()
            libraries.of("TLARGE").matcher.find(texts[number % len(texts)])
            most = max(most, resident())
        start = perf_counter()
        libraries.of(f"TMANY{number}").matcher.find(texts[number % len(texts)])
        first_times.append((perf_counter() - start) * 1e3)
    return {
        "workspaces": workspaces + 1,
        "first_question_p50_ms": median(first_times),
        "first_question_p99_ms": quantiles(first_times, n=100)[98],
        "memory_before_mb": before,
        "memory_most_mb": max(most, resident()),
    }


def build(storage: Storage, base: Library) -> TeamLibraries:
    readers = cast(Readers, None)  # nobody asks who sees them here
    libraries = TeamLibraries(
        EntryReader(storage.database), lambda: base, readers, patience=PATIENCE
    )
    libraries.refresh()
    return libraries


def resident() -> float:
    [line] = [one for one in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in one]
    return int(line.split()[1]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", nargs="+", type=int, default=[0, 100, 10_000])
    parser.add_argument("--workspaces", type=int, default=1_000)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    base = Library.load(ROOT / "content", CACHE_DIR)
    base.matcher.find(WARM_UP)
    with TemporaryDirectory() as folder:
        storage = open_storage(f"sqlite:///{folder}/bot.db")
        found = [measure_one(storage, base, size) for size in args.sizes]
        if args.workspaces:
            found.append(measure_many(storage, base, args.workspaces))
        storage.close()
    if args.json:
        print(json.dumps(found))
        return
    for row in found:
        print("  ".join(f"{name} {value:.4g}" for name, value in row.items()))


if __name__ == "__main__":
    main()
