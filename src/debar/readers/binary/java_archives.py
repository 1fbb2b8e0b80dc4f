# SPDX-License-Identifier: Apache-2.0
"""One Java archive opened: which of its members tell a maker, and reading them within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from debar.readers.binary.packed import Packed
from debar.readers.binary.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.readers.binary.packed import Entry

DOCUMENT = 1 << 23
"""Largest manifest, project file or signature, bytes; manifests of signed archives have a digest for every member."""
PACKAGES = 200
"""Code packages told of one archive."""
LEVELS = 4
"""Steps of a code package that are told: org.example.product.part."""
MANIFEST = "META-INF/MANIFEST.MF"
NESTED = (".jar", ".war", ".ear", ".rar", ".sar", ".kar", ".hpi", ".jpi")
"""Names of archives inside an archive, after the Java EE and Jenkins documentation."""
_FOREIGN = frozenset({"AndroidManifest.xml", "[Content_Types].xml", "manifest.json", "mimetype", "classes.dex"})
"""Members by which packages of Android, office documents, extensions of browsers and OpenDocument are told."""
_MARKS = frozenset({MANIFEST, "WEB-INF/web.xml", "META-INF/application.xml"})
_ROOTS = ("WEB-INF/classes/", "BOOT-INF/classes/", "APP-INF/classes/")
_VERSIONS = "META-INF/versions/"


def opened(file: BinaryIO) -> Packed:
    """Give the archive in a file; SourceError when it is none."""
    return Packed(Pieces(file))


def is_java(name: str, members: Iterable[str]) -> bool:
    """Tell whether members are those of a Java archive, and of no other package that has a manifest.

    Old archives and such of resources alone have no manifest: then the archive must be called one.
    """
    found = set(members)
    if not _FOREIGN.isdisjoint(found):
        return False
    return not _MARKS.isdisjoint(found) or name.lower().endswith(NESTED)


class Contents:
    """Members of one archive that tell something, by what they tell."""

    def __init__(self, archive: Packed) -> None:
        """Sort the members of an archive."""
        self.archive = archive
        self.manifest: Entry | None = None
        self.properties: list[Entry] = []
        self.projects: dict[str, Entry] = {}
        """Project files by their folders: META-INF/maven/group/artifact."""
        self.signatures: list[Entry] = []
        self.nested: list[Entry] = []
        folders: set[str] = set()
        for name, entry in archive.entries.items():
            if name.endswith(".class"):
                folders.add(name.rpartition("/")[0])
            elif name.startswith("META-INF/"):
                self._sort(name, entry)
            elif name.endswith(NESTED):
                self.nested.append(entry)
        self._folders = folders

    def _sort(self, name: str, entry: Entry) -> None:
        folder, _, base = name.rpartition("/")
        if name == MANIFEST:
            self.manifest = entry
        elif base == "pom.properties":
            self.properties.append(entry)
        elif base == "pom.xml":
            self.projects[folder] = entry
        elif folder == "META-INF" and base.upper().endswith((".RSA", ".DSA", ".EC")):
            self.signatures.append(entry)
        elif base.endswith(NESTED):
            self.nested.append(entry)

    def packages(self) -> list[str]:
        """Give the code packages of the archive's classes, cut so far that there are few enough to tell."""
        for levels in range(LEVELS, 1, -1):
            found = {_package(folder, levels) for folder in self._folders} - {""}
            if len(found) <= PACKAGES:
                break
        return sorted(found)[:PACKAGES]

    def bytes(self, entry: Entry, most: int = DOCUMENT) -> bytes:
        """Give a member's bytes; SourceError when it cannot be unpacked, or is larger than `most`."""
        return self.archive.content(entry.name, most)

    def text(self, entry: Entry) -> str:
        """Give a member's text."""
        return self.bytes(entry).decode(errors="replace")

    def beside(self, entry: Entry, ending: str) -> Entry | None:
        """Give the member of the same name with another ending."""
        return self.archive.entries.get(entry.name.rpartition(".")[0] + ending)


def _package(folder: str, levels: int) -> str:
    """Give the code package of a folder, without where web applications and later versions of Java keep classes."""
    for root in _ROOTS:
        folder = folder.removeprefix(root)
    if folder.startswith(_VERSIONS):
        folder = folder[len(_VERSIONS) :].partition("/")[2]
    # A package at the top ("utils") is called like those of a hundred makers.
    steps = folder.split("/", levels)[:levels]
    return ".".join(steps) if len(steps) > 1 and all(step.isidentifier() for step in steps) else ""
