# SPDX-License-Identifier: Apache-2.0
"""Canonical JSON: one way to write a value, so that equal values are equal bytes.

It is RFC 8785 for what occurs in a proof: objects, arrays, strings, integers, booleans and null. Keys are ASCII and
sorted, there is no white space, and nothing is escaped but the quotation mark, the backslash and the characters below
U+0020. `json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)` writes the same.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

T = TypeVar("T")


class MalformedError(ValueError):
    """Bytes that are not the canonical form of what was expected."""


def encoded(value: object) -> bytes:
    """Give the canonical bytes of a struct, or of anything that JSON has and that is not a fraction."""
    return msgspec.json.encode(value, order="sorted")


def decoded(text: bytes, kind: type[T]) -> T:
    """Give the struct that canonical bytes hold; MalformedError for any other bytes, however little they differ."""
    try:
        found = msgspec.json.decode(text, type=kind)
        again = encoded(found)
    except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError) as e:
        raise MalformedError(str(e)) from e
    if again != text:
        raise MalformedError(f"is not written in canonical form{_place(text, again)}")
    return found


def _place(text: bytes, again: bytes) -> str:
    """Give where two byte strings begin to differ."""
    pairs = zip(text, again, strict=False)
    return f" at byte {next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(text), len(again)))}"
