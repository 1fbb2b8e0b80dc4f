# SPDX-License-Identifier: Apache-2.0
"""What people decided, and what was recognised and does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.vocab import Validity
from debar.text import printable
from debar.writers.outline.found import product

if TYPE_CHECKING:
    from debar.model.results import DecisionState, Record, Report

_ORDER = (Validity.EXPIRED, Validity.UNUSED, Validity.NOT_YET, Validity.VALID)
"""What somebody has to look at stands first."""


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A decision, and what became of it."""

    text: str
    state: Validity
    why: str
    """The reason that was given, and where it is kept."""


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was recognised and does not count."""

    id: str
    asset: str
    thing: str
    reason: str


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """A record of what was done."""

    text: str
    state: str


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What people and rules put to one side."""

    decisions: tuple[Decided, ...]
    asides: tuple[Aside, ...]
    records: tuple[Noted, ...]


def decided(report: Report) -> Judged:
    """Give every decision with its state, everything set aside with its reason, and what is on record."""
    return Judged(
        decisions=tuple(_decision(one) for one in sorted(report.decisions, key=lambda one: _ORDER.index(one.state))),
        asides=tuple(
            Aside(
                id=printable(aside.exposure.id),
                asset=printable(aside.exposure.asset),
                thing=product(report, aside.exposure),
                reason=printable(aside.reason),
            )
            for aside in report.set_aside
        ),
        records=tuple(_noted(one.record, one.state) for one in report.records),
    )


def _decision(one: DecisionState) -> Decided:
    made = one.decision
    kept = ", ".join(part for part in (made.ticket, made.document, made.reference) if part)
    why = f"Reason given: {made.reason}{f' ({kept})' if kept else ''}"
    return Decided(text=printable(one.text), state=one.state, why=printable(why))


def _noted(record: Record, state: str) -> Noted:
    evidence = f" ({record.evidence}, SHA-256 {record.sha256})" if record.evidence else ""
    for_what = f"{record.about or ', '.join(record.provisions)}: " if record.about or record.provisions else ""
    return Noted(text=printable(f"{record.on}, {record.by} - {for_what}{record.found}{evidence}"), state=state)
