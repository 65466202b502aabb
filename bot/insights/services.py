"""What the listeners and messages of questions and figures work with, built once by bot/wiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.admin.models import WorkspaceSettings
from bot.admin.services import Roles, SettingsInMemory
from bot.i18n import Lang
from bot.insights.figures import FiguresQuery
from bot.insights.models import QuestionState
from bot.insights.naming import find_name
from bot.insights.repository.names import NameRepository
from bot.insights.repository.questions import QuestionRepository
from bot.search.library import Library
from bot.search.normalize import key_of
from bot.slack.edge import Edge
from bot.slack.feature import do_nothing
from bot.slack.request import Request

# Of a request, the question's text, its id and the name that it asks about ("" for none): opens the
# form whose entry answers it.
OpenAnswer = Callable[[Request, str, str, str], object]
AddWording = Callable[[str, str, str, datetime], object]  # team_id, text, entry_id, now
AddAlias = Callable[[str, str, str, str, datetime], object]  # team, entry, name, user, now


@dataclass(frozen=True, slots=True)
class InsightServices:
    """`open_answer` is None where the team cannot have entries of its own: then a question is
    answered by an entry that is there. `find_library`: all that a workspace finds."""

    edge: Edge
    settings: SettingsInMemory
    roles: Roles
    questions: QuestionRepository
    names: NameRepository
    figures: FiguresQuery
    find_library: Callable[[str], Library]
    open_answer: OpenAnswer | None = None
    add_wording: AddWording = do_nothing
    add_alias: AddAlias = do_nothing

    def lang_of(self, team_id: str) -> Lang:
        """The language of what is posted for curators."""
        return self.edge.languages.default_of(team_id)

    def close_with(self, team_id: str, question_id: str, entry_id: str, by: str) -> bool:
        """An entry answers a question: everybody who asked is told. False where it was not open
        any more. Raises StorageError."""
        now = self.edge.clock()
        return self.questions.decide(
            team_id, question_id, QuestionState.ANSWERED, by, now, entry_id
        )

    def close_with_known(self, team_id: str, question_id: str, entry_id: str, by: str) -> bool:
        """The same by an entry that was there: its wording finds it from now on, and the name that
        it used is learnt. Whatever fails, nothing is told before it can be found."""
        question, now = self.questions.find(team_id, question_id), self.edge.clock()
        if question is None or question.state is not QuestionState.OPEN:
            return False
        self.add_wording(team_id, question.text, entry_id, now)
        closed = self.close_with(team_id, question_id, entry_id, by)
        name = find_name(question.text)
        if closed and name and not self._is_named(team_id, entry_id, name):
            channel_id = self.settings.get(team_id).curators_channel
            self.names.hear(team_id, name, entry_id, channel_id, now)
        return closed

    def on_published(self, team_id: str, entry_id: str, question_id: str, by: str = "") -> None:
        """An entry that was written as the answer to a question has been published; perhaps told
        twice. Its wording finds the entry from now on."""
        question = self.questions.find(team_id, question_id) if question_id else None
        if question and question.state is QuestionState.OPEN:
            self.add_wording(team_id, question.text, entry_id, self.edge.clock())
            self.close_with(team_id, question_id, entry_id, by)

    def on_settings(
        self, team_id: str, before: WorkspaceSettings, after: WorkspaceSettings
    ) -> None:
        """Open questions follow the curators to their new channel."""
        if after.takes_questions and after.curators_channel != before.curators_channel:
            self.questions.post_open(team_id, after.curators_channel, self.edge.clock())

    def _is_named(self, team_id: str, entry_id: str, name: str) -> bool:
        entry = self.find_library(team_id).handbook.entries.get(entry_id)
        if entry is None:
            return True
        known = {key_of(text) for text in (entry.title.zh, entry.title.en, *entry.aliases)}
        return key_of(name) in known
