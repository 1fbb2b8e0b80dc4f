# SPDX-License-Identifier: Apache-2.0
"""Promises about kinds: they are as coarse as the law allows, and split where an organisation tells things apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import filled
import pytest
from msgspec.structs import replace

from debar.model.measures import Owner, System
from debar.model.portfolio import Clock
from debar.model.results import Decision, Record
from debar.model.vocab import Verdict
from debar.obligations.organisation import organisation
from debar.portfolio import exposures, views
from debar.portfolio.choosing import Filters
from debar.portfolio.kinds import asset_id, kind
from debar.portfolio.register_of import register_of

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.measures import Organisation
    from debar.pipeline import Exposed
    from debar.portfolio.views import View

CLOCK = Clock(as_of="2024-10-05")


def viewed(
    folder: Path, exposed: Exposed, facts: Organisation, *decisions: Decision, records: tuple[Record, ...] = ()
) -> View:
    """Give the view of a run."""
    with filled.estate(folder, facts) as own:
        filled.keep(own, filled.scanned()[0], exposed)
        filled.decide(own, *decisions)
        filled.record(own, *records)
        return views.view(own, CLOCK)


def alike(count: int = 40) -> Exposed:
    """Give one exposure on many assets."""
    one = filled.scanned()[1].exposures[0]
    some = [replace(one, id=f"exp-{number:012d}", asset=f"kiosk-{number:02d}") for number in range(count)]
    return filled.scanned()[1]._replace(exposures=some, set_aside=[])


def test_where_something_is_makes_no_kind(tmp_path: Path) -> None:
    """What differs in its asset, version and times alone is one kind."""
    found = viewed(tmp_path, alike(), organisation("us/reseller"))
    assert [(one.count, one.aside) for one in found.alike] == [(40, "")]
    one = alike().exposures[0]
    other = replace(one, asset="elsewhere", version="7", last_seen="2024-01-01", id="exp-1")
    assert kind(one, "") == kind(other, "")
    assert kind(one, "") != kind(one, "a reason")
    assert asset_id("Kiosk-01") == asset_id("kiosk-01")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"systems": (System(id="s", assets=("kiosk-0*",), facts={"x": "yes"}),)}, [10, 30]),
        ({"systems": (System(id="s", assets=("*",), facts={"x": "yes"}),)}, [40]),
        ({"owners": (Owner(owner="team", assets=("kiosk-1*", "kiosk-2*")),)}, [20, 20]),
        ({"owners": (Owner(owner="team"),)}, [40]),
    ],
)
def test_what_an_organisation_says_of_assets_splits(
    tmp_path: Path, facts: dict[str, tuple[object, ...]], expected: list[int]
) -> None:
    """Systems and owners tell assets apart by the patterns of their names, and only by these."""
    found = viewed(tmp_path, alike(), replace(organisation("us/reseller"), **facts))
    assert sorted(one.count for one in found.alike) == expected


def test_decisions_and_records_split(tmp_path: Path) -> None:
    """What a decision is about is apart from the rest, and what a record names stands alone."""
    made = Decision(
        assets=("kiosk-0*",), verdict=Verdict.FALSE_POSITIVE, reason="looked", requester="A", approver="B",
        created="2024-10-01", expires="2024-12-31",
    )  # fmt: skip
    record = Record(on="2024-10-02", by="C", found="looked", exposures=("exp-000000000020", "exp-000000000021"))
    found = viewed(tmp_path, alike(), organisation("us/reseller"), made, records=(record,))
    assert sorted((one.count, bool(one.aside)) for one in found.alike) == [
        (1, False),
        (1, False),
        (10, True),
        (28, False),
    ]


def test_decisions_that_contradict_each_other_leave_the_pages_standing(tmp_path: Path) -> None:
    """The later of two is left out, and the view says so."""
    first, second = (
        Decision(
            assets=(pattern,), verdict=verdict, reason="looked", requester="A", approver="B",
            created="2024-10-01", expires="2024-12-31",
        )
        for pattern, verdict in (("kiosk-*", Verdict.CONFIRMED), ("*-01", Verdict.FALSE_POSITIVE))
    )  # fmt: skip
    with filled.estate(tmp_path) as own:
        filled.keep(own, filled.scanned()[0], alike())
        filled.decide(own, first)
        filled.decide(own, second, at="2024-10-05T13:00:00Z")
        found = views.view(own, CLOCK)
        assert (found.law.counts.exposures, found.law.counts.set_aside) == (40, 0)
        assert "left out: decisions contradict each other" in found.law.notes[0]
        for number in (1, 2):
            told = exposures.one(own, CLOCK, f"exp-{number:012d}")
            assert told.row.verdict is Verdict.CONFIRMED


def test_what_the_register_no_longer_holds_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exposure of a party that was taken out of the register is set aside with that reason, whatever was decided."""
    with filled.estate(tmp_path) as own:
        one = alike().exposures[0]
        filled.keep(own, filled.scanned()[0], alike())
        known = register_of(own)
        parties = {id_: party for id_, party in known.parties.items() if id_ != one.party}
        monkeypatch.setattr(views, "register_of", lambda _: replace(known, parties=parties, sha256="0" * 64))
        found = views.view(own, CLOCK)
        assert found.law.counts.exposures == 0
        assert all("holds no party" in kind.aside for kind in found.alike)
        assert exposures.listed(own, CLOCK, Filters(aside=True)).total == 40
        told = exposures.one(own, CLOCK, one.id)
        assert "holds no party" in told.row.aside
        assert told.why.set_aside == told.row.aside
