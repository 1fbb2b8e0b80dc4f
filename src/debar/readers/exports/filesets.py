# SPDX-License-Identifier: Apache-2.0
"""Filesets of AIX (lslpp), software of HP-UX (swlist) and VIBs of ESXi (esxcli software vib list)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar import text as texts
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components
from debar.readers.machine import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_TARGET = re.compile(r'#\s*Target:\s*([^\s:]+)|# Contacting target "([^"]+)"')
_BROKEN = frozenset({"BROKEN", "OBSOLETE", "B", "O", "?"})
"""States of lslpp in which a fileset does not work, or was replaced."""
_HEADED = ("#fileset", "#package name", "#path")
_OF_OBJECTS = ("path", "fileset", "level", "ptfid", "state", "type", "description")
"""What lslpp -l -c writes in each row, the first of which its header leaves out."""
_WIDEST = 8
"""Blanks before the text of lslpp from which on it continues the line before."""
_PRINTED = ("fileset", "level", "state")
"""The first columns of lslpp -l and -L in whatever language; a description is the last."""
_LEVEL = re.compile(r"\d\S*")
_UNINSTALLER = re.compile(r" \(/\S*\)$")
_LEGEND = re.compile(r"\S.*:\s*")
"""Heads the explanation of codes below a table; that of a folder says where it is."""


class _Row(NamedTuple):
    """One package as a line says it."""

    number: int
    name: str
    version: str = ""
    title: str = ""
    vendor: str = ""
    state: str = ""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each fileset, bundle or product, in file order."""
    host = ""
    for row in _rows(source):
        if isinstance(row, str):
            host = row
            continue
        source.tally["packages"] += 1
        yield Observation(
            source=source.id,
            locator=f"line {row.number}",
            asset=host or source.asset,
            label=row.name,
            version=row.version,
            medium=Medium.PACKAGES,
            meaning=Meaning.RESIDUE if row.state in _BROKEN else Meaning.INSTALLED,
            observables=tuple(_observables(row)),
        )


def _observables(row: _Row) -> Iterator[Observable]:
    yield Observable(Kind.PACKAGE, row.name)
    if row.title:
        yield Observable(Kind.NAME, row.title)
    yield from components.maker(row.vendor)


def _rows(source: Input) -> Iterator[_Row | str]:
    """Yield packages, and the host where the list names it; the first lines tell which tool wrote it."""
    titles: list[str] = []
    starts: list[int] = []
    last: _Row | None = None
    is_printed = is_over = False
    for number, line, following in printed.pairs(source.lines()):
        if found := _TARGET.match(line):
            yield found[1] or found[2]
        elif line.startswith("#"):
            titles = _titles(line, following) or titles
        elif printed.is_rule(following):
            is_printed, is_over = "Vendor" not in line, False  # esxcli has that column, lslpp has it not
            starts = printed.titled(line) if is_printed else printed.ruled(following or "")
            titles = [] if is_printed else [texts.header(title) for title in printed.cells(line, starts)]
        elif is_printed and _LEGEND.fullmatch(line):
            is_over = True
        elif is_over or printed.is_rule(line):
            continue
        elif is_printed and last and _is_continued(line):
            last = _continued(last, line, starts)
        elif row := _printed(number, line, starts) if is_printed else _row(number, line, titles, starts):
            if last:
                yield last
            last = row
    if last:
        yield last


def _titles(line: str, following: str | None) -> list[str]:
    """Give the columns of lslpp -c by its header, nothing for another remark."""
    if (following or "").startswith("/"):
        return list(_OF_OBJECTS)  # whatever the language of the header
    return [texts.header(title) for title in line[1:].split(":")] if line.lower().startswith(_HEADED) else []


def _is_continued(line: str) -> bool:
    return len(line) - len(line.lstrip()) > _WIDEST and bool(line.strip())


def _continued(row: _Row, line: str, starts: list[int]) -> _Row:
    """Give a row with what stands in the line below: the rest of its title, or all but a name that is too long."""
    if row.version:
        return row._replace(title=_UNINSTALLER.sub("", f"{row.title} {line.strip()}"))
    return _printed(row.number, line, starts, row.name) or row


def _printed(number: int, line: str, starts: list[int], name: str = "") -> _Row | None:
    """Give the package of a line of lslpp, whose name may stand in the line above; nothing for another line."""
    words = line.split()
    if not line[:1].isspace() or not words:
        return None
    if len(words) == 1 and not name:
        return _Row(number, words[0])
    # A long level shifts what follows, so words count, unless a column is blank: a type is a single letter.
    cells = line.split(None, len(starts) - 1) if not name else ["", *line.split(None, len(starts) - 2)]
    if len(starts) > len(_PRINTED) + 1 and len(cells) > len(_PRINTED) and len(cells[3]) > 1:
        cells = printed.cells(line, starts)
    fields = dict(zip(_PRINTED, cells, strict=False))
    level = fields.get("level", "")
    if not _LEVEL.fullmatch(level) or " " in fields["fileset"]:
        return None
    title = _UNINSTALLER.sub("", cells[-1].strip()) if len(cells) == len(starts) else ""
    return _Row(number, name or fields["fileset"], level, title, state=fields.get("state", ""))


def _row(number: int, line: str, titles: list[str], starts: list[int]) -> _Row | None:
    if not line.strip():
        return None
    if titles:
        values = printed.cells(line, starts) if starts else line.split(":")
        cells = {title: value.strip() for title, value in zip(titles, values, strict=False)}
        name, version = cells.get("fileset") or cells.get("name", ""), cells.get("level") or cells.get("version", "")
        rest = (cells.get(title, "") for title in ("description", "vendor", "state"))
        return _Row(number, name, version, *rest) if name else None
    parts = line.split(None, 2)
    if not line[:1].isspace() or len(parts) < 2:
        return None
    return _Row(number, parts[0], parts[1], parts[2].strip() if len(parts) > 2 else "")
