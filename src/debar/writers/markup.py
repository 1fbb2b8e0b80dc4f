# SPDX-License-Identifier: Apache-2.0
"""Text of others inside Markdown of GitHub's kind: it stays text, links nowhere, and calls nobody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.text import printable
from debar.writers import references

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = re.compile(r"([\\`*_\[\]<>|~&!$])")
_ADDRESSES = re.compile(r"(://)|(www)\.", re.IGNORECASE)
_CALLS = re.compile(r"([@#])")
_TICKS = re.compile(r"`+")


def text(value: str) -> str:
    """Give a text as itself, in one line: what would mark it up, or be a link by itself, is escaped.

    People and tickets GitHub looks for after it has drawn a text, so no escape stops it: an empty comment cuts
    @ and # off from what they would name.
    """
    plain = _MARKS.sub(r"\\\1", printable(" ".join(value.split())))
    unlinked = _ADDRESSES.sub(lambda found: "\\://" if found[1] else f"{found[2]}\\.", plain)
    return _CALLS.sub(r"\\\1<!-- -->", unlinked)


def code(value: str) -> str:
    """Give a name, path or id in the face of code, for a cell of a table."""
    plain = printable(" ".join(value.split())) or " "
    fence = "`" * (max((len(run) for run in _TICKS.findall(plain)), default=0) + 1)
    pad = " " if "`" in (plain[0], plain[-1]) else ""
    # A table takes its bars before code is looked for, and gives back those that are escaped.
    return f"{fence}{pad}{plain.replace('|', chr(92) + '|')}{pad}{fence}"


def link(title: str, url: str) -> str:
    """Give a link to a page of the web, or the title alone where the address is none."""
    address = references.link(url)
    for character, escaped in (("(", "%28"), (")", "%29"), ("|", "%7C"), ("[", "%5B"), ("]", "%5D")):
        address = address.replace(character, escaped)
    return f"[{text(title)}](<{address}>)" if address else text(title)


def row(cells: Iterable[str]) -> str:
    """Give one row of a table; the cells are escaped already."""
    return f"| {' | '.join(cells)} |\n"


def head(*titles: str) -> str:
    """Give the first two rows of a table."""
    return row(titles) + row("---" for _ in titles)
