"""Running checklists in tests: records, and the real app with a clock in our hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from bot.app import Bot, build_bot
from bot.checklists.models import Change, ChangeKind, LogLine, Run
from bot.checklists.start import start_run
from bot.handbook.models import Checklist, Item
from bot.i18n import Text
from bot.playground.limits import find_problems
from bot.search.library import Library
from bot.settings import Settings
from bot.slack.http import build_wsgi
from tests.support import payloads
from tests.support.local_slack import SECRET, TEAM, TOKEN, LocalSlack
from tests.support.payloads import Response, buttons
from tests.support.tips import FakeClock

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)  # a Wednesday
SHANGHAI = "Asia/Shanghai"
CHANNEL, STARTER, OTHER, ADMIN = "C1", "U1", "U2", "U9"
Element = dict[str, Any]
_numbers = count(1)


def build_checklist(count: int = 3) -> Checklist:
    return Checklist(
        id="cl-test",
        file="checklists/cl-test.toml",
        title=Text("上线检查", "Launch check"),
        items=tuple(
            Item(Text(f"第{n}件事", f"Thing {n}"), Text(f"因为{n}", f"Because {n}"))
            for n in range(1, count + 1)
        ),
    )


def build_run(count: int = 3, **changes: Any) -> Run:
    """A run in English, of Things 1 to `count`, started at NOW by U1 in C1."""
    values: dict[str, Any] = {
        "run_id": "r1", "team_id": TEAM, "channel_id": CHANNEL, "by": STARTER, "now": NOW,
        "lang": "en", "zone": "UTC",
    }  # fmt: skip
    return start_run(build_checklist(count), **values | changes)


def line(what: ChangeKind, number: int = 2, *, by: str = STARTER, **fields: Any) -> LogLine:
    return LogLine(number, NOW, by, Change(what=what, **fields))


class RunWorld:
    """The app, the Slack it talks to, and people who press its buttons."""

    def __init__(self, slack: LocalSlack, bot: Bot, clock: FakeClock) -> None:
        self.slack = slack
        self.bot = bot
        self.clock = clock
        self.wsgi: Callable[..., Any] = build_wsgi(bot.app, SECRET)

    def send(self, payload: dict[str, Any]) -> Response:
        """Send a payload and let all work after the ack end."""
        response = payloads.send(self.wsgi, self.slack.stamp(payload))
        self.bot.edge.background.drain()
        self.bot.worker.catch_up()
        return response

    def type(self, text: str, *, user: str = STARTER, channel: str = CHANNEL) -> Response:
        return self.send(payloads.command(text, user=user, channel=channel))

    def start(
        self, text: str = "checklist start agent launch", *, user: str = STARTER, **values: Any
    ) -> Run:
        """Start a run through its modal, as it is offered but for `values`."""
        self.type(text, user=user)
        view = self.slack.of("views.open")[-1]["view"]
        assert find_problems(view, "modal") == []
        assert self.submit(view, user=user, **values).body == ""
        return self.run

    def submit(self, view: dict[str, Any], *, user: str = STARTER, **values: Any) -> Response:
        """Submit a modal with its initial values, but for `values` by block_id."""
        return self.send(submission(view, user=user, **values))

    @property
    def run(self) -> Run:
        """The run that changed last."""
        return self.bot.storage.runs.list_recent(TEAM, CHANNEL, 1)[0]

    def message(self) -> dict[str, Any]:
        """What the run's message shows now."""
        run = self.run
        shown = [*self.slack.of("chat.postMessage"), *self.slack.of("chat.update")]
        lists = [m for m in shown if any("block_id" in b for b in m.get("blocks", ()))]
        updates = [m for m in lists if m.get("ts") == run.message_ts]
        found = (updates or lists)[-1]
        assert find_problems({"text": found["text"], "blocks": found["blocks"]}, "message") == []
        return found

    def press(self, action_id: str, nth: int = 0, *, user: str = STARTER, **where: Any) -> Response:
        """Press the `nth` button of that id on the run's message."""
        element = buttons(self.message()["blocks"], action_id)[nth]
        return self.click(element, user=user, **where)

    def click(self, element: Element, *, user: str = STARTER, **where: Any) -> Response:
        place = {"message_ts": self.run.message_ts, "ephemeral": False, "channel": CHANNEL}
        return self.send(payloads.click(element, user=user, **place | where))

    def choose(self, verb: str, nth: int = 0, *, user: str = STARTER) -> dict[str, Any]:
        """Open one of an item's modals from its menu."""
        self.pick(verb, nth, user=user)
        view: dict[str, Any] = self.slack.of("views.open")[-1]["view"]
        assert find_problems(view, "modal") == []
        return view

    def pick(self, verb: str, nth: int = 0, *, user: str = STARTER) -> Response:
        """The `nth` item's menu, as messages had it that were sent before the select of details."""
        block = self.message()["blocks"][0]
        chosen = {"value": f"{verb}|{self.run.id}|{nth + 1}"}
        element = {"type": "overflow", "action_id": "run_menu", "selected_option": chosen,
                   "block_id": block["block_id"]}  # fmt: skip
        return self.click(element, user=user)

    def details(self, number: int, *, user: str = STARTER) -> dict[str, Any]:
        """Open the modal of item `number` from the list's select."""
        select = buttons(self.message()["blocks"], "run_details")[0]
        chosen = next(o for o in select["options"] if o["value"].endswith(f"|{number}"))
        self.click({**select, "selected_option": chosen}, user=user)
        view: dict[str, Any] = self.slack.of("views.open")[-1]["view"]
        assert find_problems(view, "modal") == []
        return view

    def later(self, **duration: float) -> None:
        """Time passes, and what is due is done."""
        self.clock.advance(**duration)
        self.bot.worker.catch_up()

    def told(self) -> str:
        """What somebody alone was told last."""
        private = [*self.slack.of("response_url"), *self.slack.of("chat.postEphemeral")]
        assert private
        return str(private[-1]["text"])

    def told_anyhow(self) -> str:
        """What somebody alone was told last, privately in the channel or by direct message."""
        last = [c for c in self.slack.calls if c.method.startswith(("chat.postE", "response"))]
        return str(last[-1].params["text"]) if last else str(self.direct(STARTER)[-1]["text"])

    def direct(self, user: str) -> list[dict[str, Any]]:
        """The direct messages that a person got."""
        posts = self.slack.of("chat.postMessage")
        opened = f"D{user}"  # where the outbox writes; what is answered there is no message of its
        return [
            m for m in posts if m["channel"] == user or ("metadata" in m and m["channel"] == opened)
        ]


