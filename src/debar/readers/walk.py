# SPDX-License-Identifier: Apache-2.0
"""From what the user named to files: directories are walked, in order, each file once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.readers import named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DOCUMENTATION = ("readme", "license", "licence", "notice", "changelog", "copying", "authors", "contributing")
"""Names of files that tell about a folder; unrecognised ones are passed over, not skipped."""


_VERSION_CONTROL = frozenset({".git", ".hg", ".svn"})
"""Folders that hold history, not evidence of what is there now."""


class Found(NamedTuple):
    """One file to read."""

    path: str
    """As shown: what the user named, or below it."""
    file: Path | None
    """None for standard input."""
    scheme: str
    """Reader that the user forces, or empty."""
    named: bool
    """The user named this very file."""


class Fault(NamedTuple):
    """One place that could not be listed."""

    path: str
    reason: str


def find(sources: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[Found | Fault]:
    """Yield every file that the sources mean, in the order of sources and then of names.

    A file is read once, by the first way that leads to it; a loop of links ends there too.
    One source of many that is not there is a fault; SourceError when none is there, UsageError for
    an unknown scheme.
    """
    seen: set[tuple[int, int]] = set()
    named_sources = [_scheme(source) for source in sources]
    if all(path != "-" and not _exists(path) for _, path in named_sources):
        missing = ", ".join(shown(path) for _, path in named_sources)
        hint = "name a file, a directory, or - for standard input"
        raise SourceError("no such file or directory", path=missing, hint=hint)
    for scheme, path in named_sources:
        if path == "-":
            yield Found("-", None, scheme, named=True)
            continue
        start = Path(path)
        try:
            about = start.stat()
        except (OSError, ValueError) as e:
            yield Fault(shown(path), getattr(e, "strerror", None) or str(e))
            continue
        if start.is_dir():
            yield from _walk(start, path, scheme, exclude, seen)
        elif (about.st_dev, about.st_ino) not in seen:
            seen.add((about.st_dev, about.st_ino))
            yield Found(shown(path), start, scheme, named=True)


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except ValueError:  # a NUL inside
        return False


def shown(path: str) -> str:
    """Give a path as text: bytes that are not UTF-8 in a name become escapes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def size(place: Found | Fault) -> int:
    """Give the bytes of a file on disk; nothing for what is not there."""
    if isinstance(place, Fault) or place.file is None:
        return 0
    try:
        return place.file.stat().st_size
    except OSError:
        return 0


def is_documentation(path: str) -> bool:
    """Tell whether a file's name says that it is about its folder and no evidence."""
    return Path(path).name.lower().startswith(_DOCUMENTATION)


def _scheme(source: str) -> tuple[str, str]:
    """Split "cyclonedx:bom.json"; a Windows drive letter and the name of an existing file are no scheme."""
    head, colon, rest = source.partition(":")
    if not colon or not rest or len(head) < 2 or not head.replace("-", "").isalpha() or os.path.lexists(source):
        return "", source
    return named(head.lower()).name, rest


def _walk(
    top: Path, label: str, scheme: str, exclude: Sequence[str], seen: set[tuple[int, int]]
) -> Iterator[Found | Fault]:
    """Yield the files below a directory; a stack instead of recursion, for trees of any depth."""
    pending: list[tuple[str, str]] = [(str(top), label.rstrip("/") or "/")]
    while pending:
        folder, name = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as e:
            yield Fault(shown(name), f"directory cannot be listed: {e.strerror}")
            continue
        below: list[tuple[str, str]] = []
        files: list[Found | Fault] = []
        for entry in entries:
            path = f"{name.rstrip('/')}/{entry.name}"
            if entry.name in _VERSION_CONTROL or any(Path(path).match(pattern) for pattern in exclude):
                continue
            try:
                about = entry.stat()
            except OSError as e:
                files.append(Fault(shown(path), f"cannot be looked at: {e.strerror}"))
                continue
            if (about.st_dev, about.st_ino) in seen:
                continue
            seen.add((about.st_dev, about.st_ino))
            if entry.is_dir():
                below.append((entry.path, path))
            else:
                files.append(Found(shown(path), Path(entry.path), scheme, named=False))
        yield from files
        pending += reversed(below)
