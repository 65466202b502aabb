"""PostgreSQL connections that wait no longer than the transaction may, also for a server that has
stopped answering: its own time limits would not fire then."""

from __future__ import annotations

from collections.abc import Generator
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from bot.database.deadline import remaining

LEAST_SECONDS = 0.05  # for what is sent although the time is over, such as a rollback


def connect_with_deadline(
    dialect: Any, record: object, arguments: Any, parameters: dict[str, Any]
) -> Any:
    """For SQLAlchemy's event `do_connect`."""
    import psycopg  # only where it is installed

    class DeadlineConnection(psycopg.Connection[Any]):
        def wait(self, gen: Any, *more: Any, **options: Any) -> Any:
            """Called by psycopg for every answer of the server."""
            try:
                return super().wait(_bounded(gen), *more, **options)
            except TimeoutError as error:
                self.close()  # nobody reads an answer that comes later
                raise psycopg.OperationalError("the server does not answer in time") from error

    if remaining() <= 0:
        raise psycopg.OperationalError("no time is left to connect")
    return DeadlineConnection.connect(*arguments, **parameters)


def limit_statements(connection: Connection) -> None:
    """For the event `begin`: the server's own limits, so that it stops work and waits for locks
    when nobody awaits the result any more."""
    milliseconds = max(1, round(remaining() * 1000))
    connection.exec_driver_sql(
        f"SET LOCAL statement_timeout = {milliseconds}; SET LOCAL lock_timeout = {milliseconds}"
    )


def _bounded(gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """The generator by which psycopg waits for the server; it is asked anew ten times a second.
    Raises TimeoutError."""
    end = monotonic() + max(LEAST_SECONDS, remaining())
    try:
        step = next(gen)
        while True:
            ready = yield step
            if not ready and monotonic() > end:
                raise TimeoutError
            step = gen.send(ready)
    except StopIteration as done:
        return done.value
