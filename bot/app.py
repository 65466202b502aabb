"""The composition root: settings -> a Bolt app with all that it needs. Wiring only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import sleep
from typing import TYPE_CHECKING

from bot.answers.bodies import CommandBodies
from bot.answers.grammar import Verb
from bot.answers.listeners import languages as language_listeners
from bot.answers.listeners import routes as answer_routes
from bot.answers.listeners.home import publish_home
from bot.answers.listeners.lines import register_command
from bot.answers.lookups import Lookups
from bot.answers.outcomes import build_nothing
from bot.answers.services import AnswerServices
from bot.checklists.listeners import routes as checklist_routes
from bot.checklists.posting import build_running, find_progress
from bot.checklists.services import ChecklistServices
from bot.database.errors import DatabaseUnreachable, StorageError
from bot.search.library import Library
from bot.settings import CACHE_DIR, Settings, SettingsError
from bot.slack.background import Background
from bot.slack.departures import Departures
from bot.slack.edge import Edge
from bot.slack.feature import Feature
from bot.slack.identity import (
    Identity,
    SlackApp,
    build_bolt_app,
    configure_logging,
    identify,
)
from bot.slack.languages import Languages, build_language_query
from bot.slack.recent import RecentKeys
from bot.slack.routing import register_listeners
from bot.slack.starting import WAITS
from bot.storage import Storage, open_storage
from bot.tips.listeners import routes as tip_routes
from bot.tips.repository.claiming import Pace
from bot.tips.rotation import Pool
from bot.tips.services import TipServices

if TYPE_CHECKING:
    from bot.tips.posting import WeeklyTips


log = logging.getLogger("bot.start")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Bot:
    """The Bolt app, what its features work with, and what has to be closed after it."""

    app: SlackApp
    settings: Settings
    team_id: str
    storage: Storage
    edge: Edge
    answers: AnswerServices
    tips: TipServices
    checklists: ChecklistServices
    weekly_tips: WeeklyTips | None = None

    def start(self) -> None:
        """Begin to deliver weekly tips and to follow up running checklists. Without it the app
        answers, and posts nothing by itself."""
        from bot.tips.posting import build_weekly_tips  # brings the scheduler: 30 ms

        self.weekly_tips = build_weekly_tips(
            self.settings, self.storage.for_tips, self.storage.queue, self.storage.workspaces,
            self.tips.handbook, self.tips.find_progress, self.team_id,
        )  # fmt: skip
        self.weekly_tips.start(self.team_id)
        self.checklists.running.start()

    def close(self) -> None:
        """Finish what was promised, then stop."""
        if self.weekly_tips:
            self.weekly_tips.close()
        self.edge.background.close()
        self.checklists.running.close()
        self.answers.lookups.close()
        self.storage.close()


def build_bot(
    settings: Settings, library: Library | None = None, clock: Callable[[], datetime] = now
) -> Bot:
    """Raises HandbookError for bad content, SettingsError for a token that Slack refuses or a
    database that cannot be opened."""
    configure_logging(settings)
    library = library or Library.load(settings.content_dir, CACHE_DIR)
    _ = library.matcher.topics  # built now, so that no question waits for it
    identity = identify(settings)
    storage = _open_storage(settings)
    edge = _build_edge(settings, identity, storage, clock)
    checklists = _build_checklists(settings, identity.team_id, library, storage, edge)
    tips = TipServices(
        edge=edge,
        handbook=library.handbook,
        pool=Pool.of(library.handbook),
        subscriptions=storage.subscriptions,
        deliveries=storage.deliveries,
        workspaces=storage.workspaces,
        find_progress=partial(find_progress, storage.runs),
    )
    checklist_feature = checklist_routes.build_feature(checklists)
    tip_feature = tip_routes.build_feature(tips)
    answers = AnswerServices(
        edge=edge,
        library=library,
        bodies=CommandBodies(library),
        preferences=storage.preferences,
        lookups=Lookups(storage.lookups, clock),
        feedback=storage.feedback,
        shared=RecentKeys(),
        verbs={
            Verb.TIPS: tip_routes.build_line(tips),
            Verb.CHECKLIST: checklist_routes.build_line(checklists),
            Verb.LANG: language_listeners.build_line(edge, storage.preferences),
        },
        home_first=[checklist_feature.home_section],
        home_last=[tip_feature.home_section],
    )
    app = build_bolt_app(settings, identity)
    _register(app, answers, storage, [answer_routes.build_feature(answers), tip_feature,
                                      checklist_feature])  # fmt: skip
    return Bot(app, settings, identity.team_id, storage, edge, answers, tips, checklists)


def _register(
    app: SlackApp, answers: AnswerServices, storage: Storage, features: list[Feature]
) -> None:
    register_command(app, answers)
    departures = Departures(answers.edge, storage.workspaces, features)
    register_listeners(
        app,
        answers.edge,
        [*features, departures.build_feature()],
        publish_home=lambda request: publish_home(answers, request),
    )


def _build_edge(
    settings: Settings,
    identity: Identity,
    storage: Storage,
    clock: Callable[[], datetime],
) -> Edge:
    languages = Languages(settings.default_lang)
    for user_id, lang in storage.preferences.list_langs(identity.team_id).items():
        languages.choose(identity.team_id, user_id, lang)
    return Edge(
        languages=languages,
        background=Background(),
        clock=clock,
        bot_user_id=identity.user_id,
        bot_name=identity.name,
        workspace_url=identity.url,
    )


def _build_checklists(
    settings: Settings, team_id: str, library: Library, storage: Storage, edge: Edge
) -> ChecklistServices:
    ask = build_language_query(settings, edge.languages)
    running = build_running(
        settings, storage.for_runs, storage.runs, storage.refreshes, team_id, ask, edge.clock
    )
    return ChecklistServices(
        edge=edge,
        library=library,
        runs=storage.runs,
        refreshes=storage.refreshes,
        mutes=storage.mutes,
        running=running,
        build_nothing=build_nothing,
    )


def _open_storage(settings: Settings, pause: Callable[[float], object] = sleep) -> Storage:
    """A database server that is not there yet is waited for, as Slack is."""
    for wait in (*WAITS, 0):
        try:
            return open_storage(settings.database_url, Pace(settings.tips_rate))
        except StorageError as error:
            if not wait or not isinstance(error, DatabaseUnreachable):
                raise SettingsError(str(error)) from error
            log.warning("%s Trying again in %s s", error, wait)
            pause(wait)
    raise AssertionError("the last attempt returns or raises")
