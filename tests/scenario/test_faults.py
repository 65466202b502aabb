"""Every call that the bot makes for somebody, through every fault that a call can meet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.app import build_bot
from bot.i18n import Text
from bot.search.library import Library
from bot.settings import Settings
from bot.slack import client as slack_client
from bot.slack import words
from bot.slack.http import build_wsgi
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.faults import Fault, FaultySlack
from tests.support.local_slack import SECRET, TEAM, TOKEN, USER
from tests.support.payloads import buttons

PUBLIC, PRIVATE, SILENT = "public", "private", "silent"
REFUSED = (words.IS_ARCHIVED, words.MAY_NOT_POST, words.TOO_LONG, words.BUSY, words.NOT_THERE,
           words.EXPIRED, words.SLACK_UNREACHABLE)  # fmt: skip


@pytest.fixture
def slack() -> Iterator[FaultySlack]:
    slack = FaultySlack()
    yield slack
    slack.close()


@pytest.fixture
def world(
    slack: FaultySlack, library: Library, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    monkeypatch.setattr(slack_client, "TIMEOUT_SECONDS", 1)
    settings = Settings(
        bot_token=TOKEN, signing_secret=SECRET, slack_api_url=slack.api_url, database_url=sqlite_url
    )
    bot = build_bot(settings, library)
    bot.app.client.timeout = 1
    yield World(slack, bot, build_wsgi(bot.app, SECRET))
    bot.close()


def mention(world: World, text: str = "微调是什么") -> None:
    world.send(payloads.mention(text))


def share(world: World) -> None:
    world.click(buttons(world.ask("微调")["blocks"], "share")[0])


def open_one(world: World) -> None:
    """One of several that were offered."""
    world.click(buttons(world.ask("checklist launch")["blocks"], "open")[0])


def switch_language(world: World) -> None:
    world.click(buttons(world.ask("微调")["blocks"], "language")[0])


def open_from_home(world: World) -> None:
    world.send(payloads.click_in_view({"action_id": "open:1", "value": "en|rag"}))


# What somebody does, the call that breaks, and who sees what it brings.
CALLS: dict[str, tuple[Callable[[World], object], str, str]] = {
    "a mention": (mention, "chat.postMessage", PUBLIC),
    "a mention, by its language": (mention, "users.info", SILENT),
    "a missed mention": (lambda w: mention(w, "who took it"), "chat.postEphemeral", PRIVATE),
    "a direct message": (
        lambda w: w.send(payloads.direct_message("RAG")), "chat.postMessage", PUBLIC
    ),
    "lang": (lambda w: w.send(payloads.command("lang en")), "response_url", PRIVATE),
    "share": (share, "response_url", PUBLIC),
    "a button": (open_one, "response_url", PRIVATE),
    "the other language": (switch_language, "response_url", SILENT),
    "explain terms": (lambda w: w.send(payloads.explain("what is RAG")), "views.open", SILENT),
    "tips settings": (lambda w: w.send(payloads.command("tips")), "views.open", SILENT),
    "tips on": (
        lambda w: w.send(payloads.command("tips on mon 9:30")), "chat.postMessage", PUBLIC
    ),
    "tips on, by its channel": (
        lambda w: w.send(payloads.command("tips on mon 9:30")), "conversations.info", SILENT
    ),
    "starting a list": (
        lambda w: w.send(payloads.command("checklist start agent launch")), "views.open", SILENT
    ),
    "the Home tab": (lambda w: w.send(payloads.open_home()), "views.publish", SILENT),
    "a button on Home": (open_from_home, "views.open", SILENT),
}  # fmt: skip


@pytest.mark.parametrize("fault", Fault, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("what", CALLS)
def test_a_call_that_breaks_is_neither_doubled_nor_lost_nor_misreported(
    world: World,
    slack: FaultySlack,
    what: str,
    fault: Fault,
    caplog: pytest.LogCaptureFixture,
) -> None:
    act, method, seen_by = CALLS[what]
    slack.break_next(method, fault)
    act(world)
    assert slack.broken == 1, "the call was made once, or again only where it was refused"
    public, private = split(slack)
    if what == "a direct message":  # its answer is said once, as in public; the rest are notes
        public = [m for m in private if not is_note(m)]
        private = [m for m in private if is_note(m)]

    assert len(public) == len(set(map(text_of, public))), "public words at most once"
    unmarked = [text_of(m) for m in private if words.REPEATED.en not in text_of(m)]
    assert len(unmarked) == len(set(unmarked)), "a private repeat is marked"
    assert fault.is_unknown or len(unmarked) == len(private), "and only where nobody knows"

    said = "\n".join(map(text_of, private))
    is_told = bool(private) or "reference" in caplog.text
    arrived = fault.is_accepted or fault is Fault.LIMITED_SHORT
    assert arrived or is_told or method in ("users.info", "conversations.info"), "lost in silence"
    if seen_by is PUBLIC:
        assert len(public) == int(arrived)
        assert arrived or is_told
    if fault.is_unknown:
        assert not any(is_said(refusal, said) for refusal in REFUSED), "it may have been done"
    else:
        assert not is_said(words.UNCONFIRMED, said), "it was refused"

    before = len(slack.of("chat.postMessage"))
    world.send(payloads.mention("RAG"))
    assert len(slack.of("chat.postMessage")) == before + 1, "the process is well afterwards"


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize("fault", [Fault.CUT_BEFORE, Fault.ERROR_500_BEFORE, Fault.RESTRICTED])
def test_a_private_reply_takes_the_next_way_where_one_is_dead(
    world: World, slack: FaultySlack, fault: Fault, times: int
) -> None:
    """The response_url for good, then the message in the channel: the direct message is left."""
    slack.break_next("response_url", fault, 9)
    if times == 3:
        slack.break_next("chat.postEphemeral", fault, 9)
    open_one(world)
    (reply,) = split(slack)[1]
    assert (words.REPEATED.en in text_of(reply)) is fault.is_unknown


def test_where_all_ways_are_dead_the_log_has_it(
    world: World, slack: FaultySlack, caplog: pytest.LogCaptureFixture
) -> None:
    for method in ("response_url", "chat.postEphemeral", "chat.postMessage"):
        slack.break_next(method, Fault.CUT_BEFORE, 9)
    open_one(world)
    assert split(slack) == ([], [])
    assert "failed, reference" in caplog.text


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (Fault.ARCHIVED, words.IS_ARCHIVED),
        (Fault.RESTRICTED, words.MAY_NOT_POST),
        (Fault.TOO_LONG, words.TOO_LONG),
        (Fault.LIMITED_LONG, words.BUSY),
        (Fault.CUT_AFTER, words.UNCONFIRMED),
        (Fault.BAD_JSON_AFTER, words.UNCONFIRMED),
    ],
)
def test_each_class_of_error_has_its_sentence(
    world: World, slack: FaultySlack, fault: Fault, sentence: Text
) -> None:
    world.bot.edge.languages.learn(TEAM, USER, "en-GB")
    slack.break_next("chat.postMessage", fault)
    mention(world)
    (told,) = split(slack)[1]
    assert is_said(sentence, text_of(told))


def test_a_share_that_slack_may_have_done_is_not_done_again(
    world: World, slack: FaultySlack
) -> None:
    button = buttons(world.ask("微调")["blocks"], "share")[0]
    slack.break_next("response_url", Fault.CUT_AFTER)
    world.click(button)
    world.click(button)
    assert len(split(slack)[0]) == 1


def split(slack: FaultySlack) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The bot's messages: what a channel sees, and what one person sees."""
    with slack.workspace.lock:
        messages = [dict(m) for m in slack.workspace.messages]
    public = [m for m in messages if not is_private(m)]
    return public, [m for m in messages if is_private(m)]


def is_private(message: dict[str, Any]) -> bool:
    return bool(message.get("only_for")) or str(message["channel"]).startswith("D")


def is_note(message: dict[str, Any]) -> bool:
    notes = (words.REPEATED, words.UNCONFIRMED, words.FAILED, *REFUSED)
    return any(is_said(text, text_of(message)) for text in notes)


def text_of(message: dict[str, Any]) -> str:
    return json.dumps([message.get("text"), message.get("blocks")], ensure_ascii=False)


def is_said(text: Text, said: str) -> bool:
    return any(half.partition("{")[0].partition("(")[0] in said for half in (text.en, text.zh))
