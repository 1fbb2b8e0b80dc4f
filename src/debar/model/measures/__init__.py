# SPDX-License-Identifier: Apache-2.0
"""Nouns of the law: who orders what of whom, since when, and which passage says so."""

from debar.model.measures.asker import Contract, Organisation, Owner, System
from debar.model.measures.forms import Element, Form
from debar.model.measures.parties import Authority, Calendar, Holiday, Party, Product, Relation, Unrelated, VersionPair
from debar.model.measures.rules import (
    Condition,
    Deadline,
    Event,
    Exemption,
    Interruption,
    Measure,
    Provision,
    Review,
    Target,
    Waiver,
)
from debar.model.measures.sources import Citation, Claim, Document, Doubt, Noun

__all__ = [
    "Authority",
    "Calendar",
    "Citation",
    "Claim",
    "Condition",
    "Contract",
    "Deadline",
    "Document",
    "Doubt",
    "Element",
    "Event",
    "Exemption",
    "Form",
    "Holiday",
    "Interruption",
    "Measure",
    "Noun",
    "Organisation",
    "Owner",
    "Party",
    "Product",
    "Provision",
    "Relation",
    "Review",
    "System",
    "Target",
    "Unrelated",
    "VersionPair",
    "Waiver",
]
