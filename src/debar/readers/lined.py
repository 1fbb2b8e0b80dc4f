# SPDX-License-Identifier: Apache-2.0
"""The lines of one input: all of them, or those that may matter, with a count of the others."""

from __future__ import annotations

import os
from collections import Counter
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from debar.errors import SourceError
from debar.readers import encodings, sifting
from debar.readers.beside import side_by_side
from debar.readers.disk import BLOCK
from debar.readers.inflated import inflated
from debar.readers.opened import GROWN, Bytes
from debar.readers.resumed import UNKEPT
from debar.readers.sifting import LINE
from debar.readers.splits import described
from debar.readers.streams import Streamed
from debar.workers import can_work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.automaton import Finder
    from debar.readers.resumed import Record
    from debar.readers.sifting import Lines
    from debar.readers.splits import File
    from debar.sieving import Sieve, Wanted

SIFTED = 1 << 23
"""Size from which the lines of a log are sifted, bytes on disk; a smaller one is read whole in about a second."""
_WIDEST = 4
"""Most bytes of a character in UTF-8."""


class Elsewhere(Protocol):
    """The lines of a file that was looked through elsewhere."""

    sha256: str
    size: int
    """Both known once all lines were given, or the file broke off."""

    def lines(self) -> Iterator[Lines]:
        """Yield its blocks in order; SourceError where it broke off."""


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
    elsewhere: Callable[[str, Wanted], Elsewhere | None] = lambda *_: None
    """Gives the lines of a file that was looked through elsewhere, by its absolute path or its address in storage; nothing
    for one that is to be read here."""
    record: Callable[[Path, Wanted, bool], Record] | None = None
    """Gives what is kept of a file for a scan that goes on; asked whether its reading can begin anywhere."""


NO_SIFTING = Sifting()


class Lined(Bytes):
    """The bytes of an input, line by line."""

    def __init__(
        self, file: Path | BinaryIO, *, rewindable: bool, is_digested: bool, address: str, sifting: Sifting
    ) -> None:
        """Take the file or stream, where one lies in storage, and how lines of logs are chosen."""
        super().__init__(file, rewindable=rewindable, is_digested=is_digested, told=sifting.told)
        self._address, self._sifting = address, sifting
        self.is_sifted = False
        """Whether only lines that may matter were given to the reader."""
        self.needs_all = False
        """Set by a reader that is sifting and has come to lines of which each matters."""
        self.tally: Counter[str] = Counter()
        """What the reader counted: components, services, rows ..."""
        self._is_large: bool | None = None

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield (number from 1, text) for each line; SourceError at a line longer than LINE bytes in UTF-8.

        A block at a time costs half of asking for every line.
        """
        number = 0
        with self.stream() as stream:
            rest = ""
            for block in encodings.texts(stream, BLOCK):
                lines = (rest + block).split("\n")
                if len(lines[0]) * _WIDEST > LINE and len(lines[0].encode()) > LINE:
                    raise sifting.too_long(f"line {number + 1}")
                rest = lines.pop()
                for number, line in enumerate(lines, number + 1):  # noqa: B020 - goes on counting
                    yield number, line
            if rest:
                yield number + 1, rest

    def sieve(self) -> Sieve | None:
        """Give what knows the indicators, for an input that is large enough to be sifted; nothing for any other."""
        if self._is_large is None:
            self._is_large = self._sifting.size <= 0 or self.is_larger(self._sifting.size - 1)
        return self._sifting.sieve if self._is_large else None

    def weigh(self, size: int) -> None:
        """Say how large the input is, where that is not the size of its own file, in bytes."""
        self._is_large = size >= self._sifting.size

    @property
    def wants_digest(self) -> bool:
        """Tell whether the digest of a plain input is wanted, of which not everything is read."""
        return self._is_digested and (self._sifting.is_digested or self.sieve() is None)

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
        self.is_sifted = True
        place = str(self._file.absolute()) if isinstance(self._file, Path) else self._address
        if place and (there := self._sifting.elsewhere(place, wanted)) is not None:
            try:
                yield from sifting.given(self, there.lines())
            finally:
                self.sha256, self.size = there.sha256, there.size
            if isinstance(self._file, Path) and self.is_larger(there.size):
                self.remarks.append(GROWN)
            return
        file = self._described(place, wanted)
        record = self._record(file)
        if record.whole:
            self.sha256, self.size = record.whole
            yield from sifting.given(self, record.lines(), record.note)
            return
        yield from (self._by_copies if self._is_copied() else self._by_threads)(file, finder, record)
        record.end(self.sha256, self.size)

    def _described(self, place: str, wanted: Wanted) -> File:
        """Give what is known of the file before it is looked through; a stream's size is not."""
        is_plain, size = self.is_plain(), self.disk_size() if isinstance(self._file, Path) else 0
        is_digested = self._is_digested and (self._sifting.is_digested or not is_plain)
        return described(place, size, self.head(), wanted, is_plain=is_plain, is_digested=is_digested)

    def _record(self, file: File) -> Record:
        """Give what is kept of looking through the file earlier."""
        if not isinstance(self._file, Path) or not self._sifting.record:
            return UNKEPT
        can_go_on = file.is_divisible and file.encoding in sifting.UTF8
        return self._sifting.record(self._file, file.wanted, can_go_on)

    def _is_copied(self) -> bool:
        """Tell whether copies of this process may look through the file."""
        return isinstance(self._file, Path) and self._sifting.threads > 1 and can_work()

    def _by_copies(self, file: File, finder: Finder, record: Record) -> Iterator[tuple[int, str]]:
        """Yield what was looked through earlier, and then what copies of this process find in the file."""
        from debar.readers.copies import Copies  # for large logs only

        with self._opened(is_digested=False, is_told=False) as disk:
            number = disk.raw.fileno()
            # Copies open it anew, whatever has become of its name.
            file = file._replace(place=f"/proc/self/fd/{number}", size=os.fstat(number).st_size)
            there = Copies(file, finder, self._sifting.threads, record.position)
            try:
                yield from sifting.given(self, chain(record.lines(), there.lines()), record.note)
            finally:
                self.sha256, self.size = there.sha256, there.size
            if os.fstat(number).st_size > file.size:
                self.remarks.append(GROWN)

    def _by_threads(self, file: File, finder: Finder, record: Record) -> Iterator[tuple[int, str]]:
        """Yield the same, looked through by threads of this process."""
        delimiter = file.wanted.delimiter
        look = partial(sifting.looked_through, automaton=finder, has_returns=file.has_returns, delimiter=delimiter)
        if isinstance(self._file, Streamed):
            self._file.let_pass()
        with self._opened(is_digested=file.is_digested, is_told=False) as disk:
            try:
                rest = b""
                if record.position:
                    disk.begin(record.position - record.kept)
                    rest = disk.read(record.kept)
                raws = sifting.blocks(
                    inflated(disk), lambda: disk.size, file.encoding, rest, is_first=not record.position
                )
                with side_by_side(raws, look, self._sifting.threads) as lines:
                    yield from sifting.given(self, chain(record.lines(), lines), record.note)
                disk.drain()
            except OSError as e:
                raise SourceError(e.strerror or str(e), locator=f"byte {disk.size}") from e
            finally:
                self.sha256, self.size = disk.digest(), disk.size

    def passed(self, lines: int, position: int) -> None:
        """Note how many lines were looked through, and how far the file was read."""
        self.tally[sifting.LOOKED_THROUGH] = lines
        self.come_to(position)

    def come_to(self, position: int) -> None:
        """Note how far the lines or rows of the file were read; whoever is told may end the scan here."""
        self._reached(position)
