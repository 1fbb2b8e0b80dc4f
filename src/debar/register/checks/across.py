# SPDX-License-Identifier: Apache-2.0
"""What only shows when the whole register is looked at: circles, facts asked in two ways, names of two parties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from debar import dates
from debar.model.measures import Citation
from debar.model.vocab import RelationKind
from debar.register.checks.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.measures import Condition, Party
    from debar.register import Register
    from debar.register.shape import Where

_SUCCEEDS = frozenset({RelationKind.REPLACES, RelationKind.RENUMBERS})


class Asked(NamedTuple):
    """One place where a fact is asked for."""

    fact: str
    how: str
    """In words, as a date, or as a number."""
    measure: str
    at: Where


def circles(register: Register) -> Iterator[tuple[str, Fault]]:
    """Yield (measure, fault) where a measure takes the place of itself, directly or through others."""
    after = {
        m.id: [(n, r.to) for n, r in enumerate(m.relations) if r.kind in _SUCCEEDS] for m in register.measures.values()
    }
    for id_, steps in after.items():
        for number, to in steps:
            if id_ in _reached(to, {m: [t for _, t in many] for m, many in after.items()}):
                yield (
                    id_,
                    Fault(("relations", number, "to"), f"takes the place of {to}, which takes the place of {id_}"),
                )


def restated_circles(register: Register) -> Iterator[tuple[str, Fault]]:
    """Yield (measure, fault) where provisions restate each other: then none of them would be the rule itself."""
    after = {f"{m.id}#{p.id}": p.restates for m in register.measures.values() for p in m.provisions}
    for measure in register.measures.values():
        for number, provision in enumerate(measure.provisions):
            id_ = f"{measure.id}#{provision.id}"
            if any(id_ in _reached(to, after) for to in after[id_]):
                yield measure.id, Fault(("provisions", number, "restates"), f"provision {provision.id} restates itself")


def _reached(start: str, after: Mapping[str, Sequence[str]]) -> set[str]:
    """Give everything that can be reached from a start, itself included."""
    found, pending = set(), [start]
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending += after.get(one, ())
    return found


def facts(register: Register) -> Iterator[tuple[str, Fault]]:
    """Yield (measure, fault) for each fact that is asked for in two ways: its answers could not be checked."""
    first: dict[str, Asked] = {}
    for asked in _asked(register):
        other = first.setdefault(asked.fact, asked)
        if other.how != asked.how:
            said = f"fact {asked.fact} is asked for {asked.how} here, but {other.how} in {other.measure}"
            yield asked.measure, Fault(asked.at, said)


def _asked(register: Register) -> Iterator[Asked]:
    """Yield each place where a fact is asked for."""
    for measure in register.measures.values():
        for n, provision in enumerate(measure.provisions):
            at: Where = ("provisions", n)
            yield from _conditions(provision.conditions, measure.id, at)
            for m, exemption in enumerate(provision.exemptions):
                yield from _conditions(exemption.conditions, measure.id, (*at, "exemptions", m))
            deadline = provision.deadline
            if deadline and not dates.is_date(deadline.after):
                yield Asked(deadline.after, "as a date", measure.id, (*at, "deadline", "after"))
        for n, waiver in enumerate(measure.waivers):
            yield from _conditions(waiver.conditions, measure.id, ("waivers", n))


def _conditions(conditions: Sequence[Condition], measure: str, at: Where) -> Iterator[Asked]:
    for number, condition in enumerate(conditions):
        is_day = condition.not_before or condition.before
        how = "as a number" if condition.above else "as a date" if is_day else "in words"
        yield Asked(condition.fact, how, measure, (*at, "conditions", number, "fact"))


def shared_names(register: Register) -> Iterator[tuple[str, Fault]]:
    """Yield (party, fault) for each name of two parties that have no tie: it would lead to either."""
    owners: dict[str, Party] = {}
    for party in register.parties.values():
        for field in ("id", "name", "aliases", "legal_names"):
            value = getattr(party, field)
            for number, name in enumerate((value,) if isinstance(value, str) else value):
                other = owners.setdefault(name.casefold(), party)
                if other is not party and not _are_tied(party, other):
                    at: Where = (field,) if isinstance(value, str) else (field, number)
                    yield party.id, Fault(at, f"{name!r} is a name of {other.id} too, and the two have no relation")


def _are_tied(one: Party, other: Party) -> bool:
    return any(r.to == other.id for r in one.relations) or any(r.to == one.id for r in other.relations)


def rested_on(register: Register) -> frozenset[str]:
    """Give the documents that something in the register rests on."""
    listed = (document for measure in register.measures.values() for document in measure.documents)
    parts = (register.measures, register.parties, register.calendars, register.forms)
    cited = (citation.document for part in parts for noun in part.values() for citation in _citations(noun))
    return frozenset((*listed, *cited))


def _citations(part: Any) -> Iterator[Citation]:  # noqa: ANN401 - any part of a noun
    if isinstance(part, Citation):
        yield part
    elif isinstance(part, msgspec.Struct):
        for field in part.__struct_fields__:
            yield from _citations(getattr(part, field))
    elif isinstance(part, tuple):
        for one in part:
            yield from _citations(one)
