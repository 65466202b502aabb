"""`settings`, typed or pressed, and the modal: for admins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bot.admin import ids, words
from bot.admin.models import Digest, WorkspaceSettings
from bot.admin.refusals import find_refusal
from bot.admin.rights import Act
from bot.admin.services import Roles, SettingsInMemory
from bot.admin.settings_view import build_settings, read_settings
from bot.i18n import Lang
from bot.slack.blocks import Block, Reply, actions, button, plain_section
from bot.slack.feature import Feature, LineHandler, Submitted, do_nothing
from bot.slack.members import is_member, zone_of
from bot.slack.notes import build_note
from bot.slack.people import Standing
from bot.slack.request import Request
from bot.slack.send import open_modal, send_privately, show_privately
from bot.slack.words import EXPIRED

# Of a workspace's id, and its settings as they were and as they are.
OnChanged = Callable[[str, WorkspaceSettings, WorkspaceSettings], object]


@dataclass(frozen=True, slots=True)
class SettingsServices:
    """`on_changed` is called when they have been stored, before the ack."""

    settings: SettingsInMemory
    roles: Roles
    on_changed: OnChanged = do_nothing


def build_line(services: SettingsServices) -> LineHandler[str]:
    """Alone in its line; with more behind it, it begins a question."""
    return LineHandler(
        lambda text: None if text else "", lambda request, _: open_settings(services, request)
    )


def build_feature(services: SettingsServices) -> Feature:
    def build_home_offer(request: Request, lang: Lang) -> list[Block]:
        standing = services.roles.edge.people.of(request.team_id, request.user_id)
        if standing is not Standing.ADMIN:
            return []
        return [plain_section(words.TITLE.get(lang), _open_button(lang))]

    def leave(team_id: str, channel_id: str, reason: str) -> None:
        _replace_channel(services, team_id, channel_id, "")

    return Feature(
        actions={ids.OPEN_SETTINGS: lambda request: open_settings(services, request)},
        views={ids.SETTINGS_VIEW: lambda request: handle_settings(services, request)},
        home_offer=build_home_offer,
        end_channel=leave,
        move_channel=partial(_replace_channel, services),
        forget_team=services.roles.edge.people.forget_team,
    )


def open_settings(services: SettingsServices, request: Request) -> None:
    """A line in a channel or a direct message opens nothing by itself: it gets a button."""
    edge = services.roles.edge
    lang = edge.lang_of_text(request) if request.kind == "command" else edge.lang(request)
    if refusal := find_refusal(services.roles, request, Act.CHANGE_SETTINGS, lang):
        show_privately(request, build_note(refusal), lang)
    elif not request.trigger_id:
        said = words.OPEN_HERE.get(lang)
        blocks = (plain_section(said), actions([_open_button(lang)]))
        send_privately(request, Reply(said, blocks, private=True))
    else:
        settings = services.settings.read(request.team_id)
        if not open_modal(request, build_settings(settings, lang, request.channel_id)):
            send_privately(request, build_note(EXPIRED.get(lang)))


def handle_settings(services: SettingsServices, request: Request) -> Submitted:
    lang = services.roles.edge.lang(request)
    if refusal := find_refusal(services.roles, request, Act.CHANGE_SETTINGS, lang):
        return _refuse(ids.CURATORS, refusal)
    before = services.settings.read(request.team_id)
    after = read_settings(request.view, before)
    channel_id = after.curators_channel
    is_new = channel_id not in ("", before.curators_channel)
    if is_new and not is_member(request.client, channel_id):
        name = services.roles.edge.identity(request).name
        return _refuse(ids.CHANNEL, words.NOT_THERE.get(lang).format(bot=name))
    zone = before.zone
    if after.digest is not Digest.OFF:
        zone = zone_of(request.client, request.user_id) or zone
    after = services.settings.change(
        request.team_id, lambda now: replace(read_settings(request.view, now), zone=zone)
    )
    services.on_changed(request.team_id, before, after)

    def tell(request: Request) -> None:
        send_privately(request, build_note(words.SAVED.get(lang)))

    return Submitted(task=tell, channel_id=str(request.view.get("private_metadata") or ""))


def _replace_channel(services: SettingsServices, team_id: str, old: str, new: str) -> None:
    """Follow the curators' channel to its new id; "" where it is gone."""

    def edit(now: WorkspaceSettings) -> WorkspaceSettings:
        return replace(now, curators_channel=new) if now.curators_channel == old else now

    if services.settings.read(team_id).curators_channel == old:
        services.settings.change(team_id, edit)


def _refuse(name: str, said: str) -> Submitted:
    errors = {name: said.replace("`", "")}
    return Submitted(ack={"response_action": "errors", "errors": errors})


def _open_button(lang: Lang) -> Block:
    return button(words.OPEN_BUTTON.get(lang), ids.OPEN_SETTINGS, lang)
