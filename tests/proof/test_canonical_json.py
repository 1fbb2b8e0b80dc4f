# SPDX-License-Identifier: Apache-2.0
"""One value has one form: what is read and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

import proving
from debar.proof import statement
from debar.proof.canonical import MalformedError, decoded, encoded


@given(proving.PLAIN)
def test_canonical_bytes_are_those_that_the_page_shows(value: Any) -> None:
    """The command of the reference page writes the same bytes, and they read back as the same value."""
    text = encoded(value)
    assert text == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert decoded(text, object) == value


@pytest.mark.parametrize(
    "text", [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1}\n', b'{"a":"\\u0041"}', b'"\xff"', b"[" * 9999, b'{"a":1,"a":1}']
)
def test_other_bytes_are_refused(text: bytes) -> None:
    """Another order, white space, needless escapes, equal keys, no UTF-8: one value has one form."""
    with pytest.raises(MalformedError):
        decoded(text, object)


def test_an_unknown_key_is_refused() -> None:
    """What a struct does not know is not passed over: it would not be covered."""
    with pytest.raises(MalformedError):
        decoded(encoded({"sha256": "x", "more": 1}), statement.Digest)
