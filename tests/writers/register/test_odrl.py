# SPDX-License-Identifier: Apache-2.0
"""Policies in ODRL: the rules of its information model, what becomes a rule and what never does, and when a rule holds.

The rules are those of the W3C Recommendation "ODRL Information Model 2.2" of 15 February 2018: a Policy has a uid, at
least one rule, and a profile where it uses terms beyond the core; a rule has one action, a permission or prohibition
one target; a constraint has one left operand, one operator and one right operand; a logical constraint has one of the
logical operators over constraints; a collection with refinements is named by its source and has no uid of its own; an
action of a profile is included in use or transfer.
"""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any, NoReturn

import exported
import pytest
import rdflib
from exported import measure, part, party, provision, relation, written

from debar.model.measures import Condition, Deadline, Exemption, Interruption, Target, Waiver
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Effect,
    Grade,
    Halt,
    Instrument,
    MeasureStatus,
    Modality,
    OriginTest,
    RelationKind,
)
from debar.writers.register.odrl_terms import CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.register import Register

Node = dict[str, Any]
RULES = ("permission", "prohibition", "obligation")
OPERATORS = {"eq", "gt", "gteq", "isAnyOf", "isNoneOf", "isPartOf", "lt", "lteq", "neq"}
ODRL = "http://www.w3.org/ns/odrl/2/"
TERMS = {
    "Action", "AssetCollection", "LeftOperand", "LogicalConstraint", "Party", "PartyCollection", "Set", "action",
    "assignee", "assigner", "conflict", "constraint", "dateTime", "includedIn", "leftOperand", "obligation", "operator",
    "or", "permission", "profile", "prohibit", "prohibition", "refinement", "rightOperand", "source", "target", *OPERATORS,
}  # fmt: skip
"""Terms of ODRL's own vocabulary that the export uses; each stands in "ODRL Vocabulary & Expression 2.2"."""


def document(whole: Register, **narrowed: str) -> Node:
    """Give the document of a register."""
    found: Node = json.loads(written("odrl", part(whole, **narrowed)))
    return found


def policies(whole: Register) -> list[Node]:
    """Give the policies of a register."""
    return [node for node in document(whole)["@graph"] if node.get("type") == "Set"]


def rules(whole: Register, kind: str = "") -> list[Node]:
    """Give the rules of a register, of one kind or of all."""
    return [rule for node in policies(whole) for name in RULES if kind in ("", name) for rule in node.get(name, ())]


def statements(whole: Register) -> list[Node]:
    """Give what is said without binding."""
    return [node for node in document(whole)["@graph"] if node.get("type") == "debar:Statement"]


def constraints(node: object) -> Iterator[Node]:
    """Yield every constraint and logical constraint in a node."""
    if isinstance(node, dict):
        for name in ("constraint", "refinement", "or"):
            yield from node.get(name, ())
        for value in node.values():
            yield from constraints(value)
    elif isinstance(node, list):
        for value in node:
            yield from constraints(value)


def faults(found: Node) -> list[str]:
    """Give what breaks a rule of the information model, with the uid of the policy or rule."""
    defined = {node["uid"] for node in found["@graph"] if node.get("type") in ("Action", "LeftOperand")}
    wrong: list[str] = []
    for node in found["@graph"]:
        if node.get("type") != "Set":
            wrong += [f"{node['uid']}: a rule outside a policy" for name in RULES if name in node]
            continue
        wrong += [] if node["uid"].startswith("urn:") and node["profile"] else [f"{node['uid']}: no uid or profile"]
        of_node = [(name, rule) for name in RULES for rule in node.get(name, ())]
        wrong += [] if of_node else [f"{node['uid']}: no rule"]
        for name, rule in of_node:
            wrong += [f"{rule['uid']}: {fault}" for fault in _faults_of_rule(name, rule, defined)]
    return wrong


