"""The tools, resources and the prompt, through the SDK's client in this process."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp.client import Client
from mcp.shared.exceptions import MCPError
from mcp.types import Tool

from bot.agents import words
from bot.agents.server import build_server
from bot.handbook import Handbook, Kind, load_handbook
from bot.i18n import LANGS, Lang
from bot.search.library import Library
from tests.support.agents import TODAY, ask, call, given, said, serve
from tests.support.content import TERM, write_entry

TOOLS = ["search_handbook", "read_entry", "compare", "list_checklists", "read_checklist"]
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("search_handbook", {"query": "微调"}),
    ("search_handbook", {"query": "users stop coming"}),
    ("search_handbook", {"query": "how do I bake bread"}),
    ("read_entry", {"id": "case-jasper"}),
    ("compare", {"entries": ["RAG", "fine-tuning", "LoRA"]}),
    ("list_checklists", {}),
    ("read_checklist", {"id": "cl-agent-launch"}),
]
REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("search_handbook", {"query": "x" * 10_000}, "10000 characters, at most 4000"),
    ("search_handbook", {"query": "长" * 10_000}, "有 10000 个字符，最多 4000 个"),
    ("search_handbook", {"query": "  "}, "Write a question"),
    ("search_handbook", {"query": "rag", "kinds": ["book"]}, "“book” is not a kind of entry"),
    ("search_handbook", {"query": "rag", "lang": "fr"}, "should be zh, en or auto"),
    ("search_handbook", {"query": 7}, "query does not fit its schema"),
    ("search_handbook", {}, "query does not fit its schema"),
    ("read_entry", {"id": "no-such-entry"}, "No entry has the id “no-such-entry”"),
    ("read_entry", {"id": "fine-tunin"}, "Close to it: fine-tuning"),
    ("read_entry", {"id": "x" * 10_000}, "10000 characters"),
    ("compare", {"entries": ["RAG"]}, "two or three entries, not 1"),
    ("compare", {"entries": ["RAG", "LoRA", "SFT", "MoE"]}, "two or three entries, not 4"),
    ("compare", {"entries": ["RAG", "rag"]}, "the same entry"),
    ("compare", {"entries": ["RAG", "zzqx"]}, "no entry called “zzqx”"),
    ("compare", {"entries": ["RAG", "users stop coming"]}, "not clear which entry"),
    ("read_checklist", {"id": "rag"}, "“rag” is not a checklist"),
    ("read_checklist", {"id": "cl-launch"}, "cl-serving-launch"),
    ("no_such_tool", {}, "Unknown tool"),
]


@pytest.fixture(scope="module")
def tools(library: Library) -> dict[str, Tool]:
    async def work(client: Client) -> dict[str, Tool]:
        return {tool.name: tool for tool in (await client.list_tools()).tools}

    found: dict[str, Tool] = ask(serve(library), work)
    return found


def test_every_tool_says_what_it_is_for_and_that_it_only_reads(tools: dict[str, Tool]) -> None:
    assert list(tools) == TOOLS
    for tool in tools.values():
        assert tool.title
        assert len(tool.description or "") > 100
        assert tool.annotations
        assert (tool.annotations.read_only_hint, tool.annotations.destructive_hint) == (True, False)
        assert tool.annotations.idempotent_hint is True
        Draft202012Validator.check_schema(tool.input_schema)
        Draft202012Validator.check_schema(tool.output_schema or {})


@pytest.mark.parametrize(("tool", "arguments"), CALLS)
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_output_fits_the_schema_and_stands_in_the_text_too(
    library: Library, tools: dict[str, Tool], tool: str, arguments: dict[str, Any], mode: str
) -> None:
    result = call(serve(library), tool, arguments, mode=mode)
    Draft202012Validator(tools[tool].output_schema or {}).validate(given(result))
    Draft202012Validator(tools[tool].input_schema).validate(arguments)
    assert json.loads(said(result)) == given(result)
    assert result.meta is None or "slack" not in result.meta


@pytest.mark.parametrize(("tool", "arguments", "sentence"), REFUSED)
def test_a_wrong_call_is_told_what_to_do(
    library: Library, tool: str, arguments: dict[str, Any], sentence: str
) -> None:
    result = call(serve(library), tool, arguments)
    assert result.is_error
    assert sentence in said(result)
    assert "\n" not in said(result)
    assert result.structured_content is None


@pytest.mark.parametrize(
    ("query", "advice"),
    [
        ("什么是微调", words.ADVICE["answer"].zh),
        ("users are leaving", words.ADVICE["suggestions"].en),
        ("how do I bake bread", words.ADVICE["nothing"].en),
        ("你好", words.ADVICE["chatter"].zh),
    ],
)
def test_each_outcome_tells_an_agent_what_it_may_say(
    library: Library, query: str, advice: str
) -> None:
    assert given(call(serve(library), "search_handbook", {"query": query}))["advice"] == advice


def test_a_search_may_be_restricted_to_kinds(library: Library) -> None:
    arguments = {"query": "Jasper", "kinds": ["case"]}
    found = given(call(serve(library), "search_handbook", arguments))
    assert {match["kind"] for match in found["matches"]} == {"case"}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_entry_can_be_read_in_both_languages(
    library: Library, handbook: Handbook, kind: Kind
) -> None:
    async def work(client: Client) -> None:
        for entry in handbook.by_kind[kind]:
            for lang in LANGS:
                arguments = {"id": entry.id, "lang": lang}
                record = given(await client.call_tool("read_entry", arguments))
                assert record["lang"] == lang
                assert record["title"] == entry.title.get(lang)
                assert record["text"]
                uri = f"{record['uri']}?lang={lang}"
                (content,) = (await client.read_resource(uri)).contents
                assert record["text"] in content.text
                assert all(source in content.text for source in entry.sources)

    ask(serve(library), work)


def test_a_written_comparison_comes_with_the_entries(library: Library) -> None:
    for names, written in (
        (["fine-tuning", "RAG"], "vs-rag-fine-tuning"),
        (["RAG", "LoRA"], None),
        (["RAG", "fine-tuning", "LoRA"], None),
    ):
        found = given(call(serve(library), "compare", {"entries": names}))
        assert len(found["entries"]) == len(names)
        assert (found["written"] and found["written"]["id"]) == written
        if found["written"]:
            assert "Start with RAG" in found["written"]["text"]
            assert "Weeks, most of them for samples" in found["written"]["text"]


def test_a_checklist_comes_item_by_item(library: Library, handbook: Handbook) -> None:
    listed = given(call(serve(library), "list_checklists", {"lang": "zh"}))["checklists"]
    assert [line["id"] for line in listed] == [e.id for e in handbook.by_kind[Kind.CHECKLIST]]
    arguments = {"id": listed[0]["id"], "lang": "zh"}
    record = given(call(serve(library), "read_checklist", arguments))
    assert [item["no"] for item in record["items"]] == list(range(1, listed[0]["items"] + 1))
    assert all(item["text"] and item["why"] for item in record["items"])
    assert record["done_when"]


def test_an_overdue_review_is_said(library: Library, handbook: Handbook) -> None:
    due = handbook.entries["rag"].review_by
    assert due
    for day, overdue in ((due, False), (due + timedelta(days=1), True)):
        server = serve(library, day)
        assert given(call(server, "read_entry", {"id": "rag"}))["overdue"] is overdue


def test_a_teams_own_term_is_told_from_the_handbooks(tmp_path: Path) -> None:
    write_entry(tmp_path, TERM)
    (tmp_path / "glossary" / "ours.csv").write_text(
        "id,zh,en,aliases,short_zh,short_en,section\nours,狗粮,,,自己先用。,,\n", "utf-8"
    )
    server = serve(Library.of(load_handbook(tmp_path)))
    record = given(call(server, "read_entry", {"id": "ours", "lang": "en"}))
    assert (record["origin"], record["lang"], record["title"]) == ("team", "zh", "狗粮")
    assert (record["status"], record["checked"], record["sources"]) == (None, None, [])
    assert given(call(server, "read_entry", {"id": "prompt-injection"}))["origin"] == "handbook"


@pytest.mark.parametrize(
    "uri",
    ["handbook://entry/no-such-entry", "handbook://entry/../rag", "handbook://entry/rag?lang=fr",
     "handbook://rag", "file:///etc/hostname"],
)  # fmt: skip
def test_a_resource_that_is_none_is_refused(library: Library, uri: str) -> None:
    async def work(client: Client) -> None:
        with pytest.raises(MCPError) as refused:
            await client.read_resource(uri)
        assert refused.value.error.code == -32602

    ask(serve(library), work)


@pytest.mark.parametrize(("question", "lang"), [("什么是 {RAG}", "zh"), ("what is {RAG}", "en")])
def test_the_prompt_asks_for_sources_in_the_questions_language(
    library: Library, question: str, lang: Lang
) -> None:
    async def work(client: Client) -> str:
        found = await client.get_prompt("explain_with_sources", {"question": question})
        (message,) = found.messages
        return str(message.content.text)  # type: ignore[union-attr]

    assert ask(serve(library), work) == words.PROMPT.get(lang).format(question=question)


def test_parallel_calls_are_each_answered(library: Library) -> None:
    names = ["rag", "lora", "moe", "fine-tuning", "kv-cache"] * 8

    async def work(client: Client) -> list[str]:
        found: dict[int, str] = {}

        async def one(number: int, name: str) -> None:
            found[number] = given(await client.call_tool("read_entry", {"id": name}))["id"]

        async with anyio.create_task_group() as group:
            for number, name in enumerate(names):
                group.start_soon(one, number, name)
        return [found[number] for number in range(len(names))]

    assert ask(serve(library), work) == names


def test_what_changes_in_the_content_changes_in_the_answers(
    library: Library, tmp_path: Path
) -> None:
    write_entry(tmp_path, TERM)
    current = [library, Library.of(load_handbook(tmp_path))]
    server = build_server(lambda: current[0], lambda: TODAY)
    arguments = {"id": "prompt-injection", "lang": "en"}
    before = given(call(server, "read_entry", arguments))
    current.pop(0)
    after = given(call(server, "read_entry", arguments))
    assert before["text"] != after["text"]
    assert TERM["body"]["en"] in after["text"]
