"""The tools: an agent's call in, a result of the protocol out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field, WithJsonSchema

from bot.agents import descriptions, slackbot
from bot.agents.caller import shows_blocks
from bot.agents.lookup import AUTO, FEWEST, MOST, NAME_CHARS, QUERY_CHARS, Lookup
from bot.agents.records import (
    ChecklistList,
    ChecklistText,
    EntryText,
    Record,
    SearchResult,
    SideBySide,
)
from bot.handbook import Kind
from bot.i18n import LANGS
from bot.slack.blocks import Block

READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)

# The schemas tell agents what is taken; what is wrong all the same gets a sentence from lookup.py.
Query = Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": QUERY_CHARS})]
Id = Annotated[str, Field(json_schema_extra={"minLength": 1, "maxLength": NAME_CHARS})]
Language = Annotated[
    str,
    WithJsonSchema({"type": "string", "enum": [AUTO, *LANGS]}),
    Field(description="of the text; auto: that of what is asked, else English"),
]
Kinds = Annotated[
    tuple[str, ...],
    WithJsonSchema(
        {"type": "array", "items": {"type": "string", "enum": [str(kind) for kind in Kind]}}
    ),
    Field(description="only entries of these kinds; by default all"),
]
Names = Annotated[
    list[str],
    Field(
        description="their names as the user wrote them, or ids",
        json_schema_extra={"minItems": FEWEST, "maxItems": MOST},
    ),
]


@dataclass(frozen=True, slots=True)
class Tools:
    """`look` gives the current content: each call is answered from one state of it. What Lookup
    refuses, HandbookServer tells the agent."""

    look: Callable[[], Lookup]

    def register(self, server: MCPServer) -> None:
        titles: dict[Callable[..., CallToolResult], tuple[str, str]] = {
            self.search_handbook: ("Search the handbook", descriptions.SEARCH),
            self.read_entry: ("Read an entry", descriptions.READ_ENTRY),
            self.compare: ("Compare entries", descriptions.COMPARE),
            self.list_checklists: ("List the checklists", descriptions.LIST_CHECKLISTS),
            self.read_checklist: ("Read a checklist", descriptions.READ_CHECKLIST),
        }
        with_blocks = (self.search_handbook, self.read_entry, self.read_checklist)
        for call, (title, text) in titles.items():
            meta = slackbot.TOOL_META if call in with_blocks else None
            server.add_tool(call, title=title, description=text, annotations=READ_ONLY, meta=meta)

    def search_handbook(
        self, query: Query, context: Context, lang: Language = AUTO, kinds: Kinds = ()
    ) -> Annotated[CallToolResult, SearchResult]:
        lookup = self.look()
        audience, result = lookup.find(query, lang, kinds)
        blocks: Sequence[Block] = ()
        if shows_blocks(context):
            blocks = slackbot.show_result(lookup.library, audience, query, result)
        return _build_result(lookup.describe(audience, result), blocks)

    def read_entry(
        self, id: Id, context: Context, lang: Language = AUTO
    ) -> Annotated[CallToolResult, EntryText]:
        lookup = self.look()
        record = lookup.read_entry(id, lang)
        return _build_result(record, _show(lookup, record.id, lang, context))

    def compare(
        self, entries: Names, lang: Language = AUTO
    ) -> Annotated[CallToolResult, SideBySide]:
        return _build_result(self.look().compare(entries, lang))

    def list_checklists(self, lang: Language = AUTO) -> Annotated[CallToolResult, ChecklistList]:
        return _build_result(self.look().list_checklists(lang))

    def read_checklist(
        self, id: Id, context: Context, lang: Language = AUTO
    ) -> Annotated[CallToolResult, ChecklistText]:
        lookup = self.look()
        record = lookup.read_checklist(id, lang)
        return _build_result(record, _show(lookup, record.id, lang, context))


def _show(lookup: Lookup, entry_id: str, lang: str, context: Context) -> Sequence[Block]:
    if not shows_blocks(context):
        return ()
    entry = lookup.library.handbook.entries[entry_id]
    return slackbot.show_entry(lookup.library, lookup.audience(lang), entry)


def _build_result(record: Record, blocks: Sequence[Block] = ()) -> CallToolResult:
    """The record as structured output, and as text for clients that read only that."""
    meta = {"slack": {"blocks": list(blocks)}} if blocks else None
    return CallToolResult(
        content=[TextContent(type="text", text=record.model_dump_json())],
        structured_content=record.model_dump(mode="json"),
        _meta=meta,
    )
