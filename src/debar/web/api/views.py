# SPDX-License-Identifier: Apache-2.0
"""What is there and what the law says of it on a day: exposures, assets, parties, measures, obligations."""

from __future__ import annotations

import msgspec

from debar.model.portfolio import Page, Remark
from debar.model.viewed import AssetRow, ExposureRow, ExposureTold, GroupRow, MeasureRow, Owed, PartyRow
from debar.portfolio import assets, exposures, measures, owed, parties, remarks
from debar.web.api.declared import Made, Operations, Paging, Sheet
from debar.web.here import Reading, Working


class Grouped(exposures.Filters, frozen=True, kw_only=True):
    """What groups are made of."""

    by: str = "party"
    """What those of a group have in common: status, party, product, measure, meaning, level or asset."""


class NewRemark(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody writes under an exposure."""

    text: str
    """For the others; it changes nothing else, and nobody takes it back."""


def declare(operations: Operations) -> None:
    """Declare the operations."""
    _about_exposures(operations)
    _about_others(operations)


def _about_exposures(operations: Operations) -> None:
    """Declare what is asked about exposures."""

    @operations.get("/exposures", is_kept=True, sorts=exposures.SORTS, sheet=Sheet(exposures.rows, ExposureRow))
    def list_exposures(here: Reading, asked: exposures.Filters, page: Paging) -> Page[ExposureRow]:
        """List exposures."""
        return exposures.listed(here.estate, here.clock, asked, **page._asdict())

    @operations.get("/exposures/groups", is_kept=True)
    def group_exposures(here: Reading, asked: Grouped, page: Paging) -> Page[GroupRow]:
        """List groups of exposures that have something in common, the gravest first."""
        fields = {name: getattr(asked, name) for name in exposures.Filters.__struct_fields__}
        return exposures.grouped(here.estate, here.clock, exposures.Filters(**fields), by=asked.by, **page.place)

    @operations.get("/exposures/{exposure}", is_kept=True)
    def read_exposure(here: Reading, exposure: str) -> ExposureTold:
        """Give one exposure: evidence, why, law with passages, history, decisions, remarks."""
        return exposures.one(here.estate, here.clock, exposure)

    @operations.get("/exposures/{exposure}/remarks", is_kept=True)
    def list_remarks(here: Reading, exposure: str, page: Paging) -> Page[Remark]:
        """List what people wrote under an exposure, the oldest first."""
        return remarks.listed(here.estate, here.clock, exposure, **page.place)

    @operations.post("/exposures/{exposure}/remarks", gives=Remark)
    def add_remark(here: Working, exposure: str, sent: NewRemark) -> Made:
        """Write a remark under an exposure."""
        return Made(remarks.add(here.estate, exposure, sent.text), ("exposures", exposure, "remarks"))


def _about_others(operations: Operations) -> None:
    """Declare what is asked about assets, parties, measures and what is to be done."""

    @operations.get("/assets", is_kept=True, sorts=assets.SORTS, sheet=Sheet(assets.rows, AssetRow))
    def list_assets(here: Reading, asked: assets.Filters, page: Paging) -> Page[AssetRow]:
        """List assets, with what was and was not looked at of each."""
        return assets.listed(here.estate, here.clock, asked, **page._asdict())

    @operations.get("/assets/{asset}", is_kept=True)
    def read_asset(here: Reading, asset: str) -> AssetRow:
        """Give one asset."""
        return assets.one(here.estate, here.clock, asset)

    @operations.get("/parties", is_kept=True, sorts=parties.SORTS, sheet=Sheet(parties.rows, PartyRow))
    def list_parties(here: Reading, asked: parties.Filters, page: Paging) -> Page[PartyRow]:
        """List parties of which something is there, with their products."""
        return parties.listed(here.estate, here.clock, asked, **page._asdict())

    @operations.get("/parties/{party}", is_kept=True)
    def read_party(here: Reading, party: str) -> PartyRow:
        """Give one party of which something is there."""
        return parties.one(here.estate, here.clock, party)

    @operations.get("/measures", is_kept=True, sorts=measures.SORTS, sheet=Sheet(measures.rows, MeasureRow))
    def list_measures(here: Reading, asked: measures.Filters, page: Paging) -> Page[MeasureRow]:
        """List measures that reach something or ask something, with their stages."""
        return measures.listed(here.estate, here.clock, asked, **page._asdict())

    @operations.get("/measures/{measure}", is_kept=True)
    def read_measure(here: Reading, measure: str) -> MeasureRow:
        """Give one measure that reaches something."""
        return measures.one(here.estate, here.clock, measure)

    @operations.get("/obligations", is_kept=True, sorts=owed.SORTS, sheet=Sheet(owed.rows, Owed))
    def list_obligations(here: Reading, asked: owed.Filters, page: Paging) -> Page[Owed]:
        """List what is to be done, by when, about how much."""
        return owed.listed(here.estate, here.clock, asked, **page._asdict())

    @operations.get("/obligations/{obligation}", is_kept=True)
    def read_obligation(here: Reading, obligation: str) -> Owed:
        """Give one obligation."""
        return owed.one(here.estate, here.clock, obligation)
