# SPDX-License-Identifier: Apache-2.0
"""Documents: notices and news are read into a draft measure, which a person accepts line by line beside the passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from debar.errors import RegisterError, UsageError
from debar.model.deeds import Paper, StoryRow
from debar.model.vocab.statements import Choice
from debar.portfolio import drafted, papers
from debar.web.here import Administering, Here, Reading, Working
from debar.web.kept import kept
from debar.web.pages import asked, chosen, showing
from debar.web.pages.sheets import every, sheet
from debar.web.security.frame import large
from debar.writers.intake.segments import LONGEST, Segment, segments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.deeds import StoryTold
    from debar.model.intake import Paper as PaperRead

router = APIRouter(prefix="/o/{organisation}")
Text = Annotated[str, Form()]
LARGEST_FORM = 256 << 20
"""Bytes of all papers that are sent by one form."""
CHOICES = {
    Choice.ACCEPT: "Accept",
    Choice.EDIT: "Right, with another value",
    Choice.REJECT: "A misreading",
    Choice.NOT_A_FACT: "No fact",
    Choice.OTHER_MEASURE: "Of another measure",
}


class Shown(NamedTuple):
    """A paper with its text, cut where passages begin and end."""

    id: str
    name: str
    pieces: tuple[Segment, ...]
    is_cut: bool


@router.get("/documents")
@kept
def listed(request: Request, here: Reading) -> HTMLResponse:
    """Show the papers, and the stories that they tell together."""
    stories = drafted.listed(here.estate, page_token=asked.text(request, "page"), page_size=asked.SIZE)
    found = papers.listed(here.estate, words=asked.text(request, "q"), page_size=asked.SIZE)
    return showing.page(
        request, here, "documents.html", section="documents", rows=stories, papers=found,
        is_waiting=papers.waiting(here.portfolio, here.estate), failed=papers.failed(here.portfolio, here.estate),
    )  # fmt: skip


@router.get("/documents.csv")
def as_csv(here: Reading) -> Response:
    """Give the list of stories as a file."""
    return sheet(here, "documents", drafted.rows(here.estate), StoryRow)


@router.get("/papers.csv")
def papers_as_csv(here: Reading) -> Response:
    """Give the list of papers as a file."""
    rows = every(lambda token: papers.listed(here.estate, page_token=token))
    return sheet(here, "papers", rows, Paper)


@router.post("/documents", max_body_size=LARGEST_FORM)
@large
async def send(request: Request, here: Working) -> Response:
    """Take the papers of a form."""

    def take(name: str, blocks: Iterator[bytes]) -> Paper:
        return papers.put(here.portfolio, here.estate, name, blocks)

    await chosen.files(request, take, most=100, hint="choose the notice or article as a file")
    return showing.back(request, here, "documents", said="read")


@router.get("/documents/{story}")
def one(request: Request, here: Reading, story: str) -> HTMLResponse:
    """Show one story: its draft line by line, beside the papers with their passages marked."""
    return _story(request, here, story)


def _story(request: Request, here: Here, story: str, fault: str = "", *, status: int = 200) -> HTMLResponse:
    told = drafted.one(here.estate, story)
    return showing.page(
        request, here, "story.html", status=status, fault=fault, section="documents", told=told, row=told.row, papers=list(_shown(told)), choices=CHOICES
    )  # fmt: skip


@router.post("/documents/{story}/choices")
async def choose(request: Request, here: Working, story: str) -> Response:
    """Keep what somebody chose for lines of a draft."""
    form = await request.form()
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    return await run_in_threadpool(_chosen, request, here, story, said)


def _chosen(request: Request, here: Here, story: str, said: dict[str, str]) -> Response:
    try:
        _choose(here, story, said)
    except UsageError as e:
        return _story(request, here, story, f"{e.message}. {e.hint}.", status=422)
    return showing.back(request, here, "documents", story, said="chosen")


def _choose(here: Here, story: str, said: dict[str, str]) -> None:
    """Keep the choices that differ from those that hold."""
    held = {item.id: item.chosen for item in drafted.one(here.estate, story).items}
    for name, value in said.items():
        what, _, line = name.partition(":")
        if what != "choice" or line not in held or value not in set(Choice):
            continue
        edited, reason = said.get(f"value:{line}", "").strip(), said.get(f"reason:{line}", "").strip()
        before = held[line]
        given = edited if value == Choice.EDIT else ""
        if before and (before.choice, before.value, before.reason) == (value, given, reason):
            continue
        drafted.choose(here.estate, story, line, Choice(value), value=given, reason=reason)


@router.post("/documents/{story}/accept")
def accept(request: Request, here: Administering, story: str) -> Response:
    """Write the measure that was put together into the additions of the organisation."""
    try:
        drafted.accept(here.portfolio, here.estate, story)
    except (UsageError, RegisterError) as e:
        return _story(request, here, story, f"{e.message}. {e.hint}.", status=422)
    return showing.back(request, here, "documents", story, said="accepted")


@router.post("/papers/{paper}/remove")
def remove(request: Request, here: Working, paper: str) -> RedirectResponse:
    """Take a paper out of what is read."""
    papers.remove(here.portfolio, here.estate, paper)
    return showing.back(request, here, "documents", said="removed")


def _shown(told: StoryTold) -> Iterator[Shown]:
    """Yield the papers of a story as their text stands, in pieces."""
    for read in told.papers:
        own = [fact for fact in told.facts if fact.document == read.id]
        open_ = [item.date for item in told.items if item.date and item.date.document == read.id]
        yield Shown(read.id, _name(read), segments(read, own, open_), len(read.text) > LONGEST)


def _name(read: PaperRead) -> str:
    return read.title or read.path
