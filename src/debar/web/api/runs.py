# SPDX-License-Identifier: Apache-2.0
"""Runs: what all sources of an organisation said together, kept; two of them side by side; and the report of each day."""

from __future__ import annotations

import msgspec

from debar.model.covered import SourceRow
from debar.model.portfolio import Job, Page
from debar.model.results import Comparison, Report, Run
from debar.portfolio import compared, coverage, paging, reports, running
from debar.web.api.declared import Begun, Operations, Paging, Sheet
from debar.web.here import Reading, Working


class Sides(msgspec.Struct, frozen=True, kw_only=True):
    """Two runs that are compared."""

    before: str = "latest~1"
    """Id of one, or its beginning; or latest, or latest~1 for the one kept before it, and so on."""
    after: str = "latest"
    """The one to compare with it, named alike."""


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/runs", has_days=False)
    def list_runs(here: Reading, page: Paging) -> Page[Run]:
        """List the runs that were kept, the newest first."""
        wanted = paging.asked(("runs",), "", page.page_token, page.page_size)
        return paging.of(wanted, compared.kept(here.estate), lambda run: run.id)

    @operations.post("/runs", status=202, gives=Job)
    def make_run(here: Working) -> Begun:
        """Have a run made of everything that is there now; what has not changed since the last one makes none."""
        return Begun(running.ask(here.portfolio, here.estate))

    @operations.get("/runs/changes", has_days=False)
    def compare_runs(here: Reading, asked: Sides) -> Comparison:
        """Say what is different between two runs: what is new, gone, not looked at again, and what the law says otherwise."""
        return reports.compared(here.estate, asked.before, asked.after)

    @operations.get("/runs/{run}", has_days=False)
    def read_run(here: Reading, run: str) -> Run:
        """Give a run in figures."""
        return compared.kept_one(here.estate, run)

    @operations.get("/report")
    def read_report(here: Reading) -> Report:
        """Give the whole report of a day, as debar scan writes it."""
        return reports.report(here.estate, here.clock)

    @operations.get("/sources", sheet=Sheet(coverage.rows, SourceRow))
    def list_sources(here: Reading, asked: coverage.Filters, page: Paging) -> Page[SourceRow]:
        """List what was read, with the places that could not be."""
        return coverage.sources(here.estate, here.clock, asked, **page.place)
