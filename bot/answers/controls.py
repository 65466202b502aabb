"""What can be pressed under an answer: at most five."""

from __future__ import annotations

from bot.answers import ids, words
from bot.answers.place import Place
from bot.handbook.models import Checklist, Entry, Term
from bot.i18n import Lang, other_lang
from bot.slack.action_ids import START_CHECKLIST, SUGGEST_CHANGE, Target
from bot.slack.blocks import Block, Element, actions, button
from bot.slack.entries import entry_menu
from bot.slack.words import RELATED, START_WITH_TEAM


def build_controls(
    entry: Entry, lang: Lang, place: Place, *, whole: bool, shared: bool = False
) -> list[Block]:
    """More or Less, what the entry is for, and one menu for the rest. `shared`: it was shared from
    here already."""
    if place is Place.TERMINAL:
        return []
    value = str(Target(entry.id, lang))
    buttons: list[Element] = []
    if not whole:
        buttons.append(button(_more(entry, lang), ids.MORE, value))
    elif place is Place.PRIVATE:
        buttons.append(button(words.LESS.get(lang), ids.LESS, value))
    if isinstance(entry, Checklist):
        start = START_WITH_TEAM.get(lang)
        buttons.append(button(start, START_CHECKLIST, value, style="primary"))
    if place is Place.PRIVATE and not shared:
        buttons.append(button(words.SHARE.get(lang), ids.SHARE, value))
    if place is not Place.PUBLIC:
        other = str(Target(entry.id, other_lang(lang)))
        action_id = ids.LANGUAGE_WHOLE if whole else ids.LANGUAGE
        buttons.append(button(words.LANGUAGE.get(lang), action_id, other))
    return [actions([*buttons, _menu(entry, lang)])]


def _more(entry: Entry, lang: Lang) -> str:
    if isinstance(entry, Checklist):
        return words.ALL_ITEMS.get(lang).format(count=len(entry.items))
    return words.MORE.get(lang)


def _menu(entry: Entry, lang: Lang) -> Element:
    more = [(ids.SHARE_ELSEWHERE, words.MENU_SHARE)]
    if isinstance(entry, (Term, Checklist)):
        more.insert(0, (SUGGEST_CHANGE, words.MENU_SUGGEST))
    related = words.MENU_RELATED if isinstance(entry, Term) else RELATED
    return entry_menu(entry, lang, more, related)
