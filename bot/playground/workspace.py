"""The local workspace's state: people, channels, messages, views. Thread-safe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Condition, RLock
from typing import Any

from bot.playground.records import (
    BOT_NAME,
    BOT_USER_ID,
    CHANNELS,
    TEAM_ID,
    USERS,
    Channel,
    File,
    Message,
    User,
    View,
)
from bot.playground.triggers import Triggers

KEPT_MESSAGES, KEPT_FILES = 500, 50  # the newest


@dataclass
class Workspace:
    """Everything that the page shows. `changed` wakes whoever waits for news."""

    clock: Callable[[], datetime]
    team_id: str = TEAM_ID
    name: str = "Local"
    url: str = "http://127.0.0.1/"  # where its server listens
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    homes: dict[str, View] = field(default_factory=dict)
    modals: dict[str, list[View]] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    log: list[dict[str, Any]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)  # in the content, since its last change
    offset: timedelta = timedelta()
    version: int = 0
    last_number: int = 0

    def __post_init__(self) -> None:
        self.lock = RLock()
        self.changed = Condition(self.lock)
        self.triggers = Triggers(lambda: self.clock())
        for channel_id, name in CHANNELS.items():
            self.channels[channel_id] = Channel(channel_id, name, {BOT_USER_ID})
        for user in USERS:
            self.add_user(user)

    def add_user(self, user: User) -> None:
        """Add a person to every channel, or replace their record."""
        self.users[user.id] = user
        for channel in self.channels.values():
            if not channel.im_of:
                channel.members.add(user.id)
        im = f"D{user.id}"
        members = {user.id, BOT_USER_ID}
        self.channels.setdefault(im, Channel(im, BOT_NAME, members, im_of=user.id))

    def find_channel(self, wanted: str) -> Channel | None:
        """The channel with that id; for a user's id, their direct messages."""
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
            self.last_number += 1
            return self.last_number

    def new_ts(self) -> str:
        """A message's id: seconds, and a number that makes it unique."""
        return f"{int(self.now().timestamp())}.{self.number():06}"

    def new_trigger(self, user_id: str) -> str:
        with self.lock:
            return self.triggers.new_trigger(user_id)

    def new_response_url(self, channel_id: str, user_id: str, message_ts: str = "") -> str:
        """The whole address."""
        with self.lock:
            key = self.triggers.new_response_url(channel_id, user_id, message_ts)
            return f"{self.url}respond/{key}"

    def keep_view(self, view: View, view_id: str = "") -> View:
        """With an id, or the one it has, and the hash of this version."""
        number = self.number()
        own = {"id": view_id or f"V{number}", "hash": f"{number}.hash", "team_id": self.team_id}
        return {**view, **own}

    def add(self, message: Message) -> Message:
        with self.lock:
            message.setdefault("ts", self.new_ts())
            self.messages.append(message)
            del self.messages[:-KEPT_MESSAGES]
            self.touch()
            return message

    def add_file(self, name: str, length: int) -> File:
        """One whose data are still to come."""
        with self.lock:
            file = File(f"F{self.number()}", name, length)
            self.files[file.id] = file
            for old in list(self.files)[:-KEPT_FILES]:
                del self.files[old]
            return file

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
