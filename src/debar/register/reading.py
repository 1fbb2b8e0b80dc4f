# SPDX-License-Identifier: Apache-2.0
"""Files to structs: a register with what was added to it, every fault of its files, and where each noun stands."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from debar.model.inventory import Calibration, Embedding, FieldLayout, Indicator, Layout, LineLayout, LogLayouts
from debar.model.lexicon import ActPattern, Clutter, Language, Lexicon, Outlet, Words
from debar.model.measures import Authority, Calendar, Document, Form, Measure, Party
from debar.model.protected import Protector, Removal, StateField
from debar.register import Register, folders
from debar.register.places import Place, Places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from debar.model.results import Case
    from debar.register.folders import Folder
    from debar.register.yamlfile import Lines

T = TypeVar("T", Authority, Calendar, Document, Form, Measure, Party, Layout, LineLayout, FieldLayout, Language)
L = TypeVar("L", Indicator, Embedding, Calibration, Protector, StateField, Removal, ActPattern, Clutter, Outlet, Words)
VERSION = "VERSION"


class Reading(NamedTuple):
    """What was read of a register, and what could not be."""

    register: Register
    faults: list[str]
    """Each as "file:line: what"."""
    places: Places
    unread: frozenset[str]
    """Ids that must be in the files that could not be read."""
    folders: tuple[Folder, ...]


def read(directory: Path, added: Sequence[Path] = ()) -> tuple[Register, list[str]]:
    """Give the register as far as its files can be read, and each fault as "file:line: what".

    An added directory has the same folders and needs no VERSION; an id that stands in two is a fault.
    """
    found = reading(directory, added)
    return found.register, found.faults


def reading(directory: Path, added: Sequence[Path] = ()) -> Reading:
    """Give the same, with the place of every noun."""
    every = folders.folders(directory, added)
    version, faults = _version_of(every[0])
    if faults:
        return Reading(_EMPTY, faults, Places(), frozenset(), every)
    faults += [fault for one in every for fault in folders.misnamed(one)]
    files: dict[Folder, list[Path]] = {}
    for one in every:
        files[one], unread = folders.files(one)
        faults += [*unread, *folders.unplaced(one, files[one])]
    source = _Source(files, faults)
    register = Register(
        version=version,
        sha256=_digest(files, faults),
        added=tuple(folders.printable(one.path.resolve().name) for one in every[1:]),
        authorities=source.nouns("authorities", Authority),
        calendars=source.nouns("calendars", Calendar),
        parties=source.nouns("parties", Party),
        documents=source.nouns("documents", Document),
        measures=source.nouns("measures", Measure),
        indicators=source.lists("indicators", Indicator),
        calibrations=source.lists("calibration", Calibration),
        embeddings=source.lists("embeddings", Embedding),
        forms=source.nouns("forms", Form),
        layouts=tuple(source.nouns("layouts", Layout).values()),
        log_layouts=LogLayouts(
            lines=tuple(source.nouns(folders.LINES, LineLayout).values()),
            fields=tuple(source.nouns(folders.FIELDS, FieldLayout).values()),
        ),
        protectors=source.lists("protection", Protector),
        state_fields=source.lists(folders.STATES, StateField),
        removals=source.lists(folders.REMOVALS, Removal),
        lexicon=_lexicon(source),
    )
    return Reading(register, list(dict.fromkeys(faults)), source.places, frozenset(source.unread), every)


def _lexicon(source: _Source) -> Lexicon:
    """Give the words by which papers are read; of a language there is a file, of the others a list."""
    acts, clutter, languages, outlets, words = folders.LEXICON
    return Lexicon(
        acts=source.lists(acts, ActPattern),
        clutter=source.lists(clutter, Clutter),
        languages=tuple(source.nouns(languages, Language).values()),
        outlets=source.lists(outlets, Outlet),
        words=source.lists(words, Words),
    )


def _version_of(folder: Folder) -> tuple[str, list[str]]:
    """Give the version of a register, or the fault of a directory that is none."""
    file = folder.path / VERSION
    if not file.is_file():
        return "", [f"{folder.path}: no register here: the file VERSION is missing"]
    try:
        return file.read_text(encoding="utf-8").strip(), []
    except (OSError, UnicodeDecodeError) as e:
        return "", [f"{folder.named(file)}:1: cannot be read: {getattr(e, 'strerror', '') or 'not UTF-8'}"]


def cases(*directories: Path) -> tuple[list[tuple[str, Case]], list[str]]:
    """Give the worked cases of some directories, each with "file:line", and the faults of their files."""
    from debar.model.results import Case

    faults: list[str] = []
    files: dict[Folder, list[Path]] = {}
    for one in folders.folders(directories[0], directories[1:]):
        files[one], unread = folders.files(one, (folders.CASES,))
        faults += unread
    found = _Source(files, faults).read(folders.CASES, tuple[Case, ...])
    return [
        (f"{place.name}:{lines.line((n,))}", case) for place, many, lines in found for n, case in enumerate(many)
    ], faults


def digest(*directories: Path) -> str:
    """Give the digest over names and contents of all files that an answer can depend on; OSError if one cannot be read."""
    faults: list[str] = []
    found = _digest({one: folders.files(one)[0] for one in folders.folders(directories[0], directories[1:])}, faults)
    if faults:
        raise OSError(faults[0])
    return found


def _digest(files: dict[Folder, list[Path]], faults: list[str]) -> str:
    whole = hashlib.sha256()
    for number, (folder, found) in enumerate(files.items()):
        version = [file for file in (folder.path / VERSION,) if file.is_file()]
        whole.update(b"added\0" if number else b"")
        for file in sorted([*found, *version]):
            whole.update(os.fsencode(f"{file.relative_to(folder.path).as_posix()}\0"))
            try:
                with file.open("rb") as opened:
                    whole.update(hashlib.file_digest(opened, "sha256").digest())
            except OSError as e:
                faults.append(f"{folder.named(file)}:1: {e.strerror}")
    return whole.hexdigest()


_EMPTY = Register(
    version="",
    sha256="",
    added=(),
    authorities={},
    calendars={},
    parties={},
    documents={},
    measures={},
    indicators=(),
    layouts=(),
)


class _Source:
    """The files of a register, read part by part; what cannot be read becomes a fault."""

    def __init__(self, files: dict[Folder, list[Path]], faults: list[str]) -> None:
        """Take the files of each folder, and the list that faults are added to."""
        self._files, self._faults = files, faults
        self.places = Places()
        self.unread: set[str] = set()

    def read(self, part: str, kind: type[Any]) -> Iterator[tuple[Place, Any, Lines]]:
        """Yield what each file of a part holds, and where in it."""
        from debar.register import yamlfile  # only when there is no compiled form

        every = ((folder, file) for folder, files in self._files.items() for file in files)
        for folder, file in every:
            if file.suffix != ".yaml" or folders.part(file.relative_to(folder.path)) != part:
                continue
            try:
                yield Place(folder, file, ()), *yamlfile.read_with_lines(file, kind)
                continue
            except yamlfile.YamlError as e:
                self._faults.append(f"{folder.named(file)}:{e.line}: {e.message}")
            except OSError as e:
                self._faults.append(f"{folder.named(file)}:1: {e.strerror}")
            self.unread.add(file.stem)

    def nouns(self, part: str, kind: type[T]) -> dict[str, T]:
        """Give the nouns of a part by id, in order; the id must be the file's name, and stand once."""
        found: dict[str, T] = {}
        for place, noun, _ in self.read(part, kind):
            if noun.id != place.file.stem:
                said = f"id {noun.id!r} must equal the file's name {place.file.stem!r}"
                self._faults.append(self.places.fault(place, ("id",), said))
            if self._is_free(part, noun.id, place):
                found[noun.id] = noun
        return dict(sorted(found.items()))

    def lists(self, part: str, kind: type[L]) -> tuple[L, ...]:
        """Give the nouns of a part of which many stand in a file, in the order of their ids."""
        found: dict[str, L] = {}
        for place, many, _ in self.read(part, tuple[kind, ...]):  # type: ignore[valid-type]
            for number, noun in enumerate(many):
                if self._is_free(part, noun.id, place._replace(at=(number,))):
                    found[noun.id] = noun
        return tuple(noun for _, noun in sorted(found.items()))

    def _is_free(self, part: str, id_: str, place: Place) -> bool:
        taken = self.places.add(part, id_, place)
        if taken:
            said = f"id {id_!r} is taken by {taken.name}:{self.places.line(taken, ('id',))}"
            self._faults.append(self.places.fault(place, ("id",), said))
        return not taken
