# SPDX-License-Identifier: Apache-2.0
"""Measures as ODRL 2.2 policies in JSON-LD: a Set for each, a rule for each act of each provision.

Only what binds becomes a rule. What a proposal, warning, advice or resolution says, what is merely
advised, and what nobody has verified stands beside the policies as `debar:Statement`, which no ODRL
processor takes for a prohibition or duty. Drafts are left out.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar import dates
from debar.model.vocab import Effect, Grade, Halt, MeasureStatus, Modality, RelationKind, Status
from debar.register.standing import does
from debar.writers import Style, json
from debar.writers.register import WITHOUT_FORCE, addresses, is_address, odrl_limits
from debar.writers.register.odrl_terms import CONTEXT, OPERANDS, PROFILE, Node, iri, own, profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.measures import Measure, Provision
    from debar.model.vocab import Act
    from debar.register import Register
    from debar.writers.register import Part

_RULES = {
    Status.PROHIBITED: "prohibition",
    Status.LICENCE_REQUIRED: "prohibition",
    Status.REQUIRED: "obligation",
    Status.PERMITTED: "permission",
}
_NAMING = frozenset({"@id", "assigner", "leftOperand"})
_ADVICE = "This is not legal advice: it says what the register holds, and is no substitute for reading the sources."


def write(part: Part, out: IO[str]) -> None:
    """Write one JSON-LD document."""
    json.write_document({"@context": CONTEXT, "@graph": list(_graph(part))}, out, Style())


def _graph(part: Part) -> Iterator[Node]:
    """Yield the register, each measure, and then everything that they name."""
    register = part.register
    measures = [measure for measure in part.measures if measure.status is not MeasureStatus.DRAFT]
    nodes = [node for measure in measures for node in _measure(part, measure)]
    yield {
        "uid": iri("register", register.version),
        "dct:title": f"debar register {register.version}",
        "dct:description": _ADVICE,
        "debar:sha256": register.sha256,
    }
    yield from nodes
    named = sorted(set(_iris(nodes)))
    yield from _named(register, named)
    acts = {act for measure in measures for provision in part.chosen(measure) for act in provision.acts}
    operands = {name: _operand(name) for name in named if name.startswith("debar:")}
    yield from profile(acts, {name: text for name, text in operands.items() if text})


def _measure(part: Part, measure: Measure) -> Iterator[Node]:
    """Yield the policy of a measure, if any of it binds, and the statements that do not."""
    rules: dict[str, list[Node]] = {"prohibition": [], "obligation": [], "permission": []}
    statements: list[Node] = []
    for provision in part.chosen(measure):
        property_ = _RULES.get(does(measure, provision), "") if _binds(measure, provision) else ""
        found = list(_rules(part.register, measure, provision)) if property_ else []
        if found:
            rules[property_] += found
        else:
            why = "exempt" if property_ else _why(measure, provision)
            statements.append(_statement(part.register, measure, provision, why))
    if any(rules.values()):
        yield {**_policy(part.register, measure), **{name: found for name, found in rules.items() if found}}
    yield from statements


def _binds(measure: Measure, provision: Provision) -> bool:
    return provision.grade is not Grade.UNVERIFIED and measure.instrument not in WITHOUT_FORCE


def _why(measure: Measure, provision: Provision) -> str:
    """Give why something is no rule: it is proposed, advised or unverified."""
    return "unverified" if provision.grade is Grade.UNVERIFIED else does(measure, provision)


def _policy(register: Register, measure: Measure) -> Node:
    documents = [register.documents[id_].url for id_ in measure.documents if id_ in register.documents]
    return {
        "type": "Set",
        "uid": iri("measure", measure.id),
        "profile": PROFILE,
        # Of what debar knows about an act the gravest counts.
        "conflict": "prohibit",
        "dct:title": measure.title,
        "dct:description": measure.summary,
        "dct:identifier": measure.cite,
        "dct:coverage": measure.jurisdiction,
        "issued": measure.issued,
        "sources": [url for url in documents if is_address(url)],
        "debar:instrument": measure.instrument,
        "debar:status": measure.status,
    }


def _rules(register: Register, measure: Measure, provision: Provision) -> Iterator[Node]:
    """Yield a rule for each act; an act that is exempt for everybody and for good has none."""
    for act in provision.acts:
        limits = odrl_limits.limits(register, measure, provision, act)
        if limits is None:
            continue
        if provision.modality is Modality.LICENCE_REQUIRED:
            limits.append(odrl_limits.constraint(own("licence"), "neq", "yes"))
        yield {
            "uid": iri("rule", f"{measure.id}:{provision.id}:{act}"),
            "assigner": iri("authority", measure.authority),
            "assignee": odrl_limits.assignee(measure, provision),
            "action": _action(register, measure, provision, act),
            "target": odrl_limits.target(measure, provision.targets),
            "constraint": limits,
            **_provenance(register, measure, provision),
        }


def _action(register: Register, measure: Measure, provision: Provision, act: Act) -> str | Node:
    """Give an act, narrowed to the last instant of a duty where the law fixes it."""
    deadline = provision.deadline
    if not deadline or deadline.repeats or not dates.is_date(deadline.after):
        return own(act)
    authority = register.authorities[measure.authority]
    last = dates.due(deadline.after, deadline.amount, deadline.unit, authority.zone, register.days_off(authority))
    by = {"@type": "xsd:dateTime", "@value": dates.stamp(last)}
    return {"rdf:value": {"@id": own(act)}, "refinement": [odrl_limits.constraint("dateTime", "lteq", by)]}


def _statement(register: Register, measure: Measure, provision: Provision, why: str) -> Node:
    """Give what is said without binding: the same facts, under names that mean no rule."""
    return {
        "uid": iri("statement", f"{measure.id}:{provision.id}"),
        "type": "debar:Statement",
        "dct:title": measure.title,
        "dct:identifier": measure.cite,
        "dct:coverage": measure.jurisdiction,
        "debar:instrument": measure.instrument,
        "debar:standing": why,
        "debar:says": provision.modality,
        "debar:act": list(provision.acts),
        "debar:addressee": list(provision.addressees),
        "debar:supplier": [{"@id": iri("party", id_)} for id_ in provision.targets.parties],
        "debar:list": [{"@id": iri("list", id_)} for id_ in provision.targets.lists],
        **_provenance(register, measure, provision),
    }


def _provenance(register: Register, measure: Measure, provision: Provision) -> Node:
    """Give the words, the sources and their grade, and what has no place in a rule."""
    halts = (*provision.interruptions, *measure.interruptions)
    deadline = provision.deadline
    found: Node = {
        "dct:description": provision.text,
        "sources": addresses(register, provision.citations),
        "debar:grade": provision.grade,
        "debar:provision": f"{measure.id}#{provision.id}",
        "debar:knownFrom": provision.known_from,
        "debar:counterparty": list(provision.counterparties),
        "debar:atRisk": provision.effect is Effect.AT_RISK or None,
        "debar:restates": list(provision.restates),
        "debar:deadline": f"{deadline.amount} {deadline.unit} after {deadline.after}" if deadline else "",
        "debar:recurs": (deadline and deadline.repeats) or None,
        "debar:notEnforced": [halt.text for halt in halts if halt.kind is Halt.NON_ENFORCEMENT],
        "debar:unverifiedExemption": [e.text for e in provision.exemptions if e.grade is Grade.UNVERIFIED],
        "debar:doubt": [doubt.text for doubt in provision.doubts],
    }
    return {name: value for name, value in found.items() if value}


def _iris(data: object) -> Iterator[str]:
    """Yield what names something of the register or of the profile."""
    if isinstance(data, dict):
        yield from (value for name, value in data.items() if name in _NAMING and isinstance(value, str))
        for value in data.values():
            yield from _iris(value)
    elif isinstance(data, list):
        for value in data:
            yield from _iris(value)


def _operand(name: str) -> str:
    """Give the definition of a left operand, or nothing for another term."""
    kind, _, rest = name.removeprefix("debar:").partition("-")
    if kind == "fact":
        return f"The organisation's answer to the question called {rest}."
    if kind == "tie":
        return f"A party to which the supplier is tied: {rest}."
    return OPERANDS.get(name.removeprefix("debar:"), "")


def _named(register: Register, names: list[str]) -> Iterator[Node]:
    """Yield the parties, lists and authorities that are named."""
    for name in names:
        kind, _, id_ = name.removeprefix("urn:debar:").partition(":")
        if kind == "party" and id_ in register.parties:
            yield {"uid": name, "type": "Party", "skos:prefLabel": register.parties[id_].name}
        elif kind == "authority" and id_ in register.authorities:
            yield {"uid": name, "type": "Party", "skos:prefLabel": register.authorities[id_].name}
        elif kind == "list" and id_ in register.measures:
            title = register.measures[id_].title
            yield {
                "uid": name,
                "type": "PartyCollection",
                "skos:prefLabel": title,
                "debar:listing": list(_listings(register, id_)),
            }


def _listings(register: Register, measure: str) -> Iterator[Node]:
    """Yield who stands on a list and when; none that sources dispute or nobody has seen."""
    zone = register.authorities[register.measures[measure].authority].zone
    for party in register.parties.values():
        for relation in party.relations:
            if relation.kind is not RelationKind.LISTED or relation.to != measure:
                continue
            if relation.claims or relation.grade is Grade.UNVERIFIED:
                continue
            days = (("debar:from", relation.valid_from), ("debar:until", relation.valid_until))
            times = {name: odrl_limits.instant(day, zone) for name, day in days if day}
            yield {"debar:party": {"@id": iri("party", party.id)}, **times}
