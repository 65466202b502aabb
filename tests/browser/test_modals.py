"""Modals: what is asked before they are sent, and what stays typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.playground.start import Playground
from tests.support.browser import Person

Enter = Callable[..., Person]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def modal(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "modal", "title": plain("A form"), "submit": plain("Go"), "blocks": blocks}


NAME = {"type": "input", "block_id": "name", "label": plain("Name"), "hint": plain("Your own"),
        "element": {"type": "plain_text_input", "action_id": "text"}}  # fmt: skip
SIZE = {"type": "input", "block_id": "size", "label": plain("Size"),
        "element": {"type": "radio_buttons", "action_id": "pick", "options": [
            {"text": plain("Small"), "value": "s"},
            {"text": plain("Large"), "value": "l"}]}}  # fmt: skip
NOW = {"type": "actions", "block_id": "acts", "elements": [
    {"type": "static_select", "action_id": "at_once", "placeholder": plain("Now"),
     "options": [{"text": plain("One"), "value": "1"}]},
    {"type": "button", "action_id": "erase", "text": plain("Erase"), "confirm": {
        "title": plain("Erase it?"), "text": plain("It will be gone."),
        "confirm": plain("Yes, erase"), "deny": plain("Keep")}}]}  # fmt: skip


def show(playground: Playground, *blocks: dict[str, Any], view_id: str = "") -> str:
    """Open a modal for U2, or change the one that is open."""
    workspace = playground.workspace
    view = workspace.keep_view(modal(*blocks), view_id)
    workspace.modals["U2"] = [view]
    workspace.touch()
    return str(view["id"])


def sent(playground: Playground, kind: str) -> list[dict[str, Any]]:
    with playground.workspace.lock:
        return [e["sent"] for e in playground.workspace.log if e["sent"].get("type") == kind]


def test_a_required_field_is_asked_for_and_nothing_is_sent(
    person: Enter, playground: Playground
) -> None:
    engineer = person("U2")
    show(playground, NAME, SIZE)
    dialog = engineer.page.get_by_role("dialog", name="A form")
    dialog.get_by_role("button", name="Go").click()
    field = dialog.get_by_label("Name")
    assert engineer.page.locator(".error:has-text('required field')").count() == 2
    engineer.focused("dialog input:not([type=radio])")
    assert field.get_attribute("aria-invalid") == "true"
    about = (field.get_attribute("aria-describedby") or "").split()
    shown = [engineer.page.text_content(f"#{name}") for name in about]
    assert shown == ["Please complete this required field.", "Your own"]
    assert sent(playground, "view_submission") == []
    dialog.get_by_role("group", name="Size").get_by_label("Large").check()
    field.fill("Maya")
    dialog.get_by_role("button", name="Go").click()
    engineer.see("trouble connecting", "dialog")  # the bot knows no such form
    [submission] = sent(playground, "view_submission")
    values = submission["view"]["state"]["values"]
    assert values["name"]["text"]["value"] == "Maya"
    assert values["size"]["pick"]["selected_option"]["value"] == "l"


def test_what_waits_for_submit_waits_and_the_rest_acts_at_once(
    person: Enter, playground: Playground
) -> None:
    engineer = person("U2")
    show(playground, NAME, SIZE, NOW)
    engineer.page.get_by_label("Name").fill("Maya")
    engineer.page.get_by_label("Small").check()
    with engineer.page.expect_response("**/do"):
        engineer.page.get_by_label("Now").select_option("1")
    [click] = sent(playground, "block_actions")
    assert click["actions"][0]["action_id"] == "at_once"
    assert click["view"]["state"]["values"]["name"]["text"]["value"] == "Maya"


def test_the_first_field_of_each_modal_has_the_focus(person: Enter, playground: Playground) -> None:
    engineer = person("U2")
    show(playground, NAME, SIZE)
    engineer.focused("dialog input:not([type=radio])")
    show(playground, SIZE, NAME)
    engineer.focused("dialog input[type=radio]")
    show(playground, {"type": "divider"})
    engineer.focused("dialog footer button")


def test_what_was_typed_outlives_an_update(person: Enter, playground: Playground) -> None:
    engineer = person("U2")
    view_id = show(playground, NAME, SIZE)
    field = engineer.page.get_by_label("Name")
    field.fill("Maya")
    engineer.page.get_by_label("Large").check()
    field.focus()
    more = {"type": "section", "text": plain("Something new")}
    show(playground, more, NAME, SIZE, view_id=view_id)
    engineer.see("Something new", "dialog")
    assert field.input_value() == "Maya"
    assert engineer.page.get_by_label("Large").is_checked()
    engineer.focused("dialog input:not([type=radio])")


def test_an_action_is_confirmed_in_its_own_words(person: Enter, playground: Playground) -> None:
    engineer = person("U2")
    show(playground, NOW)
    engineer.press("Erase", "dialog")
    engineer.see("It will be gone.", "dialog.confirm")
    engineer.press("Keep", "dialog.confirm")
    assert sent(playground, "block_actions") == []
    engineer.press("Erase", "dialog")
    engineer.page.get_by_role("dialog", name="Erase it?").wait_for()
    with engineer.page.expect_response("**/do"):
        engineer.press("Yes, erase", "dialog.confirm")
    assert sent(playground, "block_actions")[0]["actions"][0]["action_id"] == "erase"
