"""The work of these tests is done in processes that are killed: coverage would only slow them."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/kill/"):
            item.add_marker(pytest.mark.no_cover)
