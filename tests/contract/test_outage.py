"""A real PostgreSQL that stops and comes back while the bot runs."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from bot.outbox.models import OutboundMessage, State
from bot.outbox.outcomes import Outcome
from bot.storage import open_storage
from tests.contract.test_delivery import World
from tests.support.databases import FAST
from tests.support.postgres import run_folder, sqlalchemy_url, start_server


@pytest.fixture
def own_server() -> Iterator[object]:
    server = start_server(run_folder().with_name(f"llm-startup-bot-{uuid4().hex}"))
    yield server
    server.cleanup()


def test_tips_wait_for_a_stopped_database_and_none_is_lost_or_doubled(
    own_server: object, caplog: pytest.LogCaptureFixture
) -> None:
    stop, start = own_server.stop, own_server.ensure_postgres_running  # type: ignore[attr-defined]
    storage = open_storage(own_server.get_uri(), FAST)  # type: ignore[attr-defined]
    world = World(storage)
    world.subscribe("C1", "C2")
    stop()
    world.tick()
    assert world.slack.history == []
    assert "Check that the PostgreSQL server of DATABASE_URL runs" in caplog.text

    start()

    def stop_after_posting(message: OutboundMessage) -> Outcome:
        outcome = world.slack.accept(message)
        stop()
        return outcome

    world.slack.script = [stop_after_posting]
    world.tick()
    assert "not recorded yet" in caplog.text
    start()
    world.clock.advance(minutes=1)
    world.tick()
    assert (world.states("C1"), world.states("C2")) == ([State.SENT], [State.SENT])
    assert set(world.slack.count_by_date().values()) == {1}
    storage.close()


def test_connections_that_the_server_cut_are_made_anew(postgres_url: str) -> None:
    storage = open_storage(postgres_url, FAST)
    world = World(storage)
    world.subscribe()
    admin = create_engine(sqlalchemy_url(postgres_url), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ))  # fmt: skip
    admin.dispose()
    world.tick()
    assert world.states() == [State.SENT]
    storage.close()
