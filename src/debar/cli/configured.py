# SPDX-License-Identifier: Apache-2.0
"""Configuration files: which there are, and what each sets, line by line.

The nearest wins, key by key, and the table of a verb before what stands above all tables:

1. the file that DEBAR_CONFIG names, and then no other
2. debar.toml or .debar.toml in the current folder, and in each above it up to the root of its Git repository
3. debar/config.toml in $XDG_CONFIG_HOME or ~/.config
"""

from __future__ import annotations

import enum
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from debar.cli.keys import EACH_TIME, KEYS, Form
from debar.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from debar.cli.keys import Key

VARIABLE = "DEBAR_CONFIG"
NAMES = ("debar.toml", ".debar.toml")
"""A project's file is called one of these."""
_LARGEST = 1 << 20
"""Bytes of a file; nobody wants so much always."""
_MOST = 1_000_000
"""The greatest number that means anything: days, threads, a score."""
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?")
WORDED = frozenset({"register"})
"""Verbs whose words have options of their own, so that not every key of their table is one of each word."""
_ASSIGNED = re.compile(r"""\s*(?:"([^"]+)"|'([^']+)'|([\w-]+))\s*(?:=|\.)""")
_TABLE = re.compile(r"""\s*\[\s*["']?([\w-]+)["']?\s*\]""")


class Place(enum.Enum):
    """Whose file it is."""

    NAMED = "named"
    PROJECT = "project"
    USER = "user"


class File(NamedTuple):
    """A configuration file, there or not."""

    path: Path
    place: Place
    root: Path
    """Folder that a project's paths do not leave."""


class Value(NamedTuple):
    """What a file sets."""

    texts: tuple[str, ...]
    """As the command line would take them."""
    where: str
    """File and line."""
    is_of_project: bool


def files() -> list[File]:
    """Give the files that count, the nearest first; those of the project only where they are."""
    if named := os.environ.get(VARIABLE, ""):
        return [File(Path(named), Place.NAMED, Path(named).parent)]
    usual = _usual()
    return [*_of_project(), *([File(usual, Place.USER, usual.parent)] if usual else [])]


def named(path: Path) -> File:
    """Give a file by its path; one that is called like a project's is checked as a project's is, wherever it lies."""
    if path.name not in NAMES:
        return File(path, Place.NAMED, path.parent)
    folder = Path(os.path.abspath(path)).parent  # noqa: PTH100 - a link stays where it lies
    return File(path, Place.PROJECT, _root(folder))


def settings(verb: str, options: Collection[str]) -> dict[str, Value]:
    """Give what files set for a verb that has these options, by key.

    Raises UsageError, with file and line, for a key, table or value that is none, and for what a project may not set.
    """
    found: dict[str, Value] = {}
    for file in files():
        tables = read(file)
        own = tables.get(verb, {})
        if verb not in WORDED:
            expect_options(verb, own, options)
        for key, value in {**tables.get("", {}), **own}.items():
            if key in options:
                found.setdefault(key, value)
    return found


def expect_options(verb: str, own: Mapping[str, Value], options: Collection[str]) -> None:
    """Raise UsageError for a key in the table of a verb that is none of its options."""
    if strange := sorted(own.keys() - set(options)):
        guess = did_you_mean(strange[0], options)
        hint = f"debar {verb} --help lists what it has"
        raise UsageError(f"{own[strange[0]].where}: debar {verb} has no option {strange[0]!r}{guess}", hint=hint)


def read(file: File) -> Mapping[str, Mapping[str, Value]]:
    """Give what a file sets: by table, of which "" is what stands above all, and key."""
    if (text := _text(file)) is None:
        return {}
    import tomllib  # only where there is a file

    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as e:
        raise UsageError(f"{shown(file)}: {e}", hint="it is TOML: as = 'us/company'") from e
    lines = dict(_lines(text))
    tables: dict[str, dict[str, Value]] = {"": {}}
    for name, content in data.items():
        if isinstance(content, dict):
            where = f"{shown(file)}:{lines.get(('', name), lines.get((name, ''), 1))}"
            _check_verb(name, where)
            dotted = lines.get(("", name), 1)
            tables[name] = {key: _value(file, key, one, lines.get((name, key), dotted)) for key, one in content.items()}
        else:
            tables[""][name] = _value(file, name, content, lines.get(("", name), 1))
    return tables


def shown(file: File) -> str:
    """Give a file as it is called: one of the project from here, so that a report is the same in every checkout."""
    return os.path.relpath(file.path) if file.place is Place.PROJECT else str(file.path)


def _usual() -> Path | None:
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")  # noqa: PTH111 - no home is no error
    usual = Path(home, "debar", "config.toml")
    return usual if usual.is_absolute() else None


