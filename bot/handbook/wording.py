"""How long a paragraph may be in a chat, and one term for one thing (content/README.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.handbook.fields import Fault
from bot.handbook.measure import length
from bot.handbook.models import Entry, Handbook
from bot.i18n import LANGS, Lang

PARAGRAPH: dict[Lang, int] = {"zh": 180, "en": 90}
# What is not written -> what is. Names and aliases may hold either: they are what people type.
CHOSEN: dict[Lang, dict[str, str]] = {
    "zh": {
        "首词元": "首字",
        "首个词元": "首字",
        "首 token": "首字",
        "百分位": "p95、p99",
        "95 分位": "p95",
        "令牌数": "词元数",
        "精调": "微调",
        "提示语": "提示词",
        "大型语言模型": "大语言模型",
        "评估集": "评测集",
        "人工审核": "人工复核",
        "帐号": "账号",
        "登陆": "登录",
    },
    "en": {
        "95th percentile": "p95",
        "95th-percentile": "p95",
        "first word": "first token",
        "evaluation set": "eval set",
        "post-mortem": "postmortem",
        "subprocessor": "sub-processor",
        "e-mail": "email",
        "labeling": "labelling",
        "fine tuning": "fine-tuning",
    },
}


def find_wording_faults(handbook: Handbook) -> Iterator[Fault]:
    """Paragraphs too long for a chat, and terms that have another word here."""
    for entry in handbook.entries.values():
        if not entry.is_own:
            yield from _paragraphs(entry)
            yield from _terms(entry)


def _paragraphs(entry: Entry) -> Iterator[Fault]:
    for part in entry.parts():
        for lang in LANGS:
            for number, paragraph in enumerate(part.text.get(lang).split("\n"), 1):
                count = length(paragraph, lang)
                if count > PARAGRAPH[lang]:
                    problem = f"paragraph {number} has {count}"
                    expected = f"at most {PARAGRAPH[lang]}, in two paragraphs if need be"
                    yield Fault(entry.file, f"{part.key}.{lang}", problem, expected)


def _terms(entry: Entry) -> Iterator[Fault]:
    for part in entry.parts():
        for lang in LANGS:
            written = part.text.get(lang)
            for avoided, chosen in CHOSEN[lang].items():
                if re.search(rf"(?<![A-Za-z]){re.escape(avoided)}", written, re.IGNORECASE):
                    yield Fault(entry.file, f"{part.key}.{lang}", f'"{avoided}"', f'"{chosen}"')
