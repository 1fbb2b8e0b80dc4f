# SPDX-License-Identifier: Apache-2.0
"""Promises of papers examined again: nothing is read twice that stands as it stood, and what is different is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from debar.intake import readers
from debar.intake.examined import examine, examine_again
from debar.intake.mentions import names
from storied import paper

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.intake.mentions.names import Gazetteer
    from debar.register import Register

TEXT = (
    "In June, the US Commerce Department announced a ban on Kaspersky."
    " The next day, the US Treasury imposed sanctions on managers of the company."
)
CLOSED = "On June 20, 2024, the US Commerce Department announced a ban on Kaspersky software."


@pytest.fixture(scope="module")
def gazetteer(register: Register) -> Gazetteer:
    """Give what to look for in texts."""
    return names.gazetteer(register, register.lexicon)


@pytest.fixture
def closed(gazetteer: Gazetteer) -> Examined:
    """Give a paper whose dates leave nothing open."""
    return examine(paper("a", CLOSED, "2024-07-16"), gazetteer)


@pytest.fixture
def one(gazetteer: Gazetteer) -> Examined:
    """Give a paper examined by itself."""
    return examine(paper("a", TEXT, "2024-07-16"), gazetteer)


@pytest.fixture
def asked(one: Examined, closed: Examined, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Give what readers are asked once the papers are examined."""
    every: list[object] = []
    really = readers.proposed

    def proposed(*question: Any) -> readers.Proposed:
        every.append(question)
        return really(*question)

    monkeypatch.setattr(readers, "proposed", proposed)
    return every


def test_dates_that_stay_are_not_read_again(closed: Examined, gazetteer: Gazetteer, asked: list[object]) -> None:
    """A paper to which siblings lend nothing new says what it said, and no reader is asked."""
    assert examine_again(closed, gazetteer, closed.paper.published, "", 0) == closed
    assert closed.statements
    assert asked == []


def test_dates_that_change_are_read(one: Examined, gazetteer: Gazetteer, asked: list[object]) -> None:
    """A lent day of announcement dates the next day, and statements follow."""
    again = examine_again(one, gazetteer, one.paper.published, "2024-06-20", 0)
    assert asked
    assert "2024-06-21" in {said.date.value for said in again.statements if said.date}


def test_names_that_siblings_told_are_read(closed: Examined, gazetteer: Gazetteer, asked: list[object]) -> None:
    """Statements of a paper that got names afterwards are taken anew, once, and its flag goes."""
    again = examine_again(closed._replace(is_renamed=True), gazetteer, closed.paper.published, "", 0)
    assert len(asked) == 1
    assert again == closed
