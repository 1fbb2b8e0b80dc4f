# SPDX-License-Identifier: Apache-2.0
"""Promises about protection: products are told by name, their state only by fields that say so, and never for more than it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.match.kernel import meet
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Health, Kind, Meaning, Medium
from debar.protection import OTHER, Protecting, index_of, state_of
from debar.register import load

if TYPE_CHECKING:
    from debar.model.results import Protection
    from debar.register import Register

REGISTER = load.load()
DATA = Path(__file__).parent / "data" / "readers"


def row(
    asset: str, *values: tuple[Kind, str], at: str = "", meaning: Meaning = Meaning.INSTALLED, line: int = 1
) -> Observation:
    """Give an observation of an inventory."""
    return Observation(
        source="src-1",
        locator=f"row {line}",
        asset=asset,
        label=values[0][1],
        medium=Medium.INVENTORY,
        meaning=meaning,
        observables=tuple(Observable(kind, value) for kind, value in values),
        observed_at=at,
    )


def found(*rows: Observation) -> tuple[Protection, ...]:
    """Give the protection that rows amount to."""
    protecting = Protecting(REGISTER)
    assert list(protecting.past(rows)) == list(rows), "what passes is not changed"
    return protecting.found({"pc": "pc"})


@pytest.mark.parametrize("protector", REGISTER.protectors, ids=lambda one: one.id)
def test_a_product_is_told_by_its_examples(protector: object) -> None:
    """Each example of a product means it among all products, and no counterexample means any."""
    one = next(p for p in REGISTER.protectors if p is protector)
    index = index_of(REGISTER.protectors)
    for sign in one.signs:
        for example in sign.examples:
            assert {one.id} == {index.indicators[n].product for n in meet(index.tables[sign.kind], example)}
        for counterexample in sign.counterexamples:
            met = {index.indicators[n].product for n in meet(index.tables[sign.kind], f"{counterexample} 4.2")}
            assert met <= {OTHER}


@pytest.mark.parametrize(
    ("says", "product", "expected"),
    [
        (("state=On", "signatures_up_to_date=1"), "sentinelone", Health.HEALTHY),
        (("state=On", "signatures_up_to_date=0"), "sentinelone", Health.UNHEALTHY),
        (("state=Snoozed", "signatures_up_to_date=1"), "sentinelone", Health.UNHEALTHY),
        (("signatures_up_to_date=1",), "sentinelone", Health.INSTALLED),
        (("state=Sleepy",), "sentinelone", Health.UNKNOWN),
        (("mood=fine",), "sentinelone", Health.UNKNOWN),
        (("state=On", "mood=fine"), "sentinelone", Health.UNKNOWN),
        ((), "sentinelone", Health.INSTALLED),
        (("productstate=266240",), "eset-endpoint", Health.HEALTHY),
        (("productState=397568",), "microsoft-defender", Health.HEALTHY),
        (("productState=397584",), "microsoft-defender", Health.UNHEALTHY),
        (("productState=393472",), "microsoft-defender", Health.UNHEALTHY),
        (("productState=69632",), "eset-endpoint", Health.UNKNOWN),
        (("productState=on",), "eset-endpoint", Health.UNKNOWN),
        (("productState=" + "9" * 400,), "eset-endpoint", Health.UNKNOWN),
        (("AMRunningMode=Normal",), "microsoft-defender", Health.HEALTHY),
        (("AMRunningMode=Passive Mode", "AMServiceEnabled=True"), "microsoft-defender", Health.INSTALLED),
        (("AMRunningMode=Normal",), "sentinelone", Health.UNKNOWN),
        (("rfm-state=false",), "crowdstrike-falcon", Health.HEALTHY),
        (("rfm-state=true",), "crowdstrike-falcon", Health.UNHEALTHY),
        (("healthy=true",), "microsoft-defender", Health.HEALTHY),
        (("Protection state=Disabled",), "sophos-intercept-x", Health.UNHEALTHY),
    ],
)
def test_states_mean_what_the_register_says(says: tuple[str, ...], product: str, expected: Health) -> None:
    """A bad value wins, a product that stands back is only there, and what is not known makes nothing healthy."""
    assert expected is state_of(says, product, REGISTER.state_fields)


@given(says=st.lists(st.text(max_size=30), max_size=5))
def test_no_text_is_healthy_by_chance(says: list[str]) -> None:
    """Only a known field with a known value makes a product healthy."""
    assert state_of(says, "sentinelone", REGISTER.state_fields) is not Health.HEALTHY


def test_presence_is_no_protection() -> None:
    """A program in a list is installed, and no more."""
    (one,) = found(row("pc", (Kind.NAME, "Sophos Endpoint Agent"), (Kind.PUBLISHER, "Sophos Limited"), at="2024-09-19"))
    assert ("pc", "sophos-intercept-x", Health.INSTALLED, (), "2024-09-19", "row 1") == (
        one.asset, one.product, one.state, one.says, one.as_of, one.locator
    )  # fmt: skip


def test_what_says_its_state_goes_before_what_only_names_it() -> None:
    """A later list of programs does not undo what was said of the state; a later state does."""
    named = row("PC", (Kind.NAME, "Sophos Endpoint Agent"), at="2024-09-30")
    healthy = row("pc", (Kind.NAME, "Sophos Endpoint Agent"), (Kind.HEALTH, "state=On"), at="2024-09-10", line=2)
    broken = row("pc", (Kind.NAME, "Sophos Endpoint Agent"), (Kind.HEALTH, "state=Off"), at="2024-09-20", line=3)
    assert [(Health.HEALTHY, "2024-09-10")] == [(one.state, one.as_of) for one in found(named, healthy)]
    for order in ((named, healthy, broken), (broken, healthy, named)):
        assert [("pc", Health.UNHEALTHY, "row 3")] == [(one.asset, one.state, one.locator) for one in found(*order)]


def test_of_one_moment_the_worse_is_believed() -> None:
    """Two rows of one day that disagree leave the one that promises less."""
    rows = [
        row("pc", (Kind.NAME, "ESET Endpoint Security"), (Kind.HEALTH, f"state={state}"), at="2024-09-10", line=n)
        for n, state in enumerate(["On", "Off", "On"], 1)
    ]
    assert [Health.UNHEALTHY] == [one.state for one in found(*rows)]


def test_what_carries_no_day_may_be_the_latest() -> None:
    """A bad state without a day is not outdone by a good one with one; of two good ones the dated one is told."""
    eset = (Kind.NAME, "ESET Endpoint Security")
    dated = row("pc", eset, (Kind.HEALTH, "state=On"), at="2024-09-10")
    bad, good = (row("pc", eset, (Kind.HEALTH, f"state={state}"), line=2) for state in ("Off", "On"))
    assert [(Health.UNHEALTHY, "")] == [(one.state, one.as_of) for one in found(dated, bad)]
    assert [(Health.HEALTHY, "2024-09-10")] == [(one.state, one.as_of) for one in found(dated, good)]


@pytest.mark.parametrize(
    ("medium", "meaning"),
    [(Medium.SBOM, Meaning.INSTALLED), (Medium.NETWORK, Meaning.RUNNING), (Medium.INVENTORY, Meaning.RESIDUE)],
)
def test_only_what_is_on_a_machine_protects_it(medium: Medium, meaning: Meaning) -> None:
    """A component of an SBOM, traffic, and what was left behind protect nothing."""
    one = row("pc", (Kind.NAME, "Sophos Endpoint Agent"))
    other = Observation(
        source=one.source,
        locator=one.locator,
        asset=one.asset,
        label=one.label,
        medium=medium,
        meaning=meaning,
        observables=one.observables,
    )
    assert () == found(other)


def test_what_a_party_makes_protects_nothing(register: Register) -> None:
    """No product on the list is of a party that measures name: it would have to be removed next."""
    makers = {name.casefold() for party in register.parties.values() for name in (party.name, *party.aliases)}
    assert set() == {one.maker.casefold() for one in register.protectors} & makers
    assert () == found(row("pc", (Kind.NAME, "Kaspersky Endpoint Security"), (Kind.HEALTH, "state=On")))
