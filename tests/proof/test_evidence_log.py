# SPDX-License-Identifier: Apache-2.0
"""The chain of the evidence log: what was said reads back, and nothing else has its head."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import proving
from debar.proof import log
from debar.proof.canonical import encoded

BODIES = st.lists(st.tuples(st.sampled_from(["begun", "input", "file"]), st.dictionaries(st.text("abc", min_size=1), proving.PLAIN, max_size=2)), min_size=1, max_size=6)  # fmt: skip


@given(BODIES)
def test_a_log_reads_back(said: list[tuple[str, dict[str, Any]]]) -> None:
    """What was said is read back in its order, without a fault, under the head that was given."""
    text, head = log.chained(said, "2024-10-02T08:00:00Z")
    chain = log.read(text)
    assert [(entry.kind, entry.body) for entry in chain.entries] == said
    assert (chain.head, chain.faults) == (head, ())
    assert head == hashlib.sha256(text.split(b"\n")[-2]).hexdigest()


@given(BODIES, st.data())
def test_a_changed_log_has_another_head_or_a_fault(said: list[tuple[str, dict[str, Any]]], data: st.DataObject) -> None:
    """No other bytes have the same head and no fault."""
    text, head = log.chained(said, "2024-10-02T08:00:00Z")
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + bytes([text[place] ^ 1 << data.draw(st.integers(0, 7))]) + text[place + 1 :]
    chain = log.read(changed)
    assert chain.faults or chain.head != head


def test_a_log_goes_on_from_another() -> None:
    """The first entry carries the head of the log before, and 64 zeros where there is none."""
    first, head = log.chained([("begun", {})], "2024-10-02T08:00:00Z")
    second, _ = log.chained([("begun", {})], "2024-10-03T08:00:00Z", head)
    assert log.read(first).entries[0].previous == "0" * 64
    assert log.read(second).entries[0].previous == head


@pytest.mark.parametrize(("text", "said"), [(b"", "no entries"), (b"{}\n", "is no entry"), (b"x", "does not end with a line feed"), (b"\n", "is no entry")])  # fmt: skip
def test_what_is_no_log(text: bytes, said: str) -> None:
    """Anything else is a fault with its line."""
    assert any(said in fault for fault in log.read(text).faults)


def test_an_endless_line_is_not_read() -> None:
    """A line of more than a mebibyte ends the reading."""
    assert "longer than" in log.read(b"x" * (log.LONGEST + 1) + b"\n").faults[0]


def test_numbers_have_no_gaps() -> None:
    """An entry whose hash fits and whose number is not due is told: somebody wrote the chain anew and left one out."""
    text, head = log.chained([("begun", {})], "2024-10-02T08:00:00Z")
    line = text + encoded(log.Entry(seq=2, previous=head, time="2024-10-02T08:00:00Z", kind="file", body={})) + b"\n"
    assert log.read(line).faults == ("line 2: carries number 2, and 1 is due: an entry was removed, put in or moved",)
