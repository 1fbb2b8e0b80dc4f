# SPDX-License-Identifier: Apache-2.0
"""What people decided: a file of blocks (`file`, `faults`), and what they come to on a day.

What is there is moved or marked (`effects`), what the law says of it goes through the law's own procedure (`law`), and
what became of each decision is told (`states`).
"""

from debar.decisions.effects import Decided, decided, standing
from debar.decisions.faults import YEARS, faults
from debar.decisions.file import HEADER, digest, read
from debar.decisions.law import WHATEVER, accepted, check, grants
from debar.decisions.people import is_same_person
from debar.decisions.scope import (
    acts_on_findings,
    contradict,
    covers,
    meet,
    overlap,
    reaches,
    reaches_whatever_was_found,
)
from debar.decisions.states import noted, states, unseen
from debar.decisions.words import identity, scope_of
from debar.decisions.writing import amended

__all__ = [
    "HEADER",
    "WHATEVER",
    "YEARS",
    "Decided",
    "accepted",
    "acts_on_findings",
    "amended",
    "check",
    "contradict",
    "covers",
    "decided",
    "digest",
    "faults",
    "grants",
    "identity",
    "is_same_person",
    "meet",
    "noted",
    "overlap",
    "reaches",
    "reaches_whatever_was_found",
    "read",
    "scope_of",
    "standing",
    "states",
    "unseen",
]
