# SPDX-License-Identifier: Apache-2.0
"""Lists of OFAC as XML: SDN.XML and CONSOLIDATED.XML, whose entries hold all that is said of a party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.lists.days import MONTH_FIRST, day
from debar.lists.gathered import Gathering
from debar.lists.remarks import read_remarks
from debar.model.vocab.names import NameKind
from debar.readers import markup
from debar.readers.names import numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.lists.gathered import Gathered
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input
    from debar.readers.markup import Element

_KEPT_OUT = {"vessel": "vessels", "aircraft": "aircraft"}
_NAMES = {"a.k.a.": NameKind.ALIAS, "f.k.a.": NameKind.FORMER, "n.k.a.": NameKind.NAME}


def read(source: Input) -> PartyList:
    """Give the list."""
    gathering = Gathering(source, "OFAC sanctions list")
    for locator, element in markup.elements(source, "Publish_Date", "sdnEntry"):
        fields = markup.fields(element)
        if markup.local(element) == "Publish_Date":
            gathering.version = day(element.text or "", MONTH_FIRST)
        elif not fields.get("uid", "").isdecimal():
            source.lose(locator, "an entry without a number")
        elif what := _KEPT_OUT.get(fields.get("sdnType", "").lower()):
            gathering.left_out[what] += 1
        else:
            _entry(gathering.party(f"ofac-{fields['uid']}"), fields, element)
    return gathering.whole()


def _entry(party: Gathered, fields: dict[str, str], element: Element) -> None:
    """Add what an entry says to its party."""
    party.is_person = fields.get("sdnType", "").lower() == "individual"
    party.call(_name(fields))
    for other in _each(element, "akaList", "aka"):
        kind = _NAMES.get(other.get("type", "").lower(), NameKind.ALIAS)
        party.call(_name(other), NameKind.WEAK if other.get("category", "").lower() == "weak" else kind)
    for programme in element.iterfind("{*}programList/{*}program"):
        party.say(f"OFAC programme {programme.text or ''}")
    for address in (*_each(element, "addressList", "address"), *_each(element, "nationalityList", "nationality")):
        party.place(address.get("country", ""))
    for number in _each(element, "idList", "id"):
        kind_ = numbers.kind(number.get("idType", ""))
        if kind_ and not (party.is_person and kind_ == "tax"):
            party.number(kind_, number.get("idNumber", ""))
    read_remarks(party, fields.get("remarks", ""))


def _each(element: Element, outer: str, inner: str) -> Iterator[dict[str, str]]:
    return (markup.fields(found) for found in element.iterfind(f"{{*}}{outer}/{{*}}{inner}"))


def _name(fields: dict[str, str]) -> str:
    """Give a name as the list prints it: the family name first, and a comma behind it."""
    return ", ".join(filter(None, (fields.get("lastName"), fields.get("firstName"))))
