"""Where an answer stands, which decides what can be pressed under it."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    PRIVATE = "private"  # a message to the one who asked: it opens in place, and can be shared
    PUBLIC = "public"  # in a channel: each reader opens it in a modal, in their own language
    MODAL = "modal"
    TERMINAL = "terminal"  # whole, with nothing to press
