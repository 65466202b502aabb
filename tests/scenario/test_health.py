"""What an operator sees of a running bot: its port of its own, figures, and the log as JSON."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import build_bot
from bot.database.errors import StorageError
from bot.logs import JsonLines
from bot.monitoring import server
from bot.monitoring.contact import LOST_SECONDS, QUIET_SECONDS, SlackContact
from bot.monitoring.readiness import STUCK_SECONDS
from bot.outbox.outcomes import Effect
from bot.search.library import Library
from bot.settings import Settings, SettingsError
from bot.slack.http import build_wsgi
from bot.slack.observer import Watched, watch_refusals
from tests.scenario.conftest import World
from tests.support import payloads
from tests.support.local_slack import DEADLINE, NOW, SECRET, TOKEN, LocalSlack
from tests.support.outbox import build_message

TIP = {"date": "2026-11-23", "tip_id": "t", "round": 1, "number": 1, "total": 9, "lang": "en"}


@pytest.fixture
def watched(slack: LocalSlack, library: Library, sqlite_url: str) -> Iterator[World]:
    """The app with METRICS=on, as its servers run it."""
    settings = Settings(
        bot_token=TOKEN, signing_secret=SECRET, slack_api_url=slack.api_url,
        database_url=sqlite_url, health_port=0, metrics=True,
    )  # fmt: skip
    bot = build_bot(settings, library, lambda: NOW)
    assert bot.observer
    wsgi = build_wsgi(Watched(bot.app, bot.observer), SECRET, bot.look)
    yield World(slack, bot, watch_refusals(wsgi, bot.observer))
    bot.close()


def figures(text: str) -> dict[tuple[str, ...], float]:
    """By name and the values of the labels, in the order of the labels' names."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_port_says_whether_the_bot_is_ready_and_why_not(
    watched: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    ports: list[int] = []
    listen = server.listen

    def remember(*arguments: Any) -> Any:
        listener = listen(*arguments)
        ports.append(listener.getsockname()[1])
        return listener

    def get(path: str) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", ports[0], timeout=DEADLINE)
        connection.request("GET", path)
        response = connection.getresponse()
        status, body = response.status, response.read().decode()
        connection.close()
        return status, json.loads(body) if path == "/readyz" else body

    monkeypatch.setattr(server, "listen", remember)
    bot, readiness = watched.bot, watched.bot.readiness
    with server.serve_health(bot.settings) as watch:
        assert get("/healthz") == (200, "ok"), "alive, and not ready yet"
        assert get("/readyz") == (503, {"ready": False, "why": ["the bot is starting"]})
        assert get("/metrics")[0] == 404
        watch(bot)
        assert get("/readyz")[1]["why"] == ["the worker that sends what is due does not run"]
        bot.start()
        bot.worker.nudge()
        now = readiness.clock()
        monkeypatch.setattr(bot.worker, "last_round", now)
        readiness.clock = lambda: now
        status, found = get("/readyz")
        assert (status, found["ready"], found["database"]) == (200, True, "ok")
        assert found["content"]["entries"] > 400
        assert len(found["content"]["version"]) == 12
        assert "llm_startup_info{" in get("/metrics")[1]
        assert get("/slack/events")[0] == 404

        def fail() -> None:
            raise StorageError("connection to 10.1.2.3 refused")

        readiness.ping = fail
        status, found = get("/readyz")
        assert (status, found["why"]) == (503, ["the database does not answer"])
        assert "10.1.2.3" not in json.dumps(found), "the port may be open to others"
        readiness.clock = lambda: now + STUCK_SECONDS + LOST_SECONDS
        assert len(get("/readyz")[1]["why"]) == 2


def test_slack_is_asked_when_it_has_not_been_heard_of_and_then_missed() -> None:
    clock, asked = [0.0], []
    contact = SlackContact(lambda: asked.append(clock[0]), lambda: clock[0])
    for clock[0] in (QUIET_SECONDS, QUIET_SECONDS + 1, QUIET_SECONDS + 61):
        contact.keep()
    contact.note("chat.postMessage", Effect.UNSURE)
    assert len(asked) == 2
    clock[0] = LOST_SECONDS + 1
    assert contact.is_lost()
    contact.note("chat.postMessage", Effect.CHANNEL_GONE)
    assert not contact.is_lost(), "a refusal is an answer too"


def test_requests_deliveries_and_slacks_errors_are_counted(watched: World) -> None:
    bot = watched.bot
    watched.ask("RAG")
    payloads.post(watched.wsgi, "x=1", secret="wrong")
    watched.slack.fail_next("chat.postMessage", "channel_not_found")
    watched.send(payloads.mention("RAG"))
    with bot.storage.outbox.write() as connection:
        bot.storage.outbox.add(connection, [
            build_message("a", NOW, team_id=bot.team_id, feature="tips", subject="1", data=TIP,
                          due_at=NOW - timedelta(hours=13)),
        ])  # fmt: skip
    assert bot.observer
    found = figures(bot.observer.render()[1].decode())
    assert found["llm_startup_requests_total", "command", "answered"] == 1
    assert found["llm_startup_requests_total", "event", "answered"] == 1
    assert found["llm_startup_request_seconds_count", "command"] == 1
    assert found["llm_startup_http_refusals_total", "401"] == 1
    assert found["llm_startup_failures_total", "refused", "event"] == 1
    assert found["llm_startup_queue_due",] == 1
    assert found["llm_startup_queue_oldest_seconds",] == 13 * 3600
    bot.worker.catch_up()
    found = figures(bot.observer.render()[1].decode())
    assert found["llm_startup_queue_due",] == 0
    assert found["llm_startup_deliveries_total", "tips", "post", "missed"] == 1
    assert found["llm_startup_slack_calls_total", "api.test", "posted"] == 1


def test_each_line_of_a_request_has_its_id_in_json(world: World) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logging.getLogger("bot").addHandler(handler)
    try:
        for text in ("RAG", "微调"):
            world.slack.fail_next("chat.postMessage", "channel_not_found")
            world.send(payloads.mention(text))
    finally:
        logging.getLogger("bot").removeHandler(handler)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    failed = [line for line in lines if line["logger"] == "bot.errors"]
    assert {"time", "level", "message", "request", "traceback"} <= failed[0].keys()
    assert len({line["request"] for line in failed}) == 2, "one a request"


def test_metrics_without_their_library_stop_the_start(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bot.monitoring.metrics", None)
    with pytest.raises(SettingsError, match=r"the extra \[metrics\]"):
        build_bot(replace(world.bot.settings, metrics=True), library)
