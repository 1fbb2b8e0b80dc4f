# SPDX-License-Identifier: Apache-2.0
"""How Zeek writes cells: escapes, sets of answers, hosts with ports."""

from __future__ import annotations

import re
from functools import lru_cache

from debar.model.inventory import Observable
from debar.model.vocab import Kind

SHORT = 512
"""Characters of DNS answers that are worth remembering."""
_ESCAPE = re.compile(r"(?:\\x[0-9a-fA-F]{2})+")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+")
_NAME = re.compile(r"[A-Za-z0-9_*-]+(?:\.[A-Za-z0-9_-]+)+\.?")

# Looking up a member of an enumeration costs as much as making an observable.
_IP, _DOMAIN = Kind.IP, Kind.DOMAIN


def answers(cell: str, separator: str) -> tuple[Observable, ...]:
    """Give the addresses and names among DNS answers; popular names get the same ones again and again."""
    return _cached_answers(cell, separator) if len(cell) < SHORT else _parsed_answers(cell, separator)


def _parsed_answers(cell: str, separator: str) -> tuple[Observable, ...]:
    # Answers of other types are prose: "TXT 19 v=spf1 ...", "SOA ...".
    values = [plain(answer) if "\\x" in answer else answer for answer in cell.split(separator)]
    kinds = [(_IP if _ADDRESS.fullmatch(value) else _DOMAIN if _NAME.fullmatch(value) else None) for value in values]
    return tuple(Observable(kind, value) for kind, value in zip(kinds, values, strict=True) if kind)


_cached_answers = lru_cache(maxsize=8192)(_parsed_answers)


def plain(text: str) -> str:
    r"""Give a cell with its \xNN escapes decoded; runs of them are UTF-8 bytes."""
    return _ESCAPE.sub(lambda run: bytes.fromhex(run.group().replace("\\x", "")).decode("utf-8", "replace"), text)


def host(value: str) -> Observable:
    """Give a Host header's name or address without the port."""
    bare = value[1:].partition("]")[0] if value.startswith("[") else value
    if bare is value and value.count(":") == 1:
        bare = value.partition(":")[0]
    return Observable(_IP if _ADDRESS.fullmatch(bare) else _DOMAIN, bare)
