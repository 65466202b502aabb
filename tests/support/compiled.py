"""SQL that is compiled once a process, not once an engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine
from sqlalchemy.engine import URL

from bot.database import engine as engines


@contextmanager
def compiled_once() -> Iterator[None]:
    """What one of the bot's engines has compiled, all those of its kind have, also in processes
    forked from this one. Tests open about two thousand, and compiling was an eighth of their time.

    SQLAlchemy keeps what it compiled with the engine, by its dialect; there is no public way to
    share the two.
    """
    build, first = engines._build_engine, dict[str, Engine]()

    def build_engine(url: URL) -> Engine:
        engine = build(url)
        model = first.setdefault(engine.name, engine)
        engine.dialect, engine._compiled_cache = model.dialect, model._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "_build_engine", build_engine)
        yield
