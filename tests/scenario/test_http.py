from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier

from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.payloads import FORM, JSON, encode, post


def test_health_needs_no_signature(world: World) -> None:
    response = post(world.wsgi, "", path="/healthz", method="GET", secret="other")
    assert (response.status, response.body) == (200, "ok")


def test_the_signature_is_checked_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    checks: list[str] = []
    check = SignatureVerifier.is_valid

    def counted(self: SignatureVerifier, *args: Any, **kwargs: Any) -> bool:
        checks.append(kwargs["signature"])
        return check(self, *args, **kwargs)

    monkeypatch.setattr(SignatureVerifier, "is_valid", counted)
    assert world.ask("rag")["text"]
    assert len(checks) == 1


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 404),
        ("/slack/install", "GET", 404),
        ("/slack/events", "GET", 405),
        ("/slack/events", "PUT", 405),
    ],
)
def test_other_paths_and_methods_are_refused(
    world: World, path: str, method: str, status: int
) -> None:
    assert post(world.wsgi, "", path=path, method=method).status == status


@pytest.mark.parametrize(
    "changes",
    [
        {"secret": "wrong"},
        {"age": 301},
        {"age": -400},
        {"HTTP_X_SLACK_SIGNATURE": ""},
        {"HTTP_X_SLACK_SIGNATURE": "v0=é"},
        {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "abc"},
        {"HTTP_X_SLACK_REQUEST_TIMESTAMP": ""},
        {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "١٢٣"},
        {"HTTP_X_SLACK_REQUEST_TIMESTAMP": "1" * 5_000},
    ],
)
def test_what_is_not_signed_now_by_slack_is_refused(
    world: World, changes: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    body, content_type = encode(payloads.command("secret words"))
    assert post(world.wsgi, body, content_type, **changes).status == 401  # type: ignore[arg-type]
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("{", JSON),
        ("[]", JSON),
        ('"x"', JSON),
        ("", JSON),
        ("[" * 50_000, JSON),
        ("payload=%7B", FORM),
        ("payload=%5B%5D", FORM),
        (b"\xff\xfe", FORM),
    ],
)
def test_signed_but_malformed_bodies_get_400(
    world: World, body: str | bytes, content_type: str
) -> None:
    assert post(world.wsgi, body, content_type).status == 400


def test_a_body_over_the_limit_is_refused_before_it_is_parsed(world: World) -> None:
    assert post(world.wsgi, b"x" * 1_000_001).status == 413
    assert post(world.wsgi, b"x" * 2_000_000, CONTENT_LENGTH="").status == 413


SOUND: dict[str, Callable[[], dict[str, Any]]] = {
    "mention": lambda: payloads.mention("RAG"),
    "click": lambda: payloads.click({"action_id": "open:0", "value": "en|rag"}),
    "explain": lambda: payloads.explain("RAG"),
    "home": lambda: payloads.click_in_view({"action_id": "open:0", "value": "en|rag"}),
    "form": lambda: {
        "type": "view_submission", "team": {"id": "T1"}, "user": {"id": "U1"},
        "view": {"id": "V1", "type": "modal", "callback_id": "tips", "private_metadata": "{}",
                 "state": {"values": {}}},
    },
}  # fmt: skip
ODD_VALUES = (5, "x", ["x"], [None], {"x": ["x"]}, [[]])


