# SPDX-License-Identifier: Apache-2.0
"""Logs by their bytes: blocks of whole lines are looked through, and only lines that may matter are given to the reader.

    bytes, read and decompressed ──► blocks of whole lines ──► looked through ──► lines that may matter, in order

A reader does with the lines what it does with all lines, so its answer is the same: `Input.sifted` takes the place
of `Input.lines`. Who looks is told in `lookers`: threads, or copies of this process.
"""

from __future__ import annotations

import codecs
import zlib
from typing import TYPE_CHECKING, NamedTuple, Protocol

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.automaton import Finder

BLOCK = 1 << 18
"""Bytes that are looked through at once: all that is done with them finds them in the processor's own memory."""
LINE = 1 << 24
"""Longest line of a line-based format, bytes. The longest seen in real logs is below 1 MiB."""
BEGINNING = 200
"""Lines at the beginning that are always given: headers stand there."""
ODD_ENDS = rb"\r[^\n]"
"""A line that ends in a carriage return alone, in a file that has carriage returns."""
LOOKED_THROUGH = "lines looked through"
"""Under which the lines of a sifted log are counted."""
UTF8 = frozenset({"utf-8", "utf-8-sig"})
"""Encodings whose bytes are looked through as they are."""
_FLOOD = 32
"""Bytes for each place found below which a block is given whole: most of its lines are such."""
_FEW = 1 << 11
"""Bytes in which line feeds are counted one by one."""
TAIL = 1 << 10
"""Bytes at the end of a block by which it is known again."""


class Raw(NamedTuple):
    """Whole lines, with a line feed before and behind each."""

    text: bytes
    position: int
    """Bytes of the file that were read up to here."""
    kept: int = 0
    """Bytes of them that are in no block yet: a line that goes on."""


class Lines(NamedTuple):
    """Whole lines of a log that were looked through."""

    total: int
    found: list[tuple[int, bytes]]
    """(number in the block from 0, line without its end) of those that may matter, in order."""
    position: int
    goes_on: bool = False
    """A line of it may go on in the next one, inside quotation marks."""
    text: bytes = b""
    """The block, for a reader that turns out to need all its lines; empty where it is not at hand."""
    kept: int = 0
    """Bytes that were read up to `position` and are in no block yet."""
    is_given: bool = False
    """What was found are the very lines that a reader was given earlier."""
    tail: tuple[int, int] = (0, 0)
    """Length and checksum of the last bytes of the block, without line ends."""


class Stream(Protocol):
    """Whatever bytes are read from."""

    def read(self, size: int, /) -> bytes | None:
        """Give at most `size` bytes, none at the end."""


def blocks(
    stream: Stream, position: Callable[[], int], encoding: str, rest: bytes = b"", *, is_first: bool = True
) -> Iterator[Raw]:
    """Yield a stream as blocks of whole lines in UTF-8; SourceError for a line without an end.

    `position` gives how many bytes of the file were read, `rest` is what was read of the next line already.
    """
    for read in _in_utf8(stream, encoding):
        data = read
        if is_first:
            data, is_first = data.removeprefix(codecs.BOM_UTF8), False
        # Lines that end in a carriage return alone are told apart later; here any place between two lines will do.
        end = ended(data)
        if len(rest) + _first(data) > LINE:
            raise too_long()
        if not end:
            rest += data
            continue
        tail = b"" if data[end - 1] == 10 else b"\n"
        block, rest = b"".join((b"\n", rest, memoryview(data)[:end], tail)), data[end:]
        yield Raw(block, position(), len(rest))
    if rest:
        yield Raw(b"".join((b"\n", rest, b"\n")), position())


def too_long(locator: str = "") -> SourceError:
    """Give the fault of a line that is longer than LINE; where it lies is known to whoever counts lines."""
    hint = "nothing after it was read; cut the line out, or split the file there"
    return SourceError(f"a line of more than {LINE >> 20} MiB", locator=locator, hint=hint)


def _first(data: bytes) -> int:
    """Give how many bytes stand before the first end of a line."""
    feed, carriage = data.find(b"\n"), data.find(b"\r")
    return min((at for at in (feed, carriage) if at >= 0), default=len(data))


def ended(data: bytes) -> int:
    """Give where the last line that ends in a step of reading ends; 0 where none does."""
    return data.rfind(b"\n") + 1 or data.rfind(b"\r", 0, -1) + 1


def _in_utf8(stream: Stream, encoding: str) -> Iterator[bytes]:
    """Yield what is read, written anew where it is in another code; what is broken becomes U+FFFD."""
    if encoding in UTF8:
        while data := stream.read(BLOCK):
            yield data
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while data := stream.read(BLOCK):
        if text := decoder.decode(data):
            yield text.encode()
    if text := decoder.decode(b"", final=True):
        yield text.encode()


