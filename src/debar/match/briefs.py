# SPDX-License-Identifier: Apache-2.0
"""What a reader of a report needs to know of the indicators in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.results import IndicatorBrief

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.match.compile import Index
    from debar.model.results import Exposure


def indicator_briefs(index: Index, exposures: Iterable[Exposure]) -> dict[str, IndicatorBrief]:
    """Give, by id and in the order of ids, where each indicator of some exposures is from and how far it carries."""
    wanted = {match.indicator for exposure in exposures for match in exposure.matches}
    found = {
        indicator.id: IndicatorBrief(
            party=indicator.party,
            product=indicator.product,
            level=indicator.level,
            probability=index.probabilities[position],
            grade=indicator.grade,
            references=indicator.references,
            falsepositives=indicator.falsepositives,
        )
        for position, indicator in enumerate(index.indicators)
        if indicator.id in wanted
    }
    return dict(sorted(found.items()))
