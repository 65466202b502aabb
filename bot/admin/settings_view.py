"""The modal with a workspace's settings, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.admin import ids, words
from bot.admin.models import Digest, WorkspaceSettings
from bot.i18n import LANGS, Lang, Text
from bot.slack.blocks import Element, context, option
from bot.slack.fields import (
    View,
    channel_select,
    chosen_channel,
    entered,
    field,
    modal,
    picked,
    ticked,
)
from bot.slack.words import LANG_NAMES, SAVE

DAYS = (7, 30, 90, 365)
MAX_CURATORS = 50
OPERATOR = "operator"  # the default language of whoever runs the bot
YES = "yes"


def build_settings(settings: WorkspaceSettings, lang: Lang, metadata: str) -> Element:
    langs: dict[str, Text] = {OPERATOR: words.LANG_OPERATOR}
    langs |= {str(code): LANG_NAMES[code] for code in LANGS}
    digests = {str(digest): text for digest, text in words.DIGESTS.items()}
    blocks = [
        context(words.INTRO.get(lang)),
        field(ids.CURATORS, words.CURATORS, _people(settings.curators), lang,
              hint=words.CURATORS_HINT),
        field(ids.CHANNEL, words.CHANNEL, channel_select(initial=settings.curators_channel), lang,
              hint=words.CHANNEL_HINT),
        field(ids.QUESTIONS, words.QUESTIONS, _box(words.QUESTIONS_BOX, settings.questions, lang),
              lang, hint=words.QUESTIONS_HINT),
        field(ids.DIGEST, words.DIGEST,
              _choice("radio_buttons", digests, str(settings.digest), lang), lang,
              hint=words.DIGEST_HINT, optional=False),
        field(ids.GUESTS, words.GUESTS, _box(words.GUESTS_BOX, settings.guests, lang), lang,
              hint=words.GUESTS_HINT),
        field(ids.LANG, words.LANG,
              _choice("static_select", langs, settings.default_lang or OPERATOR, lang), lang,
              hint=words.LANG_HINT, optional=False),
        field(ids.TIPS, words.TIPS, _box(words.TIPS_BOX, settings.tips_by_admins, lang), lang,
              hint=words.TIPS_HINT),
        field(ids.DAYS, words.DAYS, _days(settings.lookup_days, lang), lang,
              hint=words.DAYS_HINT, optional=False),
    ]  # fmt: skip
    return modal(ids.SETTINGS_VIEW, words.TITLE, SAVE, blocks, lang, metadata)


def read_settings(view: View, before: WorkspaceSettings) -> WorkspaceSettings:
    """What was submitted. A value that is not one of ours leaves things as they are."""
    lang, digest, days = (picked(view, name) for name in (ids.LANG, ids.DIGEST, ids.DAYS))
    users = entered(view, ids.CURATORS).get("selected_users") or ()
    return replace(
        before,
        curators=tuple(dict.fromkeys(map(str, users)))[:MAX_CURATORS],
        curators_channel=chosen_channel(view, ids.CHANNEL),
        default_lang=next((code for code in LANGS if code == lang), None),
        tips_by_admins=bool(ticked(view, ids.TIPS)),
        digest=Digest(digest) if digest in set(Digest) else before.digest,
        lookup_days=int(days) if days.isdigit() and int(days) in DAYS else before.lookup_days,
        questions=bool(ticked(view, ids.QUESTIONS)),
        guests=bool(ticked(view, ids.GUESTS)),
    )


def _people(chosen: tuple[str, ...]) -> Element:
    element: Element = {"type": "multi_users_select", "max_selected_items": MAX_CURATORS}
    return element | ({"initial_users": list(chosen)} if chosen else {})


def _box(text: Text, on: bool, lang: Lang) -> Element:
    box = option(text.get(lang), YES)
    element: Element = {"type": "checkboxes", "options": [box]}
    return element | ({"initial_options": [box]} if on else {})


def _days(chosen: int, lang: Lang) -> Element:
    days = sorted({*DAYS, chosen})
    said = words.DAYS_OPTION
    names = {str(n): Text(said.zh.format(days=n), said.en.format(days=n)) for n in days}
    return _choice("static_select", names, str(chosen), lang)


def _choice(kind: str, names: Mapping[str, Text], chosen: str, lang: Lang) -> Element:
    options = [option(name.get(lang), value) for value, name in names.items()]
    initial = next(one for one in options if one["value"] == chosen)
    return {"type": kind, "options": options, "initial_option": initial}
