# SPDX-License-Identifier: Apache-2.0
"""Two reports side by side: what is new, what is gone, what nobody looked at again, and what the law says otherwise."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.results import Changed, ChangedFinding, Comparison, Met, Program, Side
from debar.model.vocab import Cause, Validity
from debar.release import SCHEMA, VERSION
from debar.store.rows import is_complete, looked_at, media_of, named, readers_of
from debar.store.texts import keepable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from debar.model.results import Decision, Exposure, Finding, Report
    from debar.model.vocab import Act, Status

_COUNTS = "counts"
"""What stands for an exposure that was not set aside."""
_NONE: frozenset[str] = frozenset()
_HELD = frozenset({Validity.VALID, Validity.UNUSED})


class Named(NamedTuple):
    """A report, and how it was named."""

    report: Report
    name: str
    run: str = ""


class _Key(NamedTuple):
    """What a finding is about, whatever it says."""

    exposure: str
    measure: str
    provision: str
    act: Act
    contract: str


def compare(before: Named, after: Named, earlier: Collection[str] = ()) -> Comparison:
    """Give what is different in the second report; `earlier` are ids of exposures that were met before the first.

    Raises ValueError for a report whose days are none.
    """
    old, new = ({one.id: one for one in side.report.exposures} for side in (before, after))
    aside_old, aside_new = ({one.exposure.id: one.reason for one in side.report.set_aside} for side in (before, after))
    looks = looked_at(after.report)
    met = [one for id_, one in sorted(new.items()) if id_ not in old and id_ not in aside_old]
    missed = [one for id_, one in sorted(old.items()) if id_ not in new and id_ not in aside_new]
    readers = readers_of(before.report)
    gone = {one.id for one in missed if (met_in := media_of(one, readers)) and met_in <= looks.get(_folded(one), _NONE)}
    both = sorted(old.keys() & new.keys())
    return Comparison(
        schema=SCHEMA,
        program=Program(name="debar", version=VERSION),
        before=_side(before),
        after=_side(after),
        new=tuple(_met(one, after.report) for one in met if one.id not in earlier),
        came_back=tuple(_met(one, after.report) for one in met if one.id in earlier),
        restored=tuple(
            _met(one, after.report) for id_, one in sorted(new.items()) if id_ in aside_old and id_ not in old
        ),
        gone=tuple(_met(one, before.report) for one in missed if one.id in gone),
        not_looked_at=tuple(_met(one, before.report) for one in missed if one.id not in gone),
        changed=(
            *_moved(before.report, after.report, aside_old, aside_new),
            *(change for id_ in both for change in _changes(old[id_], new[id_], after)),
        ),
        findings=tuple(_findings(before.report, after.report, frozenset(both))),
        expired=tuple(_expired(before.report, after.report)),
        notes=tuple(_notes(before, after)),
    )


def _folded(exposure: Exposure) -> str:
    return keepable(exposure.asset.casefold())


def _side(side: Named) -> Side:
    return Side(
        name=side.name,
        run=side.run,
        as_of=side.report.as_of,
        organisation=side.report.organisation.name,
        register=side.report.register.version,
        exposures=len(side.report.exposures),
    )


def _met(exposure: Exposure, report: Report) -> Met:
    statuses = {position.status for position in report.positions.get(exposure.id, ())}
    return Met(
        exposure=exposure.id,
        name=named(exposure, report.names),
        asset=exposure.asset,
        level=exposure.level,
        statuses=tuple(sorted(statuses)),
    )


def _moved(before: Report, after: Report, aside_old: dict[str, str], aside_new: dict[str, str]) -> Iterator[Changed]:
    """Yield the exposures that count on one side and are only set aside on the other; a mention beside one is no other."""
    old, new = ({one.id for one in report.exposures} for report in (before, after))
    for one in before.exposures:
        if one.id in aside_new and one.id not in new:
            yield _change(one, after, "set aside", _COUNTS, aside_new[one.id])
    for one in after.exposures:
        if one.id in aside_old and one.id not in old:
            yield _change(one, after, "set aside", aside_old[one.id], _COUNTS)


def _changes(old: Exposure, new: Exposure, after: Named) -> Iterator[Changed]:
    for what, was, now in (
        ("level", str(old.level), str(new.level)),
        ("version", old.version, new.version),
        ("meaning", str(old.meaning), str(new.meaning)),
    ):
        if was != now:
            yield _change(new, after.report, what, was, now)


def _change(exposure: Exposure, report: Report, what: str, was: str, now: str) -> Changed:
    name = named(exposure, report.names)
    return Changed(exposure=exposure.id, name=name, asset=exposure.asset, what=what, before=was, after=now)


def _findings(before: Report, after: Report, both: Collection[str]) -> Iterator[ChangedFinding]:
    """Yield the findings on exposures of both sides that say something else on the second day, in order."""
    old, new = _by_key(before, both), _by_key(after, both)
    assets = {one.id: one.asset for one in after.exposures}
    for key in sorted(old.keys() | new.keys()):
        was, now = _in_force(old.get(key, ()), before), _in_force(new.get(key, ()), after)
        if was is now:
            continue
        yield ChangedFinding(
            exposure=key.exposure,
            asset=assets[key.exposure],
            measure=key.measure,
            provision=key.provision,
            act=key.act,
            contract=key.contract or None,
            before=was,
            after=now,
            cause=_cause(before, after, is_same=_told(old.get(key, ())) == _told(new.get(key, ()))),
        )


def _by_key(report: Report, both: Collection[str]) -> dict[_Key, list[Finding]]:
    found: dict[_Key, list[Finding]] = defaultdict(list)
    for one in report.findings:
        if one.exposure in both:
            key = _Key(one.exposure or "", one.measure, one.provision, one.act, one.contract or "")
            found[key].append(one)
    return found


def _in_force(findings: Collection[Finding], report: Report) -> Status | None:
    """Give the status on the report's day; of several that hold at once the first by name, so that it is always the same."""
    held = []
    for one in findings:
        brief = report.measures.get(one.measure)
        day = dates.ends(report.as_of, brief.zone if brief else "UTC")
        if dates.key(one.since) <= day and (not one.until or dates.key(one.until) > day):
            held.append(one.status)
    return min(held, default=None)


