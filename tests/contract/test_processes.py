"""Four processes and one minute: every tip once, and a control that shows the test can fail."""

from __future__ import annotations

from bench.tips import measure, start_workers


def test_four_processes_deliver_every_tip_once_and_with_a_naive_claim_would_not(
    postgres_server: str,
) -> None:
    with start_workers(4) as workers:
        for mode in ("claim", "deliver"):
            result = measure(postgres_server, mode, 1_000, 50, workers)
            assert (result.once, result.doubled, result.lost) == (1_000, 0, 0), mode
        assert measure(postgres_server, "naive", 1_000, 50, workers).doubled > 0
