"""Make bot/search/data/traditional.txt: each character that may be written otherwise in simplified
Chinese, alone or within a phrase (瞭解 is 了解). A text with none of them needs no conversion.

    python -m scripts.build_traditional
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import opencc

from bot.search.normalize import TRADITIONAL_FILE

HAN = (range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x33480))
PACKAGE = Path(opencc.__file__).parent / "clib"


def list_phrases() -> list[str]:
    """OpenCC's phrases, by the tool that it comes with."""
    with TemporaryDirectory() as folder:
        listed = Path(folder) / "phrases.txt"
        subprocess.run(
            [PACKAGE / "bin" / "opencc_dict",
             "-i", PACKAGE / "share" / "opencc" / "TSPhrases.ocd2", "-f", "ocd2",
             "-o", listed, "-t", "text"],
            check=True,
        )  # fmt: skip
        return [line.partition("\t")[0] for line in listed.read_text("utf-8").splitlines()]


def main() -> None:
    convert = opencc.OpenCC("t2s").convert
    han = [chr(code) for codes in HAN for code in codes]
    found = {char for char in han if convert(char) != char}
    for phrase in list_phrases():
        found |= {a for a, b in zip(phrase, convert(phrase), strict=False) if a != b}
    TRADITIONAL_FILE.write_text("".join(sorted(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
