# SPDX-License-Identifier: Apache-2.0
"""The account of one exposure for people: three answers, the evidence, what speaks against it, and the next look."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.writers import legal
from debar.writers.layout import Page
from debar.writers.terminal import LEVELS, MEANINGS, decision_in_words, evidence, percent, sure

if TYPE_CHECKING:
    from debar.model.results import Evidence, Reckoning, Why
    from debar.writers import Style

_SHOWN = 20
"""Pieces of evidence, and of what speaks against it; the JSON has them all."""


def write_why(why: Why, out: IO[str], style: Style) -> None:
    """Write why something is an exposure, or why it was set aside."""
    page, exposure = Page(out, style), why.exposure
    page.title(f"debar {why.program.version}", legal.release(why.register))
    page.field("about", f"{_product(why)} on {exposure.asset} ({exposure.id}), on {why.as_of}")
    if why.set_aside:
        page.field("set aside", why.set_aside)
    if exposure.decision and exposure.decision.reason not in why.set_aside:
        page.field("decided", decision_in_words(exposure.decision))
    _whose(page, why)
    page.heading("What it is to you", MEANINGS[exposure.meaning])
    page.paragraph(f"{why.meaning[:1].upper()}{why.meaning[1:]}.")
    _how_sure(page, why)
    _evidence(page, why)
    page.heading("What speaks against it", "" if why.against else "nothing that is known here")
    for said in why.against[:_SHOWN]:
        page.paragraph(f"- {said}", hang=2)
    _more(page, len(why.against))
    _looks(page, why)


def _product(why: Why) -> str:
    exposure = why.exposure
    name = why.names.get(f"{exposure.party}/{exposure.product}") or (
        f"{why.names.get(exposure.party, exposure.party)}, product not known"
    )
    return f"{name} {exposure.version}".rstrip()


def _whose(page: Page, why: Why) -> None:
    """Write whose it is, and on which day."""
    exposure, identity = why.exposure, why.exposure.identity
    page.heading("Whose it is", why.names.get(exposure.party, exposure.party))
    if identity.host:
        page.paragraph(f"It is inside another maker's product: {identity.host}.")
    dated = "the last day on which it was seen" if identity.dated else "no source has a date, so the day asked about"
    page.paragraph(f"As of {identity.on or why.as_of}: {dated}.")
    if why.version:
        page.paragraph(f"{why.version[:1].upper()}{why.version[1:]}.")
    for tie in why.ties:
        claims = f" - sources disagree: {'; '.join(tie.claims)}" if tie.claims else ""
        since = f" since {tie.since}" if tie.since else ""
        page.paragraph(f"- {tie.kind}{since}: {tie.text} ({tie.grade}){claims}", hang=2)
    if not why.ties:
        page.paragraph("The register ties it to no other company on that day.")


def _how_sure(page: Page, why: Why) -> None:
    """Write the level and the probability, and how the media come together in them."""
    page.heading("How sure it is", sure(why.exposure))
    reckoning = why.reckoning
    for share in reckoning.shares:
        page.paragraph(
            f"- {share.medium}: {share.level} {LEVELS[share.level]} (weight {share.weight:.2f}),"
            f" {percent(share.probability)}, by {share.indicator}",
            hang=2,
        )
    page.paragraph(sum_of(reckoning))
    if reckoning.held:
        page.paragraph(f"But {reckoning.held}.")


def sum_of(reckoning: Reckoning) -> str:
    """Give the arithmetic: what remains in doubt after each medium."""
    level = f"{reckoning.level} {LEVELS[reckoning.level]}"
    if len(reckoning.shares) == 1:
        return f"One medium alone: {level}, {percent(reckoning.probability)}."
    weights = " x ".join(f"{1 - share.weight:.2f}" for share in reckoning.shares)
    chances = " x ".join(f"{1 - share.probability:.3f}" for share in reckoning.shares)
    return (
        f"Together: weight 1 - {weights} = {reckoning.weight:.4g}, which is {level};"
        f" probability 1 - {chances} = {reckoning.probability:.4g}."
    )


def _evidence(page: Page, why: Why) -> None:
    """Write each match with its indicator, where that is from, and how often such were right."""
    times = sum(piece.match.count for piece in why.evidence)
    page.heading("What it rests on", f"{len(why.evidence)} matches, seen {times} time{'s' * (times != 1)}")
    for piece in why.evidence[:_SHOWN]:
        match = piece.match
        page.paragraph(f"- {evidence(match, {match.source: piece.path})}", hang=2)
        seen = match.first_seen[:10]
        days = f", seen {seen}" if seen == match.last_seen[:10] else f", seen {seen} to {match.last_seen[:10]}"
        page.paragraph(
            f"{match.medium}, {match.meaning}; {match.indicator}: {match.technique}, level {match.level},"
            f" {percent(match.confidence)}{days if seen else ''}",
            indent=4,
        )
        if told := source_of(piece):
            page.paragraph(told, indent=4, style="dim")
    _more(page, len(why.evidence))


def source_of(piece: Evidence) -> str:
    """Give where an indicator is from, and the cases that its probability was measured on."""
    parts = []
    if piece.indicator:
        parts.append(f"{piece.indicator.grade}: {'; '.join(piece.indicator.references)}")
    if (measured := piece.measured) is not None:
        kind = f"{measured.kind} at " if measured.kind else ""
        parts.append(f"right in {measured.right} of {measured.cases} labelled cases of {kind}level {measured.level}")
    else:
        parts.append("the probability is that of the level, measured on no cases")
    return "; ".join(parts)


def _looks(page: Page, why: Why) -> None:
    """Write what one more look would settle."""
    rest = "nothing more is needed" if why.exposure.level >= 5 else "the register knows no sign that would raise it"
    page.heading("One more look", "" if why.looks else rest)
    for number, look in enumerate(why.looks, 1):
        page.paragraph(f"{number}. {look.text}.", hang=3)
        page.paragraph(f"Otherwise: {look.otherwise}.", indent=3)


def _more(page: Page, count: int) -> None:
    if (more := count - _SHOWN) > 0:
        page.paragraph(f"and {more} more; -o json has them all", style="dim")
