# SPDX-License-Identifier: Apache-2.0
"""Words that every report for people uses, whatever it is drawn with."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.model.vocab import Status

if TYPE_CHECKING:
    from debar.model.results import Report

STATUSES = {
    Status.PROHIBITED: "prohibited",
    Status.LICENCE_REQUIRED: "prohibited without a licence",
    Status.REQUIRED: "required",
    Status.UNDETERMINED: "undetermined",
    Status.UNAVAILABLE: "no longer supplied",
    Status.AT_RISK: "at your own risk",
    Status.ADVISED: "advised",
    Status.PROPOSED: "proposed",
    Status.SUSPENDED: "out of force",
    Status.EXEMPT: "exempt",
    Status.PERMITTED: "permitted",
}
"""The gravest first, in few enough words for a table."""
_OTHERS = {
    Status.UNAVAILABLE: "no longer supplied",
    Status.AT_RISK: "at your own risk",
    Status.UNDETERMINED: "with open questions",
}


def in_short(report: Report) -> str:
    """Give the answer in one sentence: the gravest thing first."""
    if not report.exposures:
        aside = f"; what was recognised is set aside ({len(report.set_aside):,})" if report.set_aside else ""
        if not report.sources and not aside:
            return "nothing was read, so nothing can be said of what is there"
        return f"nothing was found in what was looked at{aside}"
    found = [p for positions in report.positions.values() for p in positions]
    duties = [
        f"{status}: {', '.join(sorted({p.act for p in found if p.status is status}))}"
        for status in (Status.PROHIBITED, Status.REQUIRED)
        if any(p.status is status for p in found)
    ]
    lead = "; ".join(duties) or "nothing that was found is prohibited or required of you on that day"
    # Exposures are counted, not acts: three acts on one machine are one problem.
    counts = Counter(s for positions in report.positions.values() for s in {p.status for p in positions})
    rest = ", ".join(f"{counts[status]:,} {words}" for status, words in _OTHERS.items() if counts[status])
    return f"{lead}; of {counted(len(report.exposures), 'exposure')} {rest}" if rest else lead


def for_exposures(count: int) -> str:
    """Give ": 3 exposures", or nothing for what is so whatever was found."""
    return f": {counted(count, 'exposure')}" if count else ""


def unread(report: Report) -> str:
    """Give how many inputs or places could not be read."""
    return f"{counted(len(report.skips), 'place')} could not be read"


def counted(number: int, word: str) -> str:
    """Give a number with its word: "1 asset", "1,200 assets"."""
    return f"{number:,} {word}{'s' * (number != 1)}"
