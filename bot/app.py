"""The composition root: settings -> a Bolt app with all that it needs. Wiring only; its parts stand
in bot/wiring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.answers.chosen import ChosenLanguages
from bot.answers.listeners.home import publish_home
from bot.answers.listeners.lines import register_command
from bot.answers.outcomes import build_nothing
from bot.answers.services import AnswerServices
from bot.checklists.in_tips import find_progress
from bot.checklists.services import ChecklistServices
from bot.handbook import Content, Handbook
from bot.monitoring.readiness import Readiness
from bot.outbox.worker import Worker
from bot.retention import Retention
from bot.search.library import Library, watch_library
from bot.settings import Settings
from bot.slack.departures import Departures
from bot.slack.edge import Edge
from bot.slack.feature import Feature
from bot.slack.identity import SlackApp, build_bolt_app, configure_logging
from bot.slack.pages import ShowPage
from bot.slack.periodic import Periodic
from bot.slack.purge import Purge
from bot.slack.routing import register_listeners
from bot.storage import Storage
from bot.tips.rotation import Pool
from bot.tips.services import TipServices
from bot.wiring.edge import build_edge
from bot.wiring.features import build_features
from bot.wiring.insights import build_upkeep
from bot.wiring.installing import open_installed
from bot.wiring.monitoring import build_readiness, open_metrics
from bot.wiring.team import Team, build_team
from bot.wiring.worker import gather_clientele, wire_worker

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics  # its library is an extra

CONTACT_SECONDS = 60.0  # between two looks whether Slack has been heard of
CONTENT_SECONDS = 0.3  # between two looks at the files: reading them takes about one second
ENTRY_SECONDS = 0.5  # between two looks for new entries: they are found within a second


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
    team: Team
    worker: Worker
    content: Content[Library]
    shared_state: Periodic
    content_watch: Periodic
    entry_watch: Periodic
    slack_watch: Periodic
    readiness: Readiness
    observer: Metrics | None

    def start(self) -> None:
        """Begin to send what is due. Without it the app answers, and posts nothing by itself."""
        if self.team_id:
            self.storage.workspaces.start(self.team_id)  # whatever stopped it has been mended
        self.storage.due_tips.refresh()
        self.storage.series.refresh()
        self.worker.start()
        self.shared_state.start()
        self.content_watch.start()
        self.slack_watch.start()
        self.team.libraries.warm()
        self.entry_watch.start()

    def look(self) -> tuple[bool, dict[str, Any]]:
        """Whether it can do its work now, and what was found."""
        return self.readiness.look()

    def render_metrics(self) -> tuple[str, bytes] | None:
        """Content type and figures, for Prometheus; None where METRICS is off."""
        return self.observer.render() if self.observer else None

    def close(self) -> None:
        """Finish what was promised, then stop."""
        self.edge.background.close()
        self.worker.close()
        self.shared_state.close()
        self.content_watch.close()
        self.slack_watch.close()
        self.entry_watch.close()
        self.answers.lookups.close()
        self.team.counts.close()
        self.storage.close()


def build_bot(
    settings: Settings, library: Library | None = None, clock: Callable[[], datetime] = now
) -> Bot:
    """Raises HandbookError for bad content, SettingsError for a token that Slack refuses or a
    database that cannot be opened."""
    configure_logging(settings)
    content = watch_library(
        settings.content_dir, settings.cache_dir, settings.reload_marker, library
    )
    find_handbook, find_pool = content.derive(_handbook_of), content.derive(_pool_of)
    storage, installed = open_installed(settings, clock)
    metrics = open_metrics(settings)
    edge = build_edge(settings, installed.workspaces, storage, clock, metrics)
    chosen = ChosenLanguages(storage.preferences, edge.languages)
    chosen.refresh()
    team = build_team(storage, edge, content, find_handbook)
    clientele = gather_clientele(settings, storage, edge, team, find_handbook, find_pool)
    contact, worker = wire_worker(settings, storage, edge, clientele, metrics)
    readiness = build_readiness(settings, storage, content, find_handbook, contact, worker, metrics)
    checklists = ChecklistServices(
        edge=edge,
        content=content,
        library_for=team.libraries.visible_to,
        library_in=team.libraries.visible_in,
        runs=storage.runs,
        series=storage.series,
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
    answers, features = build_features(storage, edge, chosen, team, checklists, tips)
    content.listeners.append(lambda faults: answers.bodies.forget())
    team.libraries.listeners.append(answers.bodies.forget)
    app = build_bolt_app(settings, installed.workspaces.authorize)
    _register(app, answers, storage, features)
    return Bot(
        app=app,
        pages=installed.pages,
        settings=settings,
        team_id=installed.team_id,
        storage=storage,
        edge=edge,
        answers=answers,
        tips=tips,
        checklists=checklists,
        team=team,
        worker=worker,
        content=content,
        shared_state=_share(settings, storage, chosen, answers, team),
        content_watch=Periodic({"content": content.refresh}, CONTENT_SECONDS),
        entry_watch=Periodic({"fetching entries": team.libraries.refresh}, ENTRY_SECONDS),
        slack_watch=Periodic({"asking Slack": contact.keep}, CONTACT_SECONDS),
        readiness=readiness,
        observer=metrics,
    )


def _handbook_of(library: Library) -> Handbook:
    return library.handbook


def _pool_of(library: Library) -> Pool:
    return Pool.of(library.handbook)


def _share(
    settings: Settings,
    storage: Storage,
    chosen: ChosenLanguages,
    answers: AnswerServices,
    team: Team,
) -> Periodic:
    """What this process and others tell each other, and what any of them forgets."""
    edge = answers.edge
    return Periodic(
        {
            "noticing installations": edge.workspaces.refresh,
            "fetching languages": chosen.refresh,
            "writing lookups": answers.lookups.flush,
            "forgetting old events": edge.handled.forget_old,
            "deleting uninstalled workspaces": Purge(storage.suspension, settings, edge.clock).run,
            "forgetting what is old": Retention(storage, edge.clock).forget_old,
            "fetching settings": team.settings.refresh,
            "writing counts": team.counts.flush,
            "ending old questions": build_upkeep(storage, team.roles).run,
        }
    )


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
