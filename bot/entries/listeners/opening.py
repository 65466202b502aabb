"""What opens the form of an entry: a typed line, a button, the menu under an answer, a message's
shortcut, a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.admin.rights import Act
from bot.entries import ids, words
from bot.entries.form import BODY_CHARS, Filled, Origin, as_typed, fits, origin_of, switch_kind
from bot.entries.form_view import build_form, build_there
from bot.entries.listeners.tell import may, show_form, tell, update_view
from bot.entries.models import EntryState, TeamEntry
from bot.entries.parse import AddLine, parse_add
from bot.entries.prefill import (
    CHANGEABLE,
    of_handbook_entry,
    of_name,
    of_run,
    of_team_entry,
    plain_of,
)
from bot.entries.reviews import next_review
from bot.entries.services import EntryServices, is_team_entry
from bot.handbook.models import Entry, Kind
from bot.i18n import Lang, Text
from bot.search.normalize import fold
from bot.slack.action_ids import ADD_ENTRY, Target
from bot.slack.blocks import Block, Element, Reply, actions, button, clip, plain_section
from bot.slack.members import is_private, link_to
from bot.slack.request import Request
from bot.slack.send import send_privately
from bot.slack.words import ADD_ENTRY as ADD_BUTTON
from bot.slack.words import COMMAND, ENTRY_GONE

NAME_CHARS = 40  # a longer question is hardly a name
OPEN_SHOWN = 100  # proposals are counted up to here


def handle_line(services: EntryServices, request: Request, line: AddLine) -> None:
    """`add …`: the form; without a trigger, in a mention, a button that opens it."""
    if request.trigger_id:
        open_add_form(services, request, name=line.name, kind=line.kind)
        return
    lang = services.edge.lang_of_text(request)
    kind = "checklist " if line.kind is Kind.CHECKLIST else ""
    add = build_add_button(lang, f"{kind}{line.name}")
    said = words.PRESS_ADD.get(lang)
    send_privately(request, Reply(said, (plain_section(said), actions([add])), private=True))


def build_add_button(lang: Lang, typed: str = "") -> Element:
    """Opens the form; `typed` is what stands behind `add`."""
    return button(ADD_BUTTON.get(lang), ADD_ENTRY, typed or "-")


def add_from_button(services: EntryServices, request: Request) -> None:
    value = request.action.value
    line = parse_add("" if value == "-" else value) or AddLine("")
    open_add_form(services, request, name=line.name, kind=line.kind)


def open_add_form(
    services: EntryServices,
    request: Request,
    *,
    name: str = "",
    text: str = "",
    source: str = "",
    answers_question: str = "",
    kind: Kind = Kind.TERM,
    notes: Sequence[Block] = (),
) -> None:
    """The form of a new entry; needs a trigger."""
    if not may(services, request, Act.PROPOSE):
        return
    lang = services.edge.lang(request)
    found = _find_named(services, request, name)
    there = [build_there(_title(found.title), str(Target(found.id, lang)), lang)] if found else []
    replaces = found.id if found and not is_team_entry(found.id) else ""
    origin = Origin(kind=kind, replaces=replaces, source=source, question=answers_question)
    open_filled(services, request, origin, of_name(name, text, kind), [*there, *notes])


def open_answer_form(
    services: EntryServices, request: Request, text: str, question_id: str, name: str
) -> None:
    """The form of the entry that answers a question, which stands above it; `name` is what the
    question asks about, as far as that can be told."""
    name = name if len(name) <= NAME_CHARS else ""
    notes = [plain_section(words.ANSWERS.get(services.edge.lang(request)).format(text=text))]
    open_add_form(services, request, name=name, answers_question=question_id, notes=notes)


def open_filled(
    services: EntryServices,
    request: Request,
    origin: Origin,
    filled: Filled,
    notes: Sequence[Block] = (),
) -> None:
    """The form with what is known already; for curators with an owner and a day."""
    lang, is_curator = services.edge.lang(request), services.is_curator(request)
    if not fits(filled.draft):
        tell(services, request, words.TOO_LARGE.get(lang).format(command=COMMAND))
        return
    if is_curator:
        day = filled.review_by
        if day is None or day <= services.edge.clock().date():
            day = next_review(services.edge.clock())
        filled = replace(filled, owner=filled.owner or request.user_id, review_by=day)
    more = list(notes)
    if is_curator and not origin.entry_id and not origin.proposal_id and not origin.question:
        more.append(_overview_note(services, request))
    view = build_form(
        origin, filled, lang, is_curator=is_curator, notes=more,
        replaced=find_replaced(services, origin),
    )  # fmt: skip
    show_form(services, request, view)


def find_replaced(services: EntryServices, origin: Origin) -> Text | None:
    """The title of the handbook's entry that the form may replace."""
    entry = services.find_handbook().entries.get(origin.replaces)
    return entry.title if entry else None


