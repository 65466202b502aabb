"""Figures for Prometheus, of one process. Names and labels are an interface: dashboards read them.

https://prometheus.io/docs/practices/naming/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from threading import local

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import __version__
from bot.database.deadline import within
from bot.database.errors import StorageError
from bot.monitoring.readiness import ContentState
from bot.outbox.models import Backlog, OutboundMessage
from bot.outbox.outcomes import Effect

TYPE = "text/plain; version=0.0.4; charset=utf-8"
PREFIX = "llm_startup_"
KINDS = frozenset({
    "command", "event", "block_actions", "view_submission", "view_closed", "shortcut",
    "message_action", "block_suggestion", "url_verification",
})  # fmt: skip
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)  # Slack waits three
QUERY_SECONDS = 2.0


class Metrics:
    """An Observer (bot/slack/observer.py) that counts. Thread-safe."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            f"{PREFIX}requests", "Requests of Slack, by kind, and by outcome: answered, failed "
            "(with a sentence for the person) or refused.", ["kind", "outcome"], registry=registry,
        )  # fmt: skip
        self._seconds = Histogram(
            f"{PREFIX}request_seconds", "From a request to its answer.", ["kind"],
            buckets=SECONDS, registry=registry,
        )  # fmt: skip
        self._refused = Counter(
            f"{PREFIX}http_refusals", "HTTP answers of 400 and more.", ["status"],
            registry=registry,
        )  # fmt: skip
        self._failures = Counter(
            f"{PREFIX}failures", "What somebody asked for and did not get, before or after the "
            "answer, by what failed.", ["kind", "failure"], registry=registry,
        )  # fmt: skip
        self._deliveries = Counter(
            f"{PREFIX}deliveries", "Attempts at messages of the outbox, by what came of them.",
            ["feature", "kind", "state"], registry=registry,
        )  # fmt: skip
        self._calls = Counter(
            f"{PREFIX}slack_calls", "Calls of the outbox to Slack, by the class of the answer; "
            "posted is success.", ["method", "result"], registry=registry,
        )  # fmt: skip
        self._here = local()

    def watch(self, backlog: Callable[[], Backlog], content: ContentState) -> None:
        """What is asked for at each reading."""
        self._registry.register(_State(backlog, content))

    def render(self) -> tuple[str, bytes]:
        """Content type and figures, in Prometheus' text format."""
        return TYPE, generate_latest(self._registry)

    def begin(self) -> None:
        self._here.failed = False

    def answered(self, kind: str, status: int, seconds: float) -> None:
        known = kind if kind in KINDS else "other"
        outcome = "refused" if status >= 400 else "failed" if self._here.failed else "answered"
        self._requests.labels(known, outcome).inc()
        self._seconds.labels(known).observe(seconds)

    def refused(self, status: int) -> None:
        self._refused.labels(str(status)).inc()

    def failed(self, kind: str, failure: str) -> None:
        self._here.failed = True
        self._failures.labels(kind if kind in KINDS else "other", failure).inc()

    def called(self, method: str, effect: Effect) -> None:
        self._calls.labels(method, effect.replace(" ", "_")).inc()

    def delivered(self, message: OutboundMessage) -> None:
        self._deliveries.labels(message.feature, message.kind, message.state).inc()


class _State(Collector):
    """Gauges that are read where they stand; a database that does not answer leaves its own out."""

    def __init__(self, backlog: Callable[[], Backlog], content: ContentState) -> None:
        self._backlog = backlog
        self._content = content

    def collect(self) -> Iterable[Metric]:
        info = GaugeMetricFamily(
            f"{PREFIX}info", "1; the versions of the bot and of its content are labels.",
            labels=["version", "content"],
        )  # fmt: skip
        info.add_metric([__version__, self._content.version], 1)
        yield info
        yield GaugeMetricFamily(
            f"{PREFIX}content_entries", "Entries answered from.", self._content.count()
        )
        yield GaugeMetricFamily(
            f"{PREFIX}content_faults", "Faults of changed files, which are not used.",
            self._content.faults,
        )  # fmt: skip
        yield from self._queue()

    def _queue(self) -> Iterator[Metric]:
        try:
            with within(QUERY_SECONDS):
                found = self._backlog()
        except StorageError:
            return
        yield GaugeMetricFamily(
            f"{PREFIX}queue_waiting", "Messages to be posted, now or later.", found.waiting
        )
        yield GaugeMetricFamily(f"{PREFIX}queue_due", "Messages that are due.", found.ready)
        yield GaugeMetricFamily(
            f"{PREFIX}queue_oldest_seconds", "How long the oldest of those has been due.",
            found.age,
        )  # fmt: skip
