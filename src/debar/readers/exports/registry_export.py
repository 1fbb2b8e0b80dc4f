# SPDX-License-Identifier: Apache-2.0
"""Text of the Windows registry: exports (.reg) of both versions of the registry editor, and what reg query prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.machine import queried_keys, registry, registry_keys
from debar.readers.machine.registry_keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_VALUE = re.compile(r'(@|"(?:[^"\\]|\\.)*")\s*=\s*')
_ESCAPED = re.compile(r"\\(.)")
_HEX = re.compile(r"hex(?:\(([0-9a-fA-F]{1,8})\))?:", re.IGNORECASE)
_PAIR = re.compile(r"[0-9a-fA-F]{2}")
TEXT = 1 << 18
"""Characters of one value that are looked at: a list of 64 KiB, in digits and commas."""
VALUES = 1 << 12
"""Values kept of one key; where programs list themselves there are some dozens."""
_WORDS, _LIST, _QUAD = (1, 2), 7, 11
"""Types of values in winnt.h: text, text with variables, list of texts, 64-bit number."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each key that says something of software or devices, then one of the machine."""
    if queried_keys.is_query(source):
        host = queried_keys.host(queried_keys.keys(source))
        yield from registry.observations(source, _counted(source), host)
        return
    host = next(registry_keys.hosts(line for _, line in source.lines()), "")
    yield from registry.observations(source, _keys(source), host)


def _counted(source: Input) -> Iterator[Key]:
    for key in queried_keys.keys(source):
        source.tally["keys"] += 1
        yield key


def _keys(source: Input) -> Iterator[Key]:
    """Yield the keys that mean something; what is deleted by an import is no key of the machine."""
    key: Key | None = None
    is_old = False
    for number, text in _logical(source):
        if text.startswith("["):
            if key:
                yield key
            key = _opened(source, number, text)
        elif key is None:
            is_old = is_old or text.startswith("REGEDIT4")
        elif len(key.values) < VALUES and (found := _VALUE.match(text)):
            name = "" if found[1] == "@" else _plain(found[1][1:-1])
            if (value := _decoded(text[found.end() :], is_old=is_old)) is not None:
                key.values[name] = value
    if key:
        yield key


def _opened(source: Input, number: int, text: str) -> Key | None:
    source.tally["keys"] += 1
    path = text[1:].rstrip().removesuffix("]")
    if path.startswith("-"):
        source.tally["keys to be deleted"] += 1
        return None
    return Key(f"line {number}", path, {}) if registry_keys.rule(path.lower()) else None


def _logical(source: Input) -> Iterator[tuple[int, str]]:
    """Yield (number of the first line, text) with continued lines joined.

    Digits go on after a backslash, texts until their quotation mark.
    """
    pending, first, is_quoted = "", 0, False
    for number, line in source.lines():
        if not pending:
            stripped = line.strip()
            if not stripped or stripped.startswith(";"):
                continue
            pending, first, is_quoted = stripped, number, False
        else:
            pending = (pending + "\n" + line if is_quoted else pending[:-1] + line.strip())[:TEXT]
        is_quoted = _is_open(pending)
        if is_quoted and line.startswith("[HKEY_"):  # a mark is missing: the next key must not be swallowed
            source.lose(f"line {first}", "a text without its closing quotation mark")
            pending, first, is_quoted = line.strip(), number, False
        if not is_quoted and not (pending.endswith("\\") and not pending.startswith("[") and len(pending) < TEXT):
            yield first, pending
            pending = ""
    if pending:
        yield first, pending


def _is_open(text: str) -> bool:
    """Tell whether a text value goes on in the next line: it may hold line breaks."""
    if '="' not in text or (text.endswith('"') and not text.endswith(('\\"', '="'))):
        return False  # nearly every line: no text, or one that is closed
    found = _VALUE.match(text)
    if not found or len(text) >= TEXT or text[found.end() : found.end() + 1] != '"':
        return False
    body = text[found.end() + 1 :].rstrip()
    if not body.endswith('"'):
        return True
    before = body[:-1]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _decoded(text: str, *, is_old: bool) -> tuple[str, ...] | None:
    """Give the texts of a value, or nothing for bytes, and for a value that an import deletes."""
    if text.startswith('"'):
        return (_plain(text[1:].rstrip().removesuffix('"')),)
    if text[:6].lower() == "dword:":
        return _number(text[6:])
    found = _HEX.match(text)
    if not found:
        return None
    form = int(found[1], 16) if found[1] else 3
    data = bytes.fromhex("".join(_PAIR.findall(text, found.end())))
    if form == _QUAD:
        return (str(int.from_bytes(data[:8], "little")),)
    if form not in (*_WORDS, _LIST):
        return None
    # The old editor wrote the system's 8-bit code page, which the file does not name.
    words = data.decode("cp1252" if is_old else "utf-16-le", errors="replace").split("\0")
    return tuple(word for word in words if word) if form == _LIST else (words[0],)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _number(digits: str) -> tuple[str, ...] | None:
    try:
        return (str(int(digits.strip()[:16], 16)),)
    except ValueError:
        return None
