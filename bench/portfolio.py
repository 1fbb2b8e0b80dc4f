# SPDX-License-Identifier: Apache-2.0
"""A portfolio: a million exposures in fifty organisations, and what each list and page costs of them.

The exposures are those of the demo estate, on thousands of machines under other names, seen on other days and a little surer or
less sure. `--files DIR` keeps the portfolio there, for a load test of the service, and takes one that is there.
"""

from __future__ import annotations

import contextlib
import random
import resource
import secrets
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from msgspec.structs import replace

from bench.measure import ROOT, Options, goal, table, title
from debar import pipeline
from debar.identity import stable_id
from debar.model.portfolio import Clock
from debar.model.viewed import ExposureRow
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.pipeline import Exposed
from debar.portfolio import (
    assets,
    coverage,
    databases,
    estates,
    exposures,
    filling,
    measures,
    overview,
    owed,
    parties,
    sheets,
    tenants,
    views,
)
from debar.portfolio.choosing import Filters
from debar.register.load import load
from debar.store import keeping
from debar.store.lake import Kept
from debar.store.places import Place
from debar.store.rows import rows
from debar.store.tables import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.results import Exposure, Report
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

ROWS = 1_000_000
ORGANISATIONS = 50
DAY = "2024-10-05"
CLOCK = Clock(as_of=DAY)
_ASKED = 8
"""Times that each list is asked for, of each of some organisations."""
_SOME = 10
_SITES = ("kiosk", "ws", "srv", "edge", "till", "lab")
_ASKERS = ("us/reseller", "us/company", "us/federal-contractor", "us/federal-agency", "de/company")


def run(options: Options) -> None:
    """Measure and print."""
    count = options.rows or ROWS
    with contextlib.ExitStack() as stack:
        folder = options.files[0] if options.files else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        portfolio = stack.enter_context(databases.opened(Place("", folder, str(folder)), makes=True))
        title("portfolio", f"{count:,} exposures in {ORGANISATIONS} organisations", 1)
        filled = list(_filled(portfolio, count))
        if filled:
            table("seconds to fill an organisation", {"fill": filled})
        every = [estates.behind(portfolio, tenant.id) for tenant in tenants.listed(portfolio)]
        made = [_seconds(lambda own=own: views.view(own, CLOCK)) for own in every]  # type: ignore[misc]
        table("ms to make a view", {"view of a day": [1000 * one for one in made]})
        figures = {name: sorted(_asked(every[:: max(1, len(every) // _SOME)], ask)) for name, ask in _LISTS.items()}
        table("ms of processor time", figures)
        worst = max(statistics.median(values) for values in figures.values())
        print(f"  largest database: {max(own.place.ledger.stat().st_size for own in every) / 1e6:,.0f} MB")
        print(
            f"  memory with all views at hand: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at most"
        )
        goal("ms of the slowest list, at the median", worst, at_most=150)


def _seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _asked(every: list[Estate], ask: Callable[[Estate], object]) -> Iterator[float]:
    """Yield what each answer costs, in milliseconds of processor time; the first of each organisation is left out."""
    for own in every:
        ask(own)
        for _ in range(_ASKED):
            began = time.process_time()
            ask(own)
            yield (time.process_time() - began) * 1000


def _first(own: Estate) -> str:
    return exposures.listed(own, CLOCK, page_size=1).items[0].id


_LISTS: dict[str, Callable[[Estate], object]] = {
    "overview": lambda own: overview.overview(own, CLOCK),
    "exposures": lambda own: exposures.listed(own, CLOCK),
    "exposures, by last seen": lambda own: exposures.listed(own, CLOCK, sort="-last_seen"),
    "exposures, prohibited": lambda own: exposures.listed(own, CLOCK, Filters(status=("prohibited",))),
    "exposures, names like": lambda own: exposures.listed(own, CLOCK, Filters(pattern="kiosk-*7")),
    "exposures, words": lambda own: exposures.listed(own, CLOCK, Filters(words="kaspersky kiosk-0012")),
    "exposures by party": lambda own: exposures.grouped(own, CLOCK, by="party"),
    "exposures by asset": lambda own: exposures.grouped(own, CLOCK, by="asset"),
    "one exposure": lambda own: exposures.one(own, CLOCK, _first(own)),
    "assets": lambda own: assets.listed(own, CLOCK),
    "assets, gravest first": lambda own: assets.listed(own, CLOCK, sort="status"),
    "parties": lambda own: parties.listed(own, CLOCK),
    "measures": lambda own: measures.listed(own, CLOCK),
    "obligations": lambda own: owed.listed(own, CLOCK),
    "coverage": lambda own: coverage.told(own, CLOCK),
    "1,000 lines of CSV": lambda own: sum(
        map(len, sheets.written(exposures.listed(own, CLOCK, page_size=500).items * 2, ExposureRow))
    ),
}


def _filled(portfolio: Portfolio, count: int) -> Iterator[float]:
    """Fill organisations that hold nothing yet; yield the seconds that each took."""
    there = {tenant.id for tenant in tenants.listed(portfolio)}
    report, found = _scanned()
    for number in range(ORGANISATIONS):
        id_ = f"organisation-{number:02d}"
        if id_ not in there:
            facts = organisation(_ASKERS[number % len(_ASKERS)])
            tenants.add(portfolio, estates.PROGRAM, name=f"Organisation {number:02d}", id_=id_, facts=facts)
        own = estates.behind(portfolio, id_)
        with own.reading() as connection:
            if connection.execute(sa.select(RUNS.c.seq).limit(1)).first():
                continue
        spread = Exposed(list(_spread(found.exposures, count // ORGANISATIONS, number)), found.set_aside)
        yield _seconds(lambda own=own, spread=spread: _keep(own, report, spread))  # type: ignore[misc]


def _scanned() -> tuple[Report, Exposed]:
    seen: list[Exposed] = []
    question = Question(organisation=organisation("us/company"), as_of=DAY, known_on="")
    report = pipeline.scan([str(ROOT / "examples/estate")], load(), question, exposing=seen.append)
    return report, seen[0]


def _spread(some: list[Exposure], count: int, seed: int) -> Iterator[Exposure]:
    """Yield exposures on machines of their own, two on most."""
    rng = random.Random(seed)
    given: set[str] = set()
    while len(given) < count:
        asset, one = f"{rng.choice(_SITES)}-{rng.randrange(count // 2):06d}", rng.choice(some)
        id_ = stable_id("exp", asset, one.party, one.product)
        if id_ in given:
            continue
        given.add(id_)
        seen = f"2024-{rng.randrange(6, 10):02d}-{rng.randrange(1, 29):02d}T{rng.randrange(24):02d}:00:00Z"
        level = max(1, min(5, one.level + rng.choice((-1, 0, 0, 0, 1))))
        identity = replace(one.identity, on=seen[:10], dated=True)
        yield replace(one, id=id_, asset=asset, level=level, last_seen=seen, identity=identity)


def _keep(own: Estate, report: Report, found: Exposed) -> None:
    """Keep a run with what was found, without the files of its report."""
    report = replace(
        report,
        exposures=tuple(found.exposures),
        set_aside=tuple(found.set_aside),
        findings=(),
        obligations=(),
        positions={},
    )
    files = [Kept(kind, secrets.token_hex(32), 1, 1) for kind in ("reports", "findings", "observations")]
    with own.writing() as connection:
        _, seq, _ = keeping._keep(connection, report, rows(report), files, f"{DAY}T12:00:00Z")  # noqa: SLF001
        filling.fill(connection, seq, report, found)
