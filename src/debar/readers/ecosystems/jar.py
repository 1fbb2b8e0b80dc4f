# SPDX-License-Identifier: Apache-2.0
"""Java archives: jar, war and ear files, with the archives inside them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Medium
from debar.readers.binary import java_archives, programs
from debar.readers.languages import dependencies, java_metadata
from debar.readers.members import Budget

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.java_archives import Contents
    from debar.readers.inputs import Input
    from debar.readers.languages.java_metadata import Coordinates

DEPTH = 4
"""Archives inside archives that are opened: an ear's war's jar is 2."""
NESTED = 1 << 28
"""Largest archive inside an archive that is opened, bytes: it is held in memory."""
_VERSIONED = re.compile(r"(.+?)[-_]v?(\d[\w.+~-]*)")
"""commons-io-2.11.0 without its ending."""


class _Place(NamedTuple):
    """Where an archive was found."""

    locator: str
    """Path inside the outermost archive, "a.war!b.jar"; empty for that itself."""
    name: str
    depth: int


def fits(source: Input) -> bool:
    """Tell whether a ZIP file is a Java archive."""
    # Nearly every one is called so and begins with its manifest: a system has hundreds, with thousands of members each.
    if source.in_tree and source.name.lower().endswith(java_archives.NESTED) and b"META-INF/" in source.head()[:512]:
        return True
    try:
        with source.glance() as file:
            return java_archives.is_java(source.name, java_archives.opened(file).entries)
    except SourceError:
        return False


def read(source: Input) -> Iterator[Observation]:
    """Yield each archive, outermost first, and before those in it the projects of Maven that were merged into it."""
    budget = Budget(source.disk_size())
    with source.glance() if source.in_tree else source.seekable() as outermost:
        pending: list[tuple[_Place, BinaryIO]] = [(_Place("", source.name, 0), outermost)]
        while pending:
            place, file = pending.pop()
            try:
                yield from _opened(source, place, file, budget, pending)
            except SourceError as e:
                if not place.locator:
                    raise
                source.lose(place.locator, e.message)


def _opened(
    source: Input, place: _Place, file: BinaryIO, budget: Budget, pending: list[tuple[_Place, BinaryIO]]
) -> Iterator[Observation]:
    """Yield what one archive tells, and put those inside it on the list of what is still to be opened."""
    contents = java_archives.Contents(java_archives.opened(file))
    source.tally["archives"] += 1
    yield from _Archive(source, place, contents).told()
    pending += reversed(list(_nested(source, place, contents, budget)))


def _nested(source: Input, place: _Place, contents: Contents, budget: Budget) -> Iterator[tuple[_Place, BinaryIO]]:
    """Yield the archives directly inside one."""
    for entry in contents.nested:
        locator = f"{place.locator}!{entry.name}" if place.locator else entry.name
        if place.depth >= DEPTH:
            source.lose(locator, f"more than {DEPTH} archives inside each other")
            continue
        budget.member()
        try:
            data = contents.bytes(entry, NESTED)
        except SourceError as e:
            source.lose(locator, e.message)
            continue
        budget.spend(len(data))
        yield _Place(locator, entry.name.rpartition("/")[2], place.depth + 1), io.BytesIO(data)


class _Archive:
    """One archive, and what its members tell."""

    def __init__(self, source: Input, place: _Place, contents: Contents) -> None:
        self.source, self.place, self.contents = source, place, contents
        self.listing = dependencies.Listing(source, source.asset, Medium.FILES)
        stem = place.name.rpartition(".")[0] or place.name
        versioned = _VERSIONED.fullmatch(stem)
        self.stem, self.version = versioned.groups() if versioned else (stem, "")

    def told(self) -> Iterator[Observation]:
        """Yield the archive itself, then the other projects in it."""
        projects = dict(self._projects())
        fields = self._fields()
        own = next((folder for folder, found in projects.items() if found.artifact == self.stem), None)
        # One project alone is the archive itself, unless the manifest says that another has swallowed it.
        if own is None and len(projects) == 1 and java_metadata.title(fields) != self.stem:
            own = next(iter(projects))
        yield self._itself(fields, own, projects.get(own) if own else None)
        for folder, found in projects.items():
            if folder != own:
                yield self._project(folder, found)

    def _fields(self) -> dict[str, str]:
        """Give what the manifest says of the archive."""
        if manifest := self.contents.manifest:
            try:
                return java_metadata.manifest(self.contents.text(manifest))
            except SourceError as e:
                self.source.lose(self._locator(manifest.name), e.message)
        return {}

    def _itself(self, fields: dict[str, str], folder: str | None, found: Coordinates | None) -> Observation:
        observables = [Observable(Kind.FILE, self.place.name)]
        if found and folder is not None:
            observables += dependencies.maven(found.group, found.artifact)
            observables += self._makers(folder)
        observables += java_metadata.betrayed(fields)
        observables += self._signers()
        observables += [Observable(Kind.CODE, package) for package in self.contents.packages()]
        label = _label(found) if found else java_metadata.title(fields) or self.stem
        version = (found.version if found else "") or java_metadata.version(fields) or self.version
        return self.listing.package(self.place.locator, label, version, observables)

    def _project(self, folder: str, found: Coordinates) -> Observation:
        """Give a project that was merged into the archive."""
        self.source.tally["projects merged into an archive"] += 1
        observables = [*dependencies.maven(found.group, found.artifact), *self._makers(folder)]
        return self.listing.package(self._locator(folder), _label(found), found.version, observables)

    def _projects(self) -> Iterator[tuple[str, Coordinates]]:
        """Yield (folder, coordinates) for each project of Maven whose traces are in the archive."""
        seen = set()
        for entry in self.contents.properties:
            folder = entry.name.rpartition("/")[0]
            try:
                found = java_metadata.properties(self.contents.text(entry))
            except SourceError as e:
                self.source.lose(self._locator(entry.name), e.message)
                continue
            if found.artifact:
                seen.add(folder)
                yield folder, found
        for folder in self.contents.projects:
            if folder not in seen and (project := self._file(folder)) and project.coordinates.artifact:
                yield folder, project.coordinates

    def _file(self, folder: str) -> java_metadata.Project | None:
        """Give the project file in a folder."""
        entry = self.contents.projects.get(folder)
        if entry is None:
            return None
        try:
            return java_metadata.project(self.contents.bytes(entry))
        except SourceError as e:
            self.source.lose(self._locator(entry.name), e.message)
            return None

    def _makers(self, folder: str) -> Iterator[Observable]:
        if project := self._file(folder):
            yield from project.makers()

    def _signers(self) -> Iterator[Observable]:
        """Yield who signed the archive: a signature stands beside the file of digests that it is over."""
        for entry in self.contents.signatures:
            locator = self._locator(entry.name)
            digests = self.contents.beside(entry, ".SF")
            try:
                content = self.contents.bytes(digests) if digests else b""
                yield from programs.signed(self.source, self.contents.bytes(entry), locator, content)
            except SourceError as e:
                self.source.lose(locator, e.message)

    def _locator(self, member: str) -> str:
        return f"{self.place.locator}!{member}" if self.place.locator else member


def _label(found: Coordinates) -> str:
    return f"{found.group}:{found.artifact}" if found.group else found.artifact
