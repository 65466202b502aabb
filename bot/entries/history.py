"""Modals about many: an entry's versions; open proposals and what changed last."""

from __future__ import annotations

from collections.abc import Sequence

from bot.entries import ids, words
from bot.entries.blocks import day_of, mention, name_of
from bot.entries.form_view import confirm
from bot.entries.models import EntryState, Proposal, TeamEntry, Version
from bot.i18n import Lang
from bot.slack.action_ids import Target, numbered
from bot.slack.blocks import (
    Block,
    Element,
    actions,
    button,
    clip,
    divider,
    header,
    plain_section,
    section,
)
from bot.slack.modals import build_modal
from bot.slack.mrkdwn import literal

VERSIONS_SHOWN = 40
PROPOSALS_SHOWN, ENTRIES_SHOWN = 15, 10


def build_history(
    entry: TeamEntry, versions: Sequence[Version], lang: Lang, *, is_curator: bool
) -> Element:
    """The newest first. Curators may publish an older one again."""
    blocks: list[Block] = [header(clip(name_of(entry.draft, lang), 150))]
    if entry.state is EntryState.RETIRED:
        blocks.append(plain_section(words.RETIRED_NOW.get(lang)))
    for version in versions[:VERSIONS_SHOWN]:
        blocks.append(_version(entry, version, lang, is_curator=is_curator))
    if len(versions) == VERSIONS_SHOWN and (earlier := versions[-1].number - 1):
        blocks.append(plain_section(words.OLDER.get(lang).format(count=earlier)))
    view = build_modal(words.HISTORY, blocks, lang)
    return view | {"callback_id": ids.HISTORY, "private_metadata": entry.entry_id}


def build_overview(
    proposals: Sequence[Proposal],
    changed: Sequence[TeamEntry],
    retired: Sequence[TeamEntry],
    lang: Lang,
) -> Element:
    """For curators: also what was never posted, or has scrolled away."""
    blocks: list[Block] = [header(words.OPEN_PROPOSALS.get(lang))]
    for number, proposal in enumerate(proposals):
        blocks += _proposal(proposal, number, lang)
    if not proposals:
        blocks.append(plain_section(words.NO_PROPOSALS.get(lang)))
    for title, entries in ((words.CHANGED_LAST, changed), (words.RETIRED_LAST, retired)):
        if entries:
            blocks += [divider(), header(title.get(lang))]
            blocks += [_entry(entry, number, lang) for number, entry in enumerate(entries)]
    return build_modal(words.OVERVIEW, blocks, lang) | {"callback_id": ids.OVERVIEW}


def _version(entry: TeamEntry, version: Version, lang: Lang, *, is_curator: bool) -> Block:
    by = words.BY_ONE if version.author == version.published_by else words.BY_TWO
    user = by.get(lang).format(author=mention(version.author), user=mention(version.published_by))
    head = words.HISTORY_LINE.get(lang).format(
        number=version.number, day=day_of(version.published_at, lang), user=user
    )
    is_current = version.number == entry.version
    notes = [_note(version.note, lang), words.IS_CURRENT.get(lang) if is_current else ""]
    facts = " · ".join(filter(None, notes))
    draft = version.draft
    text = draft.short.get(lang) or draft.body.get(lang)
    items = "; ".join(item.get(lang) for item in draft.items)
    said = "\n".join(
        filter(
            None,
            (
                f"*{head}*" + (f" ({facts})" if facts else ""),
                literal(name_of(draft, lang)),
                literal(clip(text, 500)),
                literal(clip(items, 300)),
            ),
        )
    )
    if is_current or not is_curator:
        return section(said)
    value = str(ids.EntryTarget(entry.entry_id, entry.version, str(version.number)))
    back = button(words.ROLL_BACK.get(lang), ids.ROLL_BACK, value)
    return section(said, back | {"confirm": confirm(words.ROLL_BACK_ASK, words.ROLL_BACK, lang)})


def _note(note: str, lang: Lang) -> str:
    name, _, number = note.partition(":")
    known = {str(one): text for one, text in words.NOTES.items()}
    return known[name].get(lang).format(number=number) if name in known else literal(note)


def _proposal(proposal: Proposal, number: int, lang: Lang) -> list[Block]:
    title = literal(clip(name_of(proposal.draft, lang), 150))
    facts = f"{mention(proposal.proposer)} · {day_of(proposal.proposed_at, lang)}"
    text = literal(clip(proposal.draft.short.get(lang), 300))
    buttons = [
        button(text.get(lang), action_id, proposal.id)
        for text, action_id in (
            (words.PUBLISH, ids.PUBLISH),
            (words.EDIT, ids.EDIT),
            (words.DECLINE, ids.DECLINE),
        )
    ]
    return [
        section("\n".join(filter(None, (f"*{title}*", facts, text)))),
        actions(buttons) | {"block_id": numbered(ids.OVERVIEW, number)},
    ]


def _entry(entry: TeamEntry, number: int, lang: Lang) -> Block:
    facts = f"{mention(entry.published_by)} · {day_of(entry.published_at, lang)}"
    said = f"*{literal(clip(name_of(entry.draft, lang), 150))}*\n{facts}"
    if entry.state is EntryState.RETIRED:
        value = str(ids.EntryTarget(entry.entry_id, entry.version))
        return section(said, button(words.HISTORY.get(lang), ids.HISTORY, value))
    value = str(Target(entry.entry_id, lang))
    return section(said, button(words.CHANGE_IT.get(lang), ids.CHANGE, value))
