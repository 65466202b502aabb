"""The Home tab: what everybody sees, this person's items and channels, and recent lookups."""

from __future__ import annotations

from slack_sdk import WebClient

from bot.answers.home import build_home, build_home_lookups
from bot.checklists.home import build_home_items
from bot.slack.payloads import Body, asker_ids
from bot.slack.services import Services
from bot.tips.home import build_home_tips
from bot.tips.listeners.channel import describe_subscription

HEAD = 2  # blocks: the title, and what the handbook has


def publish_home(services: Services, client: WebClient, body: Body) -> None:
    team_id, user_id, _ = asker_ids(body)
    services.languages.look_up(client, team_id, user_id)
    lang = services.languages.of(team_id, user_id)
    handbook = services.library.handbook
    subs = services.storage.subscriptions.list_by_user(team_id, user_id)
    recent = services.lookups.recent(team_id, user_id)
    view = build_home(handbook, lang)
    items = services.storage.runs.list_assigned(team_id, user_id)
    muted = services.storage.mutes.is_muted(team_id, user_id)
    mine = build_home_items(items, lang, services.clock(), muted=muted)
    view["blocks"][HEAD:HEAD] = mine
    view["blocks"] += build_home_tips([describe_subscription(services, s) for s in subs], lang)
    entries = [handbook.entries[name] for name in recent if name in handbook.entries]
    view["blocks"] += build_home_lookups(entries, lang)
    client.views_publish(user_id=user_id, view=view)
