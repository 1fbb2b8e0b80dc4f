# SPDX-License-Identifier: Apache-2.0
"""Methods of the client about what is there, and what the law says of it on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.client.organised import Organised
from debar.model.covered import CoverageTold, SourceRow
from debar.model.portfolio import Page, Remark
from debar.model.results import Comparison, OpenQuestion, Report, Run
from debar.model.viewed import AssetRow, ExposureRow, ExposureTold, GroupRow, MeasureRow, Overview, Owed, PartyRow

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    from debar.client.asked import (
        AssetsAsked,
        Days,
        DaysPages,
        ExposuresAsked,
        ExposuresNarrowed,
        MeasuresAsked,
        ObligationsAsked,
        Pages,
        PartiesAsked,
        SourcesAsked,
    )


class Found(Organised):
    """What is there."""

    def overview(self, **days: Unpack[Days]) -> Overview:
        """Say how it stands."""
        return self._get(Overview, "overview", **days)

    def coverage(self, **days: Unpack[Days]) -> CoverageTold:
        """Say what was and what was not looked at."""
        return self._get(CoverageTold, "coverage", **days)

    def questions(self, **days: Unpack[Days]) -> Iterator[OpenQuestion]:
        """List what nobody has answered."""
        return self._list(Page[OpenQuestion], days, "questions")

    def exposures(self, **asked: Unpack[ExposuresAsked]) -> Iterator[ExposureRow]:
        """List exposures."""
        return self._list(Page[ExposureRow], asked, "exposures")

    def exposure_groups(self, by: str, **asked: Unpack[ExposuresNarrowed]) -> Iterator[GroupRow]:
        """List groups of exposures that have something in common: status, party, product, measure, meaning, level or asset."""
        return self._list(Page[GroupRow], {"by": by, **asked}, "exposures", "groups")

    def exposure(self, id_: str, **days: Unpack[Days]) -> ExposureTold:
        """Give one exposure with everything that is known of it."""
        return self._get(ExposureTold, "exposures", id_, **days)

    def remark(self, exposure: str, text: str) -> Remark:
        """Write a remark under an exposure."""
        return self._post(Remark, {"text": text}, "exposures", exposure, "remarks")

    def remarks(self, exposure: str, **asked: Unpack[DaysPages]) -> Iterator[Remark]:
        """List what people wrote under an exposure."""
        return self._list(Page[Remark], asked, "exposures", exposure, "remarks")

    def assets(self, **asked: Unpack[AssetsAsked]) -> Iterator[AssetRow]:
        """List assets."""
        return self._list(Page[AssetRow], asked, "assets")

    def asset(self, id_: str, **days: Unpack[Days]) -> AssetRow:
        """Give one asset."""
        return self._get(AssetRow, "assets", id_, **days)

    def parties(self, **asked: Unpack[PartiesAsked]) -> Iterator[PartyRow]:
        """List parties of which something is there."""
        return self._list(Page[PartyRow], asked, "parties")

    def party(self, id_: str, **days: Unpack[Days]) -> PartyRow:
        """Give one party of which something is there."""
        return self._get(PartyRow, "parties", id_, **days)

    def measures(self, **asked: Unpack[MeasuresAsked]) -> Iterator[MeasureRow]:
        """List measures that reach or ask something."""
        return self._list(Page[MeasureRow], asked, "measures")

    def measure(self, id_: str, **days: Unpack[Days]) -> MeasureRow:
        """Give one measure that reaches or asks something."""
        return self._get(MeasureRow, "measures", id_, **days)

    def obligations(self, **asked: Unpack[ObligationsAsked]) -> Iterator[Owed]:
        """List what is to be done."""
        return self._list(Page[Owed], asked, "obligations")

    def obligation(self, id_: str, **days: Unpack[Days]) -> Owed:
        """Give one obligation."""
        return self._get(Owed, "obligations", id_, **days)

    def sources(self, **asked: Unpack[SourcesAsked]) -> Iterator[SourceRow]:
        """List what was read, and what could not be."""
        return self._list(Page[SourceRow], asked, "sources")

    def runs(self, **asked: Unpack[Pages]) -> Iterator[Run]:
        """List the runs that were kept, the newest first."""
        return self._list(Page[Run], asked, "runs")

    def run(self, id_: str) -> Run:
        """Give a run in figures."""
        return self._get(Run, "runs", id_)

    def compare_runs(self, before: str = "latest~1", after: str = "latest") -> Comparison:
        """Say what is different between two runs: each an id, or latest, or latest~1 for the one kept before it."""
        return self._get(Comparison, "runs", "changes", before=before, after=after)

    def report(self, **days: Unpack[Days]) -> Report:
        """Give the whole report of a day."""
        return self._get(Report, "report", **days)
