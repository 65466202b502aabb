"""What somebody is told who may not do something."""

from __future__ import annotations

from bot.admin import words
from bot.admin.rights import Act
from bot.admin.services import Roles
from bot.i18n import Lang
from bot.slack.request import Request
from bot.slack.words import COMMAND


def explain_refusal(roles: Roles, request: Request, act: Act, lang: Lang) -> str:
    """Why the user may not do it, as mrkdwn; or that Slack did not say who the user is."""
    said = words.REFUSED[act] if roles.is_known(request) else words.WHO_ARE_YOU
    return said.get(lang).format(command=COMMAND)


def find_refusal(roles: Roles, request: Request, act: Act, lang: Lang) -> str:
    """Why somebody may not do something, asked of Slack if need be; "" where they may."""
    roles.look_up(request)
    return "" if roles.may(request, act) else explain_refusal(roles, request, act, lang)
