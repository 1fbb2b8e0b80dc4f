# SPDX-License-Identifier: Apache-2.0
"""What was done about it and what is to be done, as values of a form; what speaks for a representation, and never more."""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from debar import dates
from debar.model.vocab import Act, Status, Verdict
from debar.proof.cases import Value
from debar.proof.found import assets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Obligation, Report
    from debar.proof.cases import Case

_MITIGATES = frozenset({Act.REMOVE, Act.REPLACE, Act.DISCONNECT, Act.BLOCK, Act.USE, Act.OPERATE})
"""Acts whose duties or bans change what is there already."""


def advised(report: Report) -> tuple[Obligation, ...]:
    """Give the obligations that take something away or shut it off; to buy no more of it mitigates nothing."""
    real = {f.id for f in report.findings if f.act in _MITIGATES and f.status is not Status.UNDETERMINED}
    return tuple(one for one in report.obligations if not real.isdisjoint(one.findings))


def _advised(case: Case) -> Iterator[tuple[Obligation, tuple[str, ...]]]:
    """Yield what is to be done about the exposures of a case, with those it is about."""
    ids = {exposure.id for exposure in case.exposures}
    for one in case.advised:
        if about := sorted(ids.intersection(one.exposures)):
            yield one, tuple(about)


def mitigation(case: Case) -> tuple[Value, ...]:
    """Give what people decided, as undertaken, and what follows from other findings, as recommended."""
    told = {exposure.id: exposure.decision for exposure in case.exposures if exposure.decision}
    undertaken = (Value(text=f"undertaken ({d.verdict}): {d.reason}", exposures=(id_,)) for id_, d in told.items())
    advised = (
        Value(text=f"recommended, for {', '.join(o.provisions)} asks for it: {o.action}", exposures=ids, source=o.id)
        for o, ids in _advised(case)
    )
    return (*undertaken, *advised)


def timeline(case: Case) -> tuple[Value, ...]:
    """Give the days that the measure itself sets; what others ask for later is no part of its plan."""
    zone = case.register.authorities[case.measure.authority].zone
    own = [(one, ids) for one, ids in _advised(case) if any(_measure(p) == case.measure.id for p in one.provisions)]
    return tuple(
        Value(
            text=f"not later than {dates.key(one.due).astimezone(dates.zone(zone)).date()} ({zone}): {one.action}",
            exposures=ids,
            source=one.id,
        )
        for one, ids in own
        if one.due
    )


def _measure(provision: str) -> str:
    return provision.partition("#")[0]


def protection(case: Case) -> tuple[Value, ...]:
    """Give what else protects the assets, by what their evidence says: nobody has chosen it by that."""
    there = assets(case.exposures)
    paths = {source.id: source.path for source in case.report.sources}
    return tuple(
        Value(
            text=f"already there: {one.name} on {one.asset}: {one.state}",
            source=f"{paths.get(one.source, one.source)} {one.locator}".strip(),
        )
        for one in case.report.protection
        if one.asset in there
    )


def systems(case: Case) -> tuple[Value, ...]:
    """Give the systems of the organisation that assets belong to; their function nobody states."""
    found: dict[str, list[str]] = defaultdict(list)
    for system in case.report.organisation.systems:
        for exposure in case.exposures:
            if any(fnmatchcase(exposure.asset, pattern) for pattern in system.assets):
                found[system.id].append(exposure.id)
    return tuple(
        Value(text=f"system {name}", exposures=tuple(ids), source="organisation.systems") for name, ids in found.items()
    )


def progress(case: Case) -> tuple[Value, ...]:
    """Give what people said is gone, and what remains."""
    parties = {exposure.party for exposure in case.exposures}
    gone = [
        one.exposure
        for one in case.report.set_aside
        if one.exposure.party in parties and one.exposure.decision and one.exposure.decision.verdict is Verdict.REPLACED
    ]
    remain = Value(text=f"remaining: {len(case.exposures)}", exposures=tuple(e.id for e in case.exposures))
    replaced = Value(text=f"replaced, by decision: {len(gone)}", exposures=tuple(e.id for e in gone))
    return tuple(value for value in (replaced, remain) if value.exposures)


def waivers(case: Case) -> tuple[Value, ...]:
    """Give the organisation's waivers from provisions of the measure."""
    return tuple(
        Value(text=f"{one.text} (granted by {one.granted_by})", source=f"organisation.waivers: {one.id}")
        for one in case.report.organisation.waivers
        if any(_measure(named) == case.measure.id for named in one.provisions)
    )


def representation(case: Case) -> tuple[Value, ...]:
    """Give what speaks for "does"; nothing speaks for "does not"."""
    speaks = (
        'evidence speaks for "does"' if case.is_found else "evidence on which no finding rests that counts on this day"
    )
    ids = tuple(exposure.id for exposure in case.exposures)
    text = f"{speaks}: {len(ids)} exposures on {len(assets(case.exposures))} assets"
    return (Value(text=text, exposures=ids),) if ids else ()


def completion(case: Case) -> tuple[Value, ...]:
    """Give what speaks against it; nothing speaks for it."""
    ids = tuple(exposure.id for exposure in case.exposures)
    says = "not complete" if case.is_found else "evidence on which no finding rests that counts on this day"
    return (Value(text=f"{says}: {len(ids)} instances", exposures=ids),) if ids else ()
