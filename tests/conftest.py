"""Fixtures of all tests: the real handbook and the search over it, built once a process; and the
databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from bot.handbook import Handbook
from bot.search import Matcher
from bot.search.library import Library, warm_up
from bot.settings import CACHE, CONTENT_DIR, DATA_DIR

settings.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

pytest_plugins = ["tests.support.databases", "tests.support.starts"]


@pytest.fixture(scope="session")
def library() -> Library:
    """From the snapshot that the last start left, while content and code are the same."""
    return warm_up(Library.load(CONTENT_DIR, DATA_DIR / CACHE))


@pytest.fixture(scope="session")
def handbook(library: Library) -> Handbook:
    return library.handbook


@pytest.fixture(scope="session")
def matcher(library: Library) -> Matcher:
    return library.matcher
