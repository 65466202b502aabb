"""The composition root: settings -> a Bolt app with all that it needs. Wiring only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import sleep

from bot.answers.bodies import CommandBodies
from bot.answers.chosen import ChosenLanguages
from bot.answers.grammar import Verb
from bot.answers.listeners import languages as language_listeners
from bot.answers.listeners import routes as answer_routes
from bot.answers.listeners.home import publish_home
from bot.answers.listeners.lines import register_command
from bot.answers.lookups import Lookups
from bot.answers.outcomes import build_nothing
from bot.answers.services import AnswerServices
from bot.checklists.in_tips import find_progress
from bot.checklists.listeners import routes as checklist_routes
from bot.checklists.services import ChecklistServices
from bot.database.errors import DatabaseUnreachable, StorageError
from bot.handbook import Content, Handbook
from bot.installing import Installed, build_many, build_one
from bot.outbox.models import Pace
from bot.outbox.worker import Worker
from bot.search.library import Library, watch_library
from bot.sending import Clientele, build_sender, build_worker, running_checklists, weekly_tips
from bot.settings import CACHE_DIR, RELOAD_MARKER, Settings, SettingsError
from bot.slack.background import Background
from bot.slack.departures import Departures
from bot.slack.edge import Edge
from bot.slack.feature import Feature
from bot.slack.handled import Handled
from bot.slack.identity import (
    SlackApp,
    build_bolt_app,
    configure_logging,
    identify,
)
from bot.slack.languages import Languages, build_language_query
from bot.slack.oauth.vault import Vault
from bot.slack.pages import ShowPage
from bot.slack.periodic import Periodic
from bot.slack.purge import Purge
from bot.slack.routing import register_listeners
from bot.slack.starting import WAITS
from bot.slack.workspaces import Workspaces
from bot.storage import Storage, open_storage
from bot.tips.listeners import routes as tip_routes
from bot.tips.rotation import Pool
from bot.tips.services import TipServices

CONTENT_SECONDS = 0.5  # between two looks at the files: reading them takes about one second

log = logging.getLogger("bot.start")


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Bot:
    """The Bolt app, what its features work with, and what has to be closed after it."""

    app: SlackApp
    pages: Mapping[str, ShowPage]  # by path, for a browser
    settings: Settings
    team_id: str  # of the one workspace; "" where any may add the app
    storage: Storage
    edge: Edge
    answers: AnswerServices
    tips: TipServices
    checklists: ChecklistServices
    worker: Worker
    content: Content[Library]
    shared_state: Periodic  # what this process and others tell each other
    content_watch: Periodic

    def start(self) -> None:
        """Begin to send what is due. Without it the app answers, and posts nothing by itself."""
        if self.team_id:
            self.storage.workspaces.start(self.team_id)  # whatever stopped it has been mended
        self.storage.due_tips.refresh()
        self.worker.start()
        self.shared_state.start()
        self.content_watch.start()

    def close(self) -> None:
        """Finish what was promised, then stop."""
        self.edge.background.close()
        self.worker.close()
        self.shared_state.close()
        self.content_watch.close()
        self.answers.lookups.close()
        self.storage.close()


def build_bot(
    settings: Settings, library: Library | None = None, clock: Callable[[], datetime] = now
) -> Bot:
    """Raises HandbookError for bad content, SettingsError for a token that Slack refuses or a
    database that cannot be opened."""
    configure_logging(settings)
    content = watch_library(settings.content_dir, CACHE_DIR, RELOAD_MARKER, library)
    find_handbook, find_pool = content.derive(_handbook_of), content.derive(_pool_of)
    storage, installed, team_id = _open_installed(settings, clock)
    workspaces = installed.workspaces
    edge = _build_edge(settings, workspaces, storage, clock)
    chosen = ChosenLanguages(storage.preferences, edge.languages)
    chosen.refresh()
    tip_clientele = weekly_tips(storage, find_handbook, find_pool)
    worker = _build_worker(settings, tip_clientele, storage, edge)
    checklists = ChecklistServices(
        edge=edge,
        content=content,
        runs=storage.runs,
        mutes=storage.mutes,
        send_due=worker.catch_up,
        build_nothing=build_nothing,
    )
    tips = TipServices(
        edge=edge,
        find_handbook=find_handbook,
        find_pool=find_pool,
        subscriptions=storage.subscriptions,
        deliveries=storage.deliveries,
        workspaces=storage.workspaces,
        find_progress=partial(find_progress, storage.runs),
    )
    checklist_feature = checklist_routes.build_feature(checklists)
    tip_feature = tip_routes.build_feature(tips)
    answers = AnswerServices(
        edge=edge,
        content=content,
        bodies=CommandBodies(content),
        lookups=Lookups(storage.lookups, clock),
        feedback=storage.feedback,
        welcomed=storage.welcomed,
        verbs={
            Verb.TIPS: tip_routes.build_line(tips),
            Verb.CHECKLIST: checklist_routes.build_line(checklists),
            Verb.LANG: language_listeners.build_line(edge, chosen),
        },
        home_first=[checklist_feature.home_section],
        home_last=[checklist_feature.home_offer, tip_feature.home_section],
    )
    content.listeners.append(lambda faults: answers.bodies.forget())
    shared_state = Periodic(
        {
            "noticing installations": workspaces.refresh,
            "fetching languages": chosen.refresh,
            "writing lookups": answers.lookups.flush,
            "forgetting old events": edge.handled.forget_old,
            "deleting uninstalled workspaces": Purge(storage.suspension, settings, clock).run,
        }
    )
    app = build_bolt_app(settings, workspaces.authorize)
    _register(app, answers, storage, [answer_routes.build_feature(answers, chosen), tip_feature,
                                      checklist_feature])  # fmt: skip
    watch = Periodic({"content": content.refresh}, CONTENT_SECONDS)
    return Bot(app, installed.pages, settings, team_id, storage, edge, answers, tips, checklists,
               worker, content, shared_state, watch)  # fmt: skip


def _handbook_of(library: Library) -> Handbook:
    return library.handbook


def _pool_of(library: Library) -> Pool:
    return Pool.of(library.handbook)


def _register(
    app: SlackApp, answers: AnswerServices, storage: Storage, features: list[Feature]
) -> None:
    register_command(app, answers)
    departures = Departures(answers.edge, storage.workspaces, storage.suspension, features)
    register_listeners(
        app,
        answers.edge,
        [*features, departures.build_feature()],
        publish_home=lambda request: publish_home(answers, request),
    )


def _build_edge(
    settings: Settings,
    workspaces: Workspaces,
    storage: Storage,
    clock: Callable[[], datetime],
) -> Edge:
    return Edge(
        languages=Languages(settings.default_lang),
        handled=Handled(storage.handled, clock),
        background=Background(),
        clock=clock,
        workspaces=workspaces,
    )


def _build_worker(settings: Settings, tips: Clientele, storage: Storage, edge: Edge) -> Worker:
    ask_language = build_language_query(settings, edge.workspaces.token, edge.languages)
    clientele = tips + running_checklists(storage, ask_language)
    return build_worker(
        storage, clientele, build_sender(settings, edge.workspaces.token), edge.clock
    )


def _open_installed(
    settings: Settings, clock: Callable[[], datetime]
) -> tuple[Storage, Installed, str]:
    """The database, who the bot is where, and the one workspace, if it is for one alone."""
    if not settings.public_url:
        identity = identify(settings)
        storage = _open_storage(settings, identity.team_id)
        return storage, build_one(identity, storage), identity.team_id
    vault = Vault(settings.token_keys)
    storage = _open_storage(settings, "")
    try:
        return storage, build_many(settings, vault, storage, clock), ""
    except BaseException:
        storage.close()
        raise


def _open_storage(
    settings: Settings, team_id: str, pause: Callable[[float], object] = sleep
) -> Storage:
    """With the workspace `team_id` in it, if there is one, whose token Slack has just accepted. A
    database server that is not there yet is waited for, as Slack is."""
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
