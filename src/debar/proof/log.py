# SPDX-License-Identifier: Apache-2.0
"""The evidence log: one line for each thing that a proof rests on, each over the hash of the line before.

A line is canonical JSON and ends with a line feed. Its hash is the SHA-256 of its bytes without the line feed. The first
line carries the last hash of the proof before it where there is one, else 64 zeros; so lines cannot be changed, moved,
put in or taken out, and a series of proofs cannot lose one of them, unless everything after is written anew.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar.proof.canonical import MalformedError, decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NONE = "0" * 64
"""What stands in the place of the hash before the first."""
LONGEST = 1 << 20
"""Bytes of a line; the longest that is written has some thousand."""
BEGUN, CLOSED, FILE, INPUT = "begun", "closed", "file", "input"
"""Kinds of the first entry, of the last, of each file of the proof, and of each input."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the log."""

    seq: int
    """From 0, without gaps."""
    previous: str
    """Hash of the line before."""
    time: str
    """Instant in UTC, as the clock of the machine told it."""
    kind: str
    body: dict[str, Any]
    """What is said: text, integers, true and false, null, and lists and objects of these."""


class Chain(NamedTuple):
    """A log that was read: its entries as far as they are entries, its head, and what is wrong with it."""

    entries: tuple[Entry, ...]
    head: str
    faults: tuple[str, ...]


def chained(said: Iterable[tuple[str, dict[str, Any]]], time: str, previous: str = NONE) -> tuple[bytes, str]:
    """Give the log that says these kinds and bodies in their order, and the hash of its last line."""
    lines = []
    for seq, (kind, body) in enumerate(said):
        line = encoded(Entry(seq=seq, previous=previous, time=time, kind=kind, body=body))
        previous = hashed(line)
        lines.append(line + b"\n")
    return b"".join(lines), previous


def hashed(line: bytes) -> str:
    """Give the hash of a line without its line feed."""
    return hashlib.sha256(line).hexdigest()


def read(text: bytes) -> Chain:
    """Give a log with everything that is wrong in it, each fault with the number of its line from 1."""
    entries: list[Entry] = []
    faults: list[str] = []
    head = ""
    for number, line in enumerate(_lines(text, faults), 1):
        try:
            entry = decoded(line, Entry)
        except MalformedError as e:
            faults.append(f"line {number} is no entry: {e}")
        else:
            faults += [f"line {number}: {fault}" for fault in _misplaced(entry, number - 1, head)]
            entries.append(entry)
        head = hashed(line)
    if not entries:
        faults.append("has no entries")
    return Chain(tuple(entries), head, tuple(faults))


def _lines(text: bytes, faults: list[str]) -> Iterator[bytes]:
    *lines, rest = text.split(b"\n")
    if rest:
        faults.append("does not end with a line feed: it was cut off, or something was added")
        lines.append(rest)
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST:
            faults.append(f"line {number} is longer than {LONGEST} bytes")
            return
        yield line


def _misplaced(entry: Entry, seq: int, head: str) -> Iterator[str]:
    """Yield what is wrong with the place of an entry: `head` is the hash of the line before, empty for the first."""
    if entry.seq != seq:
        yield f"carries number {entry.seq}, and {seq} is due: an entry was removed, put in or moved"
    if head and entry.previous != head:
        yield "does not follow from the line before: that one was changed, removed, put in or moved"
