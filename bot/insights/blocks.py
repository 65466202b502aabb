"""What askers and curators see of a question. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.handbook.models import Entry
from bot.i18n import Lang
from bot.insights import ids, words
from bot.insights.models import Question, QuestionState
from bot.insights.tables import QUESTION_CHARS
from bot.slack.action_ids import OPEN, Target, numbered
from bot.slack.blocks import (
    Block,
    Element,
    Reply,
    actions,
    button,
    clip,
    context,
    option,
    plain_section,
    section,
)
from bot.slack.entries import short_title
from bot.slack.fields import View, entered_text, field, line_input, modal, picked
from bot.slack.modals import build_modal
from bot.slack.mrkdwn import literal

NAME_INPUT = 120
SHORT_CHARS = 600
MOST_NEAR = 10  # radio buttons in one element
VALUE_CHARS = 150  # of an option


def ask_buttons(text: str, lang: Lang) -> list[Element]:
    """Under a miss. The question travels in the button: nothing of it is kept before it is sent."""
    value = text[:QUESTION_CHARS]
    return [button(words.ASK_BUTTON.get(lang), ids.ASK, value)] if value.strip() else []


def build_ask(text: str, lang: Lang) -> Element:
    hint = words.ASK_HINT
    asked = field(
        ids.ASK_TEXT, words.ASK_FIELD, line_input(text, QUESTION_CHARS, multiline=True), lang,
        optional=False,
    )  # fmt: skip
    blocks: list[Block] = [
        asked,
        context(hint.get(lang).format(count=QUESTION_CHARS)),
        plain_section(words.ASK_HONEST.get(lang)),
    ]
    return modal(ids.ASK_VIEW, words.ASK_TITLE, words.ASK_SUBMIT, blocks, lang, "")


def build_asked(said: str, lang: Lang) -> Element:
    """What became of it, where the form was."""
    return build_modal(words.ASK_TITLE, [plain_section(said)], lang)


def build_question(
    question: Question, entry: Entry | None, lang: Lang, *, can_answer: bool
) -> Reply:
    """The curators' message; what can be done while it is open, what was done later."""
    head = words.QUESTION_HEAD if question.times == 1 else words.QUESTION_TIMES
    said = head.get(lang).format(times=question.times)
    blocks: list[Block] = [section(f"*{said}*"), _quote(question.text)]
    if question.state is QuestionState.OPEN:
        blocks += [actions(_buttons(question, lang, can_answer)),
                   context(words.QUESTION_HELP.get(lang))]  # fmt: skip
        return Reply(f"{said}\n{literal(question.text)}", tuple(blocks))
    done = _done(question, entry, lang)
    blocks.append(section(done))
    return Reply(f"{said}\n{literal(question.text)}\n{done}", tuple(blocks))


def build_told(question: Question, entry: Entry | None, lang: Lang) -> Reply:
    """For whoever asked, in a direct message."""
    answered = question.state is QuestionState.ANSWERED
    head = (words.ANSWERED_HEAD if answered else words.DECLINED_HEAD).get(lang)
    blocks: list[Block] = [plain_section(head), _quote(question.text)]
    texts = [head, literal(question.text)]
    if answered and entry:
        short = clip(entry.short.get(lang) or entry.body.get(lang), SHORT_CHARS)
        said = f"*{literal(entry.title.get(lang))}*" + (f"\n{literal(short)}" if short else "")
        open_it = button(
            words.OPEN_ANSWER.get(lang), numbered(OPEN, 0), str(Target(entry.id, lang))
        )
        blocks += [section(said), actions([open_it])]
        texts.append(said)
    elif answered:
        blocks.append(plain_section(words.ANSWERED_GONE.get(lang)))
        texts.append(words.ANSWERED_GONE.get(lang))
    blocks.append(context(words.SEEN_BY_NONE.get(lang)))
    return Reply("\n".join(texts), tuple(blocks), private=True)


