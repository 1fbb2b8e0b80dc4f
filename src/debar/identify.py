# SPDX-License-Identifier: Apache-2.0
"""What each file was taken for: from what the user named, through archives and file trees, to inputs and readers.

A piece of evidence that no reader knows is told. A file tree of an installed system is another matter: most of
its files tell nothing of a maker, so only kinds that do are opened there, and the rest is counted.
"""

from __future__ import annotations

import io
import os
from fnmatch import fnmatchcase
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from debar.errors import SourceError
from debar.readers import named, places, sniff, storage, systems, walk
from debar.readers.members import DEPTH, Budget, Lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from debar.readers.inputs import Input
    from debar.readers.members import Member
    from debar.readers.rows import Reader
    from debar.told import Told


_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Identified(NamedTuple):
    """One input, and the reader it is for; read it before the next is asked for."""

    source: Input
    reader: Reader | None
    """None for what no reader knows; a reader that holds files comes after the files it holds."""
    why: str
    named: bool
    """The user named this very file."""
    in_tree: bool
    told: Told | None = None
    """What it says, where that was read already: the input then has all of it but the observations."""


class Walked(NamedTuple):
    """One file tree that was gone through."""

    path: str
    files: int
    looked_at: int
    kept: int = 0
    """Files that were not opened, because an earlier scan kept what they said."""
    kept_since: str = ""
    """When the first of those was read."""
    network: tuple[str, ...] = ()
    """Folders of it that lie on other machines, with the type of file system."""


class Ahead(Protocol):
    """What reads files of trees before they are asked for."""

    def __call__(
        self, found: Iterable[walk.Found | walk.Fault], identifying: Identifying
    ) -> Iterator[tuple[walk.Found | walk.Fault, Told | None]]:
        """Yield each place, in order, and what it says where that was read; nothing that must be read where it is met."""


class _Counts:
    """How many files of a tree there are, and what became of them."""

    __slots__ = ("files", "kept", "kept_since", "looked_at")

    def __init__(self) -> None:
        self.files, self.looked_at, self.kept, self.kept_since = 0, 0, 0, ""


