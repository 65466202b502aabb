"""How text and blocks are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.playground.start import Playground
from bot.settings import Settings
from bot.slack.mrkdwn import literal
from tests.support.browser import Person

Draw = Callable[[str, Any], str]
MOMENT = 1_795_526_100  # 2026-11-24 13:15 UTC


@pytest.fixture(scope="module")
def draw(browser: object) -> Iterator[Draw]:
    """The HTML that an exported function of one of the page's modules makes."""
    playground = Playground(Settings(port=0, log_level="WARNING"), 0)
    page = browser.new_page()  # type: ignore[attr-defined]
    Person(page, playground.url, "U2")
    script = """async ([name, given]) => {
        const { surroundings } = await import("/static/store.js");
        const { mrkdwn } = await import("/static/mrkdwn.js");
        const { renderBlocks } = await import("/static/blocks.js");
        const box = document.createElement("div");
        box.append(name === "mrkdwn" ? mrkdwn(given, surroundings().names)
                                     : renderBlocks(given, { ...surroundings(), act: () => {} }));
        return box.innerHTML;
    }"""
    yield lambda name, given: page.evaluate(script, [name, given])
    page.close()
    playground.close()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_", "<strong>bold</strong> <em>it</em>"),
        ("~no~ `code`", "<s>no</s> <code>code</code>"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("_*both*_", "<em><strong>both</strong></em>"),
        ("(*a*), * no * and *no", "(<strong>a</strong>), * no * and *no"),
        ("`*raw* <x>`", "<code>*raw* &lt;x&gt;</code>"),
        ("&gt; one\n&gt; two\nthree", "<blockquote>one\ntwo</blockquote>three"),
        ("```\na *b*\n```", "<pre>a *b*</pre>"),
        (":tada: :constructor: :toString:", "🎉 :constructor: :toString:"),
        ("<@U2> <@constructor>", '<span class="mention">@Maya</span> '
                                 '<span class="mention">@constructor</span>'),
        ("<#C1> <!here>", '<span class="mention">#general</span> '
                          '<span class="mention">@here</span>'),
        ("<!subteam^S1|@grp>", '<span class="mention">@grp</span>'),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        (f"<!date^{MOMENT}^{{date_num}} {{time}}|then>", "2026-11-24 13:15"),
        (f"<!date^{MOMENT}^{{date_slash}}|then>", "24/11/2026"),
        (f"<!date^{MOMENT}^{{nonsense}}|then>", "then"),
        ("<!date^soon^{date}|then>", "then"),
    ],
)  # fmt: skip
def test_mrkdwn_is_drawn_as_slack_draws_it(draw: Draw, text: str, html: str) -> None:
    assert draw("mrkdwn", text) == html


@pytest.mark.parametrize("text", ["*a*", "_a b_", "~a~", "`a`", "*_~`", "a * b * c", "_*x*_"])
def test_what_the_bot_takes_the_meaning_from_stays_plain(draw: Draw, text: str) -> None:
    assert draw("mrkdwn", literal(text)).replace("\u2060", "") == text
    bold = draw("mrkdwn", f"*{literal(text)} yes*").replace("\u2060", "")
    assert bold == f"<strong>{text} yes</strong>"


@pytest.mark.parametrize("token", ["{ago}", "{date_pretty}", "{date_short_pretty} {time}"])
def test_near_moments_are_told_in_words(draw: Draw, token: str) -> None:
    shown = draw("mrkdwn", f"<!date^1^{token}|then>")
    assert "then" not in shown
    assert "{" not in shown


@pytest.mark.parametrize(
    ("url", "leads"),
    [("https://a.example", True), ("mailto:a@b.example", True), ("javascript:alert(1)", False)],
)
def test_a_link_leads_where_a_link_may(draw: Draw, url: str, leads: bool) -> None:
    bold = draw("mrkdwn", f"*<{url}|the label>*")
    assert bold.startswith("<strong><a ")
    assert ">the label</a>" in bold
    assert (f'href="{url}"' in bold) == leads


def test_sections_have_two_columns_and_shortcodes(draw: Draw) -> None:
    def plain(text: str, **more: Any) -> dict[str, Any]:
        return {"type": "plain_text", "text": text, **more}

    html = draw("blocks", [
        {"type": "section", "text": plain(":tada:"), "fields": [plain("a"), plain("b")]},
        {"type": "section", "text": plain(":tada:", emoji=False)},
    ])  # fmt: skip
    assert html.count("🎉") == 1
    assert '<div class="fields"><div class="field">a</div><div class="field">b</div></div>' in html


def test_rich_text_is_drawn_whole(draw: Draw) -> None:
    def section(*runs: dict[str, Any]) -> dict[str, Any]:
        return {"type": "rich_text_section", "elements": list(runs)}

    html = draw("blocks", [{"type": "rich_text", "elements": [
        section({"type": "channel", "channel_id": "C1"}, {"type": "broadcast", "range": "here"},
                {"type": "date", "timestamp": MOMENT, "format": "{date_num}", "fallback": "x"},
                {"type": "emoji", "name": "tada"}, {"type": "user", "user_id": "U2"}),
        {"type": "rich_text_list", "style": "bullet", "indent": 2,
         "elements": [section({"type": "text", "text": "deep", "style": {"bold": True}})]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "one\ntwo"}]},
    ]}])  # fmt: skip
    for part in ("#general", "@here", "2026-11-24", "🎉", "@Maya", "<strong>deep</strong>",
                 'class="indent-2"', "<blockquote>one\ntwo</blockquote>"):  # fmt: skip
        assert part in html


def test_an_image_from_elsewhere_is_described(person: Callable[..., Person],
                                              playground: Playground) -> None:  # fmt: skip
    image = {"type": "image", "alt_text": "a chart", "image_url": "https://x.example/a.png",
             "title": {"type": "plain_text", "text": "Growth"}}  # fmt: skip
    playground.workspace.add({"channel": "C1", "user": "UBOT", "bot": True, "text": "x",
                              "blocks": [image]})  # fmt: skip
    engineer = person("U2")
    engineer.see("Growth", "figcaption")
    engineer.page.get_by_role("img", name="a chart").and_(
        engineer.page.locator(".no-image")
    ).wait_for()
