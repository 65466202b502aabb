"""`entries`: a workspace's entries as files, and from files."""

from __future__ import annotations

import logging
import re

from slack_sdk.errors import SlackApiError

from bot.admin.rights import Act
from bot.entries.listeners.tell import done, in_place, may, show_form, show_reply, tell, with_errors
from bot.entries.services import EntryServices
from bot.entries.transfer import ids, words
from bot.entries.transfer.document import read_json, write_json
from bot.entries.transfer.plan import Plan, build_plan
from bot.entries.transfer.rows import build_rows
from bot.entries.transfer.sheet import read_csv, write_csv
from bot.entries.transfer.views import (
    build_import,
    build_offer,
    fingerprint,
    read_import,
    say_applied,
)
from bot.slack.failures import code_of
from bot.slack.feature import Submitted
from bot.slack.request import Request
from bot.slack.send import send_privately
from bot.slack.uploads import build_text_parts, split_text, upload

MOVES = re.compile(
    r"((export|import|list|csv|json|to|from|as|and|导出|导入|列表|和)[\s,，、/]*)*", re.IGNORECASE
)
MOST_PARTS = 20  # messages, where no file can be sent

log = logging.getLogger("bot.entries.moving")


def parse_entries(text: str) -> bool | None:
    """Alone, or with what the buttons do; None for a question: "entries in the glossary"."""
    return True if MOVES.fullmatch(text.strip()) else None


def offer(services: EntryServices, request: Request) -> None:
    if may(services, request, Act.IMPORT_EXPORT):
        entries = services.reader.list_entries(request.team_id)
        lang = services.edge.lang_of_text(request)
        show_reply(services, request, build_offer(entries, lang))


def export(services: EntryServices, request: Request) -> None:
    """To the curator alone, in their direct messages; as text where the app may not upload."""
    if not may(services, request, Act.IMPORT_EXPORT):
        return
    lang, team_id, client = services.edge.lang(request), request.team_id, request.client
    rows = build_rows(services.reader.list_entries(team_id), services.reader.list_wordings(team_id))
    is_json = request.action.value == "json"
    content = write_json(rows) if is_json else write_csv(rows)
    name = f"entries-{services.edge.clock():%Y-%m-%d}.{'json' if is_json else 'csv'}"
    log.info("%s exported: team=%s user=%s", name, team_id, request.user_id)
    try:
        opened = client.conversations_open(users=request.user_id)
        channel_id = str((opened.get("channel") or {}).get("id") or "")
        comment = words.EXPORTED.get(lang)
        if upload(client, {name: content}, channel=channel_id, initial_comment=comment):
            tell(services, request, words.IN_DM.get(lang))
            return
    except SlackApiError as error:
        if code_of(error) != "missing_scope":  # im:write, which an admin may leave out
            raise
    if len(split_text(content)) > MOST_PARTS:
        tell(services, request, words.TOO_LARGE.get(lang))
        return
    for part in build_text_parts(name, content):
        send_privately(request, part)


def open_import(services: EntryServices, request: Request) -> None:
    if may(services, request, Act.IMPORT_EXPORT):
        show_form(services, request, build_import(services.edge.lang(request)))


def handle_import(services: EntryServices, request: Request) -> Submitted:
    """First the preview. What was previewed, and would still do the same, is applied before the
    ack."""
    lang = services.edge.lang(request)
    if refusal := services.find_refusal(request, Act.IMPORT_EXPORT, lang):
        return with_errors({ids.IMPORT_TEXT: refusal})
    text, previewed = read_import(request.view)
    plan = _plan(services, request, text)
    if not (plan.changes or plan.wordings) or previewed != fingerprint(text, plan):
        return in_place(build_import(lang, text, plan))
    refused = services.imports.apply(
        request.team_id, plan.changes, plan.wordings, services.edge.clock()
    )
    log.info("%d entries imported: team=%s user=%s", len(plan.changes) - len(refused),
             request.team_id, request.user_id)  # fmt: skip
    return done(services, request, say_applied(plan, refused, lang))


def _plan(services: EntryServices, request: Request, text: str) -> Plan:
    is_json = text.lstrip().startswith(("{", "["))
    rows, faults = read_json(text) if is_json else read_csv(text)
    return build_plan(
        rows,
        faults,
        services.reader.list_entries(request.team_id),
        services.reader.list_wordings(request.team_id),
        services.find_handbook().entries.keys(),
        request.team_id,
        request.user_id,
    )
