from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import ROOT
from tests.support.content import TERM, write_entry

KEYS = {"query", "outcome", "results", "ms"}


def run(
    *arguments: str, stdin: str = "", env: dict[str, str] | None = None, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "bot", *arguments], input=stdin, cwd=ROOT,
                          capture_output=True, text=True, encoding=encoding,
                          env=os.environ | (env or {}))  # fmt: skip


def test_json_answers_one_object_a_line_in_order() -> None:
    done = run("ask", "--json", stdin="提示注入\nzzzz qqqq\n\nRAG 是什么\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["query"] for line in lines] == ["提示注入", "zzzz qqqq", "", "RAG 是什么"]
    assert all(line.keys() == KEYS for line in lines)
    assert [line["outcome"] for line in lines] == ["answer", "nothing", "nothing", "answer"]
    first = lines[0]["results"][0]
    assert first.keys() == {"id", "kind", "score", "title", "matched"}
    assert (first["id"], first["kind"]) == ("prompt-injection", "term")
    assert first["title"] == {"zh": "提示注入", "en": "Prompt injection"}
    assert all(len(line["results"]) <= 5 for line in lines)


def test_results_are_ranked(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--json", "fine tuning or RAG"])
    scores = [r["score"] for r in json.loads(capsys.readouterr().out)["results"]]
    assert scores == sorted(scores, reverse=True)


def test_text_answers_in_the_language_of_the_query(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "微调是什么"])
    assert "常见错误" in capsys.readouterr().out
    main(["ask", "--lang", "en", "微调是什么"])
    assert "Common mistake" in capsys.readouterr().out


def test_another_content_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_entry(tmp_path, TERM, name={"zh": "狗粮", "en": "Dogfooding"}, aliases=[])
    main(["ask", "--json", "--content", str(tmp_path), "dogfoding"])
    assert json.loads(capsys.readouterr().out)["outcome"] == "answer"


def test_the_content_dir_of_the_settings_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, TERM, name={"zh": "狗粮", "en": "Dogfooding"}, aliases=[])
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path))
    main(["ask", "dogfoding"])
    assert capsys.readouterr().out.startswith("# Dogfooding · 狗粮\n")


@pytest.mark.parametrize("query", ["RAG 是什么", "how do we cut cost", "zzz *x* _y_"])
def test_the_answer_is_plain_text_without_signs_of_formatting_or_buttons(
    query: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["ask", query])
    out = capsys.readouterr().out
    assert not re.search(r"^[*_`]|[*_`]$|\[(Open|查看|Share|👍)", out, re.MULTILINE)
    assert "zzz" not in query or "“zzz *x* _y_”" in out, "what was typed stays as it was"


def test_an_encoding_that_lacks_a_character_shows_the_rest() -> None:
    done = run("ask", "KV cache 是什么 🙂é", env={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert (done.returncode, done.stderr) == (0, "")
    assert "显存" in done.stdout


def test_queries_in_another_encoding_are_answered_all_the_same() -> None:
    done = subprocess.run([sys.executable, "-m", "bot", "ask", "--json"], cwd=ROOT,
                          input="微调\n".encode("gbk") + b"RAG\n", capture_output=True)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.splitlines()[1])["outcome"] == "answer"


def test_a_reader_that_goes_away_ends_it_in_silence() -> None:
    process = subprocess.Popen([sys.executable, "-m", "bot", "ask", "--json"], cwd=ROOT,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)  # fmt: skip
    assert process.stdout
    process.stdout.close()
    _, errors = process.communicate("微调\nRAG\n".encode())
    assert (process.returncode, errors) == (141, b"")


def test_bad_content_is_one_line_a_fault_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_entry(tmp_path, TERM, short=None)
    assert main(["ask", "--content", str(tmp_path), "x"]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("glossary/prompt-injection.toml: short: missing")
    assert "Traceback" not in captured.err


@pytest.mark.parametrize(
    "query", ["\x00", "a" * 5000, "\u200b", "'; DROP TABLE terms; --", "🙂", "؟"]
)
def test_odd_queries_get_an_outcome(query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", query]) == 0
    assert json.loads(capsys.readouterr().out)["outcome"] != "answer"
