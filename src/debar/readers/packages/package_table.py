# SPDX-License-Identifier: Apache-2.0
"""Tables that package managers print with a heading: dpkg -l, snap list, flatpak list, winget list and scoop list.

Columns are cut where the heading's words begin (winget, flatpak), or at runs of blanks (the others).
Headings are translated, so a table is told by what stays the same in every language.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.databases.installations import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.readers.inputs import Input

_LINE = 4096
"""Characters of a line that are looked at; terminals and pipes get far shorter ones."""
_PREAMBLE = 64
"""Lines before the heading that are looked through: progress signs and legends are fewer."""
_CUT = "\u2026"
"""What winget writes in place of what did not fit."""
_NOBODY = frozenset({"", "-", "--", "\u2013"})
_PRODUCT_CODE = re.compile(r"\{[0-9A-Fa-f-]{36}\}")
_STATES = {"i": Meaning.INSTALLED, "t": Meaning.INSTALLED, "W": Meaning.INSTALLED, "c": Meaning.RESIDUE}
"""Second letter of dpkg -l; the others are unfinished installations, n is not there: dpkg-query(1)."""


class _Row(NamedTuple):
    """What a line says, whichever table it stands in."""

    label: str
    version: str
    observables: list[Observable]
    meaning: Meaning | None = Meaning.INSTALLED


class _Table(NamedTuple):
    """One program's table."""

    heading: re.Pattern[str]
    """The line that tells the table."""
    row: Callable[[list[str]], _Row]
    is_cut: bool = False
    """Columns are cut where the heading's words begin."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that is on the machine, in file order."""
    lines = ((number, line[:_LINE].rstrip()) for number, line in source.lines())
    table, starts, pending = _heading(lines)
    shelf = Shelf(source)
    for number, line in (*pending, *lines) if pending else lines:
        if not line.strip(" -+=|/"):
            continue
        row = table.row(_cells(line, starts) if starts else line.split("\t") if "\t" in line else line.split())
        if not row.label:
            source.tally["other lines"] += 1
        elif row.meaning is None:
            source.tally["packages not installed"] += 1
        else:
            source.tally["packages"] += 1
            yield shelf.installed(f"line {number}", row.label, row.version, row.observables, row.meaning)


def _heading(lines: Iterator[tuple[int, str]]) -> tuple[_Table, list[int], list[tuple[int, str]]]:
    """Find the heading; give the table, where its columns begin, and lines that were already its rows."""
    for _, (number, line) in zip(range(_PREAMBLE), lines, strict=False):
        for table in _TABLES:
            if table.heading.match(line):
                starts = [_width(line[: found.start()]) for found in re.finditer(r"\S+(?: \S+)*", line)]
                is_row = table.row is _flatpak and not table.is_cut
                return table, starts if table.is_cut else [], [(number, line)] if is_row else []
    raise SourceError("no heading of a table of packages")


def _width(text: str) -> int:
    """Give the columns that a text fills in a terminal: East Asian characters fill two."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def _cells(line: str, starts: list[int]) -> list[str]:
    """Cut a line where the columns begin."""
    if not line.isascii():
        # a filler after each wide character, so that positions count columns
        line = "".join(c + "\0" * (_width(c) - 1) for c in line)
    ends = [*starts[1:], None]
    return [line[start:end].replace("\0", "").strip() for start, end in zip(starts, ends, strict=True)]


def _dpkg(cells: list[str]) -> _Row:
    """Read "ii  name:arch  version  arch  description"."""
    if len(cells) < 3 or len(cells[0]) not in (2, 3):
        return _Row("", "", [])
    name = cells[1].partition(":")[0]
    # the name is looked up in lists of packages; of the description, only words are kept
    found = [Observable(Kind.PACKAGE, name), *components.prose(" ".join(cells[4:]))]
    state = cells[0][1]
    return _Row(name, cells[2], found, None if state == "n" else _STATES.get(state, Meaning.RESIDUE))


def _snap(cells: list[str]) -> _Row:
    """Read "name version revision tracking publisher notes"; a mark at a publisher says that the store checked it."""
    if len(cells) < 5:
        return _Row("", "", [])
    publisher = cells[-2].rstrip("*\u2713\u2714\u2705\u272a\u2b50\ufe0f")
    found = [Observable(Kind.PACKAGE, cells[0]), *components.maker(publisher if publisher not in _NOBODY else "")]
    is_off = "disabled" in cells[-1].split(",")
    return _Row(cells[0], cells[1] if cells[1] != "-" else "", found, Meaning.RESIDUE if is_off else Meaning.INSTALLED)


def _flatpak(cells: list[str]) -> _Row:
    """Read "name, application, version, branch ..."; only the application's identifier is certain to be there."""
    at = next((n for n, cell in enumerate(cells) if re.fullmatch(r"[A-Za-z_][\w-]*(?:\.[\w-]+){2,}", cell)), -1)
    if at < 0:
        return _Row("", "", [])
    name = cells[at - 1] if at else ""
    found = [Observable(Kind.PACKAGE, cells[at])] + ([Observable(Kind.NAME, name)] if name else [])
    return _Row(name or cells[at], cells[at + 1] if len(cells) > at + 1 else "", found)


def _winget(cells: list[str]) -> _Row:
    """Read "name, id, version ..."; what is not from winget has an id that tells where it was found."""
    if len(cells) < 3 or not cells[1]:
        return _Row("", "", [])
    name, identifier = cells[0].rstrip(_CUT), cells[1]
    found = [Observable(Kind.NAME, name)] if name else []
    if code := _PRODUCT_CODE.search(identifier):
        found.append(Observable(Kind.PRODUCT_CODE, code.group()))
    elif "\\" not in identifier and not identifier.endswith(_CUT):
        found.append(Observable(Kind.PACKAGE, identifier))
        # an identifier is Publisher.Program by winget's rules
        found += components.maker(identifier.partition(".")[0])
    return _Row(name or identifier, cells[2], found)


def _scoop(cells: list[str]) -> _Row:
    """Read "name version source updated"."""
    return _Row(cells[0], cells[1], [Observable(Kind.PACKAGE, cells[0])]) if len(cells) > 2 else _Row("", "", [])


_TABLES = (
    _Table(re.compile(r"\|\|/ +\S"), _dpkg),
    _Table(re.compile(r"\S+ +Version +R[eé]v\S* +\S"), _snap),
    _Table(re.compile(r"\S+ +I[dD] +\S"), _winget, is_cut=True),
    _Table(re.compile(r"Name +Version +Source +Updated"), _scoop),
    _Table(re.compile(r"\S.* {2,}Application ID +\S"), _flatpak, is_cut=True),
    _Table(re.compile(r"[^\t]*\t[A-Za-z_][\w-]*(?:\.[\w-]+){2,}\t"), _flatpak),
)
