# SPDX-License-Identifier: Apache-2.0
"""Decisions: asked for by one person, approved or refused by another, and told when they no longer hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from debar.errors import DebarError, UsageError
from debar.model.deeds import Ask
from debar.model.deeds import Request as Requested
from debar.model.vocab import Validity, Verdict
from debar.model.vocab.portfolio import Asking
from debar.portfolio import asking, estates, exposures, papers, requests
from debar.portfolio.register_of import register_of
from debar.portfolio.requests import Filters
from debar.web.here import Approving, Here, Reading, Working
from debar.web.kept import kept
from debar.web.pages import asked, showing, wording
from debar.web.pages.exposures import filters as of_exposures
from debar.web.pages.sheets import sheet

if TYPE_CHECKING:
    from starlette.datastructures import FormData

router = APIRouter(prefix="/o/{organisation}")
NAMED = ("q", "state", "standing", "verdict", "exposure")
MOST = 500
"""Exposures that a decision is asked for at once."""
Text = Annotated[str, Form()]
_VERDICTS = {
    Verdict.ACCEPTED: "put up with it until a day; what the law demands stays",
    Verdict.EXEMPT: "an exemption of the law takes it out",
    Verdict.WAIVED: "an authority has waived it, on paper",
    Verdict.REPLACED: "it has been replaced; the evidence is older",
    Verdict.FALSE_POSITIVE: "somebody looked: it is not there",
    Verdict.NOT_THE_PARTY: "somebody looked: it is another maker's",
    Verdict.CONFIRMED: "somebody looked: it is there (needs nobody else)",
}
VERDICTS = [(verdict.value, f"{wording.spaced(verdict)} - {text}") for verdict, text in _VERDICTS.items()]


@router.get("/decisions")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show what was asked for and what was decided."""
    page = asked.paged(request, "-requested")
    rows = requests.listed(here.estate, here.clock, filters(request), **page._asdict())
    values: dict[str, Any] = {
        "rows": rows,
        "sort": page.sort,
        "filters": filters(request),
        "states": list(Asking),
        "standings": list(Validity),
    }
    verdicts = [(verdict.value, wording.spaced(verdict)) for verdict in Verdict]
    return showing.page(request, here, "decisions.html", section="decisions", named=NAMED, verdicts=verdicts, **values)


@router.get("/decisions.csv")
def as_csv(request: Request, here: Reading) -> Response:
    """Give the same list as a file."""
    rows = requests.rows(here.estate, here.clock, filters(request), sort=asked.text(request, "sort") or "-requested")
    return sheet(here, "decisions", rows, Requested)


@router.get("/decisions/ask")
def form(request: Request, here: Working) -> HTMLResponse:
    """Show the form to ask for a decision, about exposures that the address names or filters."""
    chosen = asked.several(request, "exposure")
    if asked.flag(request, "all"):
        chosen = exposures.ids(here.estate, here.clock, of_exposures(request), most=MOST)
    return _form(request, here, chosen, dict(request.query_params))


@router.post("/decisions/ask")
async def choose(request: Request, here: Working) -> Response:
    """Take exposures that were ticked in a list to the form; many of them would not fit into an address."""
    data = await request.form()
    chosen = tuple(dict.fromkeys(str(one) for one in data.getlist("exposure")))
    if not chosen:
        raise UsageError("no exposure was ticked", hint="tick some in the list, then ask")
    return _form(request, here, chosen, {})


@router.post("/decisions")
async def ask(request: Request, here: Working) -> Response:
    """Ask for a decision."""
    from starlette.concurrency import run_in_threadpool

    return await run_in_threadpool(_ask, request, here, await request.form())


def _ask(request: Request, here: Here, data: FormData) -> Response:
    said = {name: str(value) for name, value in data.items() if isinstance(value, str)}
    chosen = tuple(dict.fromkeys(str(one) for one in data.getlist("exposure")))
    try:
        made = asking.ask(here.portfolio, here.estate, _wanted(said, chosen))
    except DebarError as e:
        return _form(request, here, chosen, said, f"{e.message}. {e.hint}.", 422)
    return showing.back(request, here, "decisions", made, said="asked")


