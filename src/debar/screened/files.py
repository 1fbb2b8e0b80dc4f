# SPDX-License-Identifier: Apache-2.0
"""Names from files: each is read to its end, or told with the reason."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from debar.errors import SourceError, UsageError
from debar.readers import places, walk
from debar.readers.inputs import Input
from debar.readers.lined import NO_SIFTING
from debar.readers.names import tables
from debar.screened.rows import taken, told
from debar.watched import UNWATCHED, Interrupted, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.inventory import Layout
    from debar.screened.distinct import Distinct


class Read(NamedTuple):
    """What came of reading files, beside the names."""

    notes: list[str]
    """Which columns were taken, and what of them was left out."""
    faults: list[SourceError | UsageError]
    """What could not be read, or not to its end."""


def read(
    files: Sequence[str],
    found: Distinct,
    wanted: str = "",
    layouts: Sequence[Layout] = (),
    *,
    stdin: BinaryIO | None = None,
    watch: Watch = UNWATCHED,
) -> Read:
    """Take the names of files; `wanted` is the column, by header or number, where it is not to be told from the table.

    A file that cannot be read costs itself. Where somebody asks for the end, what was read until then stays.
    """
    result = Read([], [])
    places_ = [_found(file) for file in files]
    watch.found(places_)
    for at, place in enumerate(places_):
        try:
            watch.begun(place)
            source = _input(place, layouts, stdin, watch)
            for count in _names(source, found, wanted, result.notes):
                watch.check()
                del count
            result.notes.extend(f"{place.path}: {remark}" for remark in source.remarks)
            result.faults.extend(SourceError(reason, path=place.path, locator=at_) for at_, reason in source.losses)
        except SourceError as e:
            result.faults.append(SourceError(e.message, path=e.path or place.path, locator=e.locator, hint=e.hint))
        except UsageError as e:
            result.faults.append(UsageError(f"{place.path}: {e.message}", hint=e.hint))
        except Interrupted as e:
            result.faults.extend(SourceError(e.reason, path=left.path) for left in places_[at:])
            break
    return result


def _names(source: Input, found: Distinct, wanted: str, notes: list[str]) -> Iterator[int]:
    """Yield how many rows were taken so far; whatever a library raises for a broken file is a SourceError."""
    try:
        for table in tables.tables(source, wanted):
            notes.append(f"{source.path}: {told(table)}")
            yield from taken(found, source.path, table)
    except (SourceError, UsageError):
        raise
    except (RecursionError, MemoryError) as e:
        raise SourceError(f"too deep or too large to read ({type(e).__name__})") from e
    except Exception as e:
        raise SourceError(f"it could not be read: {type(e).__name__}: {e}", hint="save it as CSV") from e


def said(fault: SourceError | UsageError) -> str:
    """Give a fault in words, with its place."""
    where = ", ".join(part for part in (getattr(fault, "path", ""), getattr(fault, "locator", "")) if part)
    text = f"{where}: {fault.message}" if where else fault.message
    return f"{text}; {fault.hint}" if fault.hint else text


def _found(file: str) -> walk.Found:
    if file == "-":
        return walk.Found("-", None, "", named=True)
    return walk.Found(places.shown(file), file, "", named=True)


def _input(place: walk.Found, layouts: Sequence[Layout], stdin: BinaryIO | None, watch: Watch) -> Input:
    sifting = NO_SIFTING._replace(told=watch.passed)
    if place.place is None:
        return Input("-", stdin or sys.stdin.buffer, layouts, sifting=sifting)
    file = Path(place.place)
    if file.is_dir():
        raise SourceError("is a directory", hint="name a file in it; debar scan reads directories")
    if not file.exists():
        raise SourceError("no such file", hint="name a file; --name takes it for the name of a company")
    return Input(place.path, file, layouts, sifting=sifting)
