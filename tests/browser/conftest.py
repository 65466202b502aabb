"""A real headless Chromium on the local workspace. CI fails without a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

sync_api = (
    pytest.importorskip("playwright.sync_api")
    if not os.environ.get("CI")
    else __import__("playwright.sync_api", fromlist=["sync_api"])
)

from bot.handbook import Handbook, Kind  # noqa: E402 - after the check for a browser
from bot.playground.start import Playground  # noqa: E402
from bot.search.library import Library  # noqa: E402
from bot.settings import Settings  # noqa: E402
from tests.support.browser import ARGUMENTS, Person, find_browser  # noqa: E402


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = find_browser()
    if path is None:
        message = "no Chromium: apt-get install chromium"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def playground(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Playground]:
    """Of the one library, which is read-only; loading it takes longer than most tests here."""
    monkeypatch.setattr(Library, "load", lambda *_: library)
    playground = Playground(Settings(port=0, log_level="WARNING"), 0)
    yield playground
    playground.close()


@pytest.fixture(scope="session")
def terms(handbook: Handbook) -> int:
    """How many terms the Home tab counts."""
    return len(handbook.by_kind[Kind.TERM])


@pytest.fixture
def person(browser: object, playground: Playground) -> Iterator[Callable[..., Person]]:
    """Open a page of one's own as one of the three people."""
    pages = []

    def enter(user: str = "U1", **options: object) -> Person:
        page = browser.new_page(**options)  # type: ignore[attr-defined]
        pages.append(page)
        return Person(page, playground.url, user)

    yield enter
    for page in pages:
        page.close()
