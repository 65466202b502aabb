"""The composition root: settings -> a Bolt app with all that it needs. Wiring only."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Any

from bot.admin.listeners import settings as setting_routes
from bot.admin.listeners.settings import SettingsServices
from bot.admin.models import WorkspaceSettings
from bot.admin.refusals import find_refusal
from bot.admin.services import Roles, SettingsInMemory
from bot.answers.bodies import CommandBodies
from bot.answers.chosen import ChosenLanguages
from bot.answers.grammar import Verb
from bot.answers.interrupted import Promises
from bot.answers.listeners import languages as language_listeners
from bot.answers.listeners import routes as answer_routes
from bot.answers.listeners.home import publish_home
from bot.answers.listeners.lines import register_command
from bot.answers.lookups import Lookups
from bot.answers.message_text import read_message
from bot.answers.misses import MissOffer
from bot.answers.outcomes import build_nothing
from bot.answers.services import AnswerServices
from bot.answers.words import REASONS
from bot.checklists.in_tips import find_progress
from bot.checklists.listeners import routes as checklist_routes
from bot.checklists.services import ChecklistServices
from bot.checklists.start import copy_items
from bot.database.errors import DatabaseUnreachable, StorageError
from bot.entries.library import TeamLibraries
from bot.entries.listeners import routes as entry_routes
from bot.entries.listeners.opening import open_answer_form, suggest_change
from bot.entries.readers import Readers
from bot.entries.services import EntryServices, RunCopy, recipients_of
from bot.handbook import Content, Handbook
from bot.i18n import Text
from bot.insights.blocks import ask_buttons
from bot.insights.counting import Counts
from bot.insights.figures import FiguresQuery, Sources
from bot.insights.listeners import routes as insight_routes
from bot.insights.listeners import stats as stats_listeners
from bot.insights.listeners.asking import may_be_offered
from bot.insights.services import InsightServices
from bot.insights.upkeep import Upkeep
from bot.installing import Installed, build_many, build_one
from bot.monitoring.contact import SlackContact
from bot.monitoring.readiness import ContentState, Readiness
from bot.outbox.models import Pace
from bot.outbox.outcomes import Effect
from bot.outbox.worker import Worker
from bot.retention import Retention
from bot.search.library import Library, watch_library
from bot.sending import (
    Clientele,
    build_sender,
    build_worker,
    interrupted,
    running_checklists,
    team_entries,
    team_questions,
    weekly_tips,
)
from bot.settings import Settings, SettingsError
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

if TYPE_CHECKING:
    from bot.monitoring.metrics import Metrics  # its library is an extra

CONTACT_SECONDS = 60.0  # between two looks whether Slack has been heard of
MOST_DUE = 100  # entries due for review, counted for a digest
CONTENT_SECONDS = 0.5  # between two looks at the files: reading them takes about one second
ENTRY_SECONDS = 0.5  # between two looks for new entries: they are found within a second

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
    libraries: TeamLibraries
    insights: InsightServices
    team_settings: SettingsInMemory
    counts: Counts
    worker: Worker
    content: Content[Library]
    shared_state: Periodic  # what this process and others tell each other
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
        self.libraries.warm()
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
        self.counts.close()
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
    storage, installed, team_id = _open_installed(settings, clock)
    workspaces = installed.workspaces
    metrics = _open_metrics(settings)
    edge = _build_edge(settings, workspaces, storage, clock, metrics)
    chosen = ChosenLanguages(storage.preferences, edge.languages)
    chosen.refresh()
    team_settings = SettingsInMemory(storage.settings, edge.languages, clock)
    team_settings.refresh()
    roles = Roles(edge, team_settings)
    libraries = TeamLibraries(storage.entry_reader, lambda: content.current, Readers(roles))
    libraries.refresh()
    counts = Counts(storage.counts, clock)
    insights = replace(
        _build_insights(storage, edge, team_settings, libraries.of),
        open_answer=lambda *what: open_answer_form(entries, *what),
        add_wording=lambda *what: entries.add_wording(*what),
        add_alias=lambda *what: entries.add_alias(*what),
    )
    clientele = weekly_tips(storage, find_handbook, find_pool)
    clientele += _team_entries(settings, storage, edge, find_handbook, team_settings)
    clientele += team_questions(insights, storage)
    contact, worker = _build_worker(settings, clientele, storage, edge, metrics)
    readiness = Readiness(
        ping=storage.database.ping,
        last_round=lambda: worker.last_round,
        contact=contact,
        content=ContentState(settings.content_dir, lambda: len(find_handbook().entries)),
    )
    content.listeners.append(readiness.content.learn)
    if metrics:
        metrics.watch(worker.backlog, readiness.content)
    entries = EntryServices(
        edge=edge,
        entries=storage.entries,
        proposals=storage.proposals,
        find_library=libraries.visible_to,
        find_handbook=find_handbook,
        find_settings=team_settings.get,
        find_refusal=partial(find_refusal, roles),
        read_message=read_message,
        find_run=partial(_find_run, storage),
        reader=storage.entry_reader,
        imports=storage.imports,
        on_published=insights.on_published,
        refresh=libraries.refresh,
    )
    checklists = ChecklistServices(
        edge=edge,
        content=content,
        library_for=libraries.visible_to,
        library_in=libraries.visible_in,
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
    checklist_feature = checklist_routes.build_feature(checklists)
    tip_feature = tip_routes.build_feature(tips)
    on_settings = partial(_on_settings, insights, entries)
    setting_services = SettingsServices(team_settings, insights.roles, on_settings)
    setting_feature = setting_routes.build_feature(setting_services)
    insight_feature = insight_routes.build_feature(insights, counts)
    offer = MissOffer(partial(may_be_offered, insights), ask_buttons)
    answers = AnswerServices(
        edge=edge,
        libraries=libraries,
        bodies=CommandBodies(offer),
        lookups=Lookups(storage.lookups, clock),
        feedback=storage.feedback,
        welcomed=storage.welcomed,
        verbs={
            Verb.TIPS: tip_routes.build_line(tips),
            Verb.CHECKLIST: checklist_routes.build_line(checklists),
            Verb.LANG: language_listeners.build_line(edge, chosen),
            Verb.ADD: entry_routes.build_line(entries),
            Verb.ENTRIES: entry_routes.build_entries_line(entries),
            Verb.STATS: stats_listeners.build_line(insights),
            Verb.SETTINGS: setting_routes.build_line(setting_services),
        },
        home_first=[checklist_feature.home_section],
        home_last=[
            checklist_feature.home_offer,
            tip_feature.home_section,
            insight_feature.home_offer,
            setting_feature.home_offer,
        ],
        offer=offer,
        hear=counts.add,
        suggest_change=partial(suggest_change, entries),
    )
    content.listeners.append(lambda faults: answers.bodies.forget())
    libraries.listeners.append(answers.bodies.forget)
    shared_state = Periodic(
        {
            "noticing installations": workspaces.refresh,
            "fetching languages": chosen.refresh,
            "writing lookups": answers.lookups.flush,
            "forgetting old events": edge.handled.forget_old,
            "deleting uninstalled workspaces": Purge(storage.suspension, settings, clock).run,
            "forgetting what is old": Retention(storage, clock).forget_old,
            "fetching settings": team_settings.refresh,
            "writing counts": counts.flush,
            "ending old questions": _build_upkeep(storage, team_settings, clock).run,
        }
    )
    app = build_bolt_app(settings, workspaces.authorize)
    answer_feature = answer_routes.build_feature(answers, chosen)
    entry_feature = entry_routes.build_feature(entries)
    _register(app, answers, storage, [answer_feature, tip_feature, checklist_feature,
                                      entry_feature, insight_feature, setting_feature])  # fmt: skip
    watch = Periodic({"content": content.refresh}, CONTENT_SECONDS)
    entry_watch = Periodic({"fetching entries": libraries.refresh}, ENTRY_SECONDS)
    return Bot(app, installed.pages, settings, team_id, storage, edge, answers, tips, checklists,
               libraries, insights, team_settings, counts, worker, content, shared_state, watch,
               entry_watch, Periodic({"asking Slack": contact.keep}, CONTACT_SECONDS),
               readiness, metrics)  # fmt: skip


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
    metrics: Metrics | None,
) -> Edge:
    languages = Languages(settings.default_lang)
    return Edge(
        languages=languages,
        handled=Handled(storage.handled, clock),
        background=Background(),
        clock=clock,
        workspaces=workspaces,
        promise=Promises(storage.outbox, languages, clock).make,
        observer=metrics,
    )


def _open_metrics(settings: Settings) -> Metrics | None:
    if not settings.metrics:
        return None
    try:
        from bot.monitoring.metrics import Metrics
    except ModuleNotFoundError as error:
        raise SettingsError(
            "METRICS is on and needs the extra [metrics]: pip install prometheus-client"
        ) from error
    return Metrics()


def _build_worker(
    settings: Settings, first: Clientele, storage: Storage, edge: Edge, metrics: Metrics | None
) -> tuple[SlackContact, Worker]:
    ask_language = build_language_query(settings, edge.workspaces.token, edge.languages)
    clientele = first + running_checklists(storage, ask_language) + interrupted()
    contact = SlackContact(lambda: sender.slack_time())

    def note(method: str, effect: Effect) -> None:
        contact.note(method, effect)
        if metrics:
            metrics.called(method, effect)

    sender = build_sender(settings, edge.workspaces.token, note)
    worker = build_worker(storage, clientele, sender, edge.clock)
    if metrics:
        worker.on_saved(metrics.delivered)
    return contact, worker


def _build_insights(
    storage: Storage,
    edge: Edge,
    team_settings: SettingsInMemory,
    find_library: Callable[[str], Library],
) -> InsightServices:
    sources = Sources(
        rate=storage.feedback.rate,
        list_reasons=storage.feedback.list_reasons,
        reason_names=REASONS,
        count_runs=storage.runs.count,
        count_tips=storage.deliveries.count_sent,
        list_due=partial(_list_due, storage),
    )
    return InsightServices(
        edge=edge,
        settings=team_settings,
        roles=Roles(edge, team_settings),
        questions=storage.questions,
        names=storage.names,
        figures=FiguresQuery(storage.counts, storage.questions, sources),
        find_library=find_library,
    )


def _build_upkeep(
    storage: Storage, team_settings: SettingsInMemory, clock: Callable[[], datetime]
) -> Upkeep:
    return Upkeep(
        storage.questions,
        storage.counts,
        team_settings,
        storage.lookups.forget_of,
        storage.workspaces.list_ids,
        clock,
    )


def _team_entries(
    settings: Settings,
    storage: Storage,
    edge: Edge,
    find_handbook: Callable[[], Handbook],
    team_settings: SettingsInMemory,
) -> Clientele:
    return team_entries(
        storage,
        find_handbook,
        lambda team_id: recipients_of(team_settings.get(team_id)),
        build_language_query(settings, edge.workspaces.token, edge.languages),
        edge.languages.default_of,
    )


def _on_settings(
    insights: InsightServices,
    entries: EntryServices,
    team_id: str,
    before: WorkspaceSettings,
    after: WorkspaceSettings,
) -> None:
    """What is open follows the curators."""
    insights.on_settings(team_id, before, after)
    entries.on_settings(team_id, before, after)


def _list_due(storage: Storage, team_id: str, now: datetime) -> list[Text]:
    """The titles of a team's entries that are due for review."""
    return [entry.draft.title for entry in storage.entries.list_due(team_id, now.date(), MOST_DUE)]


def _find_run(storage: Storage, team_id: str, run_id: str) -> RunCopy | None:
    """A running checklist, as the start of an entry of the team."""
    run = storage.runs.find(team_id, run_id)
    return RunCopy(run.title, copy_items(run), run.checklist_id) if run else None


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
