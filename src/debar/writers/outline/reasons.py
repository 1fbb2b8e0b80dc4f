# SPDX-License-Identifier: Apache-2.0
"""Reasons: findings that say the same of many acts and exposures, as one.

A report on a large estate has a finding for each act of each exposure, and few different ones among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.vocab import Act, Grade, Status
from debar.text import printable
from debar.writers import legal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.results import Finding, Report

GRAVEST_FIRST = tuple(Status)
"""The vocabulary stands in the order in which findings outweigh one another."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a source."""

    citation: str
    quote: str
    publisher: str
    grade: Grade
    url: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """What one provision makes of some acts, for every exposure that it says the same about."""

    measure: str
    provision: str
    """measure#provision."""
    status: Status
    acts: tuple[Act, ...]
    since: str
    """Instant in UTC."""
    until: str | None
    span: str
    """The same in words, where the authority sits."""
    is_in_force: bool
    """On the day asked about."""
    text: str
    remarks: tuple[str, ...]
    """Consequence, ties, exemptions, pauses of enforcement: each a sentence."""
    questions: tuple[str, ...]
    doubts: tuple[str, ...]
    support: str
    """How well it is supported."""
    passages: tuple[Passage, ...]
    exposures: int
    """How many it is about; none for what is owed whatever was found."""


def alike(findings: Iterable[Finding]) -> tuple[list[list[Finding]], dict[str, int]]:
    """Give a finding of each act for each reason, the gravest first, and by the id of each finding the place of its reason."""
    keys: dict[tuple[object, ...], int] = {}
    members: list[dict[Act, Finding]] = []
    place_of: dict[str, int] = {}
    for finding in findings:
        key = _key(finding)
        if (place := keys.get(key)) is None:
            place = keys[key] = len(members)
            members.append({})
        members[place].setdefault(finding.act, finding)
        place_of[finding.id] = place
    order = sorted(range(len(members)), key=lambda place: _weight(next(iter(members[place].values()))))
    new = {place: at for at, place in enumerate(order)}
    for id_, place in place_of.items():
        place_of[id_] = new[place]
    acts = list(Act)
    return [[members[place][act] for act in sorted(members[place], key=acts.index)] for place in order], place_of


def _key(finding: Finding) -> tuple[object, ...]:
    """Give everything that makes a finding another one, but its act and exposure."""
    return (
        finding.provision,
        finding.status,
        finding.since,
        finding.until,
        finding.contract,
        finding.exemption,
        finding.waiver,
        finding.missing,
        finding.reached,
        finding.text,
    )


def _weight(finding: Finding) -> tuple[object, ...]:
    """Give the place of a reason: the gravest first, then by day; the rest only makes it the same in every run."""
    told = (finding.until, finding.contract, finding.exemption, finding.waiver, finding.reached)
    where = GRAVEST_FIRST.index(finding.status), finding.since, finding.provision
    return (*where, *(text or "" for text in told), finding.missing, finding.text)


def worded(report: Report, found: list[Finding], exposures: int) -> Reason:
    """Give findings that differ only in their act as one."""
    finding = found[0]
    zone = report.measures[finding.measure].zone
    now = dates.ends(report.as_of, zone)
    until = f" until {legal.moment(finding.until, zone)}" if finding.until else ""
    return Reason(
        measure=finding.measure,
        provision=finding.provision,
        status=finding.status,
        acts=tuple(one.act for one in found),
        since=finding.since,
        until=finding.until,
        span=f"from {legal.moment(finding.since, zone)}{until}",
        is_in_force=dates.key(finding.since) <= now and (not finding.until or now < dates.key(finding.until)),
        text=printable(finding.text),
        remarks=tuple(printable(remark) for remark in _remarks(report, finding)),
        questions=tuple(printable(question) for question in finding.questions),
        doubts=tuple(printable(doubt) for doubt in finding.doubts),
        support=printable(legal.support(finding)),
        passages=tuple(
            Passage(
                citation=printable(because.citation),
                quote="" if because.text == f"{because.publisher}: {because.citation}" else printable(because.text),
                publisher=printable(because.publisher),
                grade=because.grade,
                url=printable(because.url),
            )
            for because in finding.because
        ),
        exposures=exposures,
    )


def _remarks(report: Report, finding: Finding) -> list[str]:
    """Give what is to be known beside the provision itself."""
    told = [
        ("Consequence", finding.consequence),
        ("Reached because", finding.reached),
        ("Exemption", finding.exemption),
        ("Waiver", finding.waiver),
        ("Contract", finding.contract),
        *(("Not enforced", f"{pause.text} ({pause.grade})") for pause in legal.in_pause(finding, report)),
    ]
    return [f"{name}: {text}" for name, text in told if text]