@contextmanager
def run_world(
    library: Library, url: str, clock: FakeClock, slack: LocalSlack
) -> Iterator[RunWorld]:
    """The app on the database at `url`, in Slack."""
    settings = Settings(
        bot_token=TOKEN,
        signing_secret=SECRET,
        slack_api_url=slack.api_url,
        database_url=url,
        tips_rate=6000,
    )
    bot = build_bot(settings, library, clock.now)
    bot.storage.workspaces.start(TEAM)
    yield RunWorld(slack, bot, clock)
    bot.close()


Kind = TypeVar("Kind", bound=LocalSlack)


def build_slack(
    clock: FakeClock, people: tuple[str, ...] = (), kind: type[Kind] = LocalSlack
) -> Kind:
    """A Slack of people in Shanghai who speak English; U9 is an admin."""
    slack = kind(now=clock.now, people=(*people, ADMIN))
    for user_id in slack.workspace.users:
        slack.change_user(user_id, tz=SHANGHAI, is_admin=user_id == ADMIN)
    return slack


def submission(view: dict[str, Any], *, user: str = STARTER, **values: Any) -> dict[str, Any]:
    """A view_submission with what the view's inputs hold at first, but for `values`: a text, a
    user, a day, or the values ticked, by block_id."""
    view.setdefault("id", f"V{next(_numbers)}")  # one view keeps its id
    state = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            entered = _initial(element)
            if block["block_id"] in values:
                entered = _entered(element, values[block["block_id"]])
            state[block["block_id"]] = {element["action_id"]: {"type": element["type"], **entered}}
    return {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": user},
        "api_app_id": "A1",
        "trigger_id": "5.1.x",
        "view": {**view, "state": {"values": state}},
    }


def _initial(element: Element) -> dict[str, Any]:
    match element["type"]:
        case "checkboxes":
            return {"selected_options": element.get("initial_options", [])}
        case "radio_buttons":
            return {"selected_option": element.get("initial_option")}
        case "users_select":
            return {"selected_user": element.get("initial_user")}
        case "multi_users_select":
            return {"selected_users": element.get("initial_users", [])}
        case "datepicker":
            return {"selected_date": element.get("initial_date")}
        case "conversations_select":
            return {"selected_conversation": element.get("initial_conversation")}
        case "static_select":
            return {"selected_option": element.get("initial_option")}
        case "timepicker":
            return {"selected_time": element.get("initial_time")}
        case _:
            return {"value": element.get("initial_value")}


def _entered(element: Element, value: Any) -> dict[str, Any]:
    match element["type"]:
        case "checkboxes":
            return {"selected_options": [o for o in element["options"] if o["value"] in value]}
        case "radio_buttons":
            return {"selected_option": next(o for o in element["options"] if o["value"] == value)}
        case "users_select":
            return {"selected_user": value}
        case "multi_users_select":
            return {"selected_users": value}
        case "datepicker":
            return {"selected_date": value}
        case "conversations_select":
            return {"selected_conversation": value}
        case "static_select":
            return {"selected_option": next(o for o in element["options"] if o["value"] == value)}
        case _:
            return {"value": value}
