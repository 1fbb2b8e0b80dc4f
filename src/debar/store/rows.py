# SPDX-License-Identifier: Apache-2.0
"""A report as rows of the ledger: what it met, what it looked at, what was decided, what is to be done."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar.identity import stable_id
from debar.model.results import Run
from debar.model.vocab import Looked, Medium
from debar.store.texts import keepable
from debar.watched import Interrupted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.results import Exposure, Report
    from debar.store.lake import Kept

_BY_READER = frozenset({Medium.INVENTORY, Medium.PACKAGES, Medium.NETWORK})
"""Evidence of which a source of another kind is no second look: a list of processes does not say what is installed."""
_CUT = Interrupted("").reason.partition("(")[0]
"""How the reason of a skip begins that an interruption left."""


class Rows(NamedTuple):
    """Rows of one run, by table; without the number of the run."""

    exposures: list[dict[str, Any]]
    sightings: list[dict[str, Any]]
    looks: list[dict[str, Any]]
    decisions: list[dict[str, Any]]
    obligations: list[dict[str, Any]]
    digest_of_looks: str
    """Name of what it looked at, which runs share that looked at the same."""


def run_of(report: Report, files: Iterable[Kept], at: str) -> Run:
    """Give the run that a report is, kept in files at an instant."""
    hashes = {file.kind: file.sha256 for file in files}
    return Run(
        id=stable_id("run", hashes["reports"]),
        kept_at=at,
        as_of=report.as_of,
        known_on=report.known_on,
        organisation=keepable(report.organisation.name),
        register=report.register.version,
        register_sha256=report.register.sha256,
        program=report.program.version,
        is_complete=is_complete(report),
        sources=len(report.sources),
        skips=len(report.skips),
        assets=len(report.coverage.assets),
        exposures=len(report.exposures),
        set_aside=len(report.set_aside),
        findings=len(report.findings),
        obligations=len(report.obligations),
        zones=tuple(sorted({brief.zone for brief in report.measures.values()})),
        files=dict(sorted(hashes.items())),
    )


def is_complete(report: Report) -> bool:
    """Tell whether everything was read to its end, but for what could not be."""
    return not any(skip.reason.startswith(_CUT) for skip in report.skips)


def looked_at(report: Report) -> dict[str, frozenset[str]]:
    """Give by folded name of each asset the kinds of its evidence that were read whole; nothing of an interrupted run.

    A large log that was only looked through is no look: it does not say which assets it is about.
    """
    if not is_complete(report):
        return {}
    found: dict[str, frozenset[str]] = {}
    for asset in report.coverage.assets:
        read = ((medium, one.readers) for medium, one in asset.evidence.items() if one.state is Looked.READ)
        media = frozenset(_kind(medium, reader) for medium, readers in read for reader in readers)
        if media:
            name = keepable(asset.asset.casefold())
            found[name] = found.get(name, frozenset()) | media
    return found


def rows(report: Report) -> Rows:
    """Give the rows that a report comes to, in the order of their keys."""
    looks = {asset: " ".join(sorted(media)) for asset, media in sorted(looked_at(report).items())}
    sha256 = hashlib.sha256(msgspec.json.encode(looks)).hexdigest()
    met = {aside.exposure.id: aside.exposure for aside in report.set_aside}
    counting = {exposure.id: exposure for exposure in report.exposures}
    every, readers = dict(sorted((met | counting).items())), readers_of(report)
    return Rows(
        exposures=[_exposure(exposure, report.names) for exposure in every.values()],
        sightings=[
            _sighting(exposure, report, media_of(exposure, readers), is_set_aside=id_ not in counting)
            for id_, exposure in every.items()
        ],
        looks=[
            {"sha256": sha256, "number": number, "asset": asset, "media": media}
            for number, (asset, media) in enumerate(looks.items())
        ],
        decisions=_decisions(report),
        obligations=_obligations(report),
        digest_of_looks=sha256,
    )


def named(exposure: Exposure, names: Mapping[str, str]) -> str:
    """Give what people call the product of an exposure."""
    party = names.get(exposure.party, exposure.party)
    return names.get(f"{exposure.party}/{exposure.product}", party)


def readers_of(report: Report) -> dict[str, str]:
    """Give by id of each source what read it."""
    return {source.id: source.reader for source in report.sources}


def media_of(exposure: Exposure, readers: Mapping[str, str]) -> frozenset[str]:
    """Give the kinds of evidence in which an exposure was met; `readers` are those of its report."""
    return frozenset(_kind(match.medium, readers.get(match.source, "")) for match in exposure.matches)


def _kind(medium: Medium, reader: str) -> str:
    return f"{medium}/{reader}" if medium in _BY_READER else str(medium)


def _exposure(exposure: Exposure, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": exposure.id,
        "asset": keepable(exposure.asset),
        "party": exposure.party,
        "product": exposure.product,
        "name": keepable(named(exposure, names)),
    }


def _sighting(exposure: Exposure, report: Report, media: frozenset[str], *, is_set_aside: bool) -> dict[str, Any]:
    statuses = {str(position.status) for position in report.positions.get(exposure.id, ())}
    return {
        "exposure": exposure.id,
        "is_set_aside": is_set_aside,
        "level": exposure.level,
        "version": keepable(exposure.version),
        "statuses": " ".join(sorted(statuses)),
        "media": " ".join(sorted(media)),
    }


def _decisions(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "verdict": str(one.decision.verdict),
            "state": str(one.state),
            "expires": one.decision.expires,
            "exposures": len(one.exposures),
            "body": keepable(msgspec.json.encode(one.decision).decode()),
        }
        for one in {one.id: one for one in report.decisions}.values()
    ]


def _obligations(report: Report) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "action": keepable(one.action),
            "due": one.due,
            "force": str(one.force),
            "owner": keepable(one.owner),
            "state": str(one.state),
            "exposures": len(one.exposures),
        }
        for one in {one.id: one for one in report.obligations}.values()
    ]
