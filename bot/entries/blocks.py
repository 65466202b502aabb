"""Drafts, proposals and questions of upkeep as blocks. What people wrote is plain, or escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.entries import ids, words
from bot.entries.models import Draft, Proposal, ProposalState, TeamEntry
from bot.handbook.models import Kind
from bot.i18n import LANGS, Lang, Text
from bot.slack.action_ids import OPEN, Target
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    bullets,
    button,
    clip,
    context,
    header,
    labelled,
    link,
    paragraph,
    plain_section,
    rich,
    run,
    section,
)
from bot.slack.dates import day_text
from bot.slack.mrkdwn import literal
from bot.slack.words import LANG_NAMES

SHOWN_CHARS, CHANGED_CHARS = 700, 400  # of one text in a message
ITEMS_SHOWN = 20
NAMES: tuple[str, ...] = ("title", "short", "body", "aliases", "links", "items")


def name_of(draft: Draft, lang: Lang) -> str:
    """Both names, the reader's language first."""
    first, second = draft.title.get(lang), draft.title.get("en" if lang == "zh" else "zh")
    return first if first == second else f"{first} · {second}"


def mention(user_id: str) -> str:
    return f"<@{user_id}>" if user_id else "–"


def build_proposal(
    proposal: Proposal, before: Draft | None, lang: Lang, *,
    replaced: Text | None = None, is_outdated: bool = False,
) -> Reply:  # fmt: skip
    """For the curators: who proposes what, and while it is open, three buttons. `before`: what it
    would change."""
    draft, user = proposal.draft, mention(proposal.proposer)
    said = words.PROPOSED_NEW.get(lang).format(user=user)
    if before is not None:
        title = literal(clip(before.title.get(lang), 100))
        said = words.PROPOSED_CHANGE.get(lang).format(
            user=user, title=title, version=proposal.based_on
        )
    blocks: list[Block] = [section(said), header(clip(name_of(draft, lang), 150))]
    if before is not None:
        blocks.append(rich(*_changed(before, draft, lang)))
    else:
        others = tuple(url for url in draft.links if url != proposal.source)
        blocks += draw_draft(replace(draft, links=others), lang)
    if replaced and draft.replaces:
        note = words.REPLACES_NOTE.get(lang).format(title=replaced.get(lang))
        blocks.append(context(note))
    if proposal.source:
        text = words.FROM_MESSAGE.get(lang)
        blocks.append(rich(paragraph(link(text, proposal.source))))
    if proposal.state is ProposalState.OPEN:
        if is_outdated:
            blocks.append(plain_section(words.HAS_CHANGED.get(lang)))
        blocks.append(actions(_decisions(proposal, lang)))
    else:
        blocks.append(section(_decision(proposal, lang)))
    return Reply(f"{said}\n{literal(name_of(draft, lang))}", tuple(blocks))


def draw_draft(draft: Draft, lang: Lang) -> list[Block]:
    """Its texts but for the name, in both languages, cut where they are long."""
    elements: list[Element] = []
    for text in (draft.short, draft.body):
        for half in dict.fromkeys(filter(None, (text.get(lang), text.zh, text.en))):
            elements.append(paragraph(run(f"{clip(half, SHOWN_CHARS)}\n")))
    if draft.kind is Kind.CHECKLIST and draft.items:
        shown = [[run(_both(item, lang))] for item in draft.items[:ITEMS_SHOWN]]
        elements.append(bullets(shown, ordered=True))
    elements += [paragraph(link(url, url)) for url in draft.links]
    blocks = [rich(*elements)] if elements else []
    if draft.aliases:
        names = "、".join(draft.aliases) if lang == "zh" else ", ".join(draft.aliases)
        blocks.append(context(words.OTHER_NAMES.get(lang).format(names=names)))
    long = max(map(len, (draft.short.zh, draft.short.en, draft.body.zh, draft.body.en)))
    if long > SHOWN_CHARS or len(draft.items) > ITEMS_SHOWN:
        blocks.append(context(words.SEE_WHOLE.get(lang)))
    return blocks


