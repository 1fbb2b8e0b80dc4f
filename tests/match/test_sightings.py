# SPDX-License-Identifier: Apache-2.0
"""Promises about sightings: nothing that is found is lost or counted twice, and endless traffic fills no memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from debar.match import sightings
from debar.match.sightings import FURTHER, SAMPLES, Place, Sightings
from debar.model.inventory import Observable, Observation
from debar.model.results import Hit
from debar.model.vocab import Kind, Meaning, Medium

if TYPE_CHECKING:
    import pytest


def seen(asset: str, value: str, at: str, medium: Medium = Medium.NETWORK) -> tuple[Place, Hit]:
    """Give a sighting of a value on an asset."""
    observable = Observable(Kind.DOMAIN, value)
    observation = Observation(
        source="src", locator="line 1", asset=asset, label=value, medium=medium, meaning=Meaning.SERVICE_USE,
        observables=(observable,), observed_at=at,
    )  # fmt: skip
    return Place(asset, "src", value, 0, Kind.DOMAIN, value, Meaning.SERVICE_USE, ""), Hit(observation, observable, 0)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(1, 28)), max_size=200))
def test_every_sighting_is_counted_once(drawn: list[tuple[str, int, int]]) -> None:
    """However many values there are, counts add up to what came, and the first and the last day are those of all."""
    found = Sightings()
    for asset, value, day in drawn:
        found.add(*seen(asset, f"h{value}.example", f"2024-05-{day:02}T00:00:00Z"))
    for asset in "abc":
        mine = [each for place, each in found.places.items() if place.asset == asset]
        days = [f"2024-05-{day:02}T00:00:00Z" for name, _, day in drawn if name == asset]
        assert sum(each.count + each.others for each in mine) == len(days)
        assert min((each.first for each in mine), default="") == min(days, default="")
        assert max((each.last for each in mine), default="") == max(days, default="")
        assert len(mine) == min(SAMPLES, len({value for name, value, _ in drawn if name == asset}))


def test_values_of_an_inventory_are_all_listed() -> None:
    """Each program on a machine is an entry of its own, however many there are."""
    found = Sightings()
    for number in range(SAMPLES * 3):
        found.add(*seen("pc", f"program {number}", "", Medium.INVENTORY))
    assert [each.count for each in found.places.values()] == [1] * (SAMPLES * 3)


def test_assets_without_end_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the assets of traffic are no longer told apart; how often something was met still is."""
    monkeypatch.setattr(sightings, "PLACES", 5)
    found = Sightings()
    for number in range(100):
        found.add(*seen(f"host-{number}", "a.example", "2024-05-01T00:00:00Z"))
    assert {place.asset for place in found.places} == {*(f"host-{number}" for number in range(5)), FURTHER}
    assert sum(each.count + each.others for each in found.places.values()) == 100
