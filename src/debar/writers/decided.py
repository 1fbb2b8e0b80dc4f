# SPDX-License-Identifier: Apache-2.0
"""Decisions for people: the one that was written, and the list of all with what became of each."""

from __future__ import annotations

from collections import Counter
from typing import IO, TYPE_CHECKING

from debar.model.vocab import Validity, Verdict
from debar.writers.layout import Page
from debar.writers.terminal import decision_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.results import Decision, DecisionState
    from debar.writers import Style

_EFFECTS = {
    Verdict.CONFIRMED: "Reports call it proven until {expires}; its probability stays that of the evidence.",
    Verdict.FALSE_POSITIVE: "Reports set it aside until {expires}, and go on to show it there.",
    Verdict.NOT_THE_PARTY: "Reports set it aside until {expires}, and go on to show it there.",
    Verdict.REPLACED: "Reports set it aside until {expires}, unless evidence is newer than the decision.",
    Verdict.ACCEPTED: "Reports show the acceptance until {expires}. It changes nothing of what the law demands.",
    Verdict.EXEMPT: "Findings of {measure} are exempt until {expires}, as far as the exemption goes.",
    Verdict.WAIVED: "Findings of {measure} are exempt until {expires}, by the waiver.",
}
_SHOWN = 10
_STYLES = {Validity.VALID: "bold", Validity.UNUSED: "yellow", Validity.EXPIRED: "yellow", Validity.NOT_YET: "dim"}


def write_decision(decision: Decision, block: str, exposures: Sequence[str], out: IO[str], style: Style) -> None:
    """Write a decision as it stands in its file, what it is about in the report, and what it does."""
    page = Page(out, style)
    for line in block.splitlines():
        page.line(line)
    page.line()
    more = f" and {len(exposures) - _SHOWN} more" if len(exposures) > _SHOWN else ""
    count = f"{len(exposures)} exposure{'s' * (len(exposures) != 1)}"
    about = f"{count}: {', '.join(exposures[:_SHOWN])}{more}" if exposures else "what is owed whatever was found"
    page.paragraph(f"About {about}.", style="dim")
    effect = _EFFECTS[decision.verdict]
    page.paragraph(effect.format(expires=decision.expires, measure=decision.measure), style="dim")


def write_decisions(listed: Sequence[DecisionState], out: IO[str], style: Style) -> None:
    """Write decisions with their states, in their order, and how many there are of each."""
    page = Page(out, style)
    for one in listed:
        page.paragraph(_about(one.decision), style=_STYLES[one.state])
        page.paragraph(f"{one.state}: {decision_in_words(one.decision)}", indent=2, hang=2)
        if one.state is Validity.UNUSED or one.exposures:
            page.paragraph(one.text, indent=2, hang=2, style="dim")
    counts = Counter(one.state for one in listed)
    page.heading("In all", ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "no decisions")


def _about(decision: Decision) -> str:
    """Give the scope of a decision in a line."""
    scope = f"{decision.exposure}  {decision.about}".strip()
    parts = (scope, ", ".join(decision.assets), decision.purl, decision.party, decision.measure, decision.exemption)
    return "  ".join(part for part in parts if part)
