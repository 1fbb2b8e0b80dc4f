# SPDX-License-Identifier: Apache-2.0
"""When a rule holds, and over what: times, conditions, exemptions and targets as ODRL constraints.

All constraints of a rule must be satisfied. What takes a case out of a provision is therefore written
as its opposite: an exemption under conditions A and B becomes "not A, or not B". A constraint has two
operands, so a fact that nobody has stated leaves the rule open, as it does in debar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar import dates
from debar.model.measures import Exemption, Waiver
from debar.model.vocab import Grade, Halt
from debar.writers.register.odrl_terms import Node, iri, own

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.measures import Authority, Condition, Interruption, Measure, Provision, Target
    from debar.model.vocab import Act
    from debar.register import Register

_FOREIGN = "foreign"
_COUNTRY = {"uk": "GB"}
"""Jurisdictions whose country code is another."""


def constraint(left: str, operator: str, right: object) -> Node:
    """Give one comparison."""
    return {"leftOperand": left, "operator": operator, "rightOperand": right}


def any_of(choices: Sequence[Node]) -> Node:
    """Give what is satisfied when one of several comparisons is."""
    return choices[0] if len(choices) == 1 else {"type": "LogicalConstraint", "or": list(choices)}


def instant(text: str, zone: str) -> Node:
    """Give a date or instant of a measure as a literal in UTC."""
    return {"@type": "xsd:dateTime", "@value": dates.stamp(dates.begins(text, zone))}


def limits(register: Register, measure: Measure, provision: Provision, act: Act) -> list[Node] | None:
    """Give the constraints of a rule, or None when the act is exempt for everybody and for good."""
    authority = register.authorities[measure.authority]
    found = [constraint("dateTime", "gteq", instant(provision.applies_from, authority.zone))]
    if provision.applies_until:
        found.append(constraint("dateTime", "lt", instant(provision.applies_until, authority.zone)))
    for condition in provision.conditions:
        found += fulfilled(condition)
    for halt in (*provision.interruptions, *measure.interruptions):
        if halt.kind is not Halt.NON_ENFORCEMENT:
            outside = _outside(halt, authority)
            if not outside:
                return None
            found.append(any_of(outside))
    for out in lifting(register, measure, provision, act):
        opposite = _opposite(out, authority)
        if not opposite:
            return None
        found.append(any_of(opposite))
    return found


def fulfilled(condition: Condition) -> list[Node]:
    """Give what says that a condition is fulfilled."""
    fact = own(f"fact-{condition.fact}")
    if condition.above:
        return [constraint(fact, "gt", _number(condition.above))]
    found = [constraint(fact, "gteq", condition.not_before)] if condition.not_before else []
    found += [constraint(fact, "lt", condition.before)] if condition.before else []
    return found or [constraint(fact, "eq", condition.equals)]


def _unfulfilled(condition: Condition) -> list[Node]:
    """Give comparisons of which one says that a condition is not fulfilled."""
    opposite = {"gt": "lteq", "gteq": "lt", "lt": "gteq", "eq": "neq"}
    return [{**one, "operator": opposite[one["operator"]]} for one in fulfilled(condition)]


def _number(text: str) -> Node:
    return {"@type": "xsd:decimal", "@value": text}


def lifting(register: Register, measure: Measure, provision: Provision, act: Act) -> list[Exemption | Waiver]:
    """Give the exemptions and waivers that can take an act out of a provision; none that nobody has seen."""
    full = f"{measure.id}#{provision.id}"
    waivers = [w for w in measure.waivers if not {provision.id, full}.isdisjoint(w.provisions)]
    waivers += [w for m in register.measures.values() if m is not measure for w in m.waivers if full in w.provisions]
    found: list[Exemption | Waiver] = [*provision.exemptions, *waivers]
    return [one for one in found if (not one.acts or act in one.acts) and one.grade is not Grade.UNVERIFIED]


def _outside(part: Exemption | Waiver | Interruption, authority: Authority) -> list[Node]:
    """Give comparisons of which one says that it is not the time of a part."""
    found = []
    if part.applies_from:
        found.append(constraint("dateTime", "lt", instant(part.applies_from, authority.zone)))
    if part.applies_until:
        found.append(constraint("dateTime", "gteq", instant(part.applies_until, authority.zone)))
    return found


def _opposite(out: Exemption | Waiver, authority: Authority) -> list[Node]:
    """Give comparisons of which one says that an exemption or waiver does not cover the case."""
    found = [one for condition in out.conditions for one in _unfulfilled(condition)]
    if isinstance(out, Waiver):
        found += [constraint(own("holder"), "neq", out.holder)] if out.holder else []
    else:
        named = (("addressee", out.addressees), ("category", out.categories), ("meaning", out.meanings))
        found += [constraint(own(left), "isNoneOf", _terms(left, values)) for left, values in named if values]
    return [*found, *_outside(out, authority)]


def _terms(kind: str, values: Iterable[str]) -> list[Node]:
    return [{"@id": own(f"{kind}-{value}")} for value in values]


def target(measure: Measure, target: Target) -> Node:
    """Give what a provision reaches: the technology of some suppliers, or of some origin."""
    found = [any_of(who)] if (who := _suppliers(measure, target)) else []
    if target.categories:
        found.append(constraint(own("category"), "isAnyOf", _terms("category", target.categories)))
    if target.meanings:
        found.append(constraint(own("meaning"), "isAnyOf", _terms("meaning", target.meanings)))
    node: Node = {"type": "AssetCollection", "source": iri("assets", "technology")}
    return {**node, "refinement": found} if found else node


def _suppliers(measure: Measure, target: Target) -> list[Node]:
    """Give comparisons of which one says that a supplier, or its product's origin, is reached."""
    parties = [{"@id": iri("party", id_)} for id_ in target.parties]
    lists = [{"@id": iri("list", id_)} for id_ in target.lists]
    found = [constraint(own("supplier"), "isAnyOf", parties)] if parties else []
    found += [constraint(own("supplier"), "isPartOf", one) for one in lists]
    if parties or lists:
        found += [constraint(own(f"tie-{tie}"), "isAnyOf", [*parties, *lists]) for tie in target.extends_to]
    left = own(f"origin-{target.origin_test}")
    countries = [origin for origin in target.origins if origin != _FOREIGN]
    found += [constraint(left, "isAnyOf", countries)] if countries else []
    if _FOREIGN in target.origins:
        home = _COUNTRY.get(measure.jurisdiction, measure.jurisdiction.upper())
        found.append(constraint(left, "neq", home))
    return found


def assignee(measure: Measure, provision: Provision) -> Node:
    """Give whom a provision binds: kinds of organisations in a jurisdiction."""
    kinds = constraint(own("addressee"), "isAnyOf", _terms("addressee", provision.addressees))
    return {"type": "PartyCollection", "source": iri("organisations", measure.jurisdiction), "refinement": [kinds]}
