# SPDX-License-Identifier: Apache-2.0
"""Which lines of a large Zeek log matter: kinds of what its rows could name, and rows that matter whoever they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Kind
from debar.readers.zeek.columns import KNOWN, shape
from debar.readers.zeek.logs import LOGS, RENAMED, STATIONS
from debar.sieving import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.zeek.columns import Columns
    from debar.readers.zeek.logs import Log, Side

_HEADERS = tuple(rb"\n#" + name for name in (b"fields", b"separator", b"set_separator", b"empty_field", b"unset_field"))
NOTHING = Wanted(frozenset(), _HEADERS)
"""Of rows that name no service and no host, only the headers of others that may follow."""
_LONG = 9
"""Letters from which the name of a field is looked for without what stands behind it."""
_SHIPPED = (rb'"zeek\.', rb'"zeek" {0,4}:', rb'"@timestamp"')
"""What stands in rows that a shipper wrote anew, with other names."""
_HOST_ALONE = rb'\{"ts":[^,\n]{1,40},"host":"[^"\n]{1,64}"\}'
"""A row of known_hosts, which has no name of its own."""


def of_table(columns: Columns) -> Wanted | None:
    """Give what matters in rows of these columns; nothing where each row does, because it says who is who."""
    if columns.stations or any(side.is_machine or side.port >= 0 for side in columns.sides):
        return None
    kinds: set[Kind] = set()
    for side in columns.sides:
        kinds.update(kind for _, kind in side.plain)
        if side.host >= 0 or side.subject >= 0 or side.answers >= 0 or side.mails:
            kinds |= {Kind.DOMAIN, Kind.IP}
        if side.path >= 0:
            kinds.add(Kind.URL_PATH)
    return Wanted(frozenset(kinds), _HEADERS)


def of_objects(head: str) -> Wanted | None:
    """Give what matters in a log of JSON that begins like this; nothing where each row does, or its rows are unusual.

    Rows of other logs than those seen may follow: whatever tells such a log is looked for.
    """
    wanted: set[Kind] = set()
    seen: set[str] = set()
    for record in _records(head):
        if any(isinstance(value, dict) for value in record.values()) or not RENAMED.keys().isdisjoint(record):
            return None
        names = tuple(name for name in record if name in KNOWN)
        columns = shape(names, str(record.get("_path", "")))
        own = of_table(columns) if columns else Wanted(frozenset())
        if own is None:
            return None
        wanted |= own.kinds
        seen.update(names)
    return Wanted(frozenset(wanted), tuple(sorted({*_SHIPPED, _HOST_ALONE, *_others(frozenset(wanted), seen)})))


def _records(head: str) -> Iterator[dict[str, object]]:
    """Yield the objects at the beginning of a log; the last line of a long head is cut off anywhere."""
    for line in head.split("\n")[:-1]:
        try:
            record = msgspec.json.decode(line)
        except (msgspec.MsgspecError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def _others(kinds: frozenset[Kind], seen: set[str]) -> Iterator[bytes]:
    """Yield expressions of rows that would need more than what is looked for."""
    for pair in STATIONS:
        yield from (_quoted(name) for name in pair if "mac" in name or "l2" in name)
    for log in LOGS:
        if not any(side.names or side.macs or side.addresses or side.port for side in log.sides) and _of(log) <= kinds:
            continue
        yield _quoted(log.name)
        for mark in log.marks:
            if unseen := sorted(mark - seen, key=len):
                yield _quoted(unseen[-1])


def _of(log: Log) -> set[Kind]:
    """Give all kinds that rows of a log could name."""
    return {kind for side in log.sides for kind in _of_side(side)}


def _of_side(side: Side) -> Iterator[Kind]:
    yield from side.kinds.values()
    if side.host or side.subject or side.answers or side.mails:
        yield from (Kind.DOMAIN, Kind.IP)
    if side.path:
        yield Kind.URL_PATH


def _quoted(name: str) -> bytes:
    """Give how a field's name is written; of long ones without the end, since much ends in a quotation mark."""
    return b'"' + re.escape(name).encode() + (b'"' if len(name) < _LONG else b"")
