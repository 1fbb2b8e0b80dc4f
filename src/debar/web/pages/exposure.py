# SPDX-License-Identifier: Apache-2.0
"""One exposure: the evidence, why it counts, what the law says with its passages, its history, decisions and remarks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.model.viewed import OnAct
from debar.portfolio import remarks, single
from debar.web.here import Reading, Working
from debar.web.kept import kept
from debar.web.pages import showing
from debar.web.pages.sheets import sheet
from debar.writers import why as accounts
from debar.writers.outline import reasons
from debar.writers.terminal import evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.results import Brief
    from debar.model.viewed import ExposureTold
    from debar.writers.outline.reasons import Reason

router = APIRouter(prefix="/o/{organisation}")


class _Asked(NamedTuple):
    """What reasons need to know of a report."""

    measures: Mapping[str, Brief]
    as_of: str


class Law(NamedTuple):
    """What one measure says of an exposure."""

    id: str
    brief: Brief
    reasons: tuple[Reason, ...]


@router.get("/exposures/{exposure}")
@kept
def one(request: Request, here: Reading, exposure: str) -> HTMLResponse:
    """Show everything that is known of one exposure."""
    told = single.one(here.estate, here.clock, exposure)
    paths = {source.id: source.path for source in told.sources.values()}
    pieces = [
        (evidence(piece.match, {piece.match.source: piece.path or paths.get(piece.match.source, "")}), piece, accounts.source_of(piece))
        for piece in told.why.evidence
    ]  # fmt: skip
    law = tuple(_law(told, here.clock.as_of))
    return showing.page(
        request, here, "exposure.html", section="exposures", told=told, row=told.row, why=told.why, pieces=pieces, law=law,
        sum=accounts.sum_of(told.why.reckoning),
    )  # fmt: skip


@router.get("/exposures/{exposure}/acts.csv")
def as_csv(here: Reading, exposure: str) -> Response:
    """Give what may be done with it as a file."""
    return sheet(here, "acts", single.one(here.estate, here.clock, exposure).row.acts, OnAct)


@router.post("/exposures/{exposure}/remarks")
def remark(request: Request, here: Working, exposure: str, text: Annotated[str, Form()]) -> RedirectResponse:
    """Write a remark under an exposure."""
    remarks.add(here.estate, exposure, text)
    return showing.back(request, here, "exposures", exposure, said="remarked")


def _law(told: ExposureTold, as_of: str) -> Iterator[Law]:
    """Yield what each measure says, findings that differ only in their act together; the gravest first."""
    asked = _Asked(told.measures, as_of)
    found: dict[str, list[Reason]] = {}
    for same in reasons.alike(told.findings)[0]:
        reason = reasons.worded(asked, same, 1)  # type: ignore[arg-type]  # it asks for nothing else of a report
        found.setdefault(reason.measure, []).append(reason)
    for measure, those in found.items():
        yield Law(measure, told.measures[measure], tuple(those))