def _of_project() -> Iterator[File]:
    """Yield the files of the project, from the current folder to the root of its Git repository.

    UsageError for two in one folder, and for one that belongs to somebody else than the folder and the user: in a
    folder where everybody may write, anybody could tell others what is not to be found.
    """
    try:
        here = Path.cwd()
        above = [here, *here.parents]
        root = _root(here)
        for folder in above[: above.index(root) + 1]:
            there = [folder / name for name in NAMES if (folder / name).is_file()]
            if len(there) > 1:
                raise UsageError(f"{folder}: both {NAMES[0]} and {NAMES[1]} are there", hint="keep one of them")
            for path in there:
                if hasattr(os, "geteuid") and path.stat().st_uid not in {os.geteuid(), 0, here.stat().st_uid}:
                    raise UsageError(
                        f"{os.path.relpath(path)}: a configuration that belongs to somebody else",
                        hint=f"{VARIABLE}=FILE uses it all the same, {VARIABLE}={os.devnull} uses none",
                    )
                yield File(path, Place.PROJECT, root)
    except OSError:
        return  # a folder that is gone, or that this account may not look into, has no file to use


def _root(folder: Path) -> Path:
    """Give the root of the Git repository around a folder; outside of one the folder itself."""
    return next((one for one in (folder, *folder.parents) if os.path.lexists(one / ".git")), folder)


def _text(file: File) -> str | None:
    """Give the content of a file; nothing where the usual one is not there, or is not this account's to read."""
    try:
        state = file.path.stat()
        if stat.S_ISREG(state.st_mode) and state.st_size > _LARGEST:
            raise UsageError(f"{shown(file)}: {state.st_size:,} bytes are too many for a configuration")
        return file.path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as e:
        if file.place is Place.USER and isinstance(e, FileNotFoundError | NotADirectoryError | PermissionError):
            return None
        hint = "it is TOML: as = 'us/company'"
        raise UsageError(f"{shown(file)}: {getattr(e, 'strerror', '') or e}", hint=hint) from e


def _lines(text: str) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the line of each key with its table, and of each table with an empty key: for messages only."""
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if named := _TABLE.match(line):
            table = named[1]
            yield (table, ""), number
        elif key := _ASSIGNED.match(line):
            yield (table, next(filter(None, key.groups()))), number


def _check_verb(name: str, where: str) -> None:
    from debar.cli import VERBS

    verbs = [verb.name for verb in VERBS]
    if name not in verbs:
        guess = did_you_mean(name, verbs)
        raise UsageError(f"{where}: no verb is called {name!r}{guess}", hint=f"tables: {', '.join(verbs)}")


def _value(file: File, name: str, value: object, line: int) -> Value:
    """Give a value as the command line would take it; UsageError for a key that is none, or of another form."""
    where = f"{shown(file)}:{line}"
    key = KEYS.get(name)
    if key is None:
        if name in EACH_TIME:
            raise UsageError(f"{where}: {name!r} is about one call", hint="it stands on the command line")
        hint = f"keys: {', '.join(KEYS)}; debar config lists what is set"
        raise UsageError(f"{where}: {name!r} is no option{did_you_mean(name, KEYS)}", hint=hint)
    is_of_project = file.place is Place.PROJECT
    if is_of_project and not key.of_project:
        raise UsageError(
            f"{where}: a project's file does not set {name!r}: that is the user's alone",
            hint=f"put it into ~/.config/debar/config.toml, or name this file with {VARIABLE}",
        )
    texts = tuple(_texts(key, value))
    if not texts or "" in texts:
        raise UsageError(f"{where}: {name}: write {key.holds}", hint=f"debar config --check {shown(file)}")
    if strange := [text for text in texts if key.words and text not in key.words]:
        guess = did_you_mean(strange[0], key.words)
        raise UsageError(f"{where}: {name}: {strange[0]!r} is not known{guess}", hint=f"known: {', '.join(key.words)}")
    return Value(tuple(_placed(file, key, text, where) for text in texts), where, is_of_project)


def _texts(key: Key, value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever TOML holds
    """Yield the values of a key as texts; an empty one for what has another form."""
    match key.form, value:
        case (Form.SWITCH, bool()):
            yield "1" if value else "0"
        case (Form.NUMBER, bool()):
            yield ""
        case (Form.NUMBER, int() | float()):
            yield (f"{value:g}" if isinstance(value, float) else str(value)) if 0 <= value <= _MOST else ""
        case (Form.NUMBER, str()) if not _NUMBER.fullmatch(value):
            yield ""
        case (Form.TEXTS | Form.PATHS, list()):
            yield from (one if isinstance(one, str) else "" for one in value)
        case (Form.SWITCH, _):
            yield ""
        case _:
            yield value if isinstance(value, str) else ""


def _placed(file: File, key: Key, text: str, where: str) -> str:
    """Give a relative path as one from the file's folder; UsageError for one that leaves the project."""
    if not key.is_path(text):
        return text
    if file.place is not Place.PROJECT:
        return str(file.path.parent / Path(text).expanduser())
    whole = file.path.parent / text
    try:
        is_inside = not text.startswith("~") and whole.resolve().is_relative_to(file.root.resolve())
    except (OSError, ValueError, RuntimeError):
        is_inside = False
    if not is_inside:
        raise UsageError(
            f"{where}: {key.name}: {text!r} is not in the project", hint="a project's file names files of the project"
        )
    return os.path.relpath(whole)