def _faults_of_rule(name: str, rule: Node, defined: set[str]) -> Iterator[str]:
    action = rule.get("action")
    action = action["rdf:value"]["@id"] if isinstance(action, dict) else action
    if action not in defined:
        yield f"{action} is not defined"
    if name != "obligation" and not isinstance(rule.get("target"), dict):
        yield "no target"
    for collection in (rule["target"], rule["assignee"]):
        if "uid" in collection or not collection["source"].startswith("urn:"):
            yield "a collection with refinements is named by its source"
    for one in constraints(rule):
        if one.get("type") == "LogicalConstraint":
            if len(one["or"]) < 2 or any("or" in part_ for part_ in one["or"]):
                yield "a logical constraint compares constraints"
        elif set(one) != {"leftOperand", "operator", "rightOperand"} or one["operator"] not in OPERATORS:
            yield f"{one} is no constraint"
        elif one["leftOperand"] not in defined | {"dateTime"}:
            yield f"{one['leftOperand']} is not defined"


def holds(one: Node, case: Node) -> bool:
    """Tell whether a constraint is satisfied in a case, as an evaluator would."""
    if "or" in one:
        return any(holds(choice, case) for choice in one["or"])
    value, right = case[one["leftOperand"]], one["rightOperand"]
    right = [plain(choice) for choice in right] if isinstance(right, list) else plain(right)
    outcomes: dict[str, Callable[[], bool]] = {
        "eq": lambda: value == right, "neq": lambda: value != right, "lt": lambda: value < right,
        "gteq": lambda: value >= right, "gt": lambda: value > right, "lteq": lambda: value <= right,
        "isAnyOf": lambda: value in right, "isNoneOf": lambda: value not in right,
    }  # fmt: skip
    return outcomes[one["operator"]]()


def plain(value: Any) -> Any:
    """Give a value of JSON-LD without its type."""
    return value.get("@id", value.get("@value")) if isinstance(value, dict) else value


def is_effective(rule: Node, at: str, **facts: str) -> bool:
    """Tell whether all constraints of a rule are satisfied at an instant, with these facts."""
    case = {"dateTime": at, **{f"debar:{name.replace('_', '-', 1)}": value for name, value in facts.items()}}
    return all(holds(one, case) for one in rule["constraint"])


def test_a_policy_for_a_measure() -> None:
    """A measure is a Set with its own uid and the profile, its title, citation, day, jurisdiction and sources."""
    (policy,) = policies(exported.register(measure()))
    assert policy["uid"] == "urn:debar:measure:us-order"
    assert policy["profile"] == "urn:debar:odrl:profile"
    assert policy["conflict"] == "prohibit"
    assert policy["dct:identifier"] == "1 FR 1"
    assert policy["issued"] == "2024-06-20"
    assert policy["dct:coverage"] == "us"
    assert policy["sources"] == ["https://example.com/order", "https://example.com/report?a=1&b=2"]


def test_a_rule_for_each_act() -> None:
    """A ban of two acts is two prohibitions, each with action, target, addressee, authority, times and source."""
    use, resell = rules(exported.register(measure()), "prohibition")
    assert [use["action"], resell["action"]] == ["debar:use", "debar:resell"]
    assert use["assigner"] == "urn:debar:authority:us-office"
    assert use["assignee"] == {
        "type": "PartyCollection",
        "source": "urn:debar:organisations:us",
        "refinement": [
            {
                "leftOperand": "debar:addressee",
                "operator": "isAnyOf",
                "rightOperand": [{"@id": "debar:addressee-company"}],
            }
        ],
    }
    maker = [{"@id": "urn:debar:party:maker"}]
    assert use["target"]["refinement"] == [
        {
            "type": "LogicalConstraint",
            "or": [
                {"leftOperand": "debar:supplier", "operator": "isAnyOf", "rightOperand": maker},
                {"leftOperand": "debar:tie-subsidiaries", "operator": "isAnyOf", "rightOperand": maker},
            ],
        },
        {
            "leftOperand": "debar:category",
            "operator": "isAnyOf",
            "rightOperand": [{"@id": "debar:category-anti-virus"}],
        },
    ]
    assert use["constraint"] == [
        {
            "leftOperand": "dateTime",
            "operator": operator,
            "rightOperand": {"@type": "xsd:dateTime", "@value": f"{year}-11-01T04:00:00Z"},
        }
        for operator, year in (("gteq", 2024), ("lt", 2026))
    ]
    assert use["sources"] == ["https://example.com/order", "https://example.com/report?a=1&b=2"]
    assert (use["debar:grade"], use["dct:description"]) == ("primary", "Companies must not use it.")


