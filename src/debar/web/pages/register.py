# SPDX-License-Identifier: Apache-2.0
"""Register: what changed in law between two days, and what the organisation adds of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.errors import UsageError
from debar.model.deeds import Addition
from debar.model.vocab import MeasureStatus
from debar.portfolio import additions, laws, measures, newly
from debar.portfolio.register_of import register_of
from debar.register.diff import Item
from debar.web.here import Administering, Here, Reading
from debar.web.kept import kept
from debar.web.pages import asked, showing
from debar.web.pages.sheets import sheet

if TYPE_CHECKING:
    from debar.register.diff import Difference

router = APIRouter(prefix="/o/{organisation}")
_BACK = timedelta(days=365)
_PARTS = (
    ("took_effect", "Took effect", "Changes of law in between."),
    ("announced", "Announced", "Became known in between, and takes effect later: what to prepare for."),
    ("learned_late", "Learned late", "Became known in between, and had taken effect before."),
    ("no_change", "No change of law", "Events, proposals, and changes that change nothing."),
)


@router.get("/register")
@kept
def changed(request: Request, here: Reading) -> HTMLResponse:
    """Show what changed in law between two days."""
    found = _difference(request, here)
    register = register_of(here.estate)
    reached = {row.id: row.exposures for row in measures.rows(here.estate, here.clock)}
    is_here = asked.flag(request, "here")
    parts = [
        (name, title, text, [item for item in getattr(found, name) if not is_here or item.measure in reached])
        for name, title, text in _PARTS
    ]
    places = sorted({one.jurisdiction for one in register.measures.values()})
    return showing.page(
        request, here, "register.html", section="register", found=found, parts=parts, jurisdictions=places, reached=reached,
        added=additions.listed(here.estate), is_here=is_here, hits=newly.listed(here.estate, here.clock, page_size=10).items, statuses=list(MeasureStatus), register=register,
    )  # fmt: skip


@router.get("/register.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same changes as a file."""
    found = _difference(request, here)
    rows = [item for name, _, _ in _PARTS for item in getattr(found, name)]
    return sheet(here, "register", rows, Item)


@router.get("/register/additions.csv")
def additions_as_csv(here: Reading) -> Response:
    """Give what the organisation adds as a file."""
    return sheet(here, "additions", additions.listed(here.estate), Addition)


@router.get("/register/{path:path}")
@kept
def addition(request: Request, here: Reading, path: str) -> HTMLResponse:
    """Show one file that the organisation adds."""
    one = additions.one(here.estate, path)
    would = newly.would(here.estate, here.clock, path) if one.status == MeasureStatus.DRAFT else None
    return showing.page(
        request, here, "addition.html", section="register", one=one, would=would, statuses=list(MeasureStatus)
    )


@router.post("/register/status")
def set_status(
    request: Request,
    here: Administering,
    path: Annotated[str, Form()],
    status: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Say that a measure of one's own counts from now on, or no longer does."""
    if status not in set(MeasureStatus):
        raise UsageError("no such status", hint=f"one of: {', '.join(MeasureStatus)}")
    additions.set_status(here.portfolio, here.estate, path, MeasureStatus(status), reason)
    return showing.back(request, here, "register", said="counted")


@router.post("/register/remove")
def remove(request: Request, here: Administering, path: Annotated[str, Form()]) -> RedirectResponse:
    """Take a file out of what the organisation adds."""
    additions.remove(here.portfolio, here.estate, path)
    return showing.back(request, here, "register", said="saved")


def _difference(request: Request, here: Here) -> Difference:
    """Give the changes between the two days that are asked for; of the year up to the day of the page where none are."""
    until = asked.text(request, "until") or here.clock.as_of[:10]
    since = asked.text(request, "since") or (_day(until) - _BACK).isoformat()
    return laws.changed(here.estate, since, until, jurisdiction=asked.text(request, "jurisdiction"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as e:
        raise UsageError(f"{text[:40]!r} is no day", hint="write a day such as 2027-01-31") from e
