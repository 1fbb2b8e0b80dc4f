# SPDX-License-Identifier: Apache-2.0
"""A portfolio in a directory, and runs in it: the demo estate, and exposures made of it that differ in where they are."""

from __future__ import annotations

import contextlib
import random
import secrets
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

import composed
from debar import pipeline
from debar.identity import stable_id
from debar.model.results import Exposure, SetAside
from debar.model.vocab import Meaning
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.pipeline import Exposed
from debar.portfolio import databases, estates, tenants
from debar.portfolio.filling import fill
from debar.portfolio.tables import ASKED, RECORDS
from debar.store import keeping, log
from debar.store.lake import Kept
from debar.store.places import Place
from debar.store.rows import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.measures import Organisation
    from debar.model.results import Decision, Record, Report
    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

ROOT = Path(__file__).parents[2]


@lru_cache
def scanned(asker: str = "us/reseller", day: str = "2024-10-05") -> tuple[Report, Exposed]:
    """Give the report on the demo estate, and what was found before anybody's decision."""
    seen: list[Exposed] = []
    question = Question(organisation=organisation(asker), as_of=day, known_on="")
    found = pipeline.scan([str(ROOT / "examples/estate")], composed.shipped(), question, exposing=seen.append)
    return found, seen[0]


@contextlib.contextmanager
def portfolio(
    folder: Path, facts: Organisation | None = None, ids: Sequence[str] = ("acme",), there: Place | None = None
) -> Iterator[Portfolio]:
    """Give a new portfolio with some organisations."""
    with databases.opened(there or Place("", folder, "test"), makes=True) as found:
        for id_ in ids:
            tenants.add(found, estates.PROGRAM, name=id_, id_=id_, facts=facts or organisation("us/reseller"))
        yield found


@contextlib.contextmanager
def estate(folder: Path, facts: Organisation | None = None) -> Iterator[Estate]:
    """Give the one organisation of a new portfolio."""
    with portfolio(folder, facts) as found:
        yield estates.behind(found, "acme")


def keep(own: Estate, report: Report, exposed: Exposed, *, at: str = "2024-10-05T12:00:00Z", day: str = "") -> int:
    """Keep a run without its files; give its number."""
    report = replace(
        report,
        as_of=day or report.as_of,
        exposures=tuple(exposed.exposures),
        set_aside=tuple(exposed.set_aside),
        findings=(),
        obligations=(),
        positions={},
    )
    files = [Kept(kind, secrets.token_hex(32), 1, 1) for kind in ("reports", "findings", "observations")]
    with own.writing() as connection:
        _, seq, _ = keeping._keep(connection, report, rows(report), files, at)
        fill(connection, seq, report, exposed)
    return seq


def decide(own: Estate, *decisions: Decision, at: str = "2024-10-05T12:00:00Z") -> None:
    """Let decisions be asked for and approved by others."""
    with own.writing() as connection:
        for one in decisions:
            body = msgspec.json.encode(one).decode()
            row = {"id": stable_id("ask", body), "state": "approved", "requester": "a", "requested_at": at}
            row |= {"approver": "b", "answered_at": at, "answer": "", "expires": one.expires, "body": body}
            row |= {"request": row["id"], "verdict": str(one.verdict)}
            connection.execute(sa.insert(ASKED), dict.fromkeys(ASKED.c.keys(), "") | row)
        log.add(connection, at, "audit", "{}")


def record(own: Estate, *records: Record, at: str = "2024-10-05T12:00:00Z") -> None:
    """Put something on record."""
    with own.writing() as connection:
        for one in records:
            body = msgspec.json.encode(one).decode()
            connection.execute(sa.insert(RECORDS), {"id": stable_id("rec", body), "by": "a", "at": at, "body": body})
        log.add(connection, at, "audit", "{}")


def many(count: int, seed: int = 0, found: Exposed | None = None) -> Exposed:
    """Give exposures and what was set aside on many assets, made of those of the demo estate."""
    rng = random.Random(seed)
    found = found or scanned()[1]
    counting: dict[str, Exposure] = {}
    aside: dict[tuple[str, str], SetAside] = {}
    for _ in range(count):
        asset = f"{rng.choice(('Kiosk', 'ws', 'srv', 'edge'))}-{rng.randrange(max(2, count // 3)):05d}"
        if rng.random() < 0.85:
            one = rng.choice(found.exposures)
            id_ = stable_id("exp", asset.casefold(), one.party, one.product)
            counting[id_] = _moved(one, id_, asset, rng)
        elif found.set_aside:
            put = rng.choice(found.set_aside)
            id_ = stable_id("exp", asset.casefold(), put.exposure.party, "")
            aside[id_, put.reason] = SetAside(exposure=_moved(put.exposure, id_, asset, rng), reason=put.reason)
    return Exposed(
        sorted(counting.values(), key=lambda e: (e.asset.casefold(), e.party, e.product)),
        sorted(aside.values(), key=lambda s: (s.exposure.asset.casefold(), s.exposure.party, s.reason)),
    )


def _moved(one: Exposure, id_: str, asset: str, rng: random.Random) -> Exposure:
    """Give an exposure on another asset, seen on another day, a little surer or less sure."""
    level = max(1, min(5, one.level + rng.choice((-2, -1, 0, 0, 0, 1))))
    last_seen = rng.choice((one.last_seen, "2024-09-12T10:00:00Z", ""))
    identity = replace(one.identity, on=last_seen[:10] or "2024-10-05", dated=bool(last_seen), ties=())
    meaning = rng.choice((one.meaning, one.meaning, Meaning.RESIDUE))
    return replace(one, id=id_, asset=asset, level=level, last_seen=last_seen, identity=identity, meaning=meaning)


def stood(exposed: Exposed, day: str) -> Exposed:
    """Give what would have been found on another day: what has no date is taken to be there on it."""
    return Exposed(
        [_on(one, day) for one in exposed.exposures],
        [replace(one, exposure=_on(one.exposure, day)) for one in exposed.set_aside],
    )


def _on(one: Exposure, day: str) -> Exposure:
    return one if one.identity.dated else replace(one, identity=replace(one.identity, on=day[:10]))
