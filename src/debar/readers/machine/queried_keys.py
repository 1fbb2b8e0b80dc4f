# SPDX-License-Identifier: Apache-2.0
"""Keys of a Windows registry as reg query prints them: a key alone on a line, its values below, indented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.readers.machine import registry_keys
from debar.readers.machine.registry_keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

ROOT = "HKEY_"
"""How a key begins: reg query writes the long names of roots."""
LINE = 1 << 18
"""Characters of one value that are looked at: a binary of 128 KiB, in digits."""
VALUES = 1 << 12
"""Values kept of one key; where programs list themselves there are some dozens."""
# Four blanks stand between the columns; Windows XP wrote tabs. A name may have blanks of its own.
_VALUE = re.compile(r"(?: {4}|\t)(?P<name>\S.*?)(?: {4}|\t)REG_(?P<form>[A-Z_]+)(?:(?: {4}|\t)(?P<text>.*))?")
_DEFAULT = re.compile(r"\(\S[^()]*\)|<\S[^<>]*>")
"""The unnamed value: "(Default)" in the language of the machine, as is what stands there when it is not set."""
_WORDS, _LIST, _NUMBERS = ("SZ", "EXPAND_SZ"), "MULTI_SZ", ("DWORD", "QWORD")


def is_query(source: Input) -> bool:
    """Tell whether the first line with text is a key without brackets, or the banner of Windows XP."""
    first = next((line for _, line in source.lines() if line.strip()), "")
    return first.startswith((ROOT, "! REG.EXE"))


def keys(source: Input) -> Iterator[Key]:
    """Yield the keys that mean something, in file order."""
    key: Key | None = None
    for number, line in source.lines():
        if line.startswith(ROOT):
            if key:
                yield key
            path = line.rstrip()[:LINE]
            key = Key(f"line {number}", path, {}) if registry_keys.rule(path.lower()) else None
        elif key and len(key.values) < VALUES and (found := _VALUE.fullmatch(line[:LINE].rstrip("\r"))):
            name = "" if _DEFAULT.fullmatch(found["name"]) else found["name"]
            if value := _decoded(found["form"], (found["text"] or "").strip(), is_default=not name):
                key.values[name] = value
    if key:
        yield key


def host(found: Iterator[Key]) -> str:
    """Give the machine's name by the keys that hold it, or nothing."""
    for key in found:
        names = registry_keys.named(key.path.lower())
        if texts := next((texts for name, texts in key.values.items() if name.lower() in names), ()):
            return texts[0]
    return ""


def _decoded(form: str, text: str, *, is_default: bool) -> tuple[str, ...]:
    """Give the texts of a value, none for bytes; a list is written in one line with its separators spelt out."""
    if form in _WORDS:
        return () if not text or (is_default and _DEFAULT.fullmatch(text)) else (text,)
    if form == _LIST:
        return tuple(part for part in text.split("\\0") if part)
    if form in _NUMBERS and re.fullmatch(r"0x[0-9a-fA-F]{1,16}", text):
        return (str(int(text, 16)),)
    return ()
