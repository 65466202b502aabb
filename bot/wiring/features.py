"""The features side by side: what each hands to the app, and the answers, which read typed lines
for all and show all on the Home tab."""

from __future__ import annotations

from functools import partial

from bot.admin.listeners import settings as setting_routes
from bot.answers.bodies import CommandBodies
from bot.answers.chosen import ChosenLanguages
from bot.answers.grammar import Verb
from bot.answers.listeners import languages as language_listeners
from bot.answers.listeners import routes as answer_routes
from bot.answers.lookups import Lookups
from bot.answers.misses import MissOffer
from bot.answers.services import AnswerServices
from bot.checklists.listeners import routes as checklist_routes
from bot.checklists.services import ChecklistServices
from bot.entries.listeners import routes as entry_routes
from bot.entries.listeners.opening import suggest_change
from bot.insights.blocks import ask_buttons
from bot.insights.listeners import routes as insight_routes
from bot.insights.listeners import stats as stats_listeners
from bot.insights.listeners.asking import may_be_offered
from bot.slack.edge import Edge
from bot.slack.feature import Feature
from bot.storage import Storage
from bot.tips.listeners import routes as tip_routes
from bot.tips.services import TipServices
from bot.wiring.team import Team


def build_features(
    storage: Storage,
    edge: Edge,
    chosen: ChosenLanguages,
    team: Team,
    checklists: ChecklistServices,
    tips: TipServices,
) -> tuple[AnswerServices, list[Feature]]:
    checklist_feature = checklist_routes.build_feature(checklists)
    tip_feature = tip_routes.build_feature(tips)
    entry_feature = entry_routes.build_feature(team.entries)
    insight_feature = insight_routes.build_feature(team.insights, team.counts)
    settings = team.build_settings()
    setting_feature = setting_routes.build_feature(settings)
    offer = MissOffer(partial(may_be_offered, team.insights), ask_buttons)
    answers = AnswerServices(
        edge=edge,
        libraries=team.libraries,
        bodies=CommandBodies(offer),
        lookups=Lookups(storage.lookups, edge.clock),
        feedback=storage.feedback,
        welcomed=storage.welcomed,
        verbs={
            Verb.TIPS: tip_routes.build_line(tips),
            Verb.CHECKLIST: checklist_routes.build_line(checklists),
            Verb.LANG: language_listeners.build_line(edge, chosen),
            Verb.ADD: entry_routes.build_line(team.entries),
            Verb.ENTRIES: entry_routes.build_entries_line(team.entries),
            Verb.STATS: stats_listeners.build_line(team.insights),
            Verb.SETTINGS: setting_routes.build_line(settings),
        },
        home_first=[checklist_feature.home_section],
        home_last=[
            checklist_feature.home_offer,
            tip_feature.home_section,
            entry_feature.home_offer,
            insight_feature.home_offer,
            setting_feature.home_offer,
        ],
        offer=offer,
        hear=team.counts.add,
        suggest_change=partial(suggest_change, team.entries),
    )
    features = [
        answer_routes.build_feature(answers, chosen),
        tip_feature,
        checklist_feature,
        entry_feature,
        insight_feature,
        setting_feature,
    ]
    return answers, features
