"""When there is no single answer: choices, honest nothing, ranked lists."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import ids, words
from bot.answers.rows import build_row, build_rows
from bot.handbook.models import Checklist, Entry, Handbook, Kind, Term
from bot.i18n import Lang
from bot.search import Chatter, How, Match
from bot.search.normalize import fold, is_chinese
from bot.slack.action_ids import Target, numbered
from bot.slack.blocks import (
    OPTION_CHARS,
    Block,
    Element,
    Reply,
    actions,
    button,
    clip,
    context,
    header,
    option,
    plain,
    plain_section,
    section,
)
from bot.slack.entries import open_buttons, short_title
from bot.slack.mrkdwn import literal
from bot.slack.words import COMMAND

OWN = "team"  # the group of a workspace's own entries
WITH = "~"  # between the ids of two entries
QUERY_CHARS = 80  # of the query, as shown back
MAX_CHOICES = 5
MAX_NEAREST = 3
MAX_RESULTS = 10
GROUPS = 100  # option groups in a select, and options in a group
OPTIONS = 100


def build_suggestions(matches: Sequence[Match], lang: Lang) -> Reply:
    """Did you mean: each choice is a line that says why it is offered, with a button; of those that
    have one title, what each is."""
    title = words.DID_YOU_MEAN.get(lang)
    entries = [match.entry for match in matches[:MAX_CHOICES]]
    titles = [short_title(entry, lang) for entry in entries]
    blocks: list[Block] = [plain_section(title)]
    for number, match in enumerate(matches[:MAX_CHOICES]):
        entry = match.entry
        short = entry.short.get(lang) or entry.body.get(lang)
        is_twin = titles.count(short_title(entry, lang)) > 1
        reason = "" if is_twin or _is_title(match, lang) else reason_for(match, lang)
        blocks.append(build_row(entry, lang, number, reason or short, kind=is_twin))
    return Reply(_listed(title, entries, lang), tuple(blocks), private=True)


def _is_title(match: Match, lang: Lang) -> bool:
    """Whether the name that was found stands in the line already."""
    return fold(match.matched) == fold(match.entry.title.get(lang)) and not match.item


def reason_for(match: Match, lang: Lang) -> str:
    """Why an entry is offered, in a few words of the reader's language; "" where none help."""
    if match.item and isinstance(match.entry, Checklist):
        text = match.entry.items[match.item - 1].text.get(lang)
        return words.HAS_ITEM.get(lang).format(no=match.item, text=text)
    if match.how is not How.TOPIC:
        return words.IS_NAMED.get(lang).format(name=match.matched)
    in_their_language = is_chinese(match.matched) == (lang == "zh")
    asked = match.matched in match.entry.asks.get(lang)
    return words.IS_LIKE.get(lang).format(ask=match.matched) if in_their_language and asked else ""


def build_chatter(chatter: Chatter, lang: Lang, before: str) -> Reply:
    """One friendly line for what asks nothing. `before`: what a question begins with there."""
    message = words.CHATTER[chatter].get(lang).format(before=before)
    return Reply(message, (section(message),), private=True)


def build_nothing(
    query: str, near: Sequence[Entry], lang: Lang, before: str = f"{COMMAND} "
) -> Reply:
    """An honest miss with the nearest entries, if any come near. `before`: what a question begins
    with there."""
    title = words.NOT_FOUND.get(lang).format(query=clip(query, QUERY_CHARS))
    blocks: list[Block] = [plain_section(title)]
    if near:
        blocks.append(context(words.NEAREST.get(lang)))
        blocks.append(actions(open_buttons(near[:MAX_NEAREST], lang)))
    further = words.NO_NEAR.get(lang).format(before=before)
    blocks.append(section(further))
    said = [literal(title)]
    if near:
        names = [short_title(entry, lang) for entry in near[:MAX_NEAREST]]
        said.append(literal("\n".join((words.NEAREST.get(lang), *names))))
    return Reply("\n".join((*said, further)), tuple(blocks), private=True)


def build_comparisons(handbook: Handbook, entry: Entry, lang: Lang) -> Reply:
    """What an entry can be compared with: the written comparisons, and the terms it points to."""
    written = handbook.comparisons_with(entry)
    compared = {thing.entry_id for comparison in written for thing in comparison.things}
    terms = [e for e in handbook.related_to(entry) if isinstance(e, Term) and e.id not in compared]
    said = words.COMPARE_WITH if written or terms else words.NO_COMPARISON
    title = said.get(lang).format(title=short_title(entry, lang))
    blocks: list[Block] = [plain_section(title), *build_rows(written, lang)]
    buttons = [
        button(short_title(term, lang), numbered(ids.COMPARE_WITH, number),
               str(Target(f"{entry.id}{WITH}{term.id}", lang)))
        for number, term in enumerate(terms[:MAX_CHOICES])
    ]  # fmt: skip
    if buttons:
        blocks.append(actions(buttons))
    return Reply(_listed(title, [*written, *terms], lang), tuple(blocks), private=True)


def build_results(query: str, entries: Sequence[Entry], lang: Lang) -> Reply:
    """The ranked list of `search`."""
    title = words.RESULTS.get(lang).format(query=clip(query, QUERY_CHARS))
    shown = entries[:MAX_RESULTS]
    blocks = [plain_section(title), *build_rows(shown, lang)]
    return Reply(_listed(title, shown, lang), tuple(blocks))


def build_related(handbook: Handbook, entry: Entry, lang: Lang) -> Reply:
    """What an entry points to, and what a term can be compared with."""
    related = handbook.related_to(entry)
    said = words.RELATED_TO if related else words.NO_RELATED
    title = said.get(lang).format(title=entry.title.get(lang))
    blocks = [plain_section(title), *build_rows(related[:MAX_RESULTS], lang)]
    if related and isinstance(entry, Term):
        blocks += build_comparisons(handbook, entry, lang).blocks
    return Reply(_listed(title, related, lang), tuple(blocks), private=True)


def build_list(handbook: Handbook, kind: Kind, lang: Lang) -> Reply:
    """All entries of a kind in one select, grouped by section."""
    entries = handbook.by_kind[kind]
    title = words.LIST_TITLE[kind].get(lang).format(count=len(entries))
    select: Element = {
        "type": "static_select",
        "action_id": ids.PICK,
        "placeholder": plain(words.PICK_ONE.get(lang), 150),
        "option_groups": _groups(handbook, entries, lang),
    }
    blocks: list[Block] = [header(title)]
    if entries:
        blocks.append(actions([select]))
    return Reply(title, tuple(blocks))


def _listed(title: str, entries: Sequence[Entry], lang: Lang) -> str:
    """What is read out: the title, and each entry's."""
    return literal("\n".join((title, *(entry.title.get(lang) for entry in entries))))


def _groups(handbook: Handbook, entries: Sequence[Entry], lang: Lang) -> list[Element]:
    titles = {no: e.title for e in handbook.by_kind[Kind.SECTION] for no in e.sections}
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        no = OWN if entry.team else entry.sections[0] if entry.sections else ""
        grouped.setdefault(no, []).append(entry)
    groups = []
    for no in sorted(grouped, key=lambda no: (no != OWN, no))[:GROUPS]:
        label = titles[no].get(lang) if no in titles else no or "·"
        label = words.TEAM_GROUP.get(lang) if no == OWN else label
        options = [
            option(entry.title.get(lang), str(Target(entry.id, lang)))
            for entry in grouped[no][:OPTIONS]
        ]
        groups.append({"label": plain(label, OPTION_CHARS), "options": options})
    return groups