def looked_through(raw: Raw, automaton: Finder, *, has_returns: bool, delimiter: bytes = b"") -> Lines:
    """Give the lines of a block that may matter.

    `has_returns` tells that the automaton looks for carriage returns that end a line alone, `delimiter` that quotation
    marks around cells may hold the end of a line.
    """
    text = raw.text
    if delimiter and _may_go_on(text, delimiter):
        return whole(raw)._replace(goes_on=True)
    if not has_returns and b"\r" in text:
        text = _with_line_feeds(text)
    ends = automaton.ends(text, most=len(text) // _FLOOD | 64)
    if ends is None:
        return whole(raw)
    found: list[tuple[int, bytes]] = []
    number, counted, last = 0, 1, 0
    for end in sorted(set(ends)):
        at = end - 1
        if at <= last:
            continue  # on the line that was found already
        begin = text.rfind(b"\n", 0, at) + 1
        last = text.find(b"\n", at)
        line = text[begin:last].removesuffix(b"\r")
        if b"\r" in line:
            return whole(raw)
        number += _line_feeds(text, counted, begin)
        counted = begin
        found.append((number, line))
    total = number + _line_feeds(text, counted, len(text))
    return Lines(total, found, raw.position, text=text, kept=raw.kept, tail=tail(text))


def whole(raw: Raw) -> Lines:
    """Give all lines of a block."""
    every = _with_line_feeds(raw.text)[1:-1].split(b"\n")
    return Lines(len(every), list(enumerate(every)), raw.position, text=raw.text, kept=raw.kept, tail=tail(raw.text))


def tail(text: bytes) -> tuple[int, int]:
    """Give length and checksum of the end of a block, which do not depend on how its lines end."""
    end = text[max(1, len(text) - 2 * TAIL) :].rstrip(b"\r\n")[-TAIL:]
    return len(end), zlib.crc32(end)


def _may_go_on(text: bytes, delimiter: bytes) -> bool:
    """Tell whether a row of a table might go on in the next line.

    None does where every quotation mark stands at the edge of a cell, or is doubled, and no end of a line stands between
    two. Any other mark could open a cell: how it is read depends on what stands before it.
    """
    if b'"' not in text:
        return False
    parts = text.split(b'"')
    inside, edges = b"".join(parts[1::2]), (delimiter, b"\n", b"\r")
    if len(parts) % 2 == 0 or b"\n" in inside or b"\r" in inside:
        return True
    if not (parts[0].endswith(edges) and parts[-1].startswith(edges)):
        return True
    # What stands between cells is nearly always the same few texts.
    return not all(part.startswith(edges) and part.endswith(edges) for part in set(parts[2:-1:2]) if part)


def _with_line_feeds(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _line_feeds(text: bytes, begin: int, end: int) -> int:
    """Count line feeds; the library counts single bytes slower than it replaces them."""
    if end - begin < _FEW:
        return text.count(b"\n", begin, end)
    part = text[begin:end]
    return len(part) - len(part.replace(b"\n", b""))


def given(
    source: _Source, lines: Iterable[Lines], note: Callable[[Lines], None] = lambda _: None
) -> Iterator[tuple[int, str]]:
    """Yield (number from 1, text) of each line that may matter, and of every line once the source needs all.

    Notes on the source how many lines there were, and how far it was read; `note` is given each block with the lines
    that were taken from it, once whoever asked is done with them.
    """
    before = 0
    try:
        for block in lines:
            source.needs_all |= block.goes_on
            taken: list[tuple[int, bytes]] = []
            for number, line in _chosen(source, block, is_first=not before):
                taken.append((number, line))
                yield before + number + 1, line.decode("utf-8", "replace")
            before += block.total
            note(block._replace(found=taken))
            source.passed(before, block.position)
    except SourceError as e:
        e.locator = e.locator or f"line {before + 1}"
        raise


def _chosen(source: _Source, block: Lines, *, is_first: bool) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a block that may matter, and all that follow once the source needs all."""
    if block.is_given:
        yield from block.found
        return
    needed_all, last = source.needs_all, -1
    for number, line in _every(block) if needed_all else _with_beginning(block, is_first=is_first):
        last = number
        yield number, line
        if source.needs_all and not needed_all:
            break
    if source.needs_all and not needed_all:
        yield from _every(block)[last + 1 :]


def _every(block: Lines) -> list[tuple[int, bytes]]:
    return whole(Raw(block.text, block.position)).found


def _with_beginning(block: Lines, *, is_first: bool) -> list[tuple[int, bytes]]:
    """Give the lines of a block that may matter, and the first lines of a log."""
    if not is_first or len(block.found) == block.total:
        return block.found
    return sorted({**dict(_every(block)[:BEGINNING]), **dict(block.found)}.items())


class _Source(Protocol):
    """What is sifted."""

    needs_all: bool

    def passed(self, lines: int, position: int) -> None:
        """Note how many lines were looked through, and how far the file was read."""
