# SPDX-License-Identifier: Apache-2.0
"""Zeek logs as TSV or JSON: which services the hosts of a network used, and what they say of themselves.

Which log it is, is told from its columns (readers/zeek). Rows of any other log (weird, stats, ntp ...) name
no service and no host and are only counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.readers import encodings
from debar.readers.zeek import wanted
from debar.readers.zeek.cells import plain
from debar.readers.zeek.columns import KNOWN, shape
from debar.readers.zeek.logs import RENAMED
from debar.readers.zeek.rows import Log

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.zeek.columns import Columns
    from debar.sieving import Wanted

DEPTH = 4
"""Objects inside objects that are looked into; shippers nest "zeek.ssl.server.name" that deep."""
_NAMES = {**RENAMED, **{name: name for name in KNOWN}}
"""Zeek's name of each column that is known, by the name that a record has for it."""
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)


def read(source: Input) -> Iterator[Observation]:
    """Yield what each row says of its hosts, in file order, then the hosts of the local network.

    What hosts say again and again of themselves is told once.
    """
    head = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n")
    if head[:1] in {"[", "{"}:
        log = Log(source, set_separator="\n")
        yield from _json(log, _records(source, head))
    else:
        log = Log(source)
        yield from _tsv(log, _sought(head))
    yield from log.stations.observations()


def _sought(head: str) -> Wanted | None:
    """Give what matters in a TSV log that begins like this; nothing where each row does."""
    separator = "\t"
    for line in head.split("\n"):
        if line.startswith("#separator "):
            separator = plain(line[11:].rstrip("\r")) or separator
        elif line.startswith("#fields"):
            columns = shape(tuple(line.rstrip("\r").split(separator)[1:]))
            return wanted.of_table(columns) if columns else wanted.NOTHING
    return None


def _tsv(log: Log, sought: Wanted | None) -> Iterator[Observation]:
    """Yield observations of a TSV log; each "#fields" line begins a new shape."""
    source = log.source
    columns: Columns | None = None
    width = rows = others = 0
    try:
        for number, line in source.sifted(sought) if sought else source.lines():
            if line.startswith("#") or (number == 1 and line.lstrip().startswith("#")):
                if line.startswith("#fields"):
                    fields = tuple(line.split(log.separator)[1:])
                    columns, width = shape(fields), len(fields)
                    others_sought = wanted.of_table(columns) if columns else sought
                    source.needs_all |= not (sought and others_sought and others_sought.kinds <= sought.kinds)
                else:
                    log.restyle(line.lstrip())
                continue
            if not line:
                continue
            if not width and "\tid.orig_h\t" in f"\t{line}\t":
                # zeek-cut -c and others keep the names of the columns and drop the marks around them.
                fields = tuple(line.split(log.separator))
                columns, width = shape(fields), len(fields)
                continue
            if not width:
                raise SourceError('a row before any "#fields" line', locator=f"line {number}")
            rows += 1
            if columns is None:
                others += 1
                continue
            cells = line.split(log.separator)
            if len(cells) != width:
                source.lose(f"line {number}", f"{len(cells)} columns where the header has {width}")
            else:
                yield from log.observations(f"line {number}", cells, columns, escaped="\\x" in line)
    finally:
        source.tally.update({"rows": rows, "rows of other logs": others} if others else {"rows": rows})


def _json(log: Log, records: Iterator[tuple[str, object]]) -> Iterator[Observation]:
    """Yield observations of JSON records, which leave out what is unset and so differ in shape."""
    source = log.source
    for locator, record in records:
        source.tally["rows"] += 1
        if not isinstance(record, dict):
            source.lose(locator, f"an object was expected, found {type(record).__name__}")
            continue
        row = _flat(record)
        columns = shape(tuple(row), row.get("_path", ""))
        if columns is None:
            source.tally["rows of other logs"] += 1
        else:
            yield from log.observations(locator, list(row.values()), columns, escaped=True)


def _records(source: Input, head: str) -> Iterator[tuple[str, object]]:
    """Yield (locator, record) for each line, or for each element of an array."""
    places: Iterator[tuple[str, str | msgspec.Raw]]
    if head[:1] == "[":
        try:
            elements = msgspec.json.decode(source.document(), type=list[msgspec.Raw])
        except _UNREADABLE as e:
            raise SourceError(f"not a readable array of log records: {e}") from e
        places = ((f"/{number}", raw) for number, raw in enumerate(elements))
    else:
        sought = wanted.of_objects(head)
        lines = source.sifted(sought) if sought else source.lines()
        places = ((f"line {number}", line) for number, line in lines if line.strip())
    decode = msgspec.json.Decoder().decode
    for locator, text in places:
        try:
            record = decode(text)
        except _UNREADABLE as e:
            source.tally["rows"] += 1
            source.lose(locator, str(e))
            continue
        yield locator, record


def _flat(record: dict[str, object]) -> dict[str, str]:
    """Give a record's known fields as cells; shippers nest "id.orig_h" into an object "id", and rename some."""
    row: dict[str, str] = {}
    if dict in set(map(type, record.values())):
        record = _unnested(record)
    for key, value in record.items():
        name = _NAMES.get(key)
        if name is None:
            continue
        if isinstance(value, str):
            row[name] = value
        elif isinstance(value, list):
            row[name] = "\n".join(item for item in value if isinstance(item, str))
        elif isinstance(value, int | float):
            row[name] = str(value)
    return row


def _unnested(record: dict[str, object]) -> dict[str, object]:
    """Give the fields of objects inside a record beside its own, each after the names of what it lies in."""
    flat: dict[str, object] = {}
    pending: list[tuple[str, object, int]] = [(key, value, 0) for key, value in record.items()]
    for key, value, depth in pending:
        if not isinstance(value, dict):
            flat[key] = value
        elif depth < DEPTH:
            pending += [(f"{key}.{name}", inner, depth + 1) for name, inner in value.items()]
    return flat
