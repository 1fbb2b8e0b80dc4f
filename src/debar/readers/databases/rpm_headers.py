# SPDX-License-Identifier: Apache-2.0
"""Headers of RPM packages as they lie in RPM's databases, whichever library keeps them.

A header is an index of (tag, type, offset, count) and a store that the offsets point into; numbers
are big-endian. The format and its limits are described in rpm's docs/manual/format_header.md and lib/header.c.
"""

from __future__ import annotations

import struct

from debar.readers.databases.installations import FIELD

LARGEST = 1 << 26
"""Bytes of one header; the largest of Fedora (texlive, kernel-devel) are below 8 MiB."""
_ENTRY = struct.Struct(">IIII")
_MOST_ENTRIES = 0xFFFF
"""rpm refuses a header of more tags (HEADER_TAGS_MAX)."""
_MOST_TEXTS = 1 << 16
"""Texts looked at in one array; the package of most folders in Fedora has below 20000."""
# Types of rpmtag.h that carry text.
_STRING, _STRINGS, _TRANSLATED = 6, 8, 9
_INT = 4
_TAGS = {
    1000: "name",
    1001: "version",
    1002: "release",
    1004: "summary",
    1005: "description",
    1011: "vendor",
    1015: "packager",
    1020: "url",
    1044: "source",
    1118: "folders",
    5012: "bugs",
    5034: "repository",
}
"""Tags of rpmtag.h that are read."""
_EPOCH = 1003


class FaultyHeaderError(ValueError):
    """Bytes that are no header of rpm."""


def header(blob: bytes) -> dict[str, list[str]]:
    """Give the texts of a header by the names above, translated ones in their first language; FaultyHeaderError if it is none."""
    if len(blob) < 8:
        raise FaultyHeaderError("shorter than a header's first bytes")
    entries, size = struct.unpack_from(">II", blob)
    start = 8 + entries * _ENTRY.size
    if not 0 < entries <= _MOST_ENTRIES or start + size > len(blob):
        raise FaultyHeaderError("a header whose sizes are wrong")
    store = blob[start : start + size]
    found: dict[str, list[str]] = {}
    for at in range(8, start, _ENTRY.size):
        tag, kind, offset, count = _ENTRY.unpack_from(blob, at)
        if tag == _EPOCH and kind == _INT and offset + 4 <= size:
            found["epoch"] = [str(int.from_bytes(store[offset : offset + 4], "big"))]
        elif (name := _TAGS.get(tag)) and name not in found and offset < size:
            found[name] = _texts(store, kind, offset, count)
    return found


def _texts(store: bytes, kind: int, offset: int, count: int) -> list[str]:
    """Give the texts of one tag, each ending in a NUL; those that run over the end are left out."""
    wanted = {_STRING: 1, _TRANSLATED: 1, _STRINGS: min(count, _MOST_TEXTS)}.get(kind, 0)
    found = []
    for _ in range(wanted):
        end = store.find(b"\0", offset)
        if end < 0:
            break
        found.append(store[offset : min(end, offset + FIELD)].decode(errors="replace").strip())
        offset = end + 1
    return found