def build_told(
    proposal: Proposal, entry: TeamEntry | None, lang: Lang, *, is_edited: bool = False
) -> Reply:
    """To who proposed: what became of it. `is_edited`: the curator changed it."""
    title = literal(clip(proposal.draft.title.get(lang), 100))
    user = mention(proposal.decided_by)
    if proposal.state is ProposalState.DECLINED:
        reason = literal(proposal.reason)
        said = words.TOLD_DECLINED.get(lang).format(user=user, title=title, reason=reason)
        return Reply(said, (section(said),))
    word = words.TOLD_EDITED if is_edited else words.TOLD_PUBLISHED
    said = word.get(lang).format(user=user, title=title)
    blocks: list[Block] = [section(said)]
    if entry is not None:
        blocks.append(actions([open_button(entry.entry_id, lang)]))
    return Reply(said, tuple(blocks))


def build_asked(entry: TeamEntry, day: str, lang: Lang, *, to_curators: bool) -> Reply:
    """Whether an entry is still right; `day`: the review date that is asked about."""
    title = literal(clip(entry.draft.title.get(lang), 100))
    word = words.ASKED
    if to_curators:
        word = words.ASKED_CURATORS if entry.owner else words.ASKED_OWNERLESS
    said = word.get(lang).format(title=title, user=mention(entry.owner))
    value = str(ids.EntryTarget(entry.entry_id, entry.version, day))
    buttons = [
        button(words.YES.get(lang), ids.STILL_RIGHT, value, style="primary"),
        button(words.EDIT.get(lang), ids.CHANGE, str(Target(entry.entry_id, lang))),
        button(words.RETIRE.get(lang), ids.RETIRE, value, style="danger"),
    ]
    return Reply(said, (section(said), *draw_draft(entry.draft, lang), actions(buttons)))


def open_button(entry_id: str, lang: Lang) -> Element:
    return button(words.SHOW_ENTRY.get(lang), OPEN, str(Target(entry_id, lang)))


def day_of(moment: datetime, lang: Lang) -> str:
    return day_text(moment.date(), lang)


def _decisions(proposal: Proposal, lang: Lang) -> list[Element]:
    return [
        button(words.PUBLISH.get(lang), ids.PUBLISH, proposal.id, style="primary"),
        button(words.EDIT.get(lang), ids.EDIT, proposal.id),
        button(words.DECLINE.get(lang), ids.DECLINE, proposal.id, style="danger"),
    ]


def _decision(proposal: Proposal, lang: Lang) -> str:
    user = mention(proposal.decided_by)
    if proposal.state is ProposalState.PUBLISHED:
        return words.PUBLISHED_BY.get(lang).format(user=user)
    return words.DECLINED_BY.get(lang).format(user=user, reason=literal(proposal.reason))


def _changed(before: Draft, after: Draft, lang: Lang) -> list[Element]:
    """Each text that differs, as it was and as it would be."""
    elements: list[Element] = []
    for label, old, new in _differences(before, after, lang):
        elements.append(paragraph(run(f"{label}\n", bold=True)))
        for word, text in ((words.BEFORE, old), (words.AFTER, new)):
            shown = clip(text, CHANGED_CHARS) or words.NOTHING.get(lang)
            elements.append(labelled(word.get(lang), shown))
    return elements or [paragraph(run(words.NOTHING.get(lang)))]


def _differences(before: Draft, after: Draft, lang: Lang) -> Iterable[tuple[str, str, str]]:
    for name in NAMES:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        label = words.FIELD_NAMES[name].get(lang)
        if isinstance(old, Text):
            for one in LANGS:
                halves = (old.zh, new.zh) if one == "zh" else (old.en, new.en)
                if halves[0] != halves[1]:
                    yield f"{label} · {LANG_NAMES[one].get(lang)}", *halves
        else:
            yield label, _listed(old, lang), _listed(new, lang)


def _listed(parts: Iterable[str | Text], lang: Lang) -> str:
    return "; ".join(_both(p, lang) if isinstance(p, Text) else p for p in parts)


def _both(text: Text, lang: Lang) -> str:
    first, second = text.get(lang), text.get("en" if lang == "zh" else "zh")
    return first if first == second else f"{first} · {second}"
