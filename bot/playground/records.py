"""Who and what the local workspace holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TEAM_ID = "TLOCAL"
PARTNER_ID = "TPARTNER"  # of people in shared channels
BOT_USER_ID, BOT_ID, BOT_NAME = "UBOT", "BBOT", "llm-startup"
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
    is_guest: bool = False
    is_partner: bool = False  # of another company, in a shared channel


@dataclass(slots=True)
class Channel:
    """A channel, or the direct messages of one person with the bot (`im_of`)."""

    id: str
    name: str
    members: set[str]
    im_of: str = ""
    is_archived: bool = False
    is_private: bool = False
    is_ext_shared: bool = False  # with another company


@dataclass(slots=True)
class File:
    """One that the bot uploads; `data` arrive after its name and length."""

    id: str
    name: str
    length: int
    title: str = ""
    data: bytes = b""


USERS = (
    User("U1", "林晓", "创始人 · founder, Chinese", "zh-CN", "Asia/Shanghai"),
    User("U2", "Maya", "engineer, English", "en-GB", "Europe/London"),
    User("U3", "Sam", "workspace admin, English", "en-US", "America/New_York", is_admin=True),
)
CHANNELS = {"C1": "general", "C2": "产品-product"}
