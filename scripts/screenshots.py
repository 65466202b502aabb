"""Make the README's pictures from the local workspace.

python -m scripts.screenshots
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import sync_playwright

from bot.playground.start import Playground
from bot.settings import ROOT, Settings
from tests.support.browser import ARGUMENTS, Person, find_browser

DOCS = ROOT / "docs"
SIZE = {"width": 1200, "height": 800}
TALK = {"width": 760, "height": 560}  # two stand side by side on a page
ASIDE = (600, 66)  # where the mouse points at nothing


def ask(person: Person, greeting: str, question: str, title: str) -> None:
    """A question and its answer, in a direct message; the first one there is a greeting."""
    person.page.set_viewport_size(TALK)
    person.go("llm-startup")
    person.say(greeting)
    person.page.locator(".message button").first.wait_for()
    person.say(question)
    person.see(title, ".message .header")
    person.page.locator("#messages").evaluate("box => { box.scrollTop = box.scrollHeight; }")


def answer(person: Person) -> None:
    ask(person, "hi", "what is fine-tunning?", "Fine-tuning · 微调")


def answer_zh(person: Person) -> None:
    ask(person, "你好", "微条是什么", "微调 · Fine-tuning")


def comparison(person: Person) -> None:
    person.say("/llm-startup RAG or fine-tuning?")
    person.see("RAG or fine-tuning · RAG 还是微调", ".message .header")
    person.press("More")
    person.see("What to do next")
    person.page.locator("#messages").evaluate("box => { box.scrollTop = 0; }")


def home(person: Person) -> None:
    person.go("Home")
    person.see("Search the handbook")


def tip(person: Person) -> None:
    person.say("/llm-startup tips on mon 9:30")
    person.see("weekly tips on")
    person.page.click("#week")
    person.see("strategy tip", ".message .header")


def checklist(person: Person) -> None:
    person.say("/llm-startup checklist start agent launch")
    person.page.wait_for_selector("dialog")
    person.page.locator("dialog input[type=text], dialog input:not([type])").first.fill("v2")
    person.press("Start", "dialog")
    for done in (1, 2, 3):
        person.see("Agent launch · v2", ".message .header")
        person.page.get_by_role("button", name="Mark done:").first.click()
        person.see(f"{done} / 12")
    person.page.locator("#messages").evaluate("box => { box.scrollTop = 0; }")


PICTURES: dict[str, tuple[str, Callable[[Person], None]]] = {
    "answer": ("U2", answer),
    "answer-zh": ("U1", answer_zh),
    "comparison": ("U2", comparison),
    "home": ("U2", home),
    "tip": ("U2", tip),
    "checklist": ("U2", checklist),
}


def main() -> None:
    DOCS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for name, (user, prepare) in PICTURES.items():
            playground = Playground(Settings(port=0, log_level="WARNING"), 0)
            page = browser.new_page(viewport=SIZE)
            prepare(Person(page, playground.url, user))
            page.mouse.move(*ASIDE)
            page.screenshot(path=DOCS / f"{name}.png")
            print(DOCS / f"{name}.png")
            page.close()
            playground.close()
        browser.close()


if __name__ == "__main__":
    main()
