"""The verbs that need more than the handbook: they store, or call Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from slack_sdk import WebClient

from bot.answers import words
from bot.answers.grammar import Typed, Verb
from bot.checklists.listeners.typed import handle_runs
from bot.checklists.parse import parse_run
from bot.i18n import Lang
from bot.slack.payloads import Body, asker_ids
from bot.slack.send import send_privately
from bot.slack.services import Services
from bot.slack.words import COMMAND
from bot.tips.listeners.typed import handle_tips
from bot.tips.parse import is_request
from bot.tips.status import build_note

Handler = Callable[[Services, WebClient, Body, str], None]

CHOICES: dict[str, Lang | None] = {
    "zh": "zh", "chinese": "zh", "中文": "zh", "en": "en", "english": "en", "英文": "en",
    "英语": "en", "auto": None, "自动": None,
}  # fmt: skip


def handle_lang(services: Services, client: WebClient, body: Body, text: str) -> None:
    """Keep the language that a person chooses; without a known one, say which there are."""
    team_id, user_id, _ = asker_ids(body)
    word = text.strip().casefold()
    if word in CHOICES:
        lang = CHOICES[word]
        services.storage.preferences.save_lang(team_id, user_id, lang)
        services.languages.choose(team_id, user_id, lang)
        said = words.LANG_SET[lang or "auto"]
    else:
        said = words.LANG_HELP
    message = said.get(services.languages.of(team_id, user_id)).format(command=COMMAND)
    send_privately(client, body, build_note(message))


VERBS: Mapping[Verb, Handler] = {
    Verb.TIPS: handle_tips,
    Verb.LANG: handle_lang,
    Verb.CHECKLIST: handle_runs,
}


def find_handler(typed: Typed) -> Handler | None:
    """The handler of a typed line that is not answered from the handbook. A line that only begins
    like one ("tips on pricing", "language model") is a question."""
    if typed.verb is Verb.TIPS and not is_request(typed.text):
        return None
    if typed.verb is Verb.LANG and typed.text and typed.text.casefold() not in CHOICES:
        return None
    if typed.verb is Verb.CHECKLIST and parse_run(typed.text) is None:
        return None
    return VERBS.get(typed.verb)