def _told(findings: Collection[Finding]) -> list[tuple[str, str, str]]:
    return sorted((str(one.status), one.since, one.until or "") for one in findings)


def _cause(before: Report, after: Report, *, is_same: bool) -> Cause:
    """Give why a status is another: the day where all else is the same, else the widest thing that changed."""
    if is_same:
        return Cause.DAY
    if (before.register.sha256, before.register.added) != (after.register.sha256, after.register.added):
        return Cause.REGISTER
    if (before.organisation, before.known_on) != (after.organisation, after.known_on):
        return Cause.QUESTION
    return Cause.EVIDENCE


def _expired(before: Report, after: Report) -> Iterator[Decision]:
    for one in before.decisions:
        if one.state in _HELD and one.decision.expires < after.as_of[:10]:
            yield one.decision


def _notes(before: Named, after: Named) -> Iterator[str]:
    if dates.ends(after.report.as_of, "UTC") < dates.ends(before.report.as_of, "UTC"):
        yield "the second is about an earlier day than the first"
    if before.report.organisation != after.report.organisation:
        yield f"another organisation asks: {before.report.organisation.name}, then {after.report.organisation.name}"
    if before.report.register.sha256 != after.report.register.sha256:
        yield f"another register: {before.report.register.version}, then {after.report.register.version}"
    if not is_complete(after.report):
        yield "the second was interrupted: nothing is called gone"
    elif after.report.skips:
        yield f"places that the second could not read, so that nothing is known of them: {len(after.report.skips)}"
