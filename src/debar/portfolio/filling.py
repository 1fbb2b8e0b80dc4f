# SPDX-License-Identifier: Apache-2.0
"""What a run found becomes rows that lists are made of, in the transaction that makes the run visible.

A row is written when something is found for the first time or is another than in the run before, and stays until that is so
again: a run in which nothing has changed adds nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from debar.identity import stable_id
from debar.model.covered import RunTold
from debar.model.results import AssetCoverage
from debar.model.vocab import Looked
from debar.portfolio.blobs import insert, pack, packer
from debar.portfolio.kinds import asset_id, kind
from debar.portfolio.tables import ASSETS, EVIDENCE, FOREVER, HELD, SOURCES, TOLD_BY_RUNS
from debar.store.rows import is_complete, named
from debar.store.tables import RUNS
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from debar.model.inventory import Skip, Source
    from debar.model.results import Exposure, Report
    from debar.pipeline import Exposed

_AT_ONCE = 500
"""Rows that are closed in one go."""
_WORDS = 600
"""Characters of an exposure that a search looks in."""
_LABELS = 5
"""Things that an exposure was seen as, which a search looks in."""
SKIP = "skp"
"""Begins the id of a place that could not be read."""


def fill(connection: sa.Connection, seq: int, report: Report, exposed: Exposed) -> None:
    """Write what a run found, within the transaction that keeps it as `seq`.

    `exposed` is what was found before anything that people decided (`pipeline.scan` tells it): a decision may end, and
    a view on another day asks for what was there without it.
    """
    _fill_held(connection, seq, report, exposed)
    _fill_assets(connection, seq, report, exposed)
    _fill_sources(connection, seq, report)
    told = _told(connection, seq, report)
    connection.execute(
        sa.insert(TOLD_BY_RUNS),
        {"run": seq, "body": msgspec.json.encode(told).decode(), "indicators": pack(report.indicators)},
    )


def _fill_held(connection: sa.Connection, seq: int, report: Report, exposed: Exposed) -> None:
    """Write exposures, and what was set aside: by id and number, 0 for what counts."""
    found = {(one.id, 0): (_bare(one), "") for one in exposed.exposures}
    numbers: Counter[str] = Counter()
    for aside in sorted(exposed.set_aside, key=lambda one: (one.exposure.id, one.reason)):
        numbers[aside.exposure.id] += 1
        found[aside.exposure.id, numbers[aside.exposure.id]] = (_bare(aside.exposure), aside.reason)
    digests = {key: _digest(one, aside, report.names) for key, (one, aside) in found.items()}
    new, row = _changed(connection, HELD, (HELD.c.exposure, HELD.c.number), seq, digests)
    in_order = sorted(new, key=lambda key: (found[key][0].asset.casefold(), key))
    numbered = {key: number for number, key in enumerate(in_order, start=row)}
    insert(
        connection,
        HELD,
        (_held(numbered[key], key[1], seq, *found[key], digests[key], report.names) for key in in_order),
    )
    packed = packer()
    insert(connection, EVIDENCE, ({"row": numbered[key], "body": packed(found[key][0])} for key in in_order))


def _bare(exposure: Exposure) -> Exposure:
    """Give an exposure without what only a day tells: the day of evidence that has no date, and the ties on it."""
    identity = exposure.identity
    return replace(exposure, identity=replace(identity, ties=(), on=identity.on if identity.dated else ""))


def _digest(exposure: Exposure, aside: str, names: Mapping[str, str]) -> str:
    content = msgspec.msgpack.encode((exposure, aside, named(exposure, names)))
    return hashlib.sha256(content).hexdigest()


def _held(
    row: int, number: int, seq: int, exposure: Exposure, aside: str, sha256: str, names: Mapping[str, str]
) -> dict[str, Any]:
    name = keepable(named(exposure, names))
    return {
        "row": row,
        "exposure": exposure.id,
        "number": number,
        "first_run": seq,
        "last_run": FOREVER,
        "kind": kind(exposure, aside),
        "asset_id": asset_id(exposure.asset),
        "asset": keepable(exposure.asset),
        "party": exposure.party,
        "product": exposure.product,
        "name": name,
        "version": keepable(exposure.version),
        "meaning": str(exposure.meaning),
        "level": exposure.level,
        "confidence": exposure.confidence,
        "first_seen": exposure.first_seen,
        "last_seen": exposure.last_seen,
        "aside": keepable(aside),
        "words": _words(exposure, name, names),
        "sha256": sha256,
    }


def _words(exposure: Exposure, name: str, names: Mapping[str, str]) -> str:
    labels = list(dict.fromkeys(match.label for match in exposure.matches))[:_LABELS]
    party = names.get(exposure.party, exposure.party)
    parts = (exposure.asset, name, party, exposure.version, exposure.id, exposure.party, exposure.product, *labels)
    return keepable("\n".join(dict.fromkeys(parts)).casefold()[:_WORDS])


def _fill_assets(connection: sa.Connection, seq: int, report: Report, exposed: Exposed) -> None:
    """Write what was looked at of each asset, and that nothing was of those that only books speak of."""
    found = {asset_id(one.asset): one for one in report.coverage.assets}
    for exposure in (*exposed.exposures, *(aside.exposure for aside in exposed.set_aside)):
        id_ = asset_id(exposure.asset)
        if id_ not in found:
            found[id_] = AssetCoverage(asset=exposure.asset, also=(), evidence={})
    bodies = {id_: keepable(msgspec.json.encode(one).decode()) for id_, one in found.items()}
    digests = {id_: _sha256(body) for id_, body in bodies.items()}
    new, row = _changed(connection, ASSETS, (ASSETS.c.id,), seq, digests)
    insert(
        connection,
        ASSETS,
        (
            {
                "row": number,
                "id": id_,
                "first_run": seq,
                "last_run": FOREVER,
                "asset": keepable(found[id_].asset),
                "newest": max((one.newest for one in found[id_].evidence.values()), default=""),
                "gaps": _gaps(found[id_]),
                "words": keepable("\n".join((found[id_].asset, *found[id_].also)).casefold()[:_WORDS]),
                "sha256": digests[id_],
                "body": bodies[id_],
            }
            for number, id_ in enumerate(sorted(new, key=lambda one: (found[one].asset.casefold(), one)), start=row)
        ),
    )


def _gaps(asset: AssetCoverage) -> int:
    """Give how many kinds of evidence about an asset are missing, stale or not whole."""
    return sum(one.state is not Looked.READ for one in asset.evidence.values())


def _fill_sources(connection: sa.Connection, seq: int, report: Report) -> None:
    """Write what was read, and the places that could not be."""
    found: dict[str, Source | Skip] = {source.id: source for source in report.sources}
    paths = {source.id: source.path for source in report.sources}
    again: Counter[str] = Counter()
    for skip in report.skips:
        id_ = stable_id(SKIP, skip.source, skip.locator, skip.reason)
        again[id_] += 1
        found[stable_id(SKIP, id_, str(again[id_]))] = skip
    bodies = {id_: keepable(msgspec.json.encode(one).decode()) for id_, one in found.items()}
    digests = {id_: _sha256(body) for id_, body in bodies.items()}
    new, row = _changed(connection, SOURCES, (SOURCES.c.id,), seq, digests)
    insert(
        connection,
        SOURCES,
        (
            {
                "row": number,
                "id": id_,
                "first_run": seq,
                "last_run": FOREVER,
                "sha256": digests[id_],
                "is_fault": id_.startswith(SKIP),
                "path": keepable(_path(found[id_], paths)),
                "body": bodies[id_],
            }
            for number, id_ in enumerate((one for one in found if one in new), start=row)
        ),
    )


def _path(one: Source | Skip, paths: Mapping[str, str]) -> str:
    """Give the path of a source, or of that in which a place could not be read."""
    source = getattr(one, "source", "")
    return paths.get(source, source) or str(getattr(one, "path", ""))


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def _changed(
    connection: sa.Connection,
    table: sa.Table,
    key: Sequence[sa.Column[Any]],
    seq: int,
    digests: Mapping[Any, str],
) -> tuple[set[Any], int]:
    """Close the rows that are no more what they say; give the keys to write anew, and the first number that is free."""
    known: dict[Hashable, str] = {}
    closing = []
    for row, sha256, *parts in connection.execute(
        sa.select(table.c.row, table.c.sha256, *key).where(table.c.last_run == FOREVER)
    ):
        name = parts[0] if len(parts) == 1 else tuple(parts)
        known[name] = sha256
        if digests.get(name) != sha256:
            closing.append(row)
    for part in _parts(closing):
        connection.execute(sa.update(table).where(table.c.row.in_(part)).values(last_run=seq - 1))
    last = connection.execute(sa.select(sa.func.max(table.c.row))).scalar() or 0
    return {name for name, sha256 in digests.items() if known.get(name) != sha256}, last + 1


def _parts(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _told(connection: sa.Connection, seq: int, report: Report) -> RunTold:
    looked = report.coverage
    media: dict[Any, Counter[Any]] = defaultdict(Counter)
    for asset in looked.assets:
        for medium, one in asset.evidence.items():
            media[medium][one.state] += 1
    return RunTold(
        run=connection.execute(sa.select(RUNS.c.id).where(RUNS.c.seq == seq)).scalar() or "",
        kinds_seen=looked.kinds_seen,
        kinds_missing=looked.kinds_missing,
        notes=looked.notes,
        stale_after=looked.stale_after,
        sources=len(report.sources),
        skips=len(report.skips),
        is_complete=is_complete(report),
        assets=len(looked.assets),
        with_gaps=sum(1 for asset in looked.assets if _gaps(asset)),
        media={medium: dict(counts) for medium, counts in media.items()},
    )