@pytest.mark.parametrize(
    "instrument", [Instrument.PROPOSAL, Instrument.WARNING, Instrument.ADVICE, Instrument.RESOLUTION]
)
@pytest.mark.parametrize("modality", list(Modality))
def test_what_binds_nobody_is_no_rule(instrument: Instrument, modality: Modality) -> None:
    """Whatever a proposal, warning, advice or resolution says is a statement, and no policy at all."""
    whole = exported.register(measure(provision(modality=modality), instrument=instrument))
    assert policies(whole) == []
    (said,) = statements(whole)
    assert said["debar:says"] == modality
    assert not set(said) & {*RULES, "action", "target", "constraint", "assignee"}


def test_advice_in_a_law_is_no_duty() -> None:
    """What a binding text merely advises, and what nobody has verified, stands beside its rules."""
    advised = provision(id="advice", modality=Modality.ADVISED)
    rumour = provision(id="rumour", grade=Grade.UNVERIFIED)
    whole = exported.register(measure(provision(), advised, rumour))
    assert {rule["debar:provision"] for rule in rules(whole)} == {"us-order#ban"}
    assert [(said["debar:provision"], said["debar:standing"]) for said in statements(whole)] == [
        ("us-order#advice", "advised"),
        ("us-order#rumour", "unverified"),
    ]


def test_drafts_stay_out() -> None:
    """Nothing of a measure that no human has reviewed is a rule or a statement."""
    whole = exported.register(measure(status=MeasureStatus.DRAFT))
    assert (policies(whole), statements(whole)) == ([], [])


def test_modalities() -> None:
    """Required is an obligation, permitted a permission, and a licence lifts the prohibition that asks for one."""
    duty = provision(id="duty", modality=Modality.REQUIRED, acts=(Act.REMOVE,))
    may = provision(id="may", modality=Modality.PERMITTED, effect=Effect.AT_RISK, acts=(Act.USE,))
    licensed = provision(id="licensed", modality=Modality.LICENCE_REQUIRED, acts=(Act.EXPORT,))
    whole = exported.register(measure(duty, may, licensed))
    assert [rule["action"] for rule in rules(whole, "obligation")] == ["debar:remove"]
    (permission,) = rules(whole, "permission")
    assert permission["debar:atRisk"] is True
    (prohibition,) = rules(whole, "prohibition")
    assert is_effective(prohibition, "2025-01-01T00:00:00Z", licence="no")
    assert not is_effective(prohibition, "2025-01-01T00:00:00Z", licence="yes")


def test_a_fixed_deadline_narrows_the_action() -> None:
    """A duty is to be done by its last instant, holidays counted; a deadline from an event is told in words."""
    fixed = provision(
        modality=Modality.REQUIRED,
        acts=(Act.REMOVE,),
        deadline=Deadline(after="2024-11-08", amount=1, unit="business-days"),
    )
    (rule,) = rules(exported.register(measure(fixed)))
    (limit,) = rule["action"]["refinement"]
    assert rule["action"]["rdf:value"] == {"@id": "debar:remove"}
    assert (limit["operator"], limit["rightOperand"]["@value"]) == ("lteq", "2024-11-13T04:59:59.999999Z")
    loose = provision(
        modality=Modality.REQUIRED, deadline=Deadline(after="identified_on", amount=3, unit="business-days")
    )
    rule, *_ = rules(exported.register(measure(loose)))
    assert (rule["action"], rule["debar:deadline"]) == ("debar:use", "3 business-days after identified_on")


