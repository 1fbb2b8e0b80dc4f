# SPDX-License-Identifier: Apache-2.0
"""No act is both forbidden and allowed, and what only repeats another rule forbids nothing of its own."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from debar.model.vocab import Modality, RelationKind
from debar.register.checks import names
from debar.register.checks.faults import Fault
from debar.register.checks.times import days, overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.measures import Measure, Provision

FORBIDS = frozenset({Modality.PROHIBITED, Modality.LICENCE_REQUIRED})
_ALLOWS = frozenset({Modality.PERMITTED, Modality.REQUIRED})
BINDS = FORBIDS | {Modality.REQUIRED}


def contradictions(measure: Measure, zone: str) -> Iterator[Fault]:
    """Yield each pair of provisions that forbids and allows the same act to the same, at the same time."""
    for (_, one), (number, other) in combinations(enumerate(measure.provisions), 2):
        if {one.modality in FORBIDS, other.modality in FORBIDS} != {True, False}:
            continue
        allowing = one if other.modality in FORBIDS else other
        if allowing.modality not in _ALLOWS or one.conditions or other.conditions or not _meet(one, other):
            continue
        times = ((one.applies_from, one.applies_until), (other.applies_from, other.applies_until))
        if not list(days({str(n): t for n, pair in enumerate(times) for t in pair})) and overlap(*times, zone):
            said = f"provision {other.id} and {one.id} forbid and allow the same act at the same time"
            yield Fault(("provisions", number), said)


def _meet(one: Provision, other: Provision) -> bool:
    """Tell whether two provisions are about the same act, addressee and target; an empty line is no line."""
    mine, theirs = one.targets, other.targets
    exempt = {c for p in (one, other) for e in p.exemptions for c in e.categories}
    same = set(mine.categories) & set(theirs.categories) - exempt if mine.categories and theirs.categories else {""}
    meanings = set(mine.meanings) & set(theirs.meanings) if mine.meanings and theirs.meanings else {""}
    return bool(
        set(one.acts) & set(other.acts)
        and set(one.addressees) & set(other.addressees)
        and (
            set(mine.parties) & set(theirs.parties)
            or set(mine.lists) & set(theirs.lists)
            or set(mine.origins) & set(theirs.origins)
        )
        and same
        and meanings
    )


def restated(measure: Measure, every: Mapping[str, Provision]) -> Iterator[Fault]:
    """Yield the faults of provisions that are to repeat others: without one they would be new prohibitions.

    In another measure it must be the same rule about the same acts; within one it may be the other side of a rule.
    """
    renumbered = [relation.to for relation in measure.relations if relation.kind is RelationKind.RENUMBERS]
    for number, provision in enumerate(measure.provisions):
        at = ("provisions", number, "restates")
        lead = f"provision {provision.id}: "
        if renumbered and not provision.restates and provision.modality in BINDS:
            named = ", ".join(renumbered)
            yield Fault(at, f"{lead}the measure renumbers {named}: name the provision that this one restates")
        yield from (
            fault._replace(said=lead + fault.said)
            for fault in names.references(at, "provision", provision.restates, every.keys())
        )
        originals = {id_: every[id_] for id_ in provision.restates if id_ in every}
        for id_, original in originals.items():
            if original.modality is not provision.modality:
                yield Fault(at, f"{lead}restates {id_}, which is {original.modality} and not {provision.modality}")
        acts = {act for original in originals.values() for act in original.acts}
        elsewhere = any(id_.partition("#")[0] != measure.id for id_ in originals)
        for act in provision.acts if elsewhere else ():
            if act not in acts:
                yield Fault(at, f"{lead}restates {', '.join(originals)}, but nothing there is about {act}")
