"""What somebody did in Slack, as one record: made once from a payload, whatever its kind.

Nothing here raises on odd input: what a payload leaves out is "".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from slack_sdk import WebClient

from bot.slack.action_ids import action_of

Body = Mapping[str, Any]
NOTHING: Body = {}


@dataclass(frozen=True, slots=True)
class Action:
    """The button that was pressed, or the option or conversation that was picked in a select."""

    action_id: str = ""
    value: str = ""
    block_id: str = ""

    @property
    def name(self) -> str:
        """The id without its number."""
        return action_of(self.action_id)


NO_ACTION = Action()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who did what where, and the ways to answer.

    `team_id` is the workspace of the installation that Slack sent this to. In a shared channel the
    person's own may be another.
    """

    client: WebClient = field(repr=False)
    kind: str  # command, event, or an interaction's type
    team_id: str
    user_id: str
    channel_id: str = ""
    asked_in: str = ""  # where it was typed, if `channel_id` is another channel, named in it
    thread_ts: str = ""  # the thread it stands in; "" in the channel itself
    message_ts: str = ""  # of the message that was sent, or that a button stands on
    is_ephemeral: bool = False  # that message is seen by the user alone
    is_shared: bool = False  # an event in a channel that other companies share
    text: str = field(default="", repr=False)
    trigger_id: str = field(default="", repr=False)
    response_url: str = field(default="", repr=False)
    event_key: str = ""
    action: Action = NO_ACTION
    view: Body = field(default_factory=dict, repr=False)
    message: Body = field(default_factory=dict, repr=False)  # that a shortcut or a button is on
    event: Body = field(default_factory=dict, repr=False)
    enterprise_id: str = ""  # the workspace's organisation
    is_org_wide: bool = False  # sent to an organisation's installation
    event_time: float = 0.0  # by Slack's clock, in seconds since 1970

    @classmethod
    def of(cls, client: WebClient, body: Body) -> Request:
        if "command" in body:
            return cls._of_command(client, body)
        event, view = _dict(body.get("event")), _dict(body.get("view"))
        container, message = _dict(body.get("container")), _dict(body.get("message"))
        installed = _installed(body) if event else NOTHING
        team_id = _team(body, event, view, installed)
        user_id = _id(body.get("user")) or _text(body, "user_id") or _id(event.get("user"))
        return cls(
            client=client,
            kind=kind_of(body),
            team_id=team_id,
            user_id=user_id,
            channel_id=_id(body.get("channel"))
            or _text(body, "channel_id")
            or _id(event.get("channel"))
            or _text(container, "channel_id"),
            thread_ts=_thread(container, message, event),
            message_ts=_text(container, "message_ts") or _text(event, "ts"),
            is_ephemeral=bool(container.get("is_ephemeral")),
            is_shared=bool(body.get("is_ext_shared_channel")),
            text=_text(body, "text") or _text(event, "text") or _text(message, "text"),
            trigger_id=_text(body, "trigger_id"),
            response_url=_text(body, "response_url") or _form_url(body),
            event_key=_text(body, "event_id"),
            action=_action(body),
            view=view,
            message=message,
            event=event,
            enterprise_id=_text(installed, "enterprise_id") or _text(body, "enterprise_id"),
            is_org_wide=bool(installed.get("is_enterprise_install")),
            event_time=_number(body.get("event_time")),
        )

    @classmethod
    def _of_command(cls, client: WebClient, body: Body) -> Request:
        """A command is a flat form, and most of what comes: the short way."""
        return cls(
            client=client,
            kind="command",
            team_id=_text(body, "team_id"),
            user_id=_text(body, "user_id"),
            channel_id=_text(body, "channel_id"),
            text=_text(body, "text"),
            trigger_id=_text(body, "trigger_id"),
            response_url=_text(body, "response_url"),
            enterprise_id=_text(body, "enterprise_id"),
        )

    @property
    def is_direct(self) -> bool:
        """In a direct message with the bot."""
        return is_direct(self.channel_id)

    @property
    def is_home(self) -> bool:
        """Pressed on the Home tab."""
        return self.view.get("type") == "home"

    def in_channel(self, channel_id: str) -> Request:
        """The same, about a channel that the payload does not name: a form's, a button's."""
        return replace(self, channel_id=channel_id)

    def in_thread(self, thread_ts: str) -> Request:
        return replace(self, thread_ts=thread_ts)

    def about_channel(self, channel_id: str) -> Request:
        """The same, about a channel that was named: private replies stay where it was typed."""
        return replace(self, channel_id=channel_id, asked_in=self.asked_in or self.channel_id)

    @property
    def is_elsewhere(self) -> bool:
        """It is about another channel than the one where it was typed."""
        return self.asked_in not in ("", self.channel_id)

    @property
    def where_asked(self) -> Request:
        """The same, in the channel where it was typed."""
        return replace(self, channel_id=self.asked_in, asked_in="") if self.asked_in else self


def is_direct(channel_id: str) -> bool:
    """A direct message with the bot."""
    return channel_id.startswith("D")


def kind_of(body: Body) -> str:
    """command, event, or an interaction's type."""
    if "command" in body:
        return "command"
    return "event" if "event" in body else _text(body, "type")


def _installed(body: Body) -> Body:
    """The installation that an event is sent to: the first of those that may see it."""
    found = body.get("authorizations")
    return _dict(found[0]) if isinstance(found, list) and found else NOTHING


def _team(body: Body, event: Body, view: Body, installed: Body) -> str:
    """A form that a partner's member submits, in a channel of ours, names the app's workspace."""
    return (
        _text(view, "app_installed_team_id")
        or _text(installed, "team_id")
        or _id(body.get("team"))
        or _text(body, "team_id")
        or _text(event, "team")
    )


def _thread(*parts: Body) -> str:
    """A message that has replies names itself as its thread, and stands in the channel."""
    for part in parts:
        found = part.get("thread_ts")
        if found and found != (part.get("message_ts") or part.get("ts")):
            return str(found)
    return ""


def _action(body: Body) -> Action:
    actions = body.get("actions")
    first = _dict(actions[0]) if isinstance(actions, list) and actions else NOTHING
    if not first:
        return NO_ACTION
    chosen = _dict(first.get("selected_option")) or first
    value = _text(chosen, "value") or _text(first, "selected_conversation")
    return Action(_text(first, "action_id"), value, _text(first, "block_id"))


def _form_url(body: Body) -> str:
    """The address of the conversation that was chosen in a form, where the form asked for it."""
    urls = body.get("response_urls")
    return _text(_dict(urls[0]), "response_url") if isinstance(urls, list) and urls else ""


def _id(value: Any) -> str:
    """An id given as a text or as {"id": …}."""
    if isinstance(value, dict):
        return str(value.get("id") or "")
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def _text(part: Body, key: str) -> str:
    return str(part.get(key) or "")


def _dict(value: Any) -> Body:
    return value if isinstance(value, dict) else NOTHING
