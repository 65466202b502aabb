"""Small content folders for tests: valid entries that a test then breaks in one place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TERM: dict[str, Any] = {
    "id": "prompt-injection",
    "name": {"zh": "提示注入", "en": "Prompt injection"},
    "section": "4.2.2",
    "short": {
        "zh": "混在输入里的指令被模型当真执行。",
        "en": "Hidden instructions that are obeyed.",
    },
    "body": {"zh": "直接注入来自用户。\n间接注入藏在网页里。", "en": "Direct.\nIndirect."},
    "mistake": {"zh": "把提示词当权限。", "en": "Treating the prompt as access control."},
    "sources": ["OWASP LLM01:2025"],
    "checked": "2026-11-24",
}
CHECKLIST: dict[str, Any] = {
    "id": "cl-eval-set",
    "title": {"zh": "建立评测集", "en": "Build an eval set"},
    "section": ["2.3.1"],
    "who": {"zh": "产品", "en": "PM"},
    "when": {"zh": "调提示词之前", "en": "Before tuning"},
    "items": [
        {
            "zh": "收集真实输入",
            "en": "Collect inputs",
            "why_zh": "真实失败",
            "why_en": "real failures",
        }
    ],
    "done_when": {"zh": "有分数", "en": "There is a score"},
    "sources": ["Liang et al. 2022, arXiv:2211.09110"],
    "checked": "2026-11-24",
}
FOLDER_OF = {"cl": "checklists", "case": "cases", "tip": "tips"}
DATES = ("checked", "review_by", "date")


def write_entry(content: Path, entry: dict[str, Any], **changes: Any) -> Path:
    """Write `entry` with `changes` (None removes a key) as its TOML file; returns the path."""
    entry = {k: v for k, v in (entry | changes).items() if v is not None}
    folder = FOLDER_OF.get(str(entry["id"]).split("-")[0], "glossary")
    path = content / folder / f"{entry['id']}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{k} = {_toml(v, k)}\n" for k, v in entry.items()), "utf-8")
    return path


def _toml(value: Any, key: str = "") -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_toml(v, k)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    if key in DATES and isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
