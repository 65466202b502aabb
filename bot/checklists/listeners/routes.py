"""The actions of running checklists, by their ids; routed to from actions.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_bolt import App
from slack_sdk import WebClient

from bot.checklists import ids
from bot.checklists.listeners import items as run_items
from bot.checklists.listeners import start as run_start
from bot.checklists.listeners.changes import Task, close, delete, reopen, tick, turn_page, untick
from bot.checklists.listeners.export import export
from bot.checklists.listeners.items import open_menu
from bot.checklists.listeners.reminders import mute, unmute
from bot.checklists.listeners.start import post_again
from bot.checklists.listeners.typed import show_log
from bot.slack.payloads import Body
from bot.slack.services import Services

# What is stored before the ack: each returns what is left to do after it.
AT_ONCE: Mapping[str, Callable[[Services, WebClient, Body], Task]] = {
    ids.TICK: tick,
    ids.UNTICK: untick,
}
AFTER_ACK: Mapping[str, Callable[[Services, WebClient, Body], None]] = {
    ids.MENU: open_menu,
    ids.PAGE: turn_page,
    ids.CLOSE: close,
    ids.REOPEN: reopen,
    ids.DELETE: delete,
    ids.EXPORT: export,
    ids.LOG: show_log,
    ids.POST_AGAIN: post_again,
    ids.MUTE: mute,
    ids.UNMUTE: unmute,
}


def register(app: App, services: Services) -> None:
    run_start.register(app, services)
    run_items.register(app, services)
