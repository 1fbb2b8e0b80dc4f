# SPDX-License-Identifier: Apache-2.0
"""An organisation in which something was found, and the people who work on it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import staffed
import worked
from debar.model.deeds import Ask
from debar.model.portfolio import Clock
from debar.model.vocab import Verdict
from debar.model.vocab.portfolio import Role
from debar.portfolio import estates, exposures, running
from debar.store.places import place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from debar.model.viewed import ExposureRow
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
FILES = ("inventory/windows-programs.csv", "inventory/protection-state.csv", "sbom/orchard-portal.cdx.json")
DAY = "2024-10-05"
CLOCK = Clock(as_of=DAY)
NOON = f"{DAY}T12:00:00Z"


@contextlib.contextmanager
def found(folder: Path) -> Iterator[Portfolio]:
    """Give a portfolio, in whose organisation "alpha" three files were read and a run was made."""
    with staffed.staffed(place(str(folder / "portfolio"))) as portfolio:
        alpha = estates.behind(portfolio, "alpha")
        worked.send(portfolio, alpha, {name.rpartition("/")[2]: (ESTATE / name).read_bytes() for name in FILES})
        worked.at_once(portfolio)
        assert running.run(portfolio, alpha, on=DAY, at=NOON)
        yield portfolio


def analyst(portfolio: Portfolio) -> Estate:
    """Give the organisation as its analyst sees it."""
    return staffed.estate(portfolio, "alpha", Role.ANALYST)


def approver(portfolio: Portfolio) -> Estate:
    """Give the organisation as its approver sees it."""
    return staffed.estate(portfolio, "alpha", Role.APPROVER)


def admin(portfolio: Portfolio) -> Estate:
    """Give the organisation as its admin sees it."""
    return staffed.estate(portfolio, "alpha", Role.ADMIN)


def rows(portfolio: Portfolio, clock: Clock = CLOCK, **filters: Any) -> dict[str, ExposureRow]:
    """Give the exposures of a day by their ids."""
    found_ = exposures.listed(admin(portfolio), clock, exposures.Filters(**filters), page_size=500)
    return {row.id: row for row in found_.items}


def accepted(*ids: str, **more: Any) -> Ask:
    """Give a wish to put up with exposures."""
    return Ask(
        **{
            "verdict": Verdict.ACCEPTED,
            "exposures": ids,
            "reason": "the kiosk goes in November",
            "created": DAY,
            "expires": "2024-11-30",
            **more,
        }
    )
