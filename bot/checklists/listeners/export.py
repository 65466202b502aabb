"""A run as files in its thread; as text there, where the app may not upload files."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.checklists import words
from bot.checklists.export import build_csv, build_markdown, file_name, people_of
from bot.checklists.listeners.tell import target_of, tell
from bot.checklists.models import Run
from bot.checklists.services import ChecklistServices
from bot.checklists.texts import mention, name_of
from bot.slack.failures import code_of
from bot.slack.mrkdwn import literal
from bot.slack.notes import explain_error
from bot.slack.request import Request
from bot.slack.send import send_privately
from bot.slack.uploads import build_text_parts, upload
from bot.slack.users import find_user
from bot.slack.words import REFUSALS

MAX_NAMES = 80

log = logging.getLogger("bot.checklists.export")


def export(services: ChecklistServices, request: Request) -> None:
    run = services.runs.find(request.team_id, target_of(request).run_id)
    if run is None:
        tell(services, request, words.GONE.get(services.edge.lang(request)))
        return
    names = _names(request.client, run)
    files = {
        file_name(run, "md"): build_markdown(run, names, services.edge.clock()),
        file_name(run, "csv"): build_csv(run, names),
    }
    try:
        if not run.message_ts or not _upload(request, run, files):
            _post_text(request, run, files)
    except SlackApiError as error:
        code = code_of(error)
        if code not in REFUSALS:
            raise
        lang = services.edge.lang(request)
        tell(
            services,
            request,
            words.NO_EXPORT.get(lang).format(reason=explain_error(code, lang)),
        )


def _upload(request: Request, run: Run, files: dict[str, str]) -> bool:
    """False where the app may not upload."""
    title = literal(name_of(run, run.lang))
    comment = words.EXPORTED.get(run.lang).format(title=title, user=mention(request.user_id))
    where = {"channel": run.channel_id, "thread_ts": run.message_ts, "initial_comment": comment}
    if upload(request.client, files, **where):
        return True
    log.info("export as text: team=%s", run.team_id)
    return False


def _post_text(request: Request, run: Run, files: dict[str, str]) -> None:
    """In several messages; the client waits between them as Slack asks."""
    for name, content in files.items():
        for reply in build_text_parts(name, content):
            if run.message_ts:
                request.client.chat_postMessage(
                    channel=run.channel_id, thread_ts=run.message_ts, **reply.as_message()
                )
            else:
                send_privately(request, reply)


def _names(client: WebClient, run: Run) -> dict[str, str]:
    """Names by user id, of those whom Slack shows to the app."""
    names = {}
    for user_id in people_of(run)[:MAX_NAMES]:
        user = find_user(client, user_id) or {}
        profile = user.get("profile")
        shown = profile.get("display_name") if isinstance(profile, dict) else ""
        name = shown or user.get("real_name") or user.get("name")
        if name:
            names[user_id] = str(name)
    return names
