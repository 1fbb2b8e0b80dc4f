# SPDX-License-Identifier: Apache-2.0
"""The directories that make up a register: what lies in them, and how messages name it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PARTS = (
    "authorities",
    "calendars",
    "calibration",
    "documents",
    "embeddings",
    "forms",
    "indicators",
    "layouts",
    "lexicon",
    "measures",
    "parties",
    "protection",
)
"""Folders whose files an answer can depend on."""
LINES, FIELDS = "layouts/lines", "layouts/fields"
STATES, REMOVALS = "protection/states", "protection/removals"
LEXICON = ("lexicon/acts", "lexicon/clutter", "lexicon/languages", "lexicon/outlets", "lexicon/words")
"""Folders inside one of them whose files are nouns of another kind; of the lexicon also single files of that name."""
CASES = "cases"
COUNTED = (".yaml", ".txt")
_MEANT = (".yml", ".json", ".toml")
"""Ends of names of files that somebody will have meant to be read."""
_ALIKE = 4
"""First letters by which the names of parts differ."""


class Folder(NamedTuple):
    """A directory with a register, or with what an organisation adds to one."""

    path: Path
    label: str
    """How messages name it."""

    def named(self, path: Path) -> str:
        """Give a file in it as messages name it: register/measures/us/x.yaml."""
        return f"{self.label}/{printable(path.relative_to(self.path).as_posix())}"


def folders(directory: Path, added: Sequence[Path] = ()) -> tuple[Folder, ...]:
    """Give the directory and those added to it, each once; they are named by their last part while that tells them apart."""
    unique: dict[Path, Path] = {}
    for one in map(Path, (directory, *added)):
        unique.setdefault(one.resolve(), one)
    every = list(unique.values())
    names = [printable(one.resolve().name) for one in every]
    return tuple(
        Folder(one, name if name and names.count(name) == 1 else printable(str(one)))
        for one, name in zip(every, names, strict=True)
    )


def printable(name: str) -> str:
    """Give a name with what is no text in it replaced: file systems know names that are none."""
    return name.encode(errors="surrogateescape").decode(errors="replace")


def files(folder: Folder, parts: Iterable[str] = PARTS) -> tuple[list[Path], list[str]]:
    """Give the files of some parts in order, and a fault for each thing there that looks like one and is not read.

    Names that begin with a dot belong to editors and to the system. A link to a file is followed, one to a folder is not.
    """
    found: list[Path] = []
    faults: list[str] = []

    def unread(error: OSError) -> None:
        faults.append(f"{folder.named(Path(os.fsdecode(error.filename or folder.path)))}: {error.strerror}")

    for top in (folder.path / part for part in parts if os.path.lexists(folder.path / part)):
        for directory, inner, names in os.walk(top, onerror=unread):
            here = Path(directory)
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            linked = [name for name in inner if (here / name).is_symlink()]
            faults += [
                f"{folder.named(here / name)} is no regular file: a link to a folder is not followed" for name in linked
            ]
            for file in (here / name for name in sorted(names) if not name.startswith(".")):
                if file.suffix in COUNTED and file.is_file():
                    found.append(file)
                elif file.suffix in COUNTED:
                    faults.append(f"{folder.named(file)} is no regular file")
                elif file.suffix.lower() in (*_MEANT, *COUNTED):
                    faults.append(f"{folder.named(file)} is not read: only names that end with .yaml are")
    return sorted(found), faults


def part(file: Path) -> str:
    """Give the part that a file belongs to, by its path in the register."""
    inner = "/".join(file.parts[:2]).removesuffix(".yaml")
    return inner if inner in {LINES, FIELDS, STATES, REMOVALS, *LEXICON} else file.parts[0]


def unplaced(folder: Folder, found: Iterable[Path]) -> list[str]:
    """Give a fault for each file of the lexicon that belongs to none of its parts, and so would not be read."""
    known = ", ".join(one.partition("/")[2] for one in LEXICON)
    return [
        f"{folder.named(file)} is no part of the lexicon: its files and folders are called {known}"
        for file in found
        if part(file.relative_to(folder.path)) == "lexicon"
    ]


def misnamed(folder: Folder) -> list[str]:
    """Give a fault for a directory that is no register, and for each folder in it that is nearly called like one of a register's.

    Such a folder counts only when there is YAML in it; any other folder is none of ours.
    """
    if not folder.path.is_dir():
        return [f"{folder.path}: no register here: there is no such directory"]
    known = (*PARTS, CASES)
    with os.scandir(folder.path) as entries:
        inner = sorted(entry.name for entry in entries if entry.is_dir())
    if not set(inner) & set(known):
        return [f"{folder.path}: no register here: it has none of {', '.join(PARTS)}"]
    meant = {name: next((part for part in known if _is_near(name, part)), "") for name in inner if name not in known}
    return [
        f"{folder.named(folder.path / name)} is no folder of a register; did you mean {part!r}?"
        for name, part in meant.items()
        if part and any((folder.path / name).rglob("*.yaml"))
    ]


def _is_near(name: str, part: str) -> bool:
    """Tell whether a name begins like that of a part: Party, measure and document do."""
    return name.lower()[:_ALIKE] == part[:_ALIKE]
