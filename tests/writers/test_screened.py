# SPDX-License-Identifier: Apache-2.0
"""Promises of what people and spreadsheets are shown of names."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar.model.screened import Agreement, ListRelease, NameHit, ScreenedName, Screening, Unmatched
from debar.model.vocab.names import Likeness, NameRelation
from debar.release import VERSION
from debar.writers import Style, screened, screened_table
from debar.writers.legal import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Callable

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
SAME = NameHit(
    party="zorvex", listed_name="Zorvex Technologies Co., Ltd.", relation=NameRelation.SAME, score=0.97,
    evidence=(Agreement("zorvex", "zorvex", Likeness.EXACT, "'zorvex' stands in both"),),
    unmatched=Unmatched(("uk",), ("co",)), remarks=("1 other party of the list has 'zorvex' in a name",),
    because=("listed: a measure", "doc#1", "doc#2", "doc#3"),
)  # fmt: skip
SIMILAR = NameHit(party="quillon", listed_name="Quillon", relation=NameRelation.SIMILAR, score=0.72)
DIFFERENT = NameHit(
    party="marbel",
    listed_name="Marbel",
    relation=NameRelation.DIFFERENT,
    score=0.8,
    remarks=("Marbel Foods is somebody else",),
)
NAMES = (
    ScreenedName(
        name="ZORVEX UK LTD", rows=12, amounts={"EUR": "-3.50", "GBP": "1234567.80"}, first="2024-01-02", last="2024-06-30",
        places=("ledger.csv row 4", "ledger.csv row 9", "ledger.csv row 11"), hits=(SAME, DIFFERENT),
    ),
    ScreenedName(name="Quilon", rows=1, places=("ledger.csv row 7",), hits=(SIMILAR,)),
    ScreenedName(name="Marbel Foods", hits=(DIFFERENT,)),
    ScreenedName(name="Zorvex Bakery", rows=2, dismissed=(NameHit(
        party="zorvex", listed_name="Zorvex", relation=NameRelation.AFFILIATE, score=0.79,
        remarks=("dismissed on 2024-03-01 by A. Meyer: a bakery",)),)),
    ScreenedName(name="Harbour Works", rows=3),
)  # fmt: skip
ANSWER = Screening(
    schema="1", list=ListRelease("ours", "2024.10"), threshold=0.7, names=NAMES,
    notes=("ledger.csv: columns were taken: 'Supplier' as name", "3 rows without a name were left out"),
)  # fmt: skip


def text(answer: Screening, style: Style | None = None) -> str:
    """Give what people are shown."""
    out = io.StringIO()
    screened.write(answer, out, style or Style())
    return out.getvalue()


def test_the_whole_answer(accepted: Callable[[Path, str], None]) -> None:
    """Hits by relation with their evidence, what was dismissed, and what was looked at."""
    accepted(SNAPSHOTS / "screened-names.txt", text(ANSWER).replace(f"debar {VERSION}", "debar VERSION"))


def test_nothing_found_is_said_with_what_was_looked_at() -> None:
    """A clean answer names the list, its version, the names and the columns, and that it is no legal advice."""
    answer = Screening(
        schema="1", list=ListRelease("ours", "2024.10"), threshold=0.7, names=NAMES[-1:], notes=ANSWER.notes
    )
    said = " ".join(text(answer).split())
    assert "nothing was found among 1 name, in what was looked at" in said
    assert "list ours, version 2024.10; hits from a score of 0.7" in said
    assert "'Supplier' as name" in said
    assert " ".join(DISCLAIMER.split()) in said


@pytest.mark.parametrize("name", ["A\x1b[2JB", "a\u202eb", "a\nb", "x" * 5000])
def test_a_hostile_name_steers_nothing(name: str) -> None:
    """Names are escaped and cut before a terminal sees them."""
    hit = NameHit(party="p", listed_name=name, relation=NameRelation.SAME, score=0.9, remarks=(name,), because=(name,))
    answer = Screening(
        schema="1",
        list=ListRelease("l", "1"),
        threshold=0.7,
        names=(ScreenedName(name=name, places=(name,), hits=(hit,)),),
        notes=(name,),
    )
    said = text(answer)
    assert all(character.isprintable() or character == "\n" for character in said)
    assert max(map(len, said.splitlines())) <= Style().width


def test_colour_repeats_what_words_say() -> None:
    """Without its codes the coloured text is the plain one."""
    import re

    assert re.sub(r"\x1b\[[0-9;]*m", "", text(ANSWER, Style(colour=True))) == text(ANSWER)


def test_a_row_for_each_hit() -> None:
    """A table has a row for each hit, dismissed or not, and one for each name without."""
    out = io.StringIO()
    screened_table.write(ANSWER, out, Style())
    header, *rows = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert tuple(header) == screened_table.COLUMNS
    told = [(row[0], row[header.index("relation")], row[header.index("dismissed")]) for row in rows]
    assert told == [
        ("ZORVEX UK LTD", "same", ""), ("ZORVEX UK LTD", "different", ""), ("Quilon", "similar", ""),
        ("Marbel Foods", "different", ""), ("Zorvex Bakery", "affiliate", "dismissed"), ("Harbour Works", "", ""),
    ]  # fmt: skip
    assert {row[-2] for row in rows} == {"ours"}


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "\uff1d1"])
def test_no_cell_is_a_formula(name: str) -> None:
    """A name that a spreadsheet would run is disarmed."""
    out = io.StringIO()
    screened_table.write(
        Screening(schema="1", list=ListRelease("l", "1"), threshold=0.7, names=(ScreenedName(name=name),)), out, Style()
    )
    (_, row) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert row[0] == f"'{name}"