class Identifying:
    """How inputs are made and recognised during one scan."""

    def __init__(
        self,
        make: Callable[..., Input],
        stdin: BinaryIO | None = None,
        *,
        literals: tuple[str, ...] = (),
        of_trees: tuple[str, ...] = (),
    ) -> None:
        """Take what makes an input of a path and a file, with the layouts of the register, and where "-" comes from.

        `literals` are looked for inside programs; `of_trees` are those that are looked for in file trees, of which
        every byte would have to be read.
        """
        self._make, self._stdin = make, stdin
        self._literals = {False: literals, True: of_trees}

    def inputs(
        self, found: Iterable[walk.Found | walk.Fault], ahead: Ahead | None = None
    ) -> Iterator[Identified | walk.Fault | Walked]:
        """Yield every input, in the order of `found`; members of archives before the archive that holds them."""
        trees: dict[str, _Counts] = {}
        for place, told in ahead(found, self) if ahead else ((place, None) for place in found):
            if isinstance(place, walk.Fault):
                yield place
                continue
            if place.tree:
                counts = trees.setdefault(place.tree, _Counts())
                counts.files += 1
                if told and told.kept_at:
                    counts.kept += 1
                    counts.kept_since = min(counts.kept_since or told.kept_at, told.kept_at)
                if not (told.is_worth if told else is_worth_a_look(place)):
                    continue
                counts.looked_at += 1
            yield from self.told(place, told) if told and not told.is_left else self.file(place)
        for path, counts in trees.items():
            yield Walked(
                path, counts.files, counts.looked_at, counts.kept, counts.kept_since, tuple(systems.network(path))
            )

    def prepare(self) -> None:
        """Make ready what reading files of trees needs, before other processes read them as well."""
        if self._literals[True]:
            from debar.readers.binary import literals  # only when there is something to look for

            literals.prepared(self._literals[True])

    def told(self, place: walk.Found, told: Told) -> Iterator[Identified | walk.Fault]:
        """Yield a file of a tree that was read already: the same as if it were read now."""
        for locator, reason, hint in told.faults:
            yield walk.Fault(place.path, reason, locator, hint)
        if told.reader:
            source = self._input(place)
            told.restore(source)
            yield Identified(source, named(told.reader), told.why, place.named, in_tree=True, told=told)

    def _input(self, place: walk.Found) -> Input:
        return self._make(
            place.path,
            (storage.stored(place.address) if place.address else place.file) or self._stdin or io.BytesIO(),
            asset=place.asset,
            rewindable=bool(place.address),
            address=place.address,
            is_digested=not place.tree,
            literals=self._literals[bool(place.tree)],
            inside=place.inside,
        )

    def file(self, place: walk.Found) -> Iterator[Identified | walk.Fault]:
        """Yield a file, after what it holds; read each before the next is asked for."""
        try:
            source = self._input(place)
            forced = named(place.scheme) if place.scheme else None
            yield from self._identified(source, forced, None, is_named=place.named, in_tree=bool(place.tree))
        except SourceError as e:
            yield walk.Fault(place.path, e.message, e.locator, e.hint)

    def _identified(
        self,
        source: Input,
        forced: Reader | None,
        budget: Budget | None,
        *,
        is_named: bool,
        in_tree: bool,
        depth: int = 0,
    ) -> Iterator[Identified | walk.Fault]:
        reader, why = (forced, "the scheme that was given") if forced else _recognised(source)
        if in_tree and (reader is None or not reader.in_trees or not _is_kept_there(reader, source.inside)):
            return
        if reader is not None and reader.holds:
            if depth >= DEPTH:
                yield walk.Fault(source.path, f"archives nested more than {DEPTH} deep are not opened")
                return
            yield from self._members(source, reader, budget or Budget(source.disk_size()), depth)
        yield Identified(source, reader, why, is_named, in_tree)

    def _members(self, source: Input, reader: Reader, budget: Budget, depth: int) -> Iterator[Identified | walk.Fault]:
        """Yield the files of an archive; one that cannot be read costs itself, a broken archive what comes after."""
        found: Iterator[Member | Lost] = import_module(reader.module).members(source, budget)
        try:
            for member in found:
                if isinstance(member, Lost):
                    source.lose(member.name, member.reason)
                    continue
                source.tally["files"] += 1
                yield from self._member(source, member, budget, depth + 1)
        except SourceError as e:
            yield walk.Fault(source.path, e.message, e.locator, e.hint)
        except Exception as e:  # noqa: BLE001 - one archive never ends a scan
            fault = unforeseen(e)
            yield walk.Fault(source.path, fault.message, fault.locator, fault.hint)

    def _member(self, source: Input, member: Member, budget: Budget, depth: int) -> Iterator[Identified | walk.Fault]:
        path = f"{source.path}!{places.shown(member.name)}"
        stream = io.BufferedReader(cast("io.RawIOBase", member.stream))
        if member.in_tree and not sniff.is_of_a_tree(member.name, stream.peek(sniff.FIRST)[: sniff.FIRST]):
            return
        try:
            inner = self._make(
                path,
                stream,
                asset=member.asset,
                rewindable=member.is_seekable,
                is_digested=not member.in_tree,
                literals=self._literals[member.in_tree],
                inside=f"/{member.name.rpartition('!')[2]}" if member.in_tree else "",
            )
            yield from self._identified(inner, None, budget, is_named=False, in_tree=member.in_tree, depth=depth)
        except SourceError as e:
            yield walk.Fault(path, e.message, e.locator, e.hint)


def _is_kept_there(reader: Reader, inside: str) -> bool:
    """Tell whether a system keeps this format where the file lies: the copy of a database says nothing of the system."""
    folder = inside.rpartition("/")[0]
    return not reader.tree_paths or any(fnmatchcase(folder, pattern) for pattern in reader.tree_paths)


def _recognised(source: Input) -> tuple[Reader | None, str]:
    try:
        return sniff.find_reader(source)
    except SourceError:
        raise
    except Exception as e:
        raise unforeseen(e) from e


def unforeseen(e: Exception) -> SourceError:
    """Give the fault of an input for whatever else reading it raised, so that one file never ends a scan."""
    if isinstance(e, RecursionError | MemoryError):
        return SourceError(f"too deep or too large to read ({type(e).__name__})")
    return SourceError(f"the reader failed: {type(e).__name__}: {e}", hint="please report this file's format")


def is_worth_a_look(place: walk.Found) -> bool:
    """Tell whether a file of a tree can tell a maker: by its name, else by its first bytes."""
    if place.place is None or sniff.is_of_a_tree(place.path, b""):
        return True
    try:
        handle = os.open(place.place, os.O_RDONLY | _FLAGS)
    except FileNotFoundError:
        return False  # gone since the folder was listed: a system that runs makes and removes files all the time
    except OSError:
        return True  # so that the fault is told
    try:
        return sniff.is_of_a_tree("", os.read(handle, sniff.FIRST))
    except OSError:
        return False
    finally:
        os.close(handle)
