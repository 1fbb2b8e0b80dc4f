# SPDX-License-Identifier: Apache-2.0
"""Runs: one and the same state that the register tells in several pieces, such as a listing edition by edition.

A listing that ends on the day on which the next edition repeats it has not ended, and a delay of
enforcement that is extended has not run out. What sources dispute carries nothing that is certain.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.vocab import Change, Grade, Halt, RelationKind
from debar.register.standing import end_of, is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.measures import Interruption, Measure, Party
    from debar.register import Register
    from debar.register.chronicle import Entry

_KINDS = {
    Change.LISTED: "listing",
    Change.DELISTED: "listing",
    Change.HALTED: "halt",
    Change.RETURNS: "halt",
    Change.NOT_ENFORCED: "pause",
    Change.ENFORCED: "pause",
}
_OPENS = frozenset({Change.LISTED, Change.HALTED, Change.NOT_ENFORCED})
_LAST = frozenset({Change.DUE, Change.EXEMPT_ENDS, Change.RETURNS, Change.ENFORCED})
_Key = tuple[str, str, str]
"""Kind, measure, and the provision, or the party of a listing."""


class Run(msgspec.Struct, frozen=True):
    """One piece of a run."""

    name: str
    since: datetime
    until: datetime | None
    is_certain: bool


class Runs(msgspec.Struct, frozen=True):
    """Every piece of every run, and the time of each provision."""

    pieces: dict[_Key, list[Run]]
    provisions: dict[str, Run]

    def is_idle(self, entry: Entry) -> bool:
        """Tell whether an entry changes nothing: its listing stays, its halt goes on, or its provision is not there."""
        carried = self._carrying(entry) is not None
        return self._is_outside(entry) or (carried and entry.change not in (Change.HALTED, Change.NOT_ENFORCED))

    def remark(self, entry: Entry) -> str:
        """Give why an entry changes less than it seems to, or nothing."""
        if self._is_outside(entry):
            return "the provision does not apply then"
        run = self._carrying(entry)
        if run and _KINDS[entry.change] == "listing":
            return "is on the list before and after"
        if run:
            return f"carries on {run.name}" if entry.change in _OPENS else f"carried on by {run.name}"
        return "sources disagree on whether it goes on" if self._is_contested(entry) else ""

    def _is_outside(self, entry: Entry) -> bool:
        """Tell whether a part or deadline of a provision changes when that has ended or has not yet begun."""
        whole, at = self.provisions.get(entry.provision), dates.key(entry.at)
        if not whole or entry.change in (Change.BEGINS, Change.ENDS):
            return False
        return bool(whole.until and whole.until <= at) or (entry.change in _LAST and at < whole.since)

    def _carrying(self, entry: Entry) -> Run | None:
        """Give another piece, as certain as the entry, that holds on both sides of it; or a surer one of the same day."""
        at, is_certain = dates.key(entry.at), entry.grade is not Grade.UNVERIFIED
        for run in self._of(entry):
            if run.is_certain < is_certain:
                continue
            if entry.change not in _OPENS and _holds(run, at):
                return run
            if entry.change in _OPENS and run.since < at and (run.until is None or at <= run.until):
                return run
            if entry.change in _OPENS and run.since == at and run.is_certain > is_certain:
                return run
        return None

    def _is_contested(self, entry: Entry) -> bool:
        return entry.change not in _OPENS and any(_holds(run, dates.key(entry.at)) for run in self._of(entry))

    def _of(self, entry: Entry) -> list[Run]:
        kind = _KINDS.get(entry.change, "")
        return self.pieces.get((kind, entry.measure, entry.part if kind == "listing" else entry.provision), [])


def _holds(run: Run, at: datetime) -> bool:
    return run.since <= at and (run.until is None or at < run.until)


def runs(register: Register, known_on: str) -> Runs:
    """Give the runs of a register, as known on a day."""
    pieces: dict[_Key, list[Run]] = {}
    provisions: dict[str, Run] = {}
    for measure in register.measures.values():
        zone = register.authorities[measure.authority].zone
        for key, run in _halts(measure, zone, known_on):
            pieces.setdefault(key, []).append(run)
        for provision in measure.provisions:
            begins = dates.begins(provision.applies_from, zone)
            whole = Run(provision.id, begins, end_of(provision, zone, known_on), is_certain=True)
            provisions[f"{measure.id}#{provision.id}"] = whole
    for party in register.parties.values():
        for key, run in _listings(party, register, known_on):
            pieces.setdefault(key, []).append(run)
    return Runs(pieces, provisions)


def _halts(measure: Measure, zone: str, known_on: str) -> Iterator[tuple[_Key, Run]]:
    whole: list[tuple[str, Interruption]] = [("", halt) for halt in measure.interruptions]
    parts = [(f"{measure.id}#{p.id}", halt) for p in measure.provisions for halt in p.interruptions]
    for provision, halt in (*whole, *parts):
        if is_known(halt.known_from, known_on, zone):
            kind = "pause" if halt.kind is Halt.NON_ENFORCEMENT else "halt"
            run = _run(halt.id, halt.applies_from, halt.applies_until, zone, is_certain=_is_seen(halt.grade))
            yield (kind, measure.id, provision), run


def _listings(party: Party, register: Register, known_on: str) -> Iterator[tuple[_Key, Run]]:
    for relation in party.relations:
        measure = register.measures.get(relation.to)
        if relation.kind is not RelationKind.LISTED or not measure:
            continue
        zone = register.authorities[measure.authority].zone
        if is_known(relation.known_from or relation.valid_from, known_on, zone):
            is_certain = _is_seen(relation.grade) and not relation.claims
            run = _run(party.id, relation.valid_from, relation.valid_until, zone, is_certain=is_certain)
            yield ("listing", measure.id, party.id), run


def _is_seen(grade: Grade) -> bool:
    return grade is not Grade.UNVERIFIED


def _run(name: str, since: str, until: str, zone: str, *, is_certain: bool) -> Run:
    begins = dates.begins(since, zone) if since else dates.FIRST
    return Run(name, begins, dates.begins(until, zone) if until else None, is_certain)
