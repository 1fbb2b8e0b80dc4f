# SPDX-License-Identifier: Apache-2.0
"""The words of the ODRL export: its JSON-LD context, and the profile that adds debar's own terms.

Facts about ODRL are from the W3C Recommendations of 15 February 2018, "ODRL Information Model 2.2" and "ODRL
Vocabulary & Expression 2.2". The context stands in the document itself, so that nothing has to be fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar.model.vocab import Act

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Node = dict[str, Any]
"""A JSON-LD node."""
PROFILE = "urn:debar:odrl:profile"
OWN = "urn:debar:odrl:"
"""Namespace of debar's own terms."""
_NO_NAME = re.compile(r"[^A-Za-z0-9._:-]")
"""What cannot stand in a URN as it is."""
_IRI = {"@type": "@id"}
_VOCAB = {"@type": "@vocab"}
CONTEXT: Node = {
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "debar": OWN,
    "uid": "@id",
    "type": "@type",
    **{
        name: f"odrl:{name}"
        for name in ("Action", "AssetCollection", "LeftOperand", "LogicalConstraint", "Party", "PartyCollection", "Set")
    },
    **{name: f"odrl:{name}" for name in ("dateTime", "eq", "gt", "gteq", "isAnyOf", "isNoneOf", "isPartOf")},
    **{name: f"odrl:{name}" for name in ("lt", "lteq", "neq", "prohibit", "rightOperand")},
    **{name: {"@id": f"odrl:{name}", **_VOCAB} for name in ("action", "conflict", "leftOperand", "operator")},
    **{
        name: {"@id": f"odrl:{name}", **_IRI}
        for name in ("assignee", "assigner", "includedIn", "profile", "source", "target")
    },
    **{
        name: {"@id": f"odrl:{name}", **_IRI, "@container": "@set"}
        for name in ("constraint", "obligation", "or", "permission", "prohibition", "refinement")
    },
    "exactMatch": {"@id": "skos:exactMatch", **_IRI},
    "closeMatch": {"@id": "skos:closeMatch", **_IRI},
    "broadMatch": {"@id": "skos:broadMatch", **_IRI},
    "narrowMatch": {"@id": "skos:narrowMatch", **_IRI},
    "sources": {"@id": "dct:source", **_IRI, "@container": "@set"},
    "issued": {"@id": "dct:issued", "@type": "xsd:date"},
}
_TRANSFER = frozenset({Act.RESELL, Act.SELL, Act.PROVIDE})
"""Acts that hand the asset itself on; every other is included in use: the model knows these two parents only."""
_MATCHES: Mapping[Act, tuple[str, str]] = {
    Act.USE: ("broadMatch", "odrl:use"),
    Act.INSTALL: ("closeMatch", "odrl:install"),
    Act.DISTRIBUTE: ("broadMatch", "odrl:distribute"),
    Act.RESELL: ("broadMatch", "odrl:sell"),
    Act.SELL: ("closeMatch", "odrl:sell"),
    Act.LICENSE: ("broadMatch", "odrl:grantUse"),
    Act.REPORT: ("closeMatch", "odrl:inform"),
    Act.DISCONNECT: ("narrowMatch", "odrl:uninstall"),
}
"""How an act relates to an action of the common vocabulary. None is quite the same: ODRL's `use` is every use that
is no transfer, its `install` is about programs only, its `sell` deletes the original, its `inform` has no addressee."""
OPERANDS = {
    "supplier": "The party whose technology it is.",
    "category": "What the product is for.",
    "meaning": "What the thing is to whoever has it: installed, component, purchase ...",
    "origin-produced": "Country (ISO 3166) in which the product was made.",
    "origin-supplier": "Country (ISO 3166) in which the supplier sits or from which it is controlled.",
    "addressee": "The kind of organisation.",
    "holder": "Name of the organisation.",
    "licence": "Whether the authority has licensed the act: yes or no.",
}
"""Left operands, apart from ties (`tie-...`) and facts about the organisation (`fact-...`)."""


def iri(kind: str, id_: str) -> str:
    """Give the IRI of something in the register, such as urn:debar:party:kaspersky."""
    return f"urn:debar:{kind}:{_NO_NAME.sub('_', id_)}"


def own(name: str) -> str:
    """Give a term of debar's own vocabulary."""
    return f"debar:{_NO_NAME.sub('_', name)}"


def profile(actions: Iterable[Act], operands: Mapping[str, str]) -> list[Node]:
    """Give the definitions of the actions and left operands that a document uses."""
    return [
        {"uid": PROFILE, "type": "debar:Profile", "dct:title": "debar: bans on technology suppliers in ODRL 2.2"},
        *(_action(act) for act in sorted(actions)),
        *({"uid": name, "type": "LeftOperand", "skos:definition": text} for name, text in sorted(operands.items())),
    ]


def _action(act: Act) -> Node:
    parent = "odrl:transfer" if act in _TRANSFER else "odrl:use"
    node: Node = {"uid": own(act), "type": "Action", "skos:prefLabel": act.value, "includedIn": parent}
    if act in _MATCHES:
        relation, other = _MATCHES[act]
        node[relation] = other
    return node
