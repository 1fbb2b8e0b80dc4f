# SPDX-License-Identifier: Apache-2.0
"""The log of the ledger: each entry holds the hash of the one before, so that nothing in it can change unseen."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FIRST = "0" * 64
"""What the first entry holds instead of a hash."""


class Entry(NamedTuple):
    """One entry of the log."""

    seq: int
    """1 is the first."""
    at: str
    kind: str
    body: str
    previous: str
    hash: str


def entry(last: Entry | None, at: str, kind: str, body: str) -> Entry:
    """Give the entry that comes after the last one."""
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
    return Entry(seq, at, kind, body, previous, _hash(seq, at, kind, body, previous))


def breaks(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what is wrong with the entries of a log, given in their order."""
    previous, expected = FIRST, 1
    for one in entries:
        if one.seq != expected:
            yield f"log: entry {expected} is gone"
        elif one.previous != previous:
            yield f"log: entry {one.seq} does not follow the one before"
        if one.hash != _hash(one.seq, one.at, one.kind, one.body, one.previous):
            yield f"log: entry {one.seq} was changed since it was written"
        previous, expected = one.hash, one.seq + 1


def _hash(*parts: object) -> str:
    """Give the SHA-256 of the parts as a JSON array, in which no border between them can move."""
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
