# SPDX-License-Identifier: Apache-2.0
"""The consolidated list of financial sanctions of the European Union as XML (version 1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.lists import eu_entries
from debar.lists.days import day
from debar.lists.gathered import Gathering
from debar.model.vocab.names import NameKind
from debar.readers import markup

if TYPE_CHECKING:
    from debar.lists.gathered import Gathered
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input
    from debar.readers.markup import Element


def read(source: Input) -> PartyList:
    """Give the list."""
    gathering = Gathering(source, eu_entries.TITLE)
    for locator, element in markup.elements(source, "sanctionEntity"):
        gathering.version = gathering.version or day(element.getroottree().getroot().get("generationDate", ""))
        id_ = element.get("logicalId", "")
        if id_.isdecimal():
            _entity(gathering.party(f"eu-{id_}"), element)
        else:
            source.lose(locator, "an entity without a number")
    return gathering.whole()


def _entity(party: Gathered, element: Element) -> None:
    """Add what an entity says to its party."""
    party.is_person = any(
        eu_entries.is_person(subject.get("code", "")) for subject in element.iterfind("{*}subjectType")
    )
    for alias in element.iterfind("{*}nameAlias"):
        parts = (alias.get(part, "") for part in ("firstName", "middleName", "lastName"))
        remark = markup.fields(alias).get("remark", "")
        kind = eu_entries.kind(remark, first=not party.names)
        name = alias.get("wholeName", "") or " ".join(filter(None, parts))
        party.call(name, NameKind.WEAK if alias.get("strong") == "false" else kind)
    for place in (*element.iterfind("{*}address"), *element.iterfind("{*}citizenship")):
        party.place(place.get("countryIso2Code", ""))
    for identification in element.iterfind("{*}identification"):
        eu_entries.number(party, identification.get("identificationTypeCode", ""), identification.get("number", ""))
    since = element.get("designationDate", "")
    for regulation in element.iterfind("{*}regulation"):
        eu_entries.say(party, regulation.get("programme", ""), regulation.get("numberTitle", ""), day(since))
