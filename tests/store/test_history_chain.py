# SPDX-License-Identifier: Apache-2.0
"""The log of a ledger: whatever is changed, left out or put in is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from debar.store.chain import FIRST, Entry, breaks, entry

BODIES = st.lists(st.text(max_size=8), min_size=1, max_size=6)


def chained(bodies: list[str]) -> list[Entry]:
    """Give a log with these bodies."""
    entries: list[Entry] = []
    for body in bodies:
        entries.append(entry(entries[-1] if entries else None, "2024-06-25T00:00:00Z", "run", body))
    return entries


@given(BODIES)
def test_a_log_as_it_was_written_has_no_break(bodies: list[str]) -> None:
    """Numbers count from 1, each entry holds the hash before it, and nothing is complained of."""
    entries = chained(bodies)
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert [one.previous for one in entries] == [FIRST, *(one.hash for one in entries[:-1])]
    assert list(breaks(entries)) == []


@given(BODIES, st.data())
def test_a_change_of_any_field_is_found(bodies: list[str], data: st.DataObject) -> None:
    """No field of any entry can be another unseen."""
    entries = chained(bodies)
    place = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(Entry._fields))
    values = entries[place]._asdict()
    values[field] = 99 if field == "seq" else values[field] + "x"
    entries[place] = Entry(**values)
    assert list(breaks(entries))


@given(st.lists(st.text(max_size=8), min_size=2, max_size=6), st.data())
def test_an_entry_that_is_taken_out_or_moved_is_found(bodies: list[str], data: st.DataObject) -> None:
    """All but the last entry are missed when they are gone; two that changed places are found."""
    entries = chained(bodies)
    place = data.draw(st.integers(0, len(entries) - 2))
    assert list(breaks(entries[:place] + entries[place + 1 :]))
    entries[place], entries[place + 1] = entries[place + 1], entries[place]
    assert list(breaks(entries))


def test_the_entry_that_is_wrong_is_named() -> None:
    """Each fault says which entry it is about."""
    first, second, third = chained(["a", "b", "c"])
    assert list(breaks([first, third])) == ["log: entry 2 is gone"]
    assert list(breaks([first, second._replace(body="x"), third])) == ["log: entry 2 was changed since it was written"]
    other = entry(first, second.at, "run", "z")
    assert list(breaks([first, other, third])) == ["log: entry 3 does not follow the one before"]
