# SPDX-License-Identifier: Apache-2.0
"""What the consolidated list of the European Union says of a party, as CSV or as XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab.names import NameKind
from debar.readers.names import numbers

if TYPE_CHECKING:
    from debar.lists.gathered import Gathered

TITLE = "EU consolidated list of financial sanctions"
_WEAK = re.compile(r"\(?low quality|\(?weak", re.IGNORECASE)
_FORMER = re.compile(r"\(?(?:formerly|former name|f\.?k\.?a|previous(?:ly)?\b)", re.IGNORECASE)


def is_person(code: str) -> bool:
    """Tell whether the code of a subject, short or long, is that of a person."""
    return code.strip().lower() in {"p", "person"}


def kind(remark: str, *, first: bool) -> NameKind:
    """Give what a name is by the remark that stands with it; the list does not say it otherwise."""
    if _WEAK.match(remark):
        return NameKind.WEAK
    if _FORMER.match(remark):
        return NameKind.FORMER
    return NameKind.NAME if first else NameKind.ALIAS


def number(party: Gathered, label: str, text: str) -> None:
    """Add a number of a register; those of persons are left out."""
    found = numbers.kind(label)
    if found and not party.is_person:
        party.number(found, text)


def say(party: Gathered, programme: str, title: str, since: str) -> None:
    """Add why the party is listed."""
    party.say(", ".join(filter(None, (f"EU programme {programme}", title, since and f"designated {since}"))))
