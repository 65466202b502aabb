"""What curators see of importing and exporting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from bot.entries.models import Change, EntryState, TeamEntry
from bot.entries.transfer import ids, words
from bot.entries.transfer.plan import Plan
from bot.entries.transfer.rows import COLUMNS
from bot.i18n import Lang, Text
from bot.slack.action_ids import numbered
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    clip,
    divider,
    plain_section,
    section,
)
from bot.slack.fields import View, entered_text, field, line_input, modal
from bot.slack.mrkdwn import escape, literal
from bot.slack.words import COMMAND

FORMATS = ("csv", "json")
TEXT_CHARS = 3_000  # of one field, as Slack has it
LISTED, FAULTS_LISTED = 12, 20


def build_offer(entries: Sequence[TeamEntry], lang: Lang) -> Reply:
    """How many there are, and what can be done with them."""
    published = sum(entry.state is EntryState.PUBLISHED for entry in entries)
    said = words.OFFER.get(lang).format(count=published, retired=len(entries) - published)
    buttons = [
        button(words.EXPORT.get(lang).format(format=name.upper()), numbered(ids.EXPORT, n), name)
        for n, name in enumerate(FORMATS)
    ]
    buttons.append(button(words.IMPORT.get(lang), ids.IMPORT, "-"))
    return Reply(escape(said), (plain_section(said), actions(buttons)), private=True)


def build_import(lang: Lang, text: str = "", plan: Plan | None = None) -> Element:
    """With a plan, a preview of it: what is submitted again unchanged is applied."""
    intro = words.IMPORT_INTRO.get(lang).format(
        command=COMMAND, columns=", ".join(COLUMNS), limit=TEXT_CHARS
    )
    entry = line_input(text, TEXT_CHARS, multiline=True)
    blocks: list[Block] = [section(intro)]
    if plan is not None:
        blocks += [*build_preview(plan, lang), divider()]
    blocks.append(field(ids.IMPORT_TEXT, words.IMPORT_FIELD, entry, lang, optional=False))
    submit = words.APPLY if plan and (plan.changes or plan.wordings) else words.PREVIEW
    shown = fingerprint(text, plan) if plan else ""
    return modal(ids.IMPORT_VIEW, words.IMPORT, submit, blocks, lang, shown)


def read_import(view: View) -> tuple[str, str]:
    """What is to be imported, and the fingerprint of the preview that was shown."""
    text = entered_text(view, ids.IMPORT_TEXT).replace("\r\n", "\n").strip()
    return text, str(view.get("private_metadata") or "")


def fingerprint(text: str, plan: Plan) -> str:
    """Changes with the text, and with what it would change."""
    told = [(change.entry_id, change.based_on) for change in plan.changes]
    return blake2b(f"{text}\0{told}\0{plan.wordings}".encode(), digest_size=12).hexdigest()


def build_preview(plan: Plan, lang: Lang) -> list[Block]:
    blocks = [plain_section(words.COUNTS.get(lang).format(**plan.counts()))]
    for title, changes in ((words.NEW, plan.new), (words.CHANGED, plan.changed)):
        if changes:
            blocks.append(section(f"*{title.get(lang)}*\n{_names(changes, lang)}"))
    if plan.faults:
        lines = [
            words.ROW.get(lang).format(row=fault.row, said=fault.said.get(lang))
            for fault in sorted(plan.faults, key=lambda fault: fault.row)
        ]
        listed = literal(_listed(lines, FAULTS_LISTED, lang))
        blocks.append(section(f"*{words.FAULTY.get(lang)}*\n{listed}"))
    return blocks


def _names(changes: Sequence[Change], lang: Lang) -> str:
    return literal(_listed([change.draft.title.get(lang) for change in changes], LISTED, lang))


def _listed(lines: Sequence[str], most: int, lang: Lang) -> str:
    shown = [clip(line, 100) for line in lines[:most]]
    if len(lines) > most:
        shown.append(words.AND_MORE.get(lang).format(count=len(lines) - most))
    return "\n".join(shown)


def say_applied(plan: Plan, refused: Iterable[str], lang: Lang) -> str:
    left: list[str] = list(refused)
    done: Text = words.APPLIED_SOME if left else words.APPLIED
    return done.get(lang).format(count=len(plan.changes) - len(left), left=len(left))
