# SPDX-License-Identifier: Apache-2.0
"""What runs looked at, how far each kind of evidence reaches, and what is different from one run to another."""

from __future__ import annotations

from debar.model.results.found import Result
from debar.model.vocab import Looked, Medium
from debar.model.vocab.portfolio import Moved


class RunTold(Result, frozen=True, kw_only=True):
    """What a run says of all that it read."""

    run: str
    kinds_seen: tuple[str, ...]
    kinds_missing: tuple[str, ...]
    notes: tuple[str, ...]
    stale_after: int
    sources: int
    skips: int
    is_complete: bool
    assets: int
    with_gaps: int
    """Assets of which some kind of evidence is missing, stale or not whole, on the day of the run."""
    media: dict[Medium, dict[Looked, int]]
    """Assets by what became of each kind of evidence."""


class MediumRow(Result, frozen=True, kw_only=True):
    """How far one kind of evidence reaches over the assets."""

    medium: Medium
    assets: dict[Looked, int]
    missed: str
    """What is not known for that, where nothing of it was looked at at all."""


class CoverageTold(Result, frozen=True, kw_only=True):
    """What was and what was not looked at: a clean answer is worth only as much as this."""

    run: RunTold | None
    """Null where no run is about the day or an earlier one: nothing is known."""
    run_as_of: str
    media: tuple[MediumRow, ...]
    assets: int
    with_gaps: int
    notes: tuple[str, ...]


class SourceRow(Result, frozen=True, kw_only=True):
    """One input of a run, or a place in it that could not be read."""

    id: str
    path: str
    reader: str
    size: int
    observations: int
    remark: str
    locator: str
    fault: str
    """Why it could not be read; empty where it was."""


class RunChange(Result, frozen=True, kw_only=True):
    """Something that is different between two runs."""

    kind: Moved
    exposure: str
    """Id of it; empty where it is about a decision on more than one."""
    asset: str
    name: str
    what: str
    """Of it that is different: level, version, meaning or set aside; the act and the provision; or a verdict."""
    before: str
    """What it was, or what the law said of it; empty where it was not there."""
    after: str
