"""Who counts what happens. By default nobody does, and it costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol

from slack_bolt import BoltRequest, BoltResponse

from bot.slack.request import kind_of

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]


class Observer(Protocol):
    """Called from any thread."""

    def begin(self) -> None:
        """A request begins on this thread."""

    def answered(self, kind: str, status: int, seconds: float) -> None:
        """It has got its answer, before which it may have `failed`."""

    def refused(self, status: int) -> None:
        """A request was none of Slack's, or not well formed."""

    def failed(self, kind: str, failure: str) -> None:
        """What somebody asked for came to nothing, before the answer or after it; by class."""


class Dispatches(Protocol):
    """A Bolt app, as its servers use it."""

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        """Answer one request."""


class Watched:
    """A Bolt app whose requests are counted."""

    def __init__(self, app: Dispatches, observer: Observer) -> None:
        self._app = app
        self._observer = observer

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        self._observer.begin()
        began = perf_counter()
        response = self._app.dispatch(req)
        self._observer.answered(kind_of(req.body), response.status, perf_counter() - began)
        return response


def watch_refusals(application: Application, observer: Observer) -> Application:
    """The WSGI application, whose answers of 400 and more are counted."""

    def watched(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if status >= "4":
                observer.refused(int(status[:3]))
            return start_response(status, headers, *rest)

        return application(environ, start)

    return watched
