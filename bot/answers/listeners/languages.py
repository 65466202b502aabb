"""`lang zh|en|auto`, typed; and the locale that a person changes in Slack."""

from __future__ import annotations

from bot.answers import words
from bot.answers.chosen import ChosenLanguages
from bot.answers.clean import clean_word
from bot.answers.services import AnswerServices
from bot.i18n import Lang
from bot.search.normalize import fold
from bot.slack.edge import Edge
from bot.slack.feature import LineHandler, Task, do_nothing
from bot.slack.notes import build_note
from bot.slack.request import Request
from bot.slack.send import send_privately
from bot.slack.words import COMMAND

CHOICES: dict[str, Lang | None] = {
    "zh": "zh", "chinese": "zh", "中文": "zh", "cn": "zh", "zh-cn": "zh", "mandarin": "zh",
    "汉语": "zh", "简体中文": "zh", "en": "en", "english": "en", "英文": "en", "英语": "en",
    "en-us": "en", "en-gb": "en", "auto": None, "automatic": None, "自动": None,
}  # fmt: skip
OTHER = "other"


def parse_language(text: str) -> str:
    """A key of CHOICES; or "" to be told which there are; or OTHER, perhaps of a question such as
    "language model"."""
    word = clean_word(fold(text))
    return word if not word or word in CHOICES else OTHER


def build_line(edge: Edge, chosen: ChosenLanguages) -> LineHandler[str]:
    def begin(request: Request, word: str) -> Task:
        """Keep the language that a person chooses."""
        chosen.choose(request.team_id, request.user_id, CHOICES[word])
        return lambda: handle(request, word)

    def handle(request: Request, word: str) -> None:
        """Say what was chosen; without a choice, say which there are."""
        known = word in CHOICES
        said = words.LANG_SET[CHOICES[word] or "auto"] if known else words.LANG_HELP
        send_privately(request, build_note(said.get(edge.lang(request)).format(command=COMMAND)))

    return LineHandler(
        parse_language,
        handle,
        begin,
        changes=lambda word: word in CHOICES,
        is_doubtful=lambda word: word == OTHER,
    )


def store_language(chosen: ChosenLanguages, request: Request) -> Task:
    """What was picked on the Home tab, which then is shown anew."""
    word = request.action.value
    if word in CHOICES:
        chosen.choose(request.team_id, request.user_id, CHOICES[word])
    return do_nothing


def handle_user_change(services: AnswerServices, request: Request) -> None:
    """Only of those who were asked for already."""
    user, languages = request.event.get("user") or {}, services.edge.languages
    people = services.edge.people
    if languages.is_known(request.team_id, request.user_id):
        languages.learn(request.team_id, request.user_id, str(user.get("locale") or ""))
    if people.is_known(request.team_id, request.user_id):
        people.learn(request.team_id, request.user_id, user)
