# SPDX-License-Identifier: Apache-2.0
"""The remarks of OFAC on a party: further names, numbers of registers, days and ties, parted by semicolons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab.names import NameKind
from debar.readers.names import numbers

if TYPE_CHECKING:
    from debar.lists.gathered import Gathered

_WEAK = re.compile(r"(?:alt\. )?[afn]\.k\.a\. '(.+)'\.?")
_LABELS = "|".join(
    re.escape(label)
    for label in (
        "Legal Entity Number",
        "Legal Entity Identifier (LEI)",
        "Legal Entity Identifier",
        "LEI",
        "D-U-N-S Number",
        "Unified Social Credit Code (USCC)",
        "Registration Number",
        "Registration ID",
        "Public Registration Number",
        "Business Registration Number",
        "Business Registration Document #",
        "Business Number",
        "Company Number IMO",
        "Company Number",
        "Commercial Registry Number",
        "Chamber of Commerce Number",
        "Enterprise Number",
        "Matricula Mercantil No",
        "Folio Mercantil No.",
        "Trade License No.",
        "C.R. No.",
        "Tax ID No.",
        "V.A.T. Number",
        "NIT #",
        "RUC #",
        "Fiscal Code",
        "SWIFT/BIC",
        "ISIN",
    )
)
_NUMBER = re.compile(rf"(?:alt\. )?({_LABELS}):? ([^()]+?)(?: \(([^()]*)\))?(?: (?:issued|expires) .*)?\.?")
_TIED = re.compile(r"Linked To: (.+?)\.?", re.DOTALL)
_ISSUER = re.compile(r"(?:alt\. )?Issuer Name (.+?)", re.DOTALL)
"""A name under which securities of the party are traded."""
_DAY = re.compile(r"((?:Effective|Listing) Date \(.+?\):? \d{1,2} \w{3} \d{4})\.?")
_OF_PERSONS = frozenset({"tax"})
_LONGEST = 1_000
"""Characters of a remark that is looked at; expressions would take long for longer ones."""


def read_remarks(party: Gathered, text: str) -> None:
    """Add what remarks say to a party; whatever else they say is passed over.

    A name in quotation marks is weak (OFAC, "Weak aliases"), a former one too: it needs a second witness.
    """
    for remark in (part.strip() for part in text.split(";") if 0 < len(part) <= _LONGEST):
        if found := _WEAK.fullmatch(remark):
            party.call(found[1], NameKind.WEAK)
        elif found := _NUMBER.fullmatch(remark):
            kind = numbers.kind(found[1])
            if kind and not (party.is_person and kind in _OF_PERSONS):
                party.number(kind, found[2])
        elif found := _TIED.fullmatch(remark):
            party.say(f"linked to {found[1]}")
        elif found := _ISSUER.fullmatch(remark):
            party.call(found[1], NameKind.ALIAS)
        elif found := _DAY.fullmatch(remark):
            party.say(found[1])
