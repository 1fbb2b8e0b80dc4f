# SPDX-License-Identifier: Apache-2.0
"""Structs to YAML in one canonical form, which the strict reading gives back as the same structs.

Keys stand in the order of the fields, and what is as by default is left out. A text is quoted where any reader of
YAML could take it for something else, and folded where it is longer than a line; short lists of words stand in one.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WIDTH = 110
"""Columns of a line, where a text has spaces to break it at."""
_WORDS = frozenset(
    {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", ".inf", "+.inf", ".nan", "<<", "="}
)
"""What some reader of YAML takes for something else than text."""
_NUMBER = re.compile(r"[-+.]?[0-9.][0-9a-fA-F_:.xXoOeE+TtZz -]*")
"""Any number, date or time, and a little more."""
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"
_SINGLE_SPACE = re.compile(r"(?<! ) (?! )")


def dump(noun: msgspec.Struct | Iterable[msgspec.Struct]) -> str:
    """Give the text of a file that holds a struct, or several as a list."""
    lines = _mapping(_stated(noun), WIDTH) if isinstance(noun, msgspec.Struct) else _items(noun, WIDTH)
    return "".join(f"{line}\n" for line in lines)


def _stated(noun: msgspec.Struct) -> dict[str, Any]:
    """Give the fields that are not as by default."""
    fields = _fields(type(noun))
    return {f.encode_name: getattr(noun, f.name) for f in fields if getattr(noun, f.name) != _default(f)}


@lru_cache(maxsize=64)
def _fields(kind: type[msgspec.Struct]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Give the fields of a struct; to find them takes longer than to write them."""
    return msgspec.structs.fields(kind)


def _default(field: msgspec.structs.FieldInfo) -> object:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _mapping(stated: Mapping[str, Any], room: int) -> list[str]:
    """Give the lines of keys and values in the columns that are left."""
    return [line for key, value in stated.items() for line in _field(f"{_word(key)}:", value, room)]


def _items(values: Iterable[object], room: int) -> list[str]:
    """Give the lines of a list, an item after the other."""
    found: list[str] = []
    for value in values:
        if isinstance(value, msgspec.Struct | dict):
            parts = _mapping(_stated(value) if isinstance(value, msgspec.Struct) else value, room - 2)
            found += [f"{'  ' if number else '- '}{line}" for number, line in enumerate(parts or ["{}"])]
        else:
            found += _field("-", value, room)
    return found


def _field(lead: str, value: object, room: int) -> Iterator[str]:
    """Yield the lines of a key or dash, and of what stands there."""
    if isinstance(value, msgspec.Struct | dict):
        inner = _mapping(_stated(value) if isinstance(value, msgspec.Struct) else value, room - 2)
        yield from (lead, *(f"  {line}" for line in inner)) if inner else (f"{lead} {{}}",)
    elif isinstance(value, tuple | list):
        has_parts = any(isinstance(one, msgspec.Struct | dict | tuple | list) for one in value)
        flow = "" if has_parts else f"{lead} [{', '.join(_word(one, in_flow=True) for one in value)}]"
        is_short = bool(flow) and (len(flow) <= room or not value)
        yield from (flow,) if is_short else (lead, *(f"  {line}" for line in _items(value, room - 2)))
    else:
        yield from _scalar(lead, value, room)


def _scalar(lead: str, value: object, room: int) -> Iterator[str]:
    """Yield a scalar on the line of its key or dash, or folded below it where it is a text that can be broken."""
    line, text = f"{lead} {_word(value)}", str(value)
    if len(line) <= room or not text.isprintable() or text.strip() != text or " " not in text:
        yield line
        return
    yield f"{lead} >-"
    line = ""
    for part in _SINGLE_SPACE.split(text):
        if line and len(f"  {line} {part}") > room:
            yield f"  {line}"
            line = ""
        line += f" {part}" if line else part
    yield f"  {line}"


def _word(value: object, *, in_flow: bool = False) -> str:
    """Give a scalar on one line, quoted where it could be taken for something else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, int):
        return text
    stops = ",[]{}:#?" if in_flow else ""
    is_plain = (
        text
        and text.isprintable()
        and text[0] not in _INDICATORS
        and text.strip() == text
        and ": " not in text
        and " #" not in text
        and not text.endswith(":")
        and text.lower() not in _WORDS
        and not _NUMBER.fullmatch(text)
        and not set(stops) & set(text)
    )
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    return "".join(c if c.isprintable() else _escaped(c) for c in json.dumps(text, ensure_ascii=False))


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if ord(character) < 1 << 16 else f"\\U{ord(character):08x}"
