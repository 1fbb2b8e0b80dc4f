# SPDX-License-Identifier: Apache-2.0
"""Duties: what was done for them, put on record."""

from __future__ import annotations

from debar.model.deeds import Done, Recording
from debar.model.portfolio import Page
from debar.portfolio import records
from debar.web.api.declared import Made, Operations, Paging, Sheet
from debar.web.here import Here, Reading, Working


def declare(operations: Operations) -> None:
    """Declare the operations."""

    @operations.get("/records", sheet=Sheet(records.rows, Done))
    def list_records(here: Reading, asked: records.Filters, page: Paging) -> Page[Done]:
        """List what was put on record, with what each comes to on the day."""
        return records.listed(here.estate, here.clock, asked, **page.place)

    @operations.post("/records", gives=Done)
    def add_record(here: Working, sent: Recording) -> Made:
        """Put on record what was done for a duty, or what was found in a look at exposures."""
        id_ = records.add(here.portfolio, here.estate, here.clock, sent)
        return Made(_record(here, id_), ("records",))


def _record(here: Here, id_: str) -> Done:
    return next(one for one in records.rows(here.estate, here.clock) if one.id == id_)
