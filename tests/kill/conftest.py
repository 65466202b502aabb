"""The process that is told what to do, and killed over it: coverage would only slow it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

Tell = Callable[..., bool]  # what to do -> whether the process was killed over it


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/kill/"):
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def driver() -> Iterator[Tell]:
    """Gives an order to the driver: `work`, `step`, `nth` and what that work takes."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kill.drivers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    orders, endings = process.stdin, process.stdout

    def tell(**order: Any) -> bool:
        orders.write(json.dumps(order) + "\n")
        orders.flush()
        code = int(endings.readline())
        assert code in (0, -signal.SIGKILL)
        return code != 0

    yield tell
    process.communicate(timeout=20)
