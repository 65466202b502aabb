"""The languages that people chose: stored at once, and copied to memory for the answers."""

from __future__ import annotations

from threading import Lock

from bot.answers.repository import PreferenceRepository
from bot.i18n import Lang
from bot.slack.languages import Languages


class ChosenLanguages:
    """Keeps `languages` as the database has it. Thread-safe."""

    def __init__(self, repository: PreferenceRepository, languages: Languages) -> None:
        self._repository = repository
        self._languages = languages
        self._change = -1  # the last change of any workspace that memory has
        self._seen: dict[str, int] = {}  # the same by workspace
        self._lock = Lock()  # else an older choice could be read, and copied over a newer one

    def choose(self, team_id: str, user_id: str, lang: Lang | None) -> None:
        """Store what a person chose; None is automatic. Raises StorageError: nothing changed."""
        with self._lock:
            self._repository.save_lang(team_id, user_id, lang)
            self._languages.choose(team_id, user_id, lang)

    def refresh(self) -> None:
        """Fetch what was chosen since, at this process or another one. Raises StorageError."""
        change = self._repository.last_change()
        if change == self._change:
            return
        with self._lock:
            counts = self._repository.list_counts()
            for team_id in self._seen.keys() - counts.keys():  # suspended or deleted
                self._languages.replace_choices(team_id, {})
                del self._seen[team_id]
            new = {team_id for team_id in counts.keys() - self._seen.keys() if counts[team_id]}
            for team_id, langs in self._repository.list_choices(new).items():
                for user_id, lang in langs.items():
                    self._languages.choose(team_id, user_id, lang)
            for team_id, count in counts.items():
                if self._seen.get(team_id, count) != count:
                    self._fetch(team_id)
            self._seen = counts | {t: s for t, s in self._seen.items() if t not in new}
            self._change = change

    def _fetch(self, team_id: str) -> None:
        found = self._repository.list_changes(team_id, self._seen[team_id])
        self._seen[team_id] = found.change
        if found.complete:
            self._languages.replace_choices(team_id, found.langs)
        else:
            for user_id, lang in found.langs.items():
                self._languages.choose(team_id, user_id, lang)