def odd_payloads() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each sound payload with one part of it, at any depth, of another shape."""
    for kind, build in SOUND.items():
        for path in paths_of(build()):
            for odd in ODD_VALUES:
                payload = build()
                inside: Any = payload
                for key in path[:-1]:
                    inside = inside[key]
                inside[path[-1]] = odd
                yield kind, payload
    for odd in ODD_VALUES:
        yield "mention", payloads.mention("RAG") | {"authorizations": odd}
        yield "form", SOUND["form"]() | {"response_urls": odd}


def paths_of(value: Any) -> Iterator[tuple[Any, ...]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        yield (key,)
        if isinstance(part, (dict, list)):
            yield from ((key, *rest) for rest in paths_of(part))


def test_a_signed_payload_of_any_odd_shape_is_refused_or_ignored(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    for kind, payload in odd_payloads():
        wild = json.dumps(payload)
        is_event = kind == "mention"
        body = wild if is_event else f"payload={quote_plus(wild)}"
        response = post(world.wsgi, body, JSON if is_event else FORM)
        world.bot.edge.background.drain()
        assert response.status < 500, wild
        assert "Traceback" not in response.body
    failed = [r.exc_info[1] for r in caplog.records if r.exc_info]
    assert [error for error in failed if not isinstance(error, SlackApiError)] == []


@pytest.mark.parametrize("text", ["RAG \ud800", "\udfff", "RAG\x00", "\ud83d RAG \ude00"])
def test_halves_of_characters_are_read_past(
    world: World, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    world.send(payloads.mention(text))
    world.send(payloads.explain(text))
    world.send(payloads.direct_message(text))
    assert "Traceback" not in caplog.text


def test_a_path_writes_no_lines_of_its_own_into_the_log(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    post(world.wsgi, "", path="/x\n2026 ERROR bot \x1b[31mforged", method="GET")
    (line,) = [r.getMessage() for r in caplog.records if r.name == "bot.http"]
    assert "\n" not in line
    assert "\x1b" not in line


@pytest.mark.parametrize("length", ["-1", "abc", "1e9"])
def test_a_content_length_that_is_no_number_is_refused(world: World, length: str) -> None:
    assert post(world.wsgi, b"x", CONTENT_LENGTH=length).status == 400


def test_slacks_url_check_is_answered(world: World) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c4", "token": "t"})
    response = post(world.wsgi, body, JSON)
    assert response.status == 200
    assert "c4" in response.body


def test_socket_mode_bodies_take_the_same_way(world: World) -> None:
    from slack_bolt import BoltRequest

    request = BoltRequest(mode="socket_mode", body=payloads.command("微调"))
    response = world.bot.app.dispatch(request)
    assert response.status == 200
    assert "微调 · Fine-tuning" in response.body


@pytest.mark.parametrize("text", ["payload", "what is a payload", "payload=1", "payload=%7B%7D"])
def test_a_question_about_a_payload_is_still_a_question(world: World, text: str) -> None:
    """slack_bolt 1.30 takes any form that holds this word for an interaction."""
    assert world.ask(text)["response_type"] == "ephemeral"


scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=30)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
WILD = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@WILD
@given(
    changes=st.dictionaries(
        st.sampled_from(
            [
                "type",
                "event",
                "team",
                "team_id",
                "user",
                "channel",
                "actions",
                "view",
                "container",
                "message",
                "response_url",
                "callback_id",
                "trigger_id",
                "event_id",
            ]
        ),
        anything,
        max_size=5,
    ),
    kind=st.sampled_from(["command", "mention", "click", "explain"]),
)
def test_no_payload_however_odd_makes_a_5xx(
    world: World, changes: dict[str, object], kind: str
) -> None:
    base = {
        "command": lambda: payloads.command("RAG"),
        "mention": lambda: payloads.mention("RAG"),
        "click": lambda: payloads.click({"action_id": "open:0", "value": "en|rag"}),
        "explain": lambda: payloads.explain("RAG"),
    }[kind]()
    body, content_type = encode(base)
    if kind != "command":
        wild = json.dumps(base | changes)
        body = wild if content_type == JSON else f"payload={quote_plus(wild)}"
    response = post(world.wsgi, body, content_type)
    assert response.status < 500
    assert "Traceback" not in response.body


@WILD
@given(
    body=st.binary(max_size=400)
    | st.text(max_size=400).map(lambda t: t.encode("utf-8", "surrogatepass")),
    content_type=st.sampled_from([FORM, JSON, "text/plain", ""]),
)
def test_no_body_however_odd_makes_a_5xx(world: World, body: bytes, content_type: str) -> None:
    assert post(world.wsgi, body, content_type).status < 500


@WILD
@given(text=st.text(max_size=600))
def test_any_typed_text_is_answered_privately(world: World, text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    response = world.send(payloads.command(clean))
    assert response.status == 200
    if response.body:  # "lang" and "tips" are answered after the ack
        message = response.json()
        assert message["response_type"] == "ephemeral"
        assert not any("<!" in live or "<@" in live for live in live_texts(message))


def live_texts(message: dict[str, Any]) -> Iterator[str]:
    """What Slack reads for mentions: the text itself and mrkdwn; plain_text is shown as it is."""
    yield message["text"]
    for block in message["blocks"]:
        for part in (block.get("text"), *block.get("elements", ())):
            if isinstance(part, dict) and part.get("type") == "mrkdwn":
                yield part["text"]
