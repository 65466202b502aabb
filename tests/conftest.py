"""Fixtures of all tests: the real handbook and the search over it, built once a process; and the
databases."""

from __future__ import annotations

import pytest

from bot.handbook import Handbook, load_handbook
from bot.search import Matcher
from bot.search.library import Library
from bot.settings import CONTENT_DIR

pytest_plugins = ["tests.support.databases"]


@pytest.fixture(scope="session")
def handbook() -> Handbook:
    return load_handbook(CONTENT_DIR)


@pytest.fixture(scope="session")
def library(handbook: Handbook) -> Library:
    return Library.of(handbook)


@pytest.fixture(scope="session")
def matcher(library: Library) -> Matcher:
    return library.matcher
