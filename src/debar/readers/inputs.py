# SPDX-License-Identifier: Apache-2.0
"""One input while it is read: its bytes, decompressed within limits, and the digest of the file.

Everything that is read is hostile. The limits here, in `disk` and in `inflated` bound what one file can
cost; each is checked while reading, never believed from a header.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from weakref import finalize

from debar.errors import SourceError
from debar.model.inventory import LogLayouts
from debar.readers import encodings, places, sifting
from debar.readers.disk import BLOCK, Disk, grown, limited, regular, spooled, whole
from debar.readers.inflated import PACKED, inflated
from debar.readers.sifting import LINE
from debar.readers.streams import Streamed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from debar.automaton import Finder
    from debar.model.inventory import Layout
    from debar.readers.sifting import Lines, Record
    from debar.sieving import Sieve, Wanted

HEAD = 1 << 16
"""Bytes looked at to recognise a format."""
SMALL = 1 << 22
"""Largest plain file that is read at once, bytes; nearly all BOMs are smaller."""
SIFTED = 1 << 23
"""Size from which the lines of a log are sifted, bytes on disk; a smaller one is read whole in about a second."""
NAMED = 5
"""Broken places of one input that are named one by one; the rest are counted."""
NO_LOGS = LogLayouts()


class Sifting(NamedTuple):
    """How lines of logs are chosen."""

    sieve: Sieve | None = None
    """What knows the indicators; without it every line is read."""
    size: int = SIFTED
    """Bytes on disk from which a log is sifted."""
    threads: int = 1
    is_digested: bool = False
    """Whether a plain log that is sifted is digested as well, which takes longer than sifting."""
    told: Callable[[int], None] = lambda _: None
    """Is told how many bytes of the file were read so far."""
    elsewhere: Callable[[Path, Wanted], Iterator[Lines] | None] = lambda *_: None
    """Gives the lines of a file that were looked through elsewhere; nothing for one that is to be read here."""
    record: Callable[[Path, Wanted, bool], Record] | None = None
    """Gives what is kept of a file for a scan that goes on; asked whether its reading can begin anywhere."""


NO_SIFTING = Sifting()


class Input:
    """A file, or standard input, that is being read."""

    def __init__(  # noqa: PLR0913 - what is known of a file from outside, each named by whoever makes one
        self,
        path: str,
        file: Path | BinaryIO,
        layouts: Sequence[Layout] = (),
        asset: str = "",
        *,
        log_layouts: LogLayouts = NO_LOGS,
        literals: tuple[str, ...] = (),
        rewindable: bool = False,
        is_digested: bool = True,
        inside: str = "",
        sifting: Sifting = NO_SIFTING,
    ) -> None:
        """Take the path as the user knows it, the file or stream behind it, and what the register knows of formats.

        `asset` is what the file speaks of, where that is known from outside; `literals` are looked for inside
        programs. What is read of a stream that is not rewindable is kept, unless it is a log. Without digests a file is read no farther than its
        reader reads it, and `sha256` stays empty: for the files of a tree, of which there are thousands.
        """
        self.path = path
        self._asset, self._is_digested = asset, is_digested
        self.inside = inside
        """Where a file of a tree or an image lies in its own system, from the root."""
        self.layouts, self.log_layouts, self.literals = layouts, log_layouts, literals
        self._sifting = sifting
        self.is_sifted = False
        """Whether only lines that may matter were given to the reader."""
        self.needs_all = False
        """Set by a reader that is sifting and has come to lines of which each matters."""
        self.tally: Counter[str] = Counter()
        """What the reader counted: components, services, rows ..."""
        self.remarks: list[str] = []
        """What the user should know of how it was read: which columns were guessed."""
        self.fitted: set[str] = set()
        """Ids of the column layouts by which tables in it were read."""
        self.is_hollow = False
        """Whether it was read and tells only what it is about, and nothing of what is in that."""
        self._lost: list[tuple[str, str]] = []
        self.id = ""
        """Id of the source, known once it was recognised."""
        self.sha256 = ""
        self.size = 0
        if isinstance(file, Path):
            self._file: Path | Streamed = file
        else:
            self._file = Streamed(file, rewindable=rewindable)
            finalize(self, self._file.close)

    @property
    def in_tree(self) -> bool:
        """Tell that the file is one of thousands in a file tree, of which only what is needed is read."""
        return not self._is_digested

    @property
    def folder(self) -> Path | None:
        """Give the folder on disk that the file lies in; nothing for a stream or a member of an archive."""
        return self._file.parent if isinstance(self._file, Path) else None

    @property
    def name(self) -> str:
        """Give the file's own name, without folders and archives around it."""
        return (places.parts(self.path) or [self.path])[-1]

    @property
    def asset(self) -> str:
        """Give what the file speaks of unless it says so itself: the host or image it was found in, or its folder."""
        return self._asset or places.home(self.path)

    def is_plain(self) -> bool:
        """Tell that the file is not compressed."""
        with self._opened() as disk:
            return not disk.magic.startswith(PACKED)

    def disk_size(self) -> int:
        """Give the bytes of the file as it lies there, before decompression."""
        if isinstance(self._file, Path):
            try:
                return self._file.stat().st_size
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e
        return self._file.size()

    def lose(self, locator: str, reason: str) -> None:
        """Note a place that cannot be read although the rest can; a file of nothing else fills no memory."""
        self.tally["broken places"] += 1
        if len(self._lost) < NAMED:
            self._lost.append((locator, reason))

    def forget(self) -> None:
        """Take back what was lost and counted while the input was only looked at."""
        self._lost.clear()
        self.tally.clear()

    @property
    def losses(self) -> list[tuple[str, str]]:
        """(locator, reason) of the first broken places, and how many more there were."""
        more = self.tally["broken places"] - len(self._lost)
        return [*self._lost, ("", f"{more} more broken places")] if more else list(self._lost)

    @contextmanager
    def stream(self) -> Iterator[io.BufferedReader]:
        """Open the decompressed bytes; digest and size are those of the whole file afterwards."""
        with self._opened() as disk:
            try:
                yield io.BufferedReader(inflated(disk), BLOCK)
                disk.drain()
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
            self.sha256, self.size = disk.digest(), disk.size

    def head(self) -> bytes:
        """Give the first bytes after decompression."""
        with self._opened() as disk:
            try:
                return io.BufferedReader(inflated(disk), HEAD).read(HEAD)
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e

    def small(self) -> bytes | None:
        """Give a plain file of at most SMALL bytes, read and digested at once; nothing for any other."""
        if isinstance(self._file, Path):
            handle, size = regular(self._file)
            try:
                # One byte more tells whether the file grew meanwhile; then it is read in blocks.
                data = os.read(handle, size + 1) if size <= SMALL else b""
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator="byte 0") from e
            finally:
                os.close(handle)
            is_whole = size <= SMALL and len(data) == size
        else:
            data = self._file.read(0, SMALL + 1)
            is_whole = len(data) <= SMALL
        if not is_whole or data.startswith(PACKED):
            return None
        self.sha256, self.size = hashlib.sha256(data).hexdigest() if self._is_digested else "", len(data)
        return data

    def document(self) -> bytes | bytearray:
        """Give the whole decompressed document in UTF-8, without a byte-order mark."""
        data: bytes | bytearray | None = self.small()
        if data is None:
            with self._opened() as disk:
                try:
                    raw = inflated(disk)
                    data = whole(disk) if raw is disk else grown(raw)
                    disk.drain()
                except OSError as e:
                    raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
                self.sha256, self.size = disk.digest(), disk.size
        if data[:1] == b"{" and data[1:2] != b"\0":
            return data  # nearly every document: what begins like that is no UTF-16 and has no mark
        return encodings.to_utf8(data)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (number from 1, text) for each line; SourceError at a line longer than LINE characters.

        A block at a time costs half of asking for every line.
        """
        number = 0
        with self.stream() as stream:
            text = encodings.text_stream(stream)
            rest = ""
            while block := text.read(BLOCK):
                lines = (rest + block).split("\n")
                rest = lines.pop()
                for number, line in enumerate(lines, number + 1):  # noqa: B020 - goes on counting
                    yield number, line
                if len(rest) > LINE:
                    raise SourceError(f"a line of more than {LINE >> 20} MiB", locator=f"line {number + 1}")
            if rest:
                yield number + 1, rest

    def sieve(self) -> Sieve | None:
        """Give what knows the indicators, for an input that is large enough to be sifted; nothing for any other."""
        if self._is_large is None:
            least = self._sifting.size
            on_disk = isinstance(self._file, Path)
            self._is_large = self.disk_size() >= least if on_disk else least <= 0 or self._file.is_longer(least - 1)
        return self._sifting.sieve if self._is_large else None

    def finder(self, wanted: Wanted) -> Finder | None:
        """Give what finds the lines that may matter; nothing where all lines are to be read."""
        sieve = self.sieve()
        if sieve is None:
            return None
        if b"\r" in self.head():
            wanted = wanted._replace(always=(*wanted.always, sifting.ODD_ENDS))
        return sieve.automaton(wanted)

    def sifted(self, wanted: Wanted) -> Iterator[tuple[int, str]]:
        """Yield (number from 1, text) for each line that may matter, as `lines` does for every line.

        All lines come where the input is small, where every line may matter, and from where a reader says
        `needs_all`. What was looked through is counted. A stream is gone afterwards.
        """
        finder = self.finder(wanted)
        if finder is None:
            yield from self.lines()
            return
        if isinstance(self._file, Path) and (lines := self._sifting.elsewhere(self._file, wanted)) is not None:
            self.size = self.disk_size()
            yield from sifting.given(self, lines)
            return
        is_plain, encoding = self.is_plain(), encodings.detect(self.head())
        is_digested = self._is_digested and (self._sifting.is_digested or not is_plain)
        record: Record = UNKEPT
        if isinstance(self._file, Path) and self._sifting.record:
            can_go_on = is_plain and not is_digested and encoding in sifting.PLAIN
            record = self._sifting.record(self._file, wanted, can_go_on)
        if record.whole:
            self.sha256, self.size = record.whole
            yield from sifting.given(self, record.lines(), record.note)
            return
        yield from self._looked_through(wanted, finder, record, is_digested=is_digested)
        record.end(self.sha256, self.size)

    def _looked_through(
        self, wanted: Wanted, finder: Finder, record: Record, *, is_digested: bool
    ) -> Iterator[tuple[int, str]]:
        """Yield the same, from what was looked through earlier and then from the file."""
        head = self.head()
        look = partial(sifting.looked_through, automaton=finder, has_returns=b"\r" in head, is_quoted=wanted.is_quoted)
        if isinstance(self._file, Streamed):
            self._file.let_pass()
        with self._opened(is_digested=is_digested, is_told=False) as disk:
            try:
                rest = b""
                if record.position:
                    disk.begin(record.position - record.kept)
                    rest = disk.read(record.kept)
                raws = sifting.blocks(
                    inflated(disk), lambda: disk.size, encodings.detect(head), rest, is_first=not record.position
                )
                with sifting.side_by_side(raws, look, self._sifting.threads) as lines:
                    yield from sifting.given(self, chain(record.lines(), lines), record.note)
                disk.drain()
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
            finally:
                self.sha256, self.size = disk.digest(), disk.size

    def passed(self, lines: int, position: int) -> None:
        """Note how many lines were looked through, and how far the file was read."""
        self.tally["lines looked through"] = lines
        if self.is_told:
            self._sifting.told(position)

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """Open the decompressed bytes for reading in any order; digest and size are those of the whole file on disk.

        A plain file is read where it lies. A compressed one is decompressed first: into memory up to SPOOL bytes, else
        into a temporary file.
        """
        with self._opened() as disk:
            try:
                raw = inflated(disk)
                if raw is not disk:
                    with spooled(raw) as spool:
                        disk.drain()
                        self.sha256, self.size = disk.digest(), disk.size
                        yield spool
                    return
                disk.drain()
                self.sha256, self.size = disk.digest(), disk.size
                disk.raw.seek(0)
                yield disk.raw
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e

    @contextmanager
    def glance(self) -> Iterator[BinaryIO]:
        """Open the decompressed bytes for reading in any order, without a digest: for programs by the thousand."""
        with self._opened() as disk:
            raw = inflated(disk)
            try:
                if raw is disk:
                    disk.raw.seek(0)
                    yield disk.raw
                else:
                    with spooled(raw) as spool:
                        yield spool
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e

    def content(self) -> bytes:
        """Give all decompressed bytes as they are, at most DOCUMENT of them."""
        data = self.small()
        if data is not None:
            return data
        with self.seekable() as file:
            return limited(file)

    @contextmanager
    def _opened(self, *, is_digested: bool | None = None, is_told: bool = True) -> Iterator[Disk]:
        """Open the file on disk; only regular files, never a device that has no end."""
        is_digested = self._is_digested if is_digested is None else is_digested
        if not isinstance(self._file, Path):
            yield Disk(self._file.view(), is_digested=is_digested)
            return
        handle, size = regular(self._file)
        with os.fdopen(handle, "rb", buffering=0) as raw:
            told = self._sifting.told if is_told else None
            disk = Disk(raw, is_digested=is_digested, whole=size, told=told)
            yield disk
            if disk.has_grown() and GROWN not in self.remarks:
                self.remarks.append(GROWN)
