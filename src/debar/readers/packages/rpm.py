# SPDX-License-Identifier: Apache-2.0
"""RPM's database of installed packages, in each of its forms: SQLite, ndb and Berkeley DB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.databases import berkeley, ndb, rpm_headers, sqlite_tables
from debar.readers.databases.installations import Shelf, made_by, place_ofs, source_package

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_SQLITE, _NDB = b"SQLite format 3\0", b"RpmP"
_BLANK = frozenset({"", "(none)"})
_KEY = "gpg-pubkey"
"""Name under which rpm files the keys it trusts: no software, but whose software was let in."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each installed package, in the database's order; trusted keys are left-overs."""
    shelf = Shelf(source)
    for locator, blob in _blobs(source):
        try:
            header = rpm_headers.header(blob)
        except rpm_headers.FaultyHeaderError as e:
            source.lose(locator, str(e))
            continue
        fields = {name: texts[0] for name, texts in header.items() if texts and texts[0] not in _BLANK}
        if "name" not in fields:
            source.lose(locator, "a package without a name")
            continue
        is_key = fields["name"] == _KEY
        source.tally["keys" if is_key else "packages"] += 1
        yield shelf.installed(
            locator,
            fields.get("summary", _KEY) if is_key else fields["name"],
            _version(fields),
            _observables(fields, header.get("folders", []), is_key=is_key),
            Meaning.RESIDUE if is_key else Meaning.INSTALLED,
        )


def fits(source: Input) -> bool:
    """Tell whether a SQLite file is rpm's: its schema, which stands at the beginning, has the table of headers."""
    head = source.head()
    return head.startswith(_SQLITE) and b"CREATE TABLE 'Packages'" in head


def _blobs(source: Input) -> Iterator[tuple[str, bytes]]:
    """Yield (locator, header) from whichever library keeps them."""
    head = source.head()
    if head.startswith(_SQLITE):
        for number, blob in sqlite_tables.rows(source, "Packages", ("hnum", "blob")):
            if isinstance(blob, bytes):
                yield f"package {number}", blob
            else:
                source.lose(f"package {number}", "a package without a header")
    elif head.startswith(_NDB):
        yield from ndb.blobs(source, rpm_headers.LARGEST)
    else:
        yield from _berkeley(source)


def _berkeley(source: Input) -> Iterator[tuple[str, bytes]]:
    """Yield the values of the table; the key 0 holds the last number given out and no package."""
    is_empty = True
    for locator, key, value in berkeley.pairs(source, rpm_headers.LARGEST):
        is_empty = False
        if key.strip(b"\0"):
            yield locator, value
    if is_empty and not source.losses:
        raise SourceError("a Berkeley DB table without packages", hint="rpm keeps packages in the file Packages")


def _version(fields: dict[str, str]) -> str:
    """Give epoch, version and release as rpm writes them together."""
    epoch = f"{fields['epoch']}:" if fields.get("epoch", "0") != "0" else ""
    return epoch + "-".join(fields[key] for key in ("version", "release") if key in fields)


def _observables(fields: dict[str, str], folders: list[str], *, is_key: bool) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    if not is_key:
        yield Observable(Kind.PACKAGE, fields["name"])
        yield from source_package(fields.get("source", ""))
    for key in ("vendor", "packager"):
        yield from made_by(fields.get(key, ""))
    for key in ("url", "bugs", "repository"):
        yield from components.reference(fields.get(key, ""))
    yield from place_ofs(folders)
    # the description of a key is the key itself
    for key in ("summary",) if is_key else ("summary", "description"):
        yield from components.prose(fields.get(key, ""))
