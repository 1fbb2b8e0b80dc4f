# SPDX-License-Identifier: Apache-2.0
"""Entities of FollowTheMoney, an object a line or an array of them, as OpenSanctions and debar itself export them.

Companies, organisations and persons are parties. Ownership and succession are ties between them, and sanctions say
why they are listed; these may stand before or behind the entities that they are about. Lines are read one by one, and
only what is kept of them stays in memory.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.lists.gathered import TEXT, TEXTS, Gathering
from debar.lists.owners import owned_by
from debar.model.listed import ListedTie
from debar.model.vocab import RelationKind
from debar.model.vocab.names import NameKind
from debar.readers import encodings
from debar.readers.records import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.lists.gathered import Gathered
    from debar.model.listed import PartyList
    from debar.readers.inputs import Input

_DAY = 40
"""Characters of a day, with its time."""
_PARTIES = frozenset({"LegalEntity", "Company", "Organization", "PublicBody", "Person"})
_KEPT_OUT = {"Vessel": "vessels", "Airplane": "aircraft"}
NUMBERS = {
    "leiCode": "lei",
    "uniqueEntityId": "uei",
    "cageCode": "cage",
    "dunsCode": "duns",
    "uscCode": "uscc",
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "vatCode": "tax",
    "swiftBic": "swift",
    "isinCode": "isin",
    "wikidataId": "wikidata",
}
"""Kind of number by the property that holds it."""
_OF_PERSONS = frozenset({"inn", "tax", "registration"})
"""Kinds of numbers that stand for a person where a person has them, and are not kept."""
_AIMED_AT = frozenset({"sanction", "sanction.counter", "debarment", "export.control"})
"""Topics of whoever a measure names; "sanction.linked" and the like are of those around them."""


class _Properties(msgspec.Struct, rename="camel"):
    """What is read of an entity; each is a list of texts where a file is as it should be."""

    name: Any = ()
    alias: Any = ()
    weak_alias: Any = ()
    previous_name: Any = ()
    abbreviation: Any = ()
    jurisdiction: Any = ()
    main_country: Any = ()
    country: Any = ()
    nationality: Any = ()
    lei_code: Any = ()
    unique_entity_id: Any = ()
    cage_code: Any = ()
    duns_code: Any = ()
    usc_code: Any = ()
    inn_code: Any = ()
    ogrn_code: Any = ()
    registration_number: Any = ()
    tax_number: Any = ()
    vat_code: Any = ()
    swift_bic: Any = ()
    isin_code: Any = ()
    wikidata_id: Any = ()
    topics: Any = ()
    parent: Any = ()
    owner: Any = ()
    asset: Any = ()
    percentage: Any = ()
    predecessor: Any = ()
    successor: Any = ()
    start_date: Any = ()
    end_date: Any = ()
    date: Any = ()
    summary: Any = ()
    source_url: Any = ()
    entity: Any = ()
    authority: Any = ()
    program: Any = ()
    program_id: Any = ()
    listing_date: Any = ()


class _Entity(msgspec.Struct):
    id: str
    schema: str
    properties: _Properties
    caption: str = ""
    target: bool | None = None


_NUMBER_FIELDS = tuple(
    (at, NUMBERS[name])
    for at, name in zip(_Properties.__struct_fields__, _Properties.__struct_encode_fields__, strict=True)
    if name in NUMBERS
)


class _Reading:
    """What is known of a list while its lines are read."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.ties: list[tuple[str, ListedTie]] = []
        """(id of the party, its tie)."""
        self.because: defaultdict[str, list[str]] = defaultdict(list)
        self.others: Counter[str] = Counter()

    def add(self, entity: _Entity) -> None:
        """Add one entity, whatever it is."""
        about = entity.properties
        if entity.schema in _PARTIES:
            self._party(entity)
            for parent in _texts(about.parent):
                self.ties += ((entity.id, tie) for tie in owned_by(parent, ()))
        elif entity.schema == "Ownership":
            self._ownership(about)
        elif entity.schema == "Succession":
            self._succession(about)
        elif entity.schema == "Sanction":
            self._sanction(about)
        elif what := _KEPT_OUT.get(entity.schema):
            self.gathering.left_out[what] += 1
        else:
            self.others[entity.schema[:50]] += 1

    def _party(self, entity: _Entity) -> None:
        about, party = entity.properties, self.gathering.party(entity.id)
        party.is_person = party.is_person or entity.schema == "Person"
        names = _texts(about.name)
        if entity.caption in names:
            party.call(entity.caption)
        _call(party, about, names)
        places = (about.jurisdiction, about.main_country, about.nationality, about.country)
        for text in next(filter(None, map(_texts, places)), ()):
            party.place(text)
        for at, kind in _NUMBER_FIELDS:
            if not (party.is_person and kind in _OF_PERSONS):
                for text in _texts(getattr(about, at)):
                    party.number(kind, text)
        if topics := _texts(about.topics):
            party.say(f"topics: {', '.join(topics)}")
        party.is_listed = bool(entity.target) or not _AIMED_AT.isdisjoint(topics)
        if entity.target is False:
            party.say("in the data because of others; the list itself does not target it")

    def _ownership(self, about: _Properties) -> None:
        since, until, because = _span(about)
        for owner, asset in product(_texts(about.owner), _texts(about.asset)):
            ties = owned_by(owner, _texts(about.percentage), since, until, because)
            self.ties += ((asset, tie) for tie in ties)

    def _succession(self, about: _Properties) -> None:
        since, until, because = _span(about)
        kind, text = RelationKind.SUCCESSOR, " ".join(_texts(about.summary))[:TEXT]
        for before, after in product(_texts(about.predecessor), _texts(about.successor)):
            tie = ListedTie(kind=kind, to=before, valid_from=since, valid_until=until, text=text, because=because)
            self.ties.append((after, tie))

    def _sanction(self, about: _Properties) -> None:
        since = _texts(about.listing_date) or _texts(about.start_date)
        days = (*(f"from {day}" for day in since[:1]), *(f"until {day}" for day in _texts(about.end_date)[:1]))
        what = _texts(about.program)[:1] or _texts(about.program_id)[:1]
        said = ", ".join((*_texts(about.authority)[:1], *what, *days))
        for id_ in _texts(about.entity):
            if said and len(self.because[id_]) < TEXTS:
                self.because[id_].append(said[: 2 * TEXT])

    def end(self) -> PartyList:
        """Give the list, with ties between parties that are on it."""
        parties = self.gathering.parties
        for id_, tie in self.ties:
            if id_ in parties and tie.to in parties:
                parties[id_].ties.append(tie)
            else:
                self.gathering.left_out["ties to parties that are not in it"] += 1
        for id_ in self.because.keys() & parties.keys():
            parties[id_].is_listed = True
        for id_, said in self.because.items():
            for text in said if id_ in parties else ():
                parties[id_].say(text)
        if self.others:
            told = ", ".join(f"{count:,} {schema}" for schema, count in self.others.most_common(20))
            self.gathering.notes.append(f"records that are no parties: {told}")
        return self.gathering.whole()