@pytest.mark.parametrize(
    ("at", "purpose", "trains", "expected"),
    [
        ("2024-11-01T03:59:59Z", "yes", "no", False),
        ("2024-11-01T04:00:00Z", "yes", "no", True),
        ("2026-11-01T03:59:59Z", "yes", "no", True),
        ("2026-11-01T04:00:00Z", "yes", "no", False),
        ("2025-05-01T00:00:00Z", "no", "no", False),
        ("2024-12-01T00:00:00Z", "yes", "yes", False),
        ("2025-05-01T00:00:00Z", "yes", "yes", True),
    ],
)
def test_a_rule_holds_when_the_provision_does(at: str, purpose: str, trains: str, *, expected: bool) -> None:
    """Times are half-open, conditions must be fulfilled, an exemption lifts the rule while it lasts and no longer."""
    exempt = Exemption(
        id="training", text="Training.", grade=Grade.PRIMARY, applies_until="2025-03-01",
        conditions=(Condition(id="t", fact="trains", equals="yes", needs="?"),),
    )  # fmt: skip
    rule, *_ = rules(exported.register(measure(provision(conditions=(exported.YES,), exemptions=(exempt,)))))
    assert is_effective(rule, at, fact_purpose=purpose, fact_trains=trains) is expected


def test_conditions_on_dates_and_numbers() -> None:
    """A day of award within bounds and a share above one are comparisons with the same bounds."""
    bounded = Condition(id="a", fact="awarded", not_before="2020-08-13", before="2026-02-01", needs="?")
    large = Condition(id="b", fact="share", above="35", needs="?")
    rule, *_ = rules(exported.register(measure(provision(conditions=(bounded, large)))))
    assert [(one["operator"], one["rightOperand"]) for one in rule["constraint"][2:]] == [
        ("gteq", "2020-08-13"),
        ("lt", "2026-02-01"),
        ("gt", {"@type": "xsd:decimal", "@value": "35"}),
    ]


def test_an_exemption_for_an_act_is_for_that_act() -> None:
    """An act that is exempt for everybody and for good has no rule; an exemption nobody has seen lifts nothing."""
    exempt = Exemption(id="e", text="Resale is free.", acts=(Act.RESELL,), grade=Grade.PRIMARY)
    assert [r["action"] for r in rules(exported.register(measure(provision(exemptions=(exempt,)))))] == ["debar:use"]
    rumour = Exemption(id="e", text="All is free.", grade=Grade.UNVERIFIED)
    found = rules(exported.register(measure(provision(exemptions=(rumour,)))))
    assert [rule["debar:unverifiedExemption"] for rule in found] == [["All is free."]] * 2


def test_exemptions_by_addressee_and_category() -> None:
    """An exemption of some organisations or products lifts the rule for these only."""
    exempt = Exemption(
        id="e",
        text="Agencies.",
        grade=Grade.PRIMARY,
        addressees=(AddresseeKind.FEDERAL_AGENCY,),
        categories=(Category.LIBRARY,),
    )
    rule, *_ = rules(exported.register(measure(provision(exemptions=(exempt,)))))
    at = "2025-01-01T00:00:00Z"
    assert not is_effective(rule, at, addressee="debar:addressee-federal-agency", category="debar:category-library")
    assert is_effective(rule, at, addressee="debar:addressee-federal-agency", category="debar:category-vpn")
    assert is_effective(rule, at, addressee="debar:addressee-company", category="debar:category-library")


