# SPDX-License-Identifier: Apache-2.0
"""Which encoding a text is in, told from its bytes: UTF-8, UTF-16 with or without mark, or 8-bit."""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BROKEN, _MANY_BYTES = re.compile(r"[\udc80-\udcff]+"), re.compile(r"[^\x00-\x7f\udc80-\udcff]")
_GOOD = 10
"""Characters of several bytes for each broken place; 8-bit text has hardly any."""
_EIGHT_BIT = "cp1252"
"""Windows tools write it where the system has no UTF-8; undefined bytes become U+FFFD."""


def detect(head: bytes | bytearray) -> str:
    """Give the encoding of a text by its first bytes."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    # UTF-16 without a mark: text in Western scripts has a NUL in every other byte.
    sample = bytes(head[:512])
    if len(sample) >= 4 and sample.count(0) >= len(sample) * 0.4:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if even != odd:
            return "utf-16-le" if odd > even else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(bytes(head))  # a character cut off at the end of the head is no fault
    except UnicodeDecodeError:
        return "utf-8" if _is_nearly_utf8(bytes(head)) else _EIGHT_BIT
    return "utf-8"


def _is_nearly_utf8(head: bytes) -> bool:
    """Tell whether a text is UTF-8 but for a few places, as when lines of two programs stand in one file."""
    # Each byte that is no part of a character becomes a lone surrogate, U+DC80 to U+DCFF.
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(head)
    broken = len(_BROKEN.findall(text))
    return broken * _GOOD <= len(_MANY_BYTES.findall(text))


def to_utf8(data: bytes | bytearray) -> bytes | bytearray:
    """Give a document in UTF-8; plain UTF-8, the usual case, is returned as it is."""
    name = detect(data[:1024])
    if name == "utf-8":
        return data
    if name == "utf-8-sig":
        return data[3:]
    if name == _EIGHT_BIT:
        # An 8-bit guess from the head may be a single stray byte: the document's own reader says so.
        return data
    try:
        return data.decode(name).encode("utf-8")
    except UnicodeDecodeError as e:
        raise SourceError(f"broken {name}: {e.reason}", locator=f"byte {e.start}") from e


def to_text(head: bytes) -> str:
    """Give the first bytes of a text as characters, for recognition only."""
    return head.decode(detect(head), errors="replace")


def texts(stream: io.BufferedReader, size: int) -> Iterator[str]:
    """Yield a stream as text in its own encoding, in pieces of about a size in bytes.

    Lines end in a line feed, undecodable bytes become U+FFFD, and what was read before a fault comes before it.
    """
    inner = codecs.getincrementaldecoder(detect(stream.peek(1 << 16)[: 1 << 16]))(errors="replace")
    decoder = io.IncrementalNewlineDecoder(inner, translate=True)
    # One reading at a time: a library that reads on loses what it has when that fails.
    while data := stream.read1(size):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)
