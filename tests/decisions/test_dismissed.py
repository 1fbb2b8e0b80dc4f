# SPDX-License-Identifier: Apache-2.0
"""Promises of the file of dismissals: strict reading, and writing that loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.decisions import dismissed
from debar.decisions.dismissed import Dismissal, Dismissed, Entry, entry
from debar.errors import UsageError
from debar.model.listed import ListedName, ListedParty

if TYPE_CHECKING:
    from pathlib import Path

ONE = Dismissal(
    name="Acme Ltd",
    party="acme",
    list="ours",
    version="7",
    entry=Entry("a", "b", "c"),
    reason="a bakery",
    by="A. Meyer",
    on="2024-03-01",
)
TEXT = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A new file begins with remarks; every further one is added behind what is there."""
    file = tmp_path / "dismissed.jsonl"
    file.write_text(dismissed.amended(file, [ONE]), encoding="utf-8")
    other = msgspec.structs.replace(ONE, name="Bell AG", until="2025-01-01")
    before = file.read_text(encoding="utf-8")
    file.write_text(dismissed.amended(file, [other]), encoding="utf-8")
    assert file.read_text(encoding="utf-8").startswith(before)
    assert before.startswith("#")
    assert dismissed.read(file) == (ONE, other)


def test_a_line_that_was_begun_is_ended_first(tmp_path: Path) -> None:
    """A file that does not end with a line feed gets one before the next line."""
    file = tmp_path / "dismissed.jsonl"
    file.write_bytes(msgspec.json.encode(ONE))
    file.write_text(dismissed.amended(file, [ONE]), encoding="utf-8")
    assert dismissed.read(file) == (ONE, ONE)


@given(name=TEXT, reason=TEXT)
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, name: str, reason: str) -> None:
    """Names and reasons with quotation marks, line feeds or anything else come back as they were."""
    file = tmp_path_factory.mktemp("any") / "dismissed.jsonl"
    one = msgspec.structs.replace(ONE, name=name, reason=reason)
    file.write_text(dismissed.amended(file, [one]), encoding="utf-8", newline="")
    assert dismissed.read(file) == (one,)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"name": "A"}', "missing required field"),
        ("{", "Input data was truncated"),
        (msgspec.json.encode(msgspec.structs.replace(ONE, reason=" ")).decode(), "reason is empty"),
        (msgspec.json.encode(msgspec.structs.replace(ONE, on="soon")).decode(), "on: 'soon' is no day"),
        (
            msgspec.json.encode(msgspec.structs.replace(ONE, until="2024-01-01")).decode(),
            "until: it ends on 2024-01-01",
        ),
        ('{"nam": "A"}', "unknown field"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    """Nothing of a file with a fault is used."""
    file = tmp_path / "dismissed.jsonl"
    file.write_text(f"# remark\n\n{msgspec.json.encode(ONE).decode()}\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError) as complaint:
        dismissed.read(file)
    assert (
        f"dismissed.jsonl:4: {said}".casefold() in complaint.value.message.casefold() or said in complaint.value.message
    )
    assert "dismissed.jsonl:4:" in complaint.value.message


def test_a_later_line_replaces_an_earlier_one() -> None:
    """Somebody may look again; what was decided last counts."""
    party = ListedParty(id="acme", names=(ListedName("Acme"),))
    first = msgspec.structs.replace(ONE, entry=entry(party))
    last = msgspec.structs.replace(first, reason="a bank", by="B. Kim")
    standing = Dismissed([first, last], "ours", "2024-10-01").standing("Acme Ltd", party)
    assert standing is not None
    assert standing.holds
    assert standing.dismissal.by == "B. Kim"


def test_the_order_of_an_entry_counts_for_nothing() -> None:
    """The same names in another order are the same entry; another name is another."""
    names = (ListedName("Acme"), ListedName("Acme Ltd"))
    one, same = ListedParty(id="acme", names=names), ListedParty(id="acme", names=names[::-1])
    assert entry(one) == entry(same)
    other = entry(ListedParty(id="acme", names=names[:1]))
    assert (other.names != entry(one).names, other.ties, other.because) == (True, entry(one).ties, entry(one).because)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is wrong usage, and says what makes one."""
    with pytest.raises(UsageError) as complaint:
        dismissed.read(tmp_path / "none.jsonl")
    assert "--dismiss" in complaint.value.hint
