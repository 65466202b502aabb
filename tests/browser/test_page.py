from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.playground.start import Playground
from bot.settings import Settings
from tests.support.browser import Person
from tests.support.content import TERM, write_entry

Enter = Callable[..., Person]


def test_a_question_is_answered_privately_and_switches_its_language(person: Enter) -> None:
    founder = person("U1")
    founder.say("/llm-startup 微条是什么")
    founder.see("微调 · Fine-tuning")
    founder.see("Only visible to you")
    founder.press("English")
    founder.see("Fine-tuning · 微调")
    assert founder.errors == []


def test_choices_open_the_entry_that_was_meant(person: Enter) -> None:
    founder = person("U1")
    founder.say("/llm-startup dp 是什么")
    founder.see("你想问的是？")
    founder.press("查看 差分隐私")
    founder.see("差分隐私 · Differential privacy", ".message .header")


def test_an_honest_miss(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup who took my charger")
    engineer.see("“who took my charger” is not in the handbook.")


def test_others_see_what_is_shared_and_not_what_is_private(person: Enter) -> None:
    founder, engineer = person("U1"), person("U2")
    founder.say("/llm-startup 微调")
    founder.see("分享到频道")
    assert "微调" not in engineer.text()
    founder.press("分享到频道")
    engineer.see("分享自大模型创业手册")
    founder.page.get_by_role("button", name="分享到频道").wait_for(state="detached")


def test_a_mention_is_answered_in_its_thread(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("@llm-startup what is prompt injection")
    engineer.see("1 reply").click()
    engineer.see("Prompt injection · 提示注入", "#thread")


def test_a_direct_message_needs_no_mention(person: Enter) -> None:
    engineer = person("U2")
    engineer.go("llm-startup")
    engineer.say("define RAG")
    engineer.see("Retrieval-augmented generation", "#messages .header")


def test_no_click_reaches_the_conversations_of_whom_one_was_a_moment_ago(person: Enter) -> None:
    founder = person("U1")
    founder.switch_slowly("U2")()
    founder.go("llm-startup")
    founder.say("define RAG")
    founder.see("Retrieval-augmented generation", "#messages .header")


def test_the_shortcut_lists_a_messages_terms(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("We need fine-tuning and a KV cache")
    engineer.page.hover(".message")
    engineer.press("More actions", ".message")
    engineer.page.get_by_role("menuitem", name="Explain terms · 解释术语").click()
    engineer.see("Fine-tuning", "dialog")
    engineer.see("KV cache", "dialog")
    engineer.press("Open Fine-tuning", "dialog")
    engineer.see("Common mistake", "dialog")
    engineer.press("Close", "dialog")
    engineer.see("KV cache", "dialog")


def test_the_home_tab_leads_into_the_chapters(person: Enter, terms: int) -> None:
    engineer = person("U2")
    engineer.go("Home")
    engineer.see(f"{terms} terms")
    engineer.press("Challenges and responses")
    engineer.see("Privacy and compliance", "dialog")


def test_a_weekly_tip_is_set_up_and_arrives_as_the_clock_goes_on(person: Enter) -> None:
    founder = person("U1")
    founder.say("/llm-startup tips")
    founder.page.wait_for_selector("dialog")
    founder.page.locator("dialog button[type=submit]").click()
    founder.see("开启了每周贴士")
    founder.page.click("#week")
    founder.see("本周策略贴士", ".message .header")


def test_a_wrong_zone_is_said_in_the_modal_and_what_was_typed_stays(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup tips")
    engineer.page.wait_for_selector("dialog")
    zone = engineer.page.locator("dialog input[type=text], dialog input:not([type])").first
    zone.fill("Atlantis")
    engineer.page.locator("dialog button[type=submit]").click()
    engineer.page.wait_for_selector("dialog [role=alert]")
    assert zone.input_value() == "Atlantis"


def test_the_command_is_explained_while_it_is_typed(person: Enter) -> None:
    engineer = person("U2")
    engineer.page.fill("#line", "/llm")
    engineer.see("[question | define | checklist", "#usage")
    engineer.page.fill("#line", "/llm-startup moat")
    engineer.page.locator("#usage").wait_for(state="hidden")


@pytest.mark.parametrize("text", ["/llmstartup moat", "/llm-startupmoat"])
def test_another_command_is_refused_as_slack_refuses_it(person: Enter, text: str) -> None:
    engineer = person("U2")
    engineer.say(text)
    engineer.see(f"{text.split()[0]} is not a valid command.")


def test_there_are_no_commands_in_threads(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("hello")
    engineer.page.hover(".message")
    engineer.press("Reply in thread")
    engineer.page.fill("#thread textarea", "/llm-startup moat")
    engineer.page.press("#thread textarea", "Enter")
    engineer.see("is not supported in threads", "#thread")


def test_slack_can_be_made_to_fail_and_the_asker_is_told(person: Enter) -> None:
    engineer = person("U2")
    engineer.press("Inspect")
    engineer.page.select_option("#trouble", "internal_error")
    engineer.press("Arm")
    engineer.see("Armed: internal_error", "#log")
    engineer.say("@llm-startup what is a moat")
    engineer.see("Slack did not confirm it", "#messages")
    engineer.see("← chat.postMessage · 200 · internal_error", "#log .failed")


def test_the_keyboard_stays_where_it_was_when_something_arrives(person: Enter) -> None:
    founder, engineer = person("U1"), person("U2")
    founder.say("/llm-startup 微调")
    founder.see("分享到频道")
    button = founder.page.get_by_role("button", name="分享到频道")
    button.focus()
    engineer.say("hello")
    founder.see("hello")
    assert button.evaluate("element => element === document.activeElement")
    founder.page.keyboard.press("Enter")
    engineer.see("分享自大模型创业手册")


def test_a_link_to_a_message_leads_there(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("hello from general")
    engineer.see("hello from general")
    ts = engineer.page.locator(".message").first.get_attribute("data-key")
    engineer.go("产品-product")
    engineer.page.evaluate(f"location.hash = 'C1/{ts}'")
    engineer.see("hello from general", ".message.sought")


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "<script>document.title='x'</script>", "\u202eevil\u202d",
     "&lt;b&gt; *a* _b_ `c`", "a" * 40_000],
    ids=["img", "script", "rtl", "signs", "long"],
)  # fmt: skip
def test_wild_text_is_shown_as_text(person: Enter, text: str) -> None:
    engineer = person("U2")
    engineer.say(text)
    plain = engineer.page.locator("#messages .plain").first
    plain.wait_for()
    assert plain.text_content() == text
    assert engineer.page.locator("#messages img, #messages script").count() == 0


def test_the_side_panel_shows_requests_and_replies(person: Enter) -> None:
    engineer = person("U2")
    engineer.say("/llm-startup moat")
    engineer.see("Only visible to you")
    engineer.press("Inspect")
    engineer.see("→ /llm-startup moat · 200", "#log")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_screen_needs_no_sideways_scrolling(person: Enter, scheme: str) -> None:
    engineer = person("U2", viewport={"width": 360, "height": 740}, color_scheme=scheme)
    engineer.say("/llm-startup moat")
    engineer.see("Only visible to you")
    width = engineer.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_a_changed_entry_shows_at_once_and_a_fault_in_it_too(
    browser: object, tmp_path: Path
) -> None:
    path = write_entry(tmp_path, TERM)
    playground = Playground(Settings(port=0, log_level="WARNING", content_dir=tmp_path), 0)
    author = Person(browser.new_page(), playground.url)  # type: ignore[attr-defined]
    try:
        sound = path.read_text("utf-8")
        path.write_text(sound.replace("short", "shrot"), "utf-8")
        author.see("2 faults in the content", "#faults").click()
        author.see("glossary/prompt-injection.toml: short: missing", "#faults")
        path.write_text(sound.replace("混在输入里的", "藏在网页里的"), "utf-8")
        author.page.locator("#faults").wait_for(state="hidden")
        author.say("/llm-startup 提示注入")
        author.see("藏在网页里的指令被模型当真执行。")
    finally:
        author.page.close()
        playground.close()
