"""The languages that people chose: stored at once, and copied to memory for the answers."""

from __future__ import annotations

from threading import Lock

from bot.answers.repository import PreferenceRepository
from bot.i18n import Lang
from bot.slack.languages import Languages


class ChosenLanguages:
    """Keeps `languages` as the database has it. Thread-safe."""

    def __init__(
        self, repository: PreferenceRepository, languages: Languages, team_ids: tuple[str, ...]
    ) -> None:
        self._repository = repository
        self._languages = languages
        self._seen = dict.fromkeys(team_ids, 0)  # the last change that memory has, by workspace
        self._lock = Lock()  # else an older choice could be read, and copied over a newer one

    def choose(self, team_id: str, user_id: str, lang: Lang | None) -> None:
        """Store what a person chose; None is automatic. Raises StorageError: nothing changed."""
        with self._lock:
            self._repository.save_lang(team_id, user_id, lang)
            self._languages.choose(team_id, user_id, lang)

    def refresh(self) -> None:
        """Fetch what was chosen since, at this process or another one. Raises StorageError."""
        for team_id in self._seen:
            with self._lock:
                found = self._repository.list_changes(team_id, self._seen[team_id])
                self._seen[team_id] = found.change
                if found.complete:
                    self._languages.replace_choices(team_id, found.langs)
                else:
                    for user_id, lang in found.langs.items():
                        self._languages.choose(team_id, user_id, lang)
