"""Slack's edge: listeners parse a payload, call the core, and send its reply. Nothing else."""

from slack_bolt import App

from bot.answers.listeners import actions, commands, events, shortcuts
from bot.checklists.listeners import routes as runs
from bot.slack.errors import build_error_listener
from bot.slack.services import Services
from bot.tips.listeners import settings as tips_views


def register_listeners(app: App, services: Services) -> None:
    """Few listeners, each routing by a table: every one costs each request that passes it."""
    commands.register(app, services)
    actions.register(app, services)
    events.register(app, services)
    shortcuts.register(app, services)
    tips_views.register(app, services)
    runs.register(app, services)
    app.error(build_error_listener(services))
