"""The local workspace's state: people, channels, messages, views. Thread-safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Condition, RLock
from typing import Any

TEAM_ID = "TLOCAL"
BOT_USER_ID, BOT_ID, BOT_NAME = "UBOT", "BBOT", "llm-startup"
TRIGGER_SECONDS = 3
RESPONSE_URL_MINUTES, RESPONSE_URL_USES = 30, 5
VIEW_STACK = 3

Message = dict[str, Any]
View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    id: str
    name: str
    role: str
    locale: str
    tz: str
    is_admin: bool = False
    is_deactivated: bool = False
    is_bot: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, or the direct messages of one person with the bot (`im_of`)."""

    id: str
    name: str
    members: set[str]
    im_of: str = ""
    is_archived: bool = False
    is_private: bool = False


@dataclass(slots=True)
class File:
    """One that the bot uploads; `data` arrive after its name and length."""

    id: str
    name: str
    length: int
    title: str = ""
    data: bytes = b""


@dataclass(slots=True)
class ResponseUrl:
    """Where an interaction may be answered, five times within 30 minutes."""

    channel_id: str
    user_id: str
    until: datetime
    message_ts: str = ""
    uses: int = 0


USERS = (
    User("U1", "林晓", "创始人 · founder, Chinese", "zh-CN", "Asia/Shanghai"),
    User("U2", "Maya", "engineer, English", "en-GB", "Europe/London"),
    User("U3", "Sam", "workspace admin, English", "en-US", "America/New_York", is_admin=True),
)


CHANNELS = {"C1": "general", "C2": "产品-product"}


@dataclass
class Workspace:
    """Everything that the page shows. `changed` wakes whoever waits for news."""

    clock: Callable[[], datetime]
    url: str = "http://127.0.0.1/"  # where its server listens
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    triggers: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    log: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # in the content, since its last change
    offset: timedelta = timedelta()
    version: int = 0
    _numbers: int = 0

    def __post_init__(self) -> None:
        self.lock = RLock()
        self.changed = Condition(self.lock)
        for channel_id, name in CHANNELS.items():
            self.channels[channel_id] = Channel(channel_id, name, {BOT_USER_ID})
        for user in USERS:
            self.add_user(user)

    def add_user(self, user: User) -> None:
        """Somebody new, in every channel; or somebody as they are now."""
        self.users[user.id] = user
        for channel in self.channels.values():
            if not channel.im_of:
                channel.members.add(user.id)
        im = f"D{user.id}"
        members = {user.id, BOT_USER_ID}
        self.channels.setdefault(im, Channel(im, BOT_NAME, members, im_of=user.id))

    def find_channel(self, wanted: str) -> Channel | None:
        """By its id; by a user's id, their direct messages."""
        return self.channels.get(f"D{wanted}" if wanted in self.users else wanted)

    def now(self) -> datetime:
        return self.clock() + self.offset

    def advance(self, by: timedelta) -> None:
        with self.lock:
            self.offset += by
            self.touch()

    def touch(self) -> None:
        """Something changed: tell the pages."""
        with self.changed:
            self.version += 1
            self.changed.notify_all()

    def show_faults(self, faults: list[str]) -> None:
        with self.lock:
            self.faults = faults
            self.touch()

    def wait_for_news(self, seen: int, seconds: float) -> int:
        """The version, once it is another than `seen`, or after `seconds`."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != seen, seconds)
            return self.version

    def number(self) -> int:
        with self.lock:
            self._numbers += 1
            return self._numbers

    def new_ts(self) -> str:
        """A message's id: seconds, and a number that makes it unique."""
        return f"{int(self.now().timestamp())}.{self.number():06}"

    def new_trigger(self, user_id: str) -> str:
        trigger = f"{self.number()}.{TEAM_ID}.trigger"
        self.triggers[trigger] = (user_id, self.clock() + timedelta(seconds=TRIGGER_SECONDS))
        return trigger

    def user_of_trigger(self, trigger: str) -> str:
        return self.triggers[trigger][0] if trigger in self.triggers else ""

    def take_trigger(self, trigger: str) -> tuple[str, str]:
        """(user id, "") once within three seconds, else ("", Slack's error code)."""
        with self.lock:
            found = self.triggers.get(trigger)
            if found is None:
                return "", "invalid_trigger_id"
            user_id, until = found
            if not user_id:
                return "", "exchanged_trigger_id"
            self.triggers[trigger] = ("", until)
            return ("", "expired_trigger_id") if self.clock() > until else (user_id, "")

    def new_response_url(self, channel_id: str, user_id: str, message_ts: str = "") -> str:
        """The whole address."""
        key = f"r{self.number()}"
        until = self.clock() + timedelta(minutes=RESPONSE_URL_MINUTES)
        self.response_urls[key] = ResponseUrl(channel_id, user_id, until, message_ts)
        return f"{self.url}respond/{key}"

    def keep_view(self, view: View, view_id: str = "") -> View:
        """With an id, or the one it has, and the hash of this version."""
        number = self.number()
        return {
            **view, "id": view_id or f"V{number}", "hash": f"{number}.hash", "team_id": TEAM_ID,
        }  # fmt: skip

    def add(self, message: Message) -> Message:
        with self.lock:
            message.setdefault("ts", self.new_ts())
            self.messages.append(message)
            self.touch()
            return message

    def find(self, channel_id: str, ts: str) -> Message | None:
        found = (m for m in self.messages if m["channel"] == channel_id and m["ts"] == ts)
        return next(found, None)

    def remove(self, message: Message) -> None:
        with self.lock:
            self.messages.remove(message)
            self.touch()

    def seen_by(self, user_id: str) -> list[Message]:
        """What one person sees: all but others' private messages and conversations."""
        with self.lock:
            return [
                message
                for message in self.messages
                if user_id in self.channels[message["channel"]].members
                and message.get("only_for") in (None, user_id)
            ]
