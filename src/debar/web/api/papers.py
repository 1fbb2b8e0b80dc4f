# SPDX-License-Identifier: Apache-2.0
"""Papers: notices and news that are read, the stories that they tell, and the drafts that people make of these."""

from __future__ import annotations

import msgspec
from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from debar.model.deeds import Addition, Paper, StoryRow, StoryTold
from debar.model.intake import Chosen
from debar.model.portfolio import Page
from debar.model.vocab.statements import Choice
from debar.portfolio import additions, drafted, papers
from debar.web.api import sent
from debar.web.api.answering import located
from debar.web.api.declared import Made, Operations, Paging, Raw
from debar.web.api.uploads import Named, blocks, kept, spooled
from debar.web.here import Administering, Here, Reading, Working
from debar.web.security.frame import large


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of papers is about."""

    words: str = ""
    """Text that stands in their names."""


class NewChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chooses for a line of a draft, or for a date that no statement explains."""

    line: str
    """Id of the line or date."""
    choice: Choice
    """One of those that the line offers."""
    value: str = ""
    """What it says instead, where it is edited."""
    reason: str = ""
    """Why."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/papers", has_days=False)
    def list_papers(here: Reading, asked: Filters, page: Paging) -> Page[Paper]:
        """List papers, the newest first."""
        return papers.listed(here.estate, words=asked.words, **page.place)

    @operations.post("/papers", raw=Raw(takes="application/octet-stream"), gives=Paper, asked=Named)
    @large
    async def send_paper(request: Request, here: Working) -> Response:
        """Send a notice or news as the body of the request; the same content again is the same paper."""
        named = sent.queried(request, Named, ())
        with await spooled(request, papers.LARGEST, "a paper") as file:
            paper = await run_in_threadpool(papers.put, here.portfolio, here.estate, named.name, blocks(file))
        headers = {"location": located(request, "papers", paper.sha256)}
        return Response(msgspec.json.encode(paper), 201, headers, media_type="application/json")

    @operations.get("/papers/{paper}", has_days=False)
    def read_paper(here: Reading, paper: str) -> Paper:
        """Give a paper."""
        return papers.one(here.estate, paper)

    @operations.get("/papers/{paper}/content", has_days=False, raw=Raw(gives="application/octet-stream"), gives=bytes)
    def download_paper(here: Reading, paper: str) -> Response:
        """Give the file of a paper as it was sent."""
        return kept(str(papers.content(here.estate, paper)), papers.one(here.estate, paper).name)

    @operations.delete("/papers/{paper}", current=read_paper)
    def remove_paper(here: Working, paper: str) -> None:
        """Take a paper out of what is read; its file stays, for something may rest on it."""
        papers.remove(here.portfolio, here.estate, paper)

    _declare_stories(operations)


def _declare_stories(operations: Operations) -> None:
    @operations.get("/stories", has_days=False)
    def list_stories(here: Reading, page: Paging) -> Page[StoryRow]:
        """List the stories that papers tell."""
        return drafted.listed(here.estate, **page.place)

    @operations.get("/stories/{story}", has_days=False)
    def read_story(here: Reading, story: str) -> StoryTold:
        """Give one story: statements, conflicts, the lines of its draft with their passages, and every choice."""
        return drafted.one(here.estate, story)

    @operations.post("/stories/{story}/choices", gives=Chosen)
    def choose(here: Working, story: str, sent: NewChoice) -> Made:
        """Keep what somebody chose for a line of a draft; a later choice takes the place of an earlier one."""
        made = drafted.choose(here.estate, story, sent.line, sent.choice, value=sent.value, reason=sent.reason)
        return Made(made, ("stories", story))

    def now(here: Here, story: str) -> StoryTold:
        return drafted.one(here.estate, story)

    @operations.post("/stories/{story}/accept", gives=Addition, current=now)
    def accept_story(here: Administering, story: str) -> Made:
        """Write the measure that people have put together from a story; it stays a draft."""
        path = drafted.accept(here.portfolio, here.estate, story)
        return Made(additions.one(here.estate, path), ("register", "additions", path))
