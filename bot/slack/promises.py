"""What somebody asked for is acknowledged before it is done, where Slack has to be asked first. A
promise outlives the process: if that dies in between, the user is told that it may not be done."""

from __future__ import annotations

from bot.slack.edge import Edge
from bot.slack.feature import Task
from bot.slack.request import Request


def promise(edge: Edge, request: Request, said: str, task: Task) -> Task:
    """To be called before the ack; the task is for after it. `said`: what was asked for, in the
    user's words or in a button's. A task that fails has told the user itself."""
    end = edge.promise(request, said)

    def run() -> None:
        try:
            task()
        finally:
            end()

    return run
