"""Chromium for tests and screenshots, and a person at the local workspace's page."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from typing import Any

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def find_browser() -> str | None:
    """The path of an installed Chromium or Chrome."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


class Person:
    """One browser page, as one of the workspace's people. Waits for what it is told to see."""

    def __init__(self, page: Any, url: str, user: str = "U1") -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(url)
        page.wait_for_selector("#channels button")
        page.select_option("#user", user)

    def switch_slowly(self, user: str) -> Callable[[], None]:
        """Become somebody else; what is theirs comes once the returned function is called."""
        held: list[Any] = []
        asked = f"**/state?user={user}*"
        keep = lambda route: held.append(route)  # noqa: E731 - Playwright marks it, and can no method
        self.page.route(asked, keep, times=1)
        with self.page.expect_request(asked):
            self.page.select_option("#user", user)
        self.page.locator("#channels[inert]").wait_for(state="attached")
        return lambda: held[0].continue_()

    def say(self, text: str) -> None:
        self.page.fill("#line", text)
        self.page.press("#line", "Enter")

    def see(self, text: str, where: str = "body") -> Any:
        """The first element of `where` that shows `text`, once it is there."""
        inside = self.page.locator(where)
        found = inside.get_by_text(text).or_(inside.filter(has_text=text)).last
        found.wait_for(state="visible")
        return found

    def press(self, name: str, where: str = "body") -> None:
        """The last button of that name, which is the newest."""
        self.page.locator(where).get_by_role("button", name=name, exact=True).last.click()

    def go(self, channel: str) -> None:
        self.page.locator("#channels").get_by_role("button", name=channel).click()

    def start_run(self) -> None:
        """A checklist for all in the channel, named v2."""
        self.say("/llm-startup checklist start agent launch")
        self.page.locator("dialog input[type=text], dialog input:not([type])").first.fill("v2")
        self.page.locator("dialog button[type=submit]").click()
        self.see("Agent launch · v2", ".message .header")

    def focused(self, selector: str) -> None:
        """Wait until what the keyboard goes to is one that `selector` finds."""
        self.page.locator(selector).and_(self.page.locator(":focus")).wait_for()

    def text(self) -> str:
        return str(self.page.inner_text("#messages"))
