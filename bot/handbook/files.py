"""The files of a content folder: which ones are read, and their text. Whatever an editor, a file
manager or a slip of the hand leaves there is skipped or becomes a fault, never an exception."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bot.handbook.fields import Fault

LISTS = "glossary"  # the folder that may hold CSV files too
READ = (".toml", ".csv")
SHEETS = (".xlsx", ".xls", ".ods", ".numbers", ".tsv")
AT_THE_TOP = ("outline.toml", "collisions.toml", "names.toml", "facts.toml")
# Editors' locks and macOS's shadows begin with a dot, Excel's locks with ~$.
LEFTOVERS = (".", "~$")


def is_content(name: str) -> bool:
    """Whether a file of that name is read, in any case of letters: x.toml, OWN.CSV."""
    return name.lower().endswith(READ) and not name.startswith(LEFTOVERS)


def find_files(folder: Path, name: str, suffix: str, faults: list[Fault]) -> Iterator[Path]:
    """The files of the sub-folder `name` with that ending, by name."""
    for path in _list(folder / name, name, faults):
        if is_content(path.name) and path.suffix.lower() == suffix:
            yield path


def find_strays(folder: Path, folders: tuple[str, ...]) -> Iterator[Fault]:
    """Files that somebody meant to be read and that are not: in the wrong folder or form."""
    for path in _list(folder, ".", []):
        if is_content(path.name) and path.name not in AT_THE_TOP:
            yield Fault(path.name, "file", "is not read here", f"a place in {LISTS}/")
    for name in folders:
        for path in _list(folder / name, name, []):
            file, ending = f"{name}/{path.name}", path.suffix.lower()
            if path.name.startswith(LEFTOVERS):
                continue
            if ending in SHEETS and name == LISTS:
                yield Fault(file, "file", f"a {ending} file is not read", "“CSV UTF-8”, saved so")
            if ending == ".csv" and name != LISTS:
                yield Fault(file, "file", "is not read here", f"a place in {LISTS}/")


def read_text(path: Path, file: str, faults: list[Fault]) -> str | None:
    """The text of a file, without a byte order mark; or None, and a fault that says why."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, for ever
            found = "a folder" if path.is_dir() else "not a file"
            faults.append(Fault(file, "file", f"is {found}", "a file"))
            return None
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "not UTF-8", "a file saved as UTF-8"))
    except OSError as error:
        faults.append(Fault(file, "file", f"cannot be read ({error.strerror})", "a readable file"))
    return None


def read_toml(path: Path, file: str, faults: list[Fault]) -> dict[str, object] | None:
    """The table of a TOML file; or None, and a fault that says why."""
    text = read_text(path, file, faults)
    return None if text is None else parse_toml(text, file, faults)


def parse_toml(text: str, file: str, faults: list[Fault]) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except RecursionError:
        faults.append(Fault(file, "TOML", "brackets too deep", "lists and tables as in README.md"))
    except ValueError as error:  # TOML's own faults, and a number of thousands of digits
        faults.append(Fault(file, "TOML", str(error), "valid TOML"))
    return None


def _list(folder: Path, name: str, faults: list[Fault]) -> list[Path]:
    """What a folder holds, by name; nothing if it is not there."""
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        faults.append(Fault(name, "folder", f"cannot be read ({error.strerror})", "a folder"))
        return []