def build_pick(question: Question, near: Sequence[Entry], lang: Lang, *, nth: int = 0) -> Element:
    """Which entry answers a question: one of those near it, or another by its name. Slack keeps
    what was entered where a field keeps its id: the `nth` form has fields of its own."""
    blocks: list[Block] = [plain_section(words.PICK_ASKED.get(lang).format(text=question.text))]
    fitting = [e for e in near if len(e.id) <= VALUE_CHARS][:MOST_NEAR]
    if fitting:
        options = [option(e.title.get(lang) or e.id, e.id) for e in fitting]
        radio: Element = {"type": "radio_buttons", "options": options}
        blocks.append(field(numbered(ids.PICK_ENTRY, nth), words.PICK_NEAR, radio, lang))
    other = line_input("", NAME_INPUT)
    name = numbered(ids.PICK_NAME, nth)
    blocks.append(field(name, words.PICK_OTHER, other, lang, hint=words.PICK_HINT))
    metadata = numbered(question.id, nth)
    return modal(ids.PICK_VIEW, words.PICK_TITLE, words.PICK_SUBMIT, blocks, lang, metadata)


@dataclass(frozen=True, slots=True)
class Picked:
    question_id: str
    nth: int
    entry_id: str
    name: str

    @property
    def name_field(self) -> str:
        return numbered(ids.PICK_NAME, self.nth)


def read_pick(view: View) -> Picked:
    question_id, _, number = str(view.get("private_metadata") or "").partition(":")
    nth = int(number) if number.isdigit() else 0
    name = entered_text(view, numbered(ids.PICK_NAME, nth)).strip()
    return Picked(question_id, nth, picked(view, numbered(ids.PICK_ENTRY, nth)), name)


def build_name_offer(name: str, entry: Entry, lang: Lang) -> Reply:
    said = words.NAME_OFFER.get(lang).format(**_names(name, entry, lang))
    value = f"{entry.id}|{name}"
    buttons = [
        button(words.NAME_ADD.get(lang), ids.ADD_NAME, value, style="primary"),
        button(words.NAME_DROP.get(lang), ids.DROP_NAME, value),
    ]
    return Reply(said, (section(said), actions(buttons)))


def build_name_done(name: str, entry: Entry, user_id: str, lang: Lang, *, added: bool) -> Reply:
    text = words.NAME_ADDED if added else words.NAME_DROPPED
    names = _names(name, entry, lang) if added else {"name": literal(name)}
    said = text.get(lang).format(user=f"<@{user_id}>", **names)
    return Reply(said, (section(said),))


def _names(name: str, entry: Entry, lang: Lang) -> Mapping[str, str]:
    return {"name": literal(name), "title": literal(short_title(entry, lang))}


def _buttons(question: Question, lang: Lang, can_answer: bool) -> list[Element]:
    found = [
        button(words.IT_IS.get(lang), ids.PICK, question.id),
        button(words.NOT_FOR_US.get(lang), ids.DECLINE, question.id),
    ]
    answer = button(words.ANSWER.get(lang), ids.ANSWER, question.id, style="primary")
    return [answer, *found] if can_answer else found


def _done(question: Question, entry: Entry | None, lang: Lang) -> str:
    by = f" · <@{question.decided_by}>" if question.decided_by else ""
    match question.state:
        case QuestionState.ANSWERED:
            title = f"*{literal(short_title(entry, lang) if entry else question.entry_id)}*"
            return f"✅ {words.DONE_ANSWERED.get(lang).format(title=title)}{by}"
        case QuestionState.DECLINED:
            return f"{words.DONE_DECLINED.get(lang)}{by}"
        case _:
            return words.DONE_EXPIRED.get(lang)


def _quote(text: str) -> Block:
    """Rich text: nothing in it is a mention or a link."""
    quote = {"type": "rich_text_quote", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [quote]}
