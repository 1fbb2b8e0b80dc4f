# SPDX-License-Identifier: Apache-2.0
"""ASN.1 values in BER or DER (ITU-T X.690), as far as signatures and certificates need them.

A value is a place in the bytes, so nothing is copied. Apple writes BER with indefinite lengths,
everybody else DER; both are read, and no length is believed beyond the end of what surrounds it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

INTEGER, BIT_STRING, OCTET_STRING, OID, SEQUENCE, SET = 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
_MEMBERS = 1 << 16
"""Values looked at inside one value; a long catalogue of certificates has hundreds."""
_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1E: "utf-16-be", 0x1C: "utf-32-be"}
"""UTF8String, PrintableString, TeletexString, IA5String, BMPString and UniversalString."""


class BrokenError(ValueError):
    """The bytes are no ASN.1."""


class Value(NamedTuple):
    """One value: its tag, and where it begins, its contents begin and end, and the next begins."""

    data: bytes
    tag: int
    start: int
    body: int
    stop: int
    end: int

    @property
    def content(self) -> bytes:
        """Give the contents, without tag and length."""
        return self.data[self.body : self.stop]

    @property
    def whole(self) -> bytes:
        """Give the value as it stands, with tag and length."""
        return self.data[self.start : self.end]


def read(data: bytes, at: int = 0, limit: int = -1) -> Value:
    """Give the value that begins at a place; BrokenError when there is none or it does not end in time."""
    limit = len(data) if limit < 0 else limit
    if at + 2 > limit:
        raise BrokenError("a value is cut off")
    tag, length, body = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise BrokenError("a tag of many bytes, which no signature has")
    if length == 0x80:
        stop = _stop(data, body, limit)
        return Value(data, tag, at, body, stop, stop + 2)
    if length > 0x80:
        count = length & 0x7F
        if count > 4 or body + count > limit:
            raise BrokenError("a length of too many bytes")
        length = int.from_bytes(data[body : body + count], "big")
        body += count
    if body + length > limit:
        raise BrokenError("a value is longer than what surrounds it")
    return Value(data, tag, at, body, body + length, body + length)


def _stop(data: bytes, at: int, limit: int) -> int:
    """Give where the end mark of a value of indefinite length stands; a counter instead of recursion."""
    depth = 0
    while at + 2 <= limit:
        if data[at : at + 2] == b"\0\0":
            if not depth:
                return at
            depth -= 1
            at += 2
        elif data[at + 1] == 0x80:
            depth += 1
            at += 2
        else:
            at = read(data, at, limit).end
    raise BrokenError("a value of indefinite length does not end")


def parts(value: Value) -> Iterator[Value]:
    """Yield the values inside a value, in order."""
    at = value.body
    for _ in range(_MEMBERS):
        if at >= value.stop:
            return
        part = read(value.data, at, value.stop)
        yield part
        at = part.end


def listed(value: Value, least: int = 0) -> list[Value]:
    """Give the values inside a value; BrokenError when there are fewer than expected."""
    found = list(parts(value))
    if len(found) < least:
        raise BrokenError(f"{len(found)} values where {least} were expected")
    return found


def octets(value: Value) -> bytes:
    """Give an octet string, also one that BER cut into several."""
    if value.tag & 0x20:
        return b"".join(part.content for part in parts(value))
    return value.content


def oid(value: Value) -> str:
    """Give an object identifier in dots and digits."""
    content = value.content
    if value.tag != OID or not content or len(content) > 64:
        raise BrokenError("no object identifier")
    return _dotted(content)


@lru_cache(maxsize=1024)
def _dotted(content: bytes) -> str:
    first = min(content[0] // 40, 2)
    arcs, number = [first, content[0] - 40 * first], 0
    for byte in content[1:]:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            arcs.append(number)
            number = 0
    return ".".join(map(str, arcs))


def text(value: Value) -> str:
    """Give a text in whichever of the types of string it is written."""
    return value.content.decode(_ENCODINGS.get(value.tag, "latin-1"), "replace").strip("\0 \t\r\n")
