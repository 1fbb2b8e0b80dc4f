# SPDX-License-Identifier: Apache-2.0
"""Promises of screening the names of sellers in a scan: what each relation supports, and what is no evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.match import named
from debar.match.compile import compile_index
from debar.model.inventory import Observable, Observation
from debar.model.listed import ListedName, ListedParty, PartyList
from debar.model.measures import Party, Unrelated
from debar.model.vocab import Kind, Meaning, Medium
from debar.screen.building import build

if TYPE_CHECKING:
    from debar.model.inventory import Indicator

PARTIES = (Party(id="zorvex", name="Zorvex"), Party(id="somebody", name="Zorvex Person", person=True))
LISTED = PartyList(
    name="register",
    version="1",
    parties=(
        ListedParty(
            id="zorvex",
            names=(ListedName("Zorvex"), ListedName("Zorvex Technologies Co., Ltd.")),
            unrelated=(Unrelated(name="Zorvex Foods Corporation", text="a maker of noodles"),),
        ),
    ),
)
EVERY = tuple(named.indicators(PARTIES))
NAMED = named.Named(lambda: build(LISTED), EVERY)


def met(name: str) -> list[Indicator]:
    """Give the indicators that a name meets."""
    return [EVERY[at] for at in NAMED.meet(name)]


@pytest.mark.parametrize(
    ("name", "level", "meaning"),
    [("ZORVEX TECHNOLOGIES LTD", 3, Meaning.PURCHASE), ("Zorvex Bremen", 2, Meaning.PURCHASE)],
)
def test_what_a_relation_supports(name: str, level: int, meaning: Meaning) -> None:
    """The party's own name is moderate evidence, its brand a question with a look to take."""
    (found,) = met(name)
    assert (found.party, found.kind, found.level, found.meaning) == ("zorvex", Kind.SUPPLIER, level, meaning)
    assert found.falsepositives


@pytest.mark.parametrize("name", ["Harbour Works", "", "   ", "Zorvex " * 100])
def test_nobody_is_met(name: str) -> None:
    """A name that means nobody, and what is no name of a seller, meets nothing."""
    assert met(name) == []


def test_somebody_else_is_no_evidence() -> None:
    """A name that is known to be another company's meets nothing."""
    assert met("Zorvex Foods Corporation") == []


def test_looking_ahead_changes_no_answer() -> None:
    """Observations come out as they went in, and their names are met as they are one by one."""
    names = ["Zorvex Bremen", "Harbour Works", "", "ZORVEX TECHNOLOGIES LTD"] * named.BATCH
    observations = [
        Observation(
            source="src", locator=str(at), asset="books", label=name, medium=Medium.PURCHASES, meaning=Meaning.PURCHASE,
            observables=(Observable(Kind.SUPPLIER, name),),
        )
        for at, name in enumerate(names)
    ]  # fmt: skip
    ahead = named.Named(lambda: build(LISTED), EVERY)
    assert list(ahead.ahead(observations)) == observations
    assert [ahead.meet(name) for name in names[:4]] == [NAMED.meet(name) for name in names[:4]]


def test_a_likeness_alone_puts_no_act_at_stake() -> None:
    """The indicator for names that are spelled alike is of level 1, a mention."""
    (alike,) = (one for one in EVERY if one.level == 1)
    assert alike.meaning is Meaning.MENTION


def test_persons_have_no_indicators() -> None:
    """Nobody is met by a name that people share."""
    assert {one.party for one in EVERY} == {"zorvex"}


def test_they_add_no_patterns() -> None:
    """Beside other indicators they change nothing of what those meet."""
    table = compile_index(EVERY).tables[Kind.SUPPLIER]
    assert not (table.exact or table.prefixes or table.suffixes or table.phrases or table.regexes)
