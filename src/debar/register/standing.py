# SPDX-License-Identifier: Apache-2.0
"""How a provision stands: what it does, in which times it is about somebody, and whether it bites in them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from debar import dates
from debar.model.measures import Interruption
from debar.model.results.found import Result
from debar.model.vocab import Grade, Halt, Instrument, MeasureStatus, Modality, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.model.measures import Authority, Measure, Provision
    from debar.register import Register

_ADVISORY = frozenset({Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION})
"""Instruments that bind nobody; a test holds them to those of the legal procedure."""
_WORST = list(Grade)


class Spell(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a provision is about somebody."""

    since: datetime = dates.FIRST
    until: datetime | None = None
    grade: Grade = Grade.PRIMARY
    is_disputed: bool = False
    """Sources disagree on it."""


ALWAYS = (Spell(),)
"""Whoever it is about."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A time in which a provision stands in one and the same way."""

    since: datetime
    until: datetime | None
    grade: Grade
    """How sure it is that the provision stands, and that it is about somebody."""
    is_disputed: bool
    halt: Interruption | None
    """What keeps it from biting, or from being enforced."""

    @property
    def is_suspended(self) -> bool:
        """Tell whether it stands in the book only; what is merely not enforced is still the law."""
        return self.halt is not None and self.halt.kind is not Halt.NON_ENFORCEMENT


def reviewed(register: Register) -> Iterator[tuple[Measure, Provision, Authority]]:
    """Yield every provision of a measure that a human has reviewed, in register order."""
    for measure in register.measures.values():
        if measure.status is not MeasureStatus.DRAFT:
            authority = register.authorities[measure.authority]
            yield from ((measure, provision, authority) for provision in measure.provisions)


def does(measure: Measure, provision: Provision) -> Status:
    """Give what a provision does to those it binds: a proposal does nothing yet, a warning only advises."""
    if measure.instrument is Instrument.PROPOSAL:
        return Status.PROPOSED
    if provision.modality is Modality.PERMITTED:
        return Status.PERMITTED
    if provision.modality is Modality.ADVISED or measure.instrument in _ADVISORY:
        return Status.ADVISED
    return Status(provision.modality.value)


def is_known(known_from: str, known_on: str, zone: str) -> bool:
    """Tell whether what the public could know since a day could be known on another; an empty day is any."""
    return not known_from or not known_on or dates.begins(known_from, zone) <= dates.ends(known_on, zone)


def pieces(
    measure: Measure, provision: Provision, zone: str, spells: Sequence[Spell] = ALWAYS, known_on: str = ""
) -> list[Piece]:
    """Give a provision's time as far as it is about somebody, in pieces by time, as known on a day.

    Where several spells lie over one another the surest counts; a suspension comes before non-enforcement.
    """
    since = dates.begins(provision.applies_from, zone)
    until = end_of(provision, zone, known_on)
    halts = [
        (_time(halt, zone), halt)
        for halt in (*provision.interruptions, *measure.interruptions)
        if is_known(halt.known_from, known_on, zone)
    ]
    edges = {at for span in (*spells, *(span for span, _ in halts)) for at in (span.since, span.until) if at}
    begins = [since, *sorted(at for at in edges if since < at and (until is None or at < until))]
    found: list[Piece] = []
    for begin, end in zip(begins, [*begins[1:], until], strict=True):
        spell = min((spell for spell in spells if covers(spell, begin)), key=_doubt, default=None)
        if spell:
            halt = min((halt for span, halt in halts if covers(span, begin)), key=_weakness, default=None)
            grade = max(provision.grade, spell.grade, key=_WORST.index)
            _add(found, Piece(since=begin, until=end, grade=grade, is_disputed=spell.is_disputed, halt=halt))
    return found


def end_of(provision: Provision, zone: str, known_on: str = "") -> datetime | None:
    """Give the first instant at which a provision applies no longer, if there is one that was known on a day."""
    ends = provision.applies_until and is_known(provision.until_known_from, known_on, zone)
    return dates.begins(provision.applies_until, zone) if ends else None


def _time(halt: Interruption, zone: str) -> Spell:
    until = dates.begins(halt.applies_until, zone) if halt.applies_until else None
    return Spell(since=dates.begins(halt.applies_from, zone), until=until)


def _doubt(spell: Spell) -> tuple[bool, int]:
    return spell.is_disputed, _WORST.index(spell.grade)


def _weakness(halt: Interruption) -> bool:
    return halt.kind is Halt.NON_ENFORCEMENT


def _add(found: list[Piece], piece: Piece) -> None:
    """Add a piece, or draw the last one out to its end when that ends where it begins, and stands alike."""
    if found and found[-1].until == piece.since:
        longer = msgspec.structs.replace(found[-1], until=piece.until)
        if longer == msgspec.structs.replace(piece, since=longer.since):
            found[-1] = longer
            return
    found.append(piece)


def covers(span: Spell | Piece, at: datetime) -> bool:
    """Tell whether an instant lies in a time; the first belongs to it, the last does not."""
    return span.since <= at and (span.until is None or at < span.until)


def piece_at(found: Iterable[Piece], at: datetime) -> Piece | None:
    """Give the piece in which an instant lies, or none."""
    return next((piece for piece in found if covers(piece, at)), None)


class State(Result, frozen=True, kw_only=True):
    """How many provisions stand on a day, as known then. What is only proposed is no law and counts apart."""

    day: str
    in_force: int
    """Not suspended; what is merely not enforced is in force."""
    measures: int
    """To which they belong."""
    does: dict[Status, int]
    """Those in force, by what they do."""
    restating: int
    """Those in force that only restate others."""
    uncertain: int
    """Those in force that are unverified, or about which sources disagree."""
    not_enforced: int
    """Those in force that the authority has said it will not enforce."""
    suspended: int
    proposed: int


def state(
    register: Register, day: str, spells: Mapping[str, tuple[Spell, ...]] | None = None, jurisdiction: str = ""
) -> State:
    """Count what stands at the end of a day, as known then; `spells` and a jurisdiction narrow it."""
    standing = list(_standing(register, day, spells, jurisdiction))
    in_force = [one for one in standing if one[0] is not Status.PROPOSED and not one[2].is_suspended]
    counts = Counter(status for status, _, _ in in_force)
    return State(
        day=day,
        in_force=len(in_force),
        measures=len({measure for _, (measure, _), _ in in_force}),
        does={status: counts[status] for status in Status if counts[status]},
        restating=sum(bool(provision.restates) for _, (_, provision), _ in in_force),
        uncertain=sum(piece.is_disputed or piece.grade is Grade.UNVERIFIED for _, _, piece in in_force),
        not_enforced=sum(piece.halt is not None for _, _, piece in in_force),
        suspended=sum(piece.is_suspended for _, _, piece in standing),
        proposed=sum(status is Status.PROPOSED and not piece.is_suspended for status, _, piece in standing),
    )


def _standing(
    register: Register, day: str, spells: Mapping[str, tuple[Spell, ...]] | None, jurisdiction: str
) -> Iterator[tuple[Status, tuple[str, Provision], Piece]]:
    """Yield what each provision that stands does, its measure and itself, and how it stands."""
    for measure, provision, authority in reviewed(register):
        if jurisdiction in ("", measure.jurisdiction) and is_known(provision.known_from, day, authority.zone):
            times = ALWAYS if spells is None else spells.get(f"{measure.id}#{provision.id}", ())
            found = pieces(measure, provision, authority.zone, times, known_on=day)
            if piece := piece_at(found, dates.ends(day, authority.zone)):
                yield does(measure, provision), (measure.id, provision), piece
