"""A team's own entries, with what they take from checklists and from settings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bot.admin.refusals import find_refusal
from bot.admin.services import Roles
from bot.answers.message_text import read_message
from bot.checklists.start import copy_items
from bot.entries.library import TeamLibraries
from bot.entries.services import EntryServices, RunCopy
from bot.handbook import Handbook
from bot.slack.edge import Edge
from bot.storage import Storage


def build_entries(
    storage: Storage,
    edge: Edge,
    roles: Roles,
    libraries: TeamLibraries,
    find_handbook: Callable[[], Handbook],
    on_published: Callable[[str, str, str, str], object],
) -> EntryServices:
    return EntryServices(
        edge=edge,
        entries=storage.entries,
        proposals=storage.proposals,
        find_library=libraries.visible_to,
        find_handbook=find_handbook,
        find_settings=roles.settings.get,
        find_refusal=partial(find_refusal, roles),
        read_message=read_message,
        find_run=partial(_find_run, storage),
        reader=storage.entry_reader,
        imports=storage.imports,
        on_published=on_published,
        refresh=libraries.refresh,
    )


def _find_run(storage: Storage, team_id: str, run_id: str) -> RunCopy | None:
    """A running checklist, as the start of an entry of the team."""
    run = storage.runs.find(team_id, run_id)
    return RunCopy(run.title, copy_items(run), run.checklist_id) if run else None