def _wanted(said: dict[str, str], chosen: tuple[str, ...]) -> Ask:
    if said.get("verdict") not in set(Verdict):
        raise UsageError("no verdict was chosen", hint="say what is to be decided")
    texts = {
        name: said.get(name, "").strip()
        for name in ("purl", "party", "measure", "exemption", "granted_by", "document", "reference", "reason",
                     "ticket", "created", "expires")
    }  # fmt: skip
    patterns = tuple(said.get("assets", "").split())
    return Ask(verdict=Verdict(said["verdict"]), exposures=chosen, assets=patterns, **texts)


def _form(
    request: Request, here: Here, chosen: tuple[str, ...], said: dict[str, str], fault: str = "", status: int = 200
) -> HTMLResponse:
    law = register_of(here.estate)
    exemptions = [
        (f"{measure.id}: {exemption.id}", exemption.id)
        for measure in law.measures.values()
        for provision in measure.provisions
        for exemption in provision.exemptions
    ]
    rows = [
        exposures.listed(here.estate, here.clock, exposures.Filters(words=one), page_size=1).items
        for one in chosen[:20]
    ]
    return showing.page(
        request, here, "ask.html", status=status, section="decisions", chosen=chosen, rows=[row for some in rows for row in some],
        saying=said, fault=fault, verdicts=VERDICTS, exemptions=list(dict.fromkeys(exemptions)),
        measures=[(measure.id, measure.title) for measure in law.measures.values()],
        papers=[(paper.sha256, paper.name) for paper in papers.listed(here.estate, page_size=100).items],
    )  # fmt: skip


@router.get("/decisions/{decision}")
@kept
def one(request: Request, here: Reading, decision: str) -> HTMLResponse:
    """Show one request with what it says and what became of it."""
    row = requests.one(here.estate, here.clock, decision)
    is_own = here.caller.id == row.requester
    is_key = estates.is_key(here.caller)
    return showing.page(request, here, "decision.html", section="decisions", row=row, is_own=is_own, is_key=is_key)


@router.post("/decisions/{decision}/approve")
def approve(request: Request, here: Approving, decision: str, answer: Text = "") -> RedirectResponse:
    """Approve what somebody else has asked for."""
    asking.approve(here.portfolio, here.estate, decision, answer)
    return showing.back(request, here, "decisions", decision, said="approved")


@router.post("/decisions/{decision}/refuse")
def refuse(request: Request, here: Approving, decision: str, answer: Text = "") -> RedirectResponse:
    """Refuse what somebody else has asked for."""
    asking.refuse(here.portfolio, here.estate, decision, answer)
    return showing.back(request, here, "decisions", decision, said="refused")


@router.post("/decisions/{decision}/withdraw")
def withdraw(request: Request, here: Working, decision: str) -> RedirectResponse:
    """Take back what one has asked for oneself."""
    asking.withdraw(here.portfolio, here.estate, decision)
    return showing.back(request, here, "decisions", decision, said="withdrawn")


@router.post("/decisions/{decision}/end")
def end(request: Request, here: Approving, decision: str, answer: Text = "", day: Text = "") -> RedirectResponse:
    """End what was approved before it expires."""
    asking.end(here.portfolio, here.estate, decision, answer, day=day)
    return showing.back(request, here, "decisions", decision, said="ended")


def filters(request: Request) -> Filters:
    """Give what the list is about."""
    states = asked.several(request, "state")
    standings = asked.several(request, "standing")
    return Filters(
        state=tuple(Asking(one) for one in states if one in set(Asking)),
        standing=tuple(Validity(one) for one in standings if one in set(Validity)),
        verdict=asked.text(request, "verdict"),
        exposure=asked.text(request, "exposure"),
        words=asked.text(request, "q"),
    )