def test_suspensions_and_waivers() -> None:
    """A suspension lifts the rule for its time, a waiver for its holder; what is merely not enforced stays a rule."""
    halts = tuple(
        Interruption(
            id=kind, kind=kind, text=f"{kind}.", applies_from="2025-02-01", applies_until="2025-03-01",
            known_from="2024-11-01", grade=Grade.PRIMARY,
        )
        for kind in (Halt.SUSPENSION, Halt.NON_ENFORCEMENT)
    )  # fmt: skip
    waiver = Waiver(
        id="w", provisions=("us-order#ban",), granted_by="Office", text="Waived.", holder="Bank", applies_from="2025-06-01",
        grade=Grade.PRIMARY,
    )  # fmt: skip
    other = measure(id="us-relief", waivers=(waiver,), instrument=Instrument.WARNING)
    rule, *_ = rules(exported.register(measure(provision(interruptions=halts)), other))
    assert rule["debar:notEnforced"] == ["non-enforcement."]
    assert not is_effective(rule, "2025-02-10T00:00:00Z", holder="Shop")
    assert is_effective(rule, "2025-03-01T05:00:00Z", holder="Bank")
    assert not is_effective(rule, "2025-06-01T04:00:00Z", holder="Bank")
    assert is_effective(rule, "2025-06-01T04:00:00Z", holder="Shop")


def test_an_annulment_ends_the_rule() -> None:
    """What a court has set aside for good holds only before."""
    halt = Interruption(
        id="a",
        kind=Halt.ANNULMENT,
        text="Set aside.",
        applies_from="2025-02-01",
        known_from="2025-02-01",
        grade=Grade.PRIMARY,
    )
    rule, *_ = rules(exported.register(measure(provision(interruptions=(halt,)))))
    assert is_effective(rule, "2025-01-31T00:00:00Z")
    assert not is_effective(rule, "2025-02-01T05:00:00Z")


def test_targets_by_origin() -> None:
    """Countries are compared as such; "foreign" is every country but the jurisdiction's own."""
    named = provision(targets=Target(origins=("CN", "RU"), origin_test=OriginTest.PRODUCED))
    foreign = provision(id="foreign", targets=Target(origins=("foreign",)))
    whole = exported.register(measure(named, foreign, id="uk-order", jurisdiction="uk", authority="uk-office"))
    found = [rule["target"]["refinement"] for rule in rules(whole)][::2]
    assert found == [
        [{"leftOperand": "debar:origin-produced", "operator": "isAnyOf", "rightOperand": ["CN", "RU"]}],
        [{"leftOperand": "debar:origin-supplier", "operator": "neq", "rightOperand": "GB"}],
    ]


def test_a_list_names_who_stands_on_it() -> None:
    """A target that is a list is a collection with its dated members; disputed and unseen listings are left out."""
    unsure = relation(RelationKind.LISTED, "us-list", grade=Grade.UNVERIFIED)
    makers = party("maker", relation(RelationKind.LISTED, "us-list", valid_from="2024-06-24")), party("other", unsure)
    listed = measure(provision(targets=Target(lists=("us-list",))), measure().provisions[0])
    found = document(exported.register(listed, measure(id="us-list"), parties=makers))["@graph"]
    (collection,) = [node for node in found if node["uid"] == "urn:debar:list:us-list"]
    assert collection["debar:listing"] == [
        {
            "debar:party": {"@id": "urn:debar:party:maker"},
            "debar:from": {"@type": "xsd:dateTime", "@value": "2024-06-24T04:00:00Z"},
        }
    ]


def test_the_context_names_terms_of_odrl() -> None:
    """Every term of the context that is ODRL's stands in its vocabulary under the same name, and nothing is fetched."""
    own = {name: value["@id"] if isinstance(value, dict) else value for name, value in CONTEXT.items()}
    assert {name for name, value in own.items() if value.startswith("odrl:")} == TERMS
    assert all(value == f"odrl:{name}" for name, value in own.items() if value.startswith("odrl:"))
    assert own["odrl"] == ODRL
    assert (own["uid"], own["type"]) == ("@id", "@type")
    assert own["rdf"] == "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    assert own["skos"] == "http://www.w3.org/2004/02/skos/core#"
    assert own["dct"] == "http://purl.org/dc/terms/"
    assert own["xsd"] == "http://www.w3.org/2001/XMLSchema#"


