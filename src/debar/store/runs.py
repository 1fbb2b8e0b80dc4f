# SPDX-License-Identifier: Apache-2.0
"""Runs that were kept: which there are, which one a word means, and the report of one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import sqlalchemy as sa

from debar import dates
from debar.errors import StoreError, UsageError
from debar.model.results import Report, Run
from debar.store import lake
from debar.store.tables import RUNS, SIGHTINGS

if TYPE_CHECKING:
    from debar.store.ledger import Ledger

_LATEST = re.compile(r"latest(?:~([0-9]+))?")
_LISTED = 10
_AGAIN = "the version of debar that kept it reads it; debar version tells yours"


class Numbered(NamedTuple):
    """A run with its place in the ledger."""

    seq: int
    """In which order runs were kept."""
    looks: str
    """Name of what it looked at."""
    run: Run


def kept(history: Ledger, connection: sa.Connection) -> list[Numbered]:
    """Give every run, in the order in which they were kept; StoreError for what is none."""
    try:
        found = connection.execute(sa.select(RUNS.c.seq, RUNS.c.looks, RUNS.c.body).order_by(RUNS.c.seq))
        return [Numbered(seq, looks, _run(body)) for seq, looks, body in found]
    except (msgspec.DecodeError, ValueError, TypeError) as e:
        raise StoreError(
            f"{history.place.shown}: holds a run that cannot be read: {e}", hint="debar status --check tells which"
        ) from e


def _run(body: str) -> Run:
    """Give a run from its row; ValueError when its days are none."""
    run = msgspec.json.decode(body, type=Run)
    dates.parse(run.as_of)
    dates.parse(run.kept_at)
    return run


def moment(numbered: Numbered) -> tuple[Any, int]:
    """Give the place of a run in time: the end of the day that it asked about, then when it was kept."""
    return dates.ends(numbered.run.as_of, "UTC"), numbered.seq


def meant(history: Ledger, word: str) -> Run:
    """Give the run that a word stands for: latest, latest~N (kept N runs before), an id or its beginning."""
    with history.reading() as connection:
        every = kept(history, connection)
    if not every:
        raise UsageError(f"{history.place.shown}: no run was kept yet", hint="debar scan SOURCE --store DIR keeps one")
    if found := _LATEST.fullmatch(word):
        back = int(found.group(1) or 0)
        if back >= len(every):
            raise UsageError(f"{word}: only {len(every)} runs are kept", hint="debar status lists them")
        return every[-1 - back].run
    fitting = [one.run for one in every if one.run.id.startswith(word)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise UsageError(f"{word}: no such run in {history.place.shown}", hint="debar status lists them")
    listed = "".join(f"\n  {run.id}  about {run.as_of}" for run in fitting[:_LISTED])
    raise UsageError(f"{word!r} stands for {len(fitting)} runs:{listed}", hint="write more of the id")


def report(history: Ledger, run: Run) -> Report:
    """Give the report of a run as it was written; EvidenceError when it was changed since, or is gone."""
    content = lake.unpack(history.place.lake, run.files.get("reports", ""))
    try:
        return msgspec.json.decode(content, type=Report)
    except msgspec.DecodeError as e:
        raise StoreError(f"{run.id}: a report that this debar cannot read: {e}", hint=_AGAIN) from e


def met_before(history: Ledger, run: Run) -> frozenset[str]:
    """Give the exposures that runs about earlier days met, or that were kept before about the same."""
    with history.reading() as connection:
        every = sorted(kept(history, connection), key=moment)
        earlier = every[: next((n for n, one in enumerate(every) if one.run.id == run.id), 0)]
        query = sa.select(SIGHTINGS.c.exposure).distinct().where(SIGHTINGS.c.run.in_([one.seq for one in earlier]))
        return frozenset(connection.execute(query).scalars())
