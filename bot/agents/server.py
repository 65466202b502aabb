"""The server of the Model Context Protocol: tools, entries as resources, a prompt. It only reads,
and knows no transport."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import (
    ResourceNotFoundError,
    ToolError,
    UnexpectedToolError,
)
from pydantic import ValidationError

from bot.agents import descriptions, words
from bot.agents.entries import TEMPLATE, render_entry
from bot.agents.lookup import AUTO, Lookup, Refused
from bot.agents.tools import Tools
from bot.search.library import Library

NAME, TITLE = "llm-startup-handbook", "LLM startup handbook · 大模型创业手册"


class HandbookServer(MCPServer[Any]):
    """What is wrong with a call is one sentence, without the SDK's own around it."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            match error.__cause__:
                case ValidationError() as fault if not isinstance(error, UnexpectedToolError):
                    raise ToolError(_describe(fault)) from error
                case Refused() as refused:
                    raise ToolError(str(refused)) from error
            raise


def build_server(find_library: Callable[[], Library], today: Callable[[], date]) -> HandbookServer:
    """`find_library` gives the current content."""
    server = HandbookServer(
        NAME,
        title=TITLE,
        instructions=descriptions.INSTRUCTIONS,
        log_level="WARNING",  # below it the SDK logs what was asked
        subscriptions=False,
    )

    def look() -> Lookup:
        return Lookup(find_library(), today())

    Tools(look).register(server)

    @server.resource(
        TEMPLATE, name="entry", title="Entry", description=descriptions.ENTRY_RESOURCE,
        mime_type="text/plain",
    )  # fmt: skip
    def read_entry(id: str, lang: str = AUTO) -> str:
        try:
            return render_entry(look().read_entry(id, lang))
        except Refused as refused:
            raise ResourceNotFoundError(str(refused)) from refused

    @server.prompt(
        "explain_with_sources", title="Explain with sources · 讲清楚，附来源",
        description=descriptions.PROMPT,
    )  # fmt: skip
    def explain(question: str, lang: str = AUTO) -> str:
        return words.PROMPT.get(look().audience(lang, question).lang).format(question=question)

    return server


def _describe(fault: ValidationError) -> str:
    first = fault.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    return words.BAD_ARGUMENT.get("en").format(name=name, fault=first["msg"])
