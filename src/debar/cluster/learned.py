# SPDX-License-Identifier: Apache-2.0
"""Which of many files are logs or columns that are sifted, and for what: their readers say so when they ask for them.

A reader knows what matters in a log only once it has seen how the log begins. So each is begun, and left as soon as it
asks, or has read as much as any header has. One of columns is given no rows, and so says of each of its files what it
would look for.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from debar.errors import SourceError
from debar.readers import load, named, sifting, sniff, walk
from debar.readers.batches.spread import Spread
from debar.readers.lake_folders import DELTA, ICEBERG
from debar.readers.opened import SMALL
from debar.readers.splits import File, described

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import _GeneratorContextManager
    from typing import BinaryIO

    from debar.readers.batches import spread
    from debar.readers.lined import Sifting
    from debar.sieving import Wanted

_LINES = 1000
"""Lines that are read before a reader asks: more than any header has."""


_LAKES = frozenset({DELTA, ICEBERG})
"""Readers of tables that are folders; the file that stands for one says nothing of its size."""


class Left(BaseException):
    """A reader was left. It is no fault of an input, so whoever forgives those lets it through."""


class Begun(Spread):
    """An input whose reader is left when it asks for lines that may matter, or for more than a beginning."""

    asked: Wanted | None = None
    """What it asked for."""
    files: list[spread.File]
    """Files of columns that it asked for."""
    wants_digest = False
    _reads_lines = False

    def looked(self, file: spread.File) -> Iterator[spread.Looked | spread.Left]:
        """Note what is wanted of a file of columns, and give no rows of it."""
        sieve = self.sieve()
        # Where every row may matter, all of them would come back.
        if sieve and all(sieve.stored(wanted) for _, wanted in file.choice.looked):
            self.files.append(file)
        return iter(())

    def sifted(self, wanted: Wanted) -> Iterator[tuple[int, str]]:
        """Note what is wanted, and leave."""
        if self.finder(wanted) is not None:
            has_returns = b"\r" in self.head()
            self.asked = wanted._replace(always=(*wanted.always, sifting.ODD_ENDS)) if has_returns else wanted
        self._leave()

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the first lines."""
        self._reads_lines = True
        yield from islice(super().lines(), _LINES)
        self._leave()

    def document(self) -> bytes | bytearray:
        """Give a small document."""
        return self._leave() if self.is_larger(SMALL) else super().document()

    def content(self) -> bytes:
        """Give a small content."""
        return self._leave() if self.is_larger(SMALL) else super().content()

    def stream(self) -> _GeneratorContextManager[io.BufferedReader]:
        """Open it for lines alone."""
        return super().stream() if self._reads_lines else self._leave()

    def seekable(self) -> _GeneratorContextManager[BinaryIO]:
        """Leave."""
        self._leave()

    def _leave(self) -> NoReturn:
        raise Left


def files(
    found: Iterable[walk.Found | walk.Fault], make: Callable[[walk.Found], Begun], sifting_: Sifting
) -> Iterator[File | spread.File]:
    """Yield the logs and files of columns among what was found that are sifted, in the order in which they are read.

    A fault of any other will be told when it is read.
    """
    for place in found:
        if isinstance(place, walk.Fault) or place.tree or not (place.address or place.place):
            continue
        try:
            if place.scheme in _LAKES or walk.size(place) >= sifting_.size:
                yield from _asked(make(place), place, sifting_)
        except Exception:  # noqa: BLE001, S112 - a fault is told by whoever reads the file in earnest
            continue


def _asked(source: Begun, place: walk.Found, sifting_: Sifting) -> list[File] | list[spread.File]:
    """Give a file whose lines are sifted, or those whose rows are; nothing for any other."""
    source.files = []
    try:
        reader = named(place.scheme) if place.scheme else sniff.find_reader(source)[0]
        if reader is None or reader.holds:
            return []
        for _ in load(reader)(source):
            pass
    except Left:
        pass
    except SourceError:
        return []
    return source.files or ([_log(source, source.asked, place, sifting_)] if source.asked else [])


def _log(source: Begun, wanted: Wanted, place: walk.Found, sifting_: Sifting) -> File:
    is_plain = source.is_plain()
    return described(
        # Executors work in folders of their own.
        place.address or str(Path(str(place.place)).absolute()),
        source.disk_size(),
        source.head(),
        wanted,
        is_plain=is_plain,
        is_digested=sifting_.is_digested or not is_plain,
    )
