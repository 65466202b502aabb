"""Whether the sources of entries and facts have the right form: arXiv ids, ISBNs, DOIs, numbers of
laws and standards, addresses. Asks nobody on the network; run it after a review:

    python -m scripts.check_sources [DIR]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.handbook import Fault, read_handbook
from bot.settings import read_content_dir

FIVE_DIGITS_SINCE = 1501  # yymm: arXiv ids had four digits after the point before
FIRST_ARXIV = 704
YEARS = range(1949, 2100)

ADDRESS = re.compile(r"https?:[^\s，。；、）”]*")
BARE = re.compile(
    r"(?<![\w/.@-])(?:[a-z0-9-]+\.)+(?:com|org|net|gov|cn|eu|ai|io)(?:/\S*)?(?![\w.])"
)
ARXIV = re.compile(r"\barXiv:([^\s,;)，；）]+)", re.IGNORECASE)
ISBN = re.compile(r"\bISBN[\s:]*([\dXx-]+)")
DOI = re.compile(r"\bdoi:([^\s,;，；]+)", re.IGNORECASE)
EU_ACT = re.compile(r"\b(?:Regulation|Directive) \((?:EU|EC)\) (?:No )?([\w/]+)")
GB = re.compile(r"\bGB(?:/[TZ])?\s?([\d.]+)([-—–]?)(\d*)")
BRACKETED = re.compile(r"[〔\[［](\d*)[〕\]］]\s?(\d*)\s?号")


def find_malformed(file: str, source: str) -> Iterator[Fault]:
    """Every identifier and address in a source line that cannot be right."""

    def fault(found: str, expected: str) -> Fault:
        return Fault(file, "sources", f'"{found}" is malformed', expected)

    for match in ARXIV.finditer(source):
        if not _is_arxiv(match[1]):
            yield fault(match[0], "arXiv:yymm.nnnnn")
    for match in ISBN.finditer(source):
        if not _is_isbn(match[1]):
            yield fault(match[0], "13 digits of which the last is the check digit")
    for match in DOI.finditer(source):
        if not re.fullmatch(r"10\.\d{4,9}/\S+", match[1]):
            yield fault(match[0], "doi:10.nnnn/…")
    for match in EU_ACT.finditer(source):
        if not _is_eu_number(match[1]):
            yield fault(match[0], "year/number")
    for match in GB.finditer(source):
        if match[2] != "-" or not match[3] or int(match[3]) not in YEARS:
            yield fault(match[0], "GB/T number-year")
    for match in BRACKETED.finditer(source):
        if match[0][0] != "〔" or not match[1] or int(match[1]) not in YEARS or not match[2]:
            yield fault(match[0], "〔year〕number 号")
    for match in ADDRESS.finditer(source):
        if not _is_address(match[0].rstrip(".,;)")):
            yield fault(match[0], "https://host/path")
    for match in BARE.finditer(ADDRESS.sub("", source)):
        yield fault(match[0], "the address with https://, or no address")


def _is_arxiv(found: str) -> bool:
    if re.fullmatch(r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}", found):  # before April 2007
        return True
    form = re.fullmatch(r"(\d{4})\.(\d{4,5})(?:v\d+)?", found)
    if not form:
        return False
    month, digits = int(form[1]), len(form[2])
    right = 1 <= month % 100 <= 12 and month >= FIRST_ARXIV
    return right and digits == (5 if month >= FIVE_DIGITS_SINCE else 4)


def _is_isbn(found: str) -> bool:
    digits = found.replace("-", "")
    if not re.fullmatch(r"97[89]\d{10}", digits):
        return False
    return sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(digits)) % 10 == 0


def _is_eu_number(found: str) -> bool:
    """2016/679, or as before 2015: 1025/2012, 95/46."""
    if not re.fullmatch(r"\d{1,4}/\d{1,4}(?:/E[CU])?", found):
        return False
    return any(len(part) == 2 or int(part) in YEARS for part in found.split("/")[:2])


def _is_address(found: str) -> bool:
    try:
        parts = urlsplit(found)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    named = re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", host)
    return bool(named) and port is None


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":")[0])
    parser.add_argument("dir", nargs="?", type=Path, help="content folder, default: CONTENT_DIR")
    handbook, _ = read_handbook(parser.parse_args(arguments).dir or read_content_dir())
    lines = [
        (entry.file, source) for entry in handbook.entries.values() for source in entry.sources
    ]
    lines += [(f"facts.toml: {fact.id}", fact.source) for fact in (handbook.facts or {}).values()]
    faults = [fault for file, source in lines for fault in find_malformed(file, source)]
    for fault in faults:
        print(fault)
    print(f"{len(lines)} sources, {len(faults)} malformed")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