def suggest_change(services: EntryServices, request: Request, target: Target) -> None:
    """The form of an entry that stands in an answer. Of the handbook's, it becomes the team's own;
    where the team has one instead already, that one is changed."""
    if not may(services, request, Act.PROPOSE):
        return
    lang, team_id = services.edge.lang(request), request.team_id
    own = _find_own(services, team_id, target.entry_id)
    if own is not None:
        retired = own.state is EntryState.RETIRED
        notes = [plain_section(words.RETIRED_NOW.get(lang))] if retired else []
        open_filled(services, request, *of_team_entry(own), notes)
        return
    entry = services.find_handbook().entries.get(target.entry_id)
    if entry is None:
        tell(services, request, ENTRY_GONE.get(lang))
    elif (filled := of_handbook_entry(entry)) is None:
        tell(services, request, words.NOT_TERM.get(lang))
    else:
        open_filled(services, request, *filled)


def change_from_button(services: EntryServices, request: Request) -> None:
    suggest_change(services, request, Target.parse(request.action.value))


def switch_form(services: EntryServices, request: Request) -> None:
    """A term becomes a checklist, or back; what was typed stays."""
    kind = Kind.CHECKLIST if request.action.value == Kind.CHECKLIST else Kind.TERM
    origin = replace(origin_of(request.view), kind=kind)
    filled = switch_kind(as_typed(request.view), kind)
    is_curator = services.is_curator(request)
    view = build_form(
        origin, filled, services.edge.lang(request), is_curator=is_curator,
        replaced=find_replaced(services, origin),
    )  # fmt: skip
    update_view(request, view)


def save_message(services: EntryServices, request: Request) -> None:
    """The message shortcut: the form, filled from the message, with a link back to it."""
    services.edge.look_up_language(request)
    lang = services.edge.lang(request)
    text = plain_of(str(request.message.get("text") or "")) or plain_of(
        services.read_message(request.message)
    )
    if not text:
        tell(services, request, words.NOT_READABLE.get(lang))
        return
    notes: list[Block] = []
    if is_private(request.client, request.channel_id):
        notes.append(plain_section(words.FROM_PRIVATE.get(lang)))
    if len(text) > BODY_CHARS:
        notes.append(plain_section(words.CUT.get(lang).format(limit=BODY_CHARS)))
    open_add_form(services, request, text=text, source=_link_back(services, request), notes=notes)


def save_run(services: EntryServices, request: Request) -> None:
    """A run as the team's checklist; of the team's own checklist, its next version."""
    run_id = request.action.value.partition("|")[0][:32]
    run = services.find_run(request.team_id, run_id)
    if run is None:
        tell(services, request, words.RUN_GONE.get(services.edge.lang(request)))
        return
    if not may(services, request, Act.PROPOSE):
        return
    own = _find_own(services, request.team_id, run.checklist_id)
    if own is None:
        open_filled(services, request, *of_run(run))
        return
    origin, filled = of_team_entry(own)
    draft = replace(filled.draft, items=run.items)
    open_filled(services, request, origin, replace(filled, draft=draft))


def _find_own(services: EntryServices, team_id: str, entry_id: str) -> TeamEntry | None:
    """The team's entry of that id, or the one that the team has instead of the handbook's."""
    if is_team_entry(entry_id):
        return services.entries.find(team_id, entry_id)
    return services.entries.find_replacing(team_id, entry_id)


def _find_named(services: EntryServices, request: Request, name: str) -> Entry | None:
    """The term or checklist that has this name already."""
    if not name:
        return None
    found = services.find_library(request).matcher.find(name).matches
    wanted = fold(name)
    for match in found:
        entry = match.entry
        names = (entry.title.zh, entry.title.en, *entry.aliases)
        if isinstance(entry, CHANGEABLE) and wanted in map(fold, filter(None, names)):
            return entry
    return None


def _title(title: Text) -> str:
    return clip(" · ".join(dict.fromkeys(filter(None, (title.zh, title.en)))), 100)


def _overview_note(services: EntryServices, request: Request) -> Block:
    lang = services.edge.lang(request)
    count = len(services.proposals.list_open(request.team_id, OPEN_SHOWN))
    said = words.OVERVIEW_COUNT.get(lang).format(count=count)
    return plain_section(said, button(words.OVERVIEW.get(lang), ids.OVERVIEW, "-"))


def _link_back(services: EntryServices, request: Request) -> str:
    ts = str(request.message.get("ts") or "")
    link = link_to(services.edge.identity(request).url, request.channel_id, ts)
    if link and request.thread_ts:
        link += f"?thread_ts={request.thread_ts}&cid={request.channel_id}"
    return link
