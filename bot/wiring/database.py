"""The database of a start."""

from __future__ import annotations

import logging
from collections.abc import Callable
from time import sleep

from bot.database.errors import DatabaseUnreachable, StorageError
from bot.outbox.models import Pace
from bot.settings import Settings, SettingsError
from bot.slack.starting import WAITS
from bot.storage import Storage, open_storage

log = logging.getLogger("bot.start")


def open_database(
    settings: Settings, team_id: str, pause: Callable[[float], object] = sleep
) -> Storage:
    """With the workspace `team_id` in it, if there is one, whose token Slack has just accepted. A
    database server that is not there yet is waited for, as Slack is. Raises SettingsError."""
    for wait in (*WAITS, 0):
        try:
            return _open_for(team_id, settings)
        except StorageError as error:
            if not wait or not isinstance(error, DatabaseUnreachable):
                raise SettingsError(str(error)) from error
            log.warning("%s Trying again in %s s", error, wait)
            pause(wait)
    raise AssertionError("the last attempt returns or raises")


def _open_for(team_id: str, settings: Settings) -> Storage:
    storage = open_storage(settings.database_url, Pace(settings.tips_rate))
    try:
        if team_id:
            storage.workspaces.start(team_id)
    except StorageError:
        storage.close()
        raise
    return storage