def read(source: Input) -> PartyList:
    """Give the list."""
    reading = _Reading(Gathering(source, f"FollowTheMoney entities ({source.name})"))
    decoder = msgspec.json.Decoder(_Entity)
    for locator, raw in _objects(source):
        try:
            entity = decoder.decode(raw)
        except UNREADABLE as e:
            source.lose(locator, str(e))
            continue
        reading.add(entity)
    return reading.end()


def _objects(source: Input) -> Iterator[tuple[str, str | msgspec.Raw]]:
    """Yield (locator, object) of each line, or of each element of an array."""
    if not encodings.to_text(source.head()).lstrip("\ufeff \t\r\n").startswith("["):
        yield from ((f"line {number}", line) for number, line in source.lines() if line.strip())
        return
    try:
        elements = msgspec.json.decode(source.document(), type=list[msgspec.Raw])
    except UNREADABLE as e:
        raise SourceError(f"not readable as JSON: {e}") from e
    yield from ((f"/{number}", raw) for number, raw in enumerate(elements))


def _call(party: Gathered, about: _Properties, names: tuple[str, ...]) -> None:
    for kind, texts in (
        (NameKind.NAME, names),
        (NameKind.ALIAS, _texts(about.alias)),
        (NameKind.FORMER, _texts(about.previous_name)),
        (NameKind.WEAK, (*_texts(about.weak_alias), *_texts(about.abbreviation))),
    ):
        for text in texts:
            party.call(text, kind)


def _texts(value: object) -> tuple[str, ...]:
    """Give the texts of a property; entities that stand inside others are passed over."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _span(about: _Properties) -> tuple[str, str, str]:
    """Give when a tie began and ended, as far as days, months or years are told, and its source."""
    since = min(_texts(about.start_date) or _texts(about.date), default="")
    return since[:_DAY], max(_texts(about.end_date), default="")[:_DAY], " ".join(_texts(about.source_url)[:1])[:TEXT]
