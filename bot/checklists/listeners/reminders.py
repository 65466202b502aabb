"""Turning a person's own reminders off and on."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.listeners.home import publish_home
from bot.checklists import words
from bot.checklists.listeners.tell import lang_of, tell
from bot.slack.payloads import Body, asker_ids, is_home
from bot.slack.services import Services


def mute(services: Services, client: WebClient, body: Body) -> None:
    _set(services, client, body, muted=True)


def unmute(services: Services, client: WebClient, body: Body) -> None:
    _set(services, client, body, muted=False)


def _set(services: Services, client: WebClient, body: Body, *, muted: bool) -> None:
    team_id, user_id, _ = asker_ids(body)
    services.storage.mutes.mute(team_id, user_id, muted=muted)
    if is_home(body):
        publish_home(services, client, body)
    else:
        said = words.MUTED["on" if muted else "off"]
        tell(services, client, body, said.get(lang_of(services, body)))
