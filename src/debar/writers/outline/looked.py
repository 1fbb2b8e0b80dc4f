# SPDX-License-Identifier: Apache-2.0
"""What was not looked at, or not well enough: the gaps of a report, each with the assets that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Looked, Medium
from debar.text import printable

if TYPE_CHECKING:
    from debar.model.results import Report

_NAMED = 8
_SAID = {
    Looked.READ: "read",
    Looked.LOSSES: "read, but for some places",
    Looked.STALE: "read, but older than asked for",
    Looked.SILENT: "read, and names nothing: that is not the same as clean",
    Looked.UNREADABLE: "there, and could not be read",
    Looked.LOOKED_THROUGH: "looked through by their bytes",
}
_FULL = frozenset({Looked.READ, Looked.LOOKED_THROUGH})


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of evidence in one state, and of which assets."""

    medium: str
    state: str
    text: str
    is_gap: bool
    assets: int
    names: tuple[str, ...]
    """The first few."""


def gaps(report: Report) -> tuple[Gap, ...]:
    """Give how each kind of evidence was looked at: what is missing first."""
    found: dict[tuple[Medium, Looked], list[str]] = {}
    for asset in report.coverage.assets:
        for medium, evidence in asset.evidence.items():
            found.setdefault((medium, evidence.state), []).append(asset.asset)
    seen = {medium for medium, _ in found}
    # What nobody gave at all is a gap also where no asset is known that lacks it.
    found |= {(Medium(kind), Looked.ABSENT): [] for kind in report.coverage.kinds_missing if kind not in seen}
    told = [
        Gap(
            medium=medium,
            state=state,
            text=_SAID.get(state, "not there: nothing of this kind was given"),
            is_gap=state not in _FULL,
            assets=len(assets),
            names=tuple(printable(name) for name in assets[:_NAMED]),
        )
        for (medium, state), assets in found.items()
    ]
    return tuple(sorted(told, key=lambda gap: (not gap.is_gap, -gap.assets, gap.medium, gap.state)))
