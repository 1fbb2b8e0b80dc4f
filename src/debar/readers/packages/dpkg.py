# SPDX-License-Identifier: Apache-2.0
"""Package databases of Debian and its kin: dpkg and opkg status files, and single files of status.d."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components
from debar.readers.databases.installations import FIELD, made_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_WANTED = frozenset(
    {
        "package",
        "status",
        "version",
        "maintainer",
        "original-maintainer",
        "homepage",
        "description",
        "conffiles",
        "filename",
        "size",
        "download-size",
        "apt-manual-installed",
    }
)
_OFFERED = frozenset({"filename", "size", "download-size"})
"""Fields of what can be downloaded."""
# dpkg(1) names the states of a package. Triggers that wait leave it installed and working; in the other
# states its files lie on the disk without being set up, or only its configuration does.
_MEANINGS = {
    "installed": Meaning.INSTALLED,
    "triggers-awaited": Meaning.INSTALLED,
    "triggers-pending": Meaning.INSTALLED,
    "half-configured": Meaning.RESIDUE,
    "half-installed": Meaning.RESIDUE,
    "unpacked": Meaning.RESIDUE,
    "config-files": Meaning.RESIDUE,
}


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package that is installed or has left something behind, in file order."""
    asset = source.asset
    for number, stanza in _stanzas(source):
        source.tally["packages"] += 1
        locator = f"line {number}"
        name = stanza.get("package", "")
        if not name:
            source.lose(locator, "a package without a name")
            continue
        meaning = _meaning(stanza)
        if meaning is None:
            source.tally["packages not installed"] += 1
            continue
        yield Observation(
            source=source.id,
            locator=locator,
            asset=asset,
            label=name,
            version=stanza.get("version", ""),
            medium=Medium.PACKAGES,
            meaning=meaning,
            observables=tuple(_observables(name, stanza)),
        )


def _stanzas(source: Input) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number of the first line, wanted fields in lower case) for each paragraph."""
    stanza: dict[str, str] = {}
    first, field = 0, ""
    for number, line in source.lines():
        if not line or line.isspace():
            if first:
                yield first, stanza
            stanza, first, field = {}, 0, ""
            continue
        if line[0] in " \t":
            if field and len(stanza[field]) < FIELD:
                stanza[field] += "\n" + line[:FIELD].strip()
            continue
        name, colon, value = line.partition(":")
        if not colon:
            source.lose(f"line {number}", "neither a field nor the continuation of one")
            field = ""
            continue
        first = first or number
        name = name.lower()
        field = name if name in _WANTED else ""
        if field:
            stanza[field] = value[:FIELD].strip()
    if first:
        yield first, stanza


def _meaning(stanza: dict[str, str]) -> Meaning | None:
    """Give what the package is on the machine, or nothing when it is not there."""
    status = stanza.get("status", "").split()
    if status:
        return _MEANINGS.get(status[-1])
    # Files in status.d (distroless images) carry no status: to be listed is to be installed. A repository's
    # index, and what dpkg knows to be available, look alike but tell the file to download or its size. "apt show"
    # tells the latter of everything, and of what is installed whether that was asked for.
    is_offered = not _OFFERED.isdisjoint(stanza) and "apt-manual-installed" not in stanza
    return Meaning.INSTALLED if stanza.get("version") and not is_offered else None


def _observables(name: str, stanza: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a package that can betray its maker."""
    yield Observable(Kind.PACKAGE, name)
    yield from made_by(stanza.get("maintainer", ""))
    yield from made_by(stanza.get("original-maintainer", ""))
    yield from components.reference(stanza.get("homepage", ""))
    for line in stanza.get("conffiles", "").splitlines():
        # "path digest" or "path digest obsolete"; a path may itself contain spaces
        path = line.removesuffix(" obsolete").rpartition(" ")[0]
        if path:
            yield Observable(Kind.PATH, path)
    yield from components.prose(stanza.get("description", ""))
