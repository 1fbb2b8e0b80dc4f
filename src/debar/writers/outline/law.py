# SPDX-License-Identifier: Apache-2.0
"""The law of a report: each reason once, and the exposures that stand in the same way together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Act, Instrument, Status
from debar.text import printable
from debar.writers import legal, words
from debar.writers.outline.reasons import GRAVEST_FIRST, Reason, alike, worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.results import Finding, Position, Report


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The position of some acts on the day asked about."""

    acts: tuple[Act, ...]
    status: Status
    text: str
    reasons: tuple[int, ...]
    """Places in the list of reasons."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Exposures that stand in the same way."""

    status: str
    """The gravest; empty where no provision speaks."""
    changes: str
    """What a known later stage makes of it, such as "prohibited from 29 Sep 2024"; empty where nothing graver."""
    standings: tuple[Standing, ...]
    others: tuple[int, ...]
    """Places of reasons that do not decide on that day."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """A measure, and what it says."""

    id: str
    title: str
    cite: str
    authority: str
    instrument: Instrument
    reasons: tuple[int, ...]
    """Places in the list of reasons."""


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """What the law says of all that was found."""

    reasons: tuple[Reason, ...]
    """The gravest first."""
    groups: tuple[Group, ...]
    of: dict[str, int]
    """By exposure id, the place of its group."""
    measures: tuple[About, ...]
    """The one that weighs most first."""


def law(report: Report) -> tuple[Law, dict[str, int]]:
    """Give the law of a report, and by the id of each finding the place of its reason."""
    members, reason_of = alike(report.findings)
    own = _by_exposure(report.findings, reason_of)
    places: dict[tuple[object, ...], int] = {}
    groups: list[Group] = []
    of: dict[str, int] = {}
    for exposure in report.exposures:
        positions = report.positions.get(exposure.id, ())
        findings = own.get(exposure.id, ())
        key = findings, tuple((p.act, p.status, p.since, p.until, p.becomes, _told(p, reason_of)) for p in positions)
        if (place := places.get(key)) is None:
            place = places[key] = len(groups)
            groups.append(_group(report, positions, findings, reason_of, members))
        of[exposure.id] = place
    counts = Counter(place for exposure, found in own.items() if exposure for place in found)
    reasons = tuple(worded(report, found, counts[place]) for place, found in enumerate(members))
    return Law(reasons=reasons, groups=tuple(groups), of=of, measures=_measures(report, reasons)), reason_of


def _by_exposure(findings: Iterable[Finding], reason_of: dict[str, int]) -> dict[str | None, tuple[int, ...]]:
    """Give the reasons of each exposure; those of many are one and the same object, which keeps it small."""
    known: dict[tuple[int, ...], tuple[int, ...]] = {}
    found: dict[str | None, tuple[int, ...]] = {}
    for finding in findings:
        longer = (*found.get(finding.exposure, ()), reason_of[finding.id])
        found[finding.exposure] = known.setdefault(longer, longer)
    # In whatever order its findings stand, an exposure has the same reasons.
    sets = {places: tuple(sorted(set(places))) for places in known}
    shared = {places: places for places in sets.values()}
    for exposure, places in found.items():
        found[exposure] = shared[sets[places]]
    return found


def _told(position: Position, reason_of: dict[str, int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(reason_of[id_] for id_ in position.findings))


def _group(
    report: Report,
    positions: tuple[Position, ...],
    own: tuple[int, ...],
    reason_of: dict[str, int],
    members: list[list[Finding]],
) -> Group:
    zones = [report.measures[members[place][0].measure].zone for place in own]
    same: dict[tuple[Status, str, tuple[int, ...]], list[Act]] = {}
    for position in positions:
        told = _told(position, reason_of)
        zone = report.measures[members[told[0]][0].measure].zone if told else next(iter(zones), "UTC")
        text = _in_words(position, zone, is_open=any(members[place][0].missing for place in told))
        same.setdefault((position.status, text, told), []).append(position.act)
    standings = [
        Standing(acts=tuple(acts), status=status, text=text, reasons=told)
        for (status, text, told), acts in same.items()
    ]
    decided = [one.status for one in standings if one.reasons]
    return Group(
        status=min(decided, key=GRAVEST_FIRST.index, default=""),
        changes=_changes(positions, next(iter(zones), "UTC")),
        standings=tuple(sorted(standings, key=lambda one: GRAVEST_FIRST.index(one.status))),
        others=tuple(sorted(set(own) - {place for one in standings for place in one.reasons})),
    )


def _in_words(position: Position, zone: str, *, is_open: bool) -> str:
    """Give how a position stands, since when, and what becomes of it."""
    word = legal.standing(position, is_open=is_open)
    since = f" since {legal.moment(position.since, zone)}" if position.since else ""
    if not position.until or not position.becomes:
        return word + since
    return f"{word}{since}; from {legal.moment(position.until, zone)}: {words.STATUSES[position.becomes]}"


def _changes(positions: tuple[Position, ...], zone: str) -> str:
    """Give the first known stage that makes an act graver."""
    coming = sorted(
        (position.until, position.becomes)
        for position in positions
        if position.until
        and position.becomes
        and GRAVEST_FIRST.index(position.becomes) < GRAVEST_FIRST.index(position.status)
    )
    return f"{words.STATUSES[coming[0][1]]} from {legal.moment(coming[0][0], zone)}" if coming else ""


def _measures(report: Report, reasons: tuple[Reason, ...]) -> tuple[About, ...]:
    places: dict[str, list[int]] = {}
    for place, reason in enumerate(reasons):
        places.setdefault(reason.measure, []).append(place)
    return tuple(
        About(
            id=id_,
            title=printable(report.measures[id_].title),
            cite=printable(report.measures[id_].cite),
            authority=printable(report.measures[id_].authority),
            instrument=report.measures[id_].instrument,
            reasons=tuple(found),
        )
        for id_, found in places.items()
    )