# The library's own reader of JSON-LD uses what it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_it_expands_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A JSON-LD processor reads the document without a connection, and finds the rules where ODRL has them."""

    def refuse(*_: object) -> NoReturn:
        raise AssertionError("no connection is needed")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    graph = rdflib.Graph().parse(data=written("odrl", part(exported.register(measure()))), format="json-ld")
    odrl = rdflib.Namespace(ODRL)
    policy = rdflib.URIRef("urn:debar:measure:us-order")
    assert (policy, rdflib.RDF.type, odrl.Set) in graph
    assert (policy, odrl.conflict, odrl.prohibit) in graph
    found = set(graph.objects(policy, odrl.prohibition))
    assert found == {rdflib.URIRef(f"urn:debar:rule:us-order:ban:{act}") for act in ("use", "resell")}
    rule = rdflib.URIRef("urn:debar:rule:us-order:ban:use")
    assert graph.value(rule, odrl.action) == rdflib.URIRef("urn:debar:odrl:use")
    (first,) = [c for c in graph.objects(rule, odrl.constraint) if (c, odrl.operator, odrl.gteq) in graph]
    assert graph.value(first, odrl.leftOperand) == odrl.dateTime
    assert graph.value(first, odrl.rightOperand) == rdflib.Literal("2024-11-01T04:00:00Z", datatype=rdflib.XSD.dateTime)
    assert graph.value(rdflib.URIRef("urn:debar:odrl:use"), odrl.includedIn) == odrl.use


def test_actions_are_included_in_use_or_transfer() -> None:
    """Every act is an action of the profile with one of the two parents that the model knows."""
    whole = exported.register(measure(provision(acts=tuple(Act))))
    actions = [node for node in document(whole)["@graph"] if node.get("type") == "Action"]
    assert {node["uid"] for node in actions} == {f"debar:{act}" for act in Act}
    assert {node["includedIn"] for node in actions} == {"odrl:use", "odrl:transfer"}
    matches = {node["uid"]: node["broadMatch"] for node in actions if "broadMatch" in node}
    assert matches["debar:resell"] == "odrl:sell"


def test_hostile_words_stay_words() -> None:
    """Words in texts, titles and names make no term, no rule and no line of their own."""
    whole = exported.everything()
    assert faults(document(whole)) == []
    assert not {"\x07", "\x1b", "\u202e", "\u2028"} & set(written("odrl", part(whole)))
    assert "javascript" not in written("odrl", part(whole))
    odd = exported.register(measure(provision(conditions=(Condition(id="x", fact='a" b\n#c', needs="?"),))))
    assert {one["leftOperand"] for rule in rules(odd) for one in rule["constraint"]} == {
        "dateTime",
        "debar:fact-a__b__c",
    }


def test_twice_the_same_bytes() -> None:
    """The same register gives the same bytes."""
    assert written("odrl", part(exported.everything())) == written("odrl", part(exported.everything()))


def test_the_register_of_the_program(register: Register) -> None:
    """The shipped register keeps every rule of the information model, and nothing without force is a rule."""
    assert faults(document(register)) == []
    free = {m.id for m in register.measures.values() if m.instrument in (Instrument.PROPOSAL, Instrument.WARNING)}
    assert free
    assert not {rule["debar:provision"].partition("#")[0] for rule in rules(register)} & free
    told = [node["debar:provision"] for node in (*rules(register), *statements(register))]
    assert set(told) == {f"{m.id}#{p.id}" for m in register.measures.values() for p in m.provisions}
