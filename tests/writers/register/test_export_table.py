# SPDX-License-Identifier: Apache-2.0
"""The table: one row for each provision, every cell harmless, and nothing lost on the way back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import exported
import pytest
from exported import measure, part, provision, written

from debar.model.measures import Condition, Deadline, Exemption, Target
from debar.model.vocab import OriginTest
from debar.writers.register.table import COLUMNS, FORMULA, safe

if TYPE_CHECKING:
    from debar.register import Register


def rows(text: str) -> list[dict[str, str]]:
    """Give the rows of a table as another program reads them."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def row(**changes: object) -> dict[str, str]:
    """Give the row of one provision."""
    (found,) = rows(written("csv", part(exported.register(measure(provision(**changes))))))
    return found


def test_every_column() -> None:
    """A row tells what a provision does, to whom, about what, from when to when, and who says so."""
    assert row() == {
        "measure": "us-order",
        "provision": "us-order#ban",
        "title": "Order",
        "authority": "Office",
        "jurisdiction": "us",
        "instrument": "regulation",
        "status": "active",
        "modality": "prohibited",
        "acts": "use; resell",
        "addressees": "company",
        "parties": "maker",
        "lists": "",
        "origins": "",
        "ties": "subsidiaries",
        "categories": "anti-virus",
        "applies_from": "2024-11-01",
        "applies_until": "2026-11-01",
        "known_from": "2024-06-20",
        "deadline": "",
        "conditions": "",
        "exemptions": "",
        "grade": "primary",
        "citation": "1 FR 1; 1 FR 1, sec-1; https://example.com/report?a=1&b=2",
        "text": "Companies must not use it.",
    }


def test_columns_stay() -> None:
    """The header is the columns, in order, also where there is no row."""
    assert written("csv", part(exported.register())) == ",".join(COLUMNS) + "\r\n"


def test_conditions_exemptions_origins_and_deadlines() -> None:
    """What decides a provision is told in words that can be taken apart again."""
    known = row(
        targets=Target(origins=("CN", "foreign"), origin_test=OriginTest.PRODUCED, lists=("us-list",)),
        conditions=(
            Condition(id="a", fact="purpose", equals="yes", needs="?"),
            Condition(id="b", fact="awarded", not_before="2024", before="2026", needs="?"),
            Condition(id="c", fact="share", above="35", needs="?"),
        ),
        exemptions=(Exemption(id="training", text="Training."), Exemption(id="small", text="Small ones.")),
        deadline=Deadline(after="identified_on", amount=3, unit="business-days", repeats=True),
    )
    assert known["origins"] == "CN (produced); foreign (produced)"
    assert known["lists"] == "us-list"
    assert known["conditions"] == "purpose is yes; awarded from 2024 before 2026; share above 35"
    assert known["exemptions"] == "training: Training.; small: Small ones."
    assert known["deadline"] == "3 business-days after identified_on, again and again"


@pytest.mark.parametrize("first", FORMULA)
def test_no_cell_is_a_formula(first: str) -> None:
    """A cell that begins as a formula does begins with an apostrophe; the rest of it stays."""
    assert safe(f"{first}1+1") == f"'{first}1+1"
    assert row(text=f"{first}1+1")["text"] == f"'{first}1+1"


@pytest.mark.parametrize("text", ["", "plain", "a=b", "it's", 'say "no"', "a,b;c", "two\nlines", "\u6f22\u5b57"])
def test_other_text_comes_back_as_it_was(text: str) -> None:
    """Commas, quotes, line ends and any script survive the way through the file."""
    assert row(text=text)["text"] == text


def test_control_characters_cannot_hide_a_formula() -> None:
    """A formula behind a control character is still one, and control characters are left out."""
    assert safe("\x00=1+1") == "'=1+1"
    assert safe("a\x1b[31mb\x85c") == "a[31mbc"


def test_hostile_words_stay_in_their_cell() -> None:
    """Line ends, quotes and formulas in every text give the same number of rows, with every column."""
    found = rows(written("csv", part(exported.everything())))
    assert len(found) == 4
    assert all(set(known) == set(COLUMNS) and None not in known.values() for known in found)
    assert all(not cell.startswith(FORMULA) for known in found for cell in known.values())


def test_twice_the_same_bytes() -> None:
    """The same register gives the same bytes."""
    assert written("csv", part(exported.everything())) == written("csv", part(exported.everything()))


def test_the_register_of_the_program(register: Register) -> None:
    """Every provision of the shipped register has its row, and every text comes back as it is written there."""
    found = rows(written("csv", part(register)))
    provisions = [(m, p) for m in register.measures.values() for p in m.provisions]
    assert [known["provision"] for known in found] == [f"{m.id}#{p.id}" for m, p in provisions]
    assert [known["text"] for known in found] == [p.text for _, p in provisions]
    assert not any(cell.startswith(FORMULA) for known in found for cell in known.values())
