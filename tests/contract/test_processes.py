"""Four processes and one minute: every tip once, and a control that shows the test can fail."""

from __future__ import annotations

import pytest

from bench.tips import measure


@pytest.mark.parametrize("mode", ["claim", "deliver"])
def test_four_processes_deliver_every_tip_once(postgres_server: str, mode: str) -> None:
    result = measure(postgres_server, mode, subscriptions=2_000, workspaces=100, processes=4)
    assert (result.once, result.doubled, result.lost) == (2_000, 0, 0)


def test_the_naive_claim_fails_the_same_test(postgres_server: str) -> None:
    result = measure(postgres_server, "naive", subscriptions=2_000, workspaces=100, processes=4)
    assert result.doubled > 0
