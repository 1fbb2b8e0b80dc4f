# SPDX-License-Identifier: Apache-2.0
"""FollowTheMoney entities: that they fit its model, and that nothing is said of a party that is not so.

The properties and ranges below are transcribed from the schemata of followthemoney 4.11.2 (MIT), files
followthemoney/schema/*.yaml of its wheel; its countries are ISO 3166 in lower case, with "eu". The library
itself is no dependency of the tests: it brings 40 packages, of which pyicu is compiled on installation.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import exported
import pytest
from exported import entities, measure, part, party, provision, register, relation, written

from debar.model.measures import Claim, Target
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Grade,
    Halt,
    Instrument,
    MeasureStatus,
    Modality,
    RelationKind,
)
from debar.writers.register.topics import topics

if TYPE_CHECKING:
    from debar.model.measures import Measure, Party
    from debar.register import Register

THING = {"name", "alias", "previousName", "country", "topics", "notes", "sourceUrl"}
LEGAL = THING | {"leiCode", "dunsCode", "uniqueEntityId", "uscCode", "innCode", "ogrnCode", "wikidataId"}
INTERVAL = {"startDate", "endDate", "date", "summary", "sourceUrl"}
INTEREST = INTERVAL | {"role", "status"}
PROPERTIES = {
    "Company": LEGAL,
    "LegalEntity": LEGAL,
    "Person": LEGAL,
    "Ownership": INTEREST | {"owner", "asset", "percentage"},
    "Succession": INTEREST | {"predecessor", "successor"},
    "Employment": INTEREST | {"employee", "employer"},
    "UnknownLink": INTEREST | {"subject", "object"},
    "Sanction": INTERVAL | {
        "entity", "authority", "country", "program", "programId", "listingDate", "namesMentioned", "provisions",
    },
}  # fmt: skip
REQUIRED = {
    "Company": {"name"},
    "LegalEntity": {"name"},
    "Person": {"name"},
    "Ownership": {"owner", "asset"},
    "Succession": {"predecessor", "successor"},
    "Employment": {"employee", "employer"},
    "UnknownLink": {"subject", "object"},
    "Sanction": {"entity"},
}
ANYBODY = {"Company", "LegalEntity", "Person"}
RANGES = {
    "owner": ANYBODY, "asset": {"Company"}, "predecessor": ANYBODY, "successor": ANYBODY, "employee": {"Person"},
    "employer": {"Company"}, "subject": ANYBODY, "object": ANYBODY, "entity": ANYBODY,
}  # fmt: skip
"""An asset is of the schema Asset, which Company extends and LegalEntity and Person do not; an employer is an
Organization, which Company extends."""
TOPICS = {"sanction", "export.control", "debarment"}
LONGEST = {"programId": 64}
DATES = {"startDate", "endDate", "date", "listingDate"}


def faults(found: list[dict[str, Any]]) -> list[str]:
    """Give what does not fit the model."""
    schemata = {entity["id"]: entity["schema"] for entity in found}
    wrong = [] if len(schemata) == len(found) else ["two entities with one id"]
    for entity in found:
        id_, schema, properties = entity["id"], entity["schema"], entity["properties"]
        wrong += [f"{id_}: {name} is no property of {schema}" for name in set(properties) - PROPERTIES[schema]]
        wrong += [f"{id_}: {name} is missing" for name in REQUIRED[schema] - set(properties)]
        for name, values in properties.items():
            wrong += [f"{id_}: {name} {value!r}" for value in values if not fits(name, value, schemata)]
    return wrong


def fits(name: str, value: str, schemata: dict[str, str]) -> bool:
    """Tell whether a value is one of its property."""
    if name in RANGES:
        return schemata.get(value) in RANGES[name]
    if name in DATES:
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
    if name == "topics":
        return value in TOPICS
    if name == "country":
        return re.fullmatch("[a-z]{2}", value) is not None and value != "uk"
    if name == "sourceUrl":
        return value.startswith(("https://", "http://"))
    return value == " ".join(value.split()) and value.isprintable() and 0 < len(value) <= LONGEST.get(name, len(value))


def of_schema(whole: Register, schema: str) -> list[dict[str, Any]]:
    """Give the properties of the entities of one schema."""
    return [entity["properties"] for entity in entities(part(whole)) if entity["schema"] == schema]


def listing(**changes: Any) -> Measure:
    """Give a list with one provision about whoever stands on it."""
    targets = Target(lists=("us-list",))
    return measure(
        provision(targets=targets, acts=(Act.EXPORT,)),
        **{"id": "us-list", "instrument": Instrument.LIST_ENTRY, **changes},
    )


def on_list(**changes: Any) -> Party:
    """Give a party that stands on the list."""
    return party(
        "maker", relation(**{"kind": RelationKind.LISTED, "to": "us-list", "valid_from": "2024-06-24", **changes})
    )


def test_a_party() -> None:
    """A supplier is a Company with its names, country, identifiers, notes and sources."""
    maker = party(
        "maker",
        legal_names=("Maker Ltd",),
        aliases=("MK", "Maker Ltd"),
        former_names=("Old",),
        identifiers={"lei": "529900T8BM49AURSDO55", "usb-vendor": "12d1"},
        note="A note.",
    )
    assert entities(part(register(parties=(maker,)))) == [
        {
            "id": "debar-party-maker",
            "schema": "Company",
            "properties": {
                "name": ["Maker"],
                "alias": ["Maker Ltd", "MK"],
                "previousName": ["Old"],
                "country": ["no"],
                "leiCode": ["529900T8BM49AURSDO55"],
                "notes": ["A note.", "usb-vendor: 12d1"],
                "sourceUrl": ["https://example.com/order", "https://example.com/report?a=1&b=2"],
            },
        }
    ]


def test_schemata_of_parties() -> None:
    """Who is a person is one, who has products or is owned is a company, and of anybody else nothing is claimed."""
    parties = (
        party("maker"),
        party("boss", person=True),
        party("group", products=()),
        party("child", relation(RelationKind.SUBSIDIARY, "maker"), products=()),
        party("mother", relation(RelationKind.PARENT, "grown"), products=()),
        party("grown", products=()),
    )
    found = {entity["id"].rpartition("-")[2]: entity["schema"] for entity in entities(part(register(parties=parties)))}
    found = {id_: schema for id_, schema in found.items() if id_ in {p.id for p in parties}}
    assert found == {
        "maker": "Company", "boss": "Person", "group": "LegalEntity", "child": "Company", "mother": "LegalEntity",
        "grown": "Company",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "schema", "ends"),
    [
        (RelationKind.SUBSIDIARY, "Ownership", {"owner": "other", "asset": "maker"}),
        (RelationKind.MINORITY, "Ownership", {"owner": "other", "asset": "maker"}),
        (RelationKind.PARENT, "Ownership", {"owner": "maker", "asset": "other"}),
        (RelationKind.SUCCESSOR, "Succession", {"predecessor": "other", "successor": "maker"}),
        (RelationKind.PREDECESSOR, "Succession", {"predecessor": "maker", "successor": "other"}),
        (RelationKind.AFFILIATE, "UnknownLink", {"subject": "maker", "object": "other"}),
        (RelationKind.PARTNER, "UnknownLink", {"subject": "maker", "object": "other"}),
        (RelationKind.REBRANDER, "UnknownLink", {"subject": "maker", "object": "other"}),
        (RelationKind.OFFICER, "UnknownLink", {"subject": "maker", "object": "other"}),
        (RelationKind.DIVESTED, "UnknownLink", {"subject": "maker", "object": "other"}),
    ],
)
def test_ties(kind: RelationKind, schema: str, ends: dict[str, str]) -> None:
    """A tie points the way it runs, and is an ownership or succession only where it is one."""
    tied = relation(kind, "other", share="30", valid_from="2020-01-01", valid_until="2021-01-01")
    whole = register(parties=(party("maker", tied), party("other")))
    (found,) = of_schema(whole, schema)
    assert {name: found[name] for name in ends} == {name: [f"debar-party-{id_}"] for name, id_ in ends.items()}
    assert found["role"] == [kind]
    assert found.get("percentage", ["30"]) == ["30"]
    assert ("percentage" in found) is (schema == "Ownership")
    days = [found.get(name) for name in ("startDate", "endDate", "date")]
    sold = kind is RelationKind.DIVESTED
    assert days == ([None, None, ["2020-01-01"]] if sold else [["2020-01-01"], ["2021-01-01"], None])


def test_an_officer_who_is_a_person_is_employed() -> None:
    """Only a natural person works for a company."""
    boss = party("boss", relation(RelationKind.OFFICER, "maker"), person=True)
    (found,) = of_schema(register(parties=(boss, party("maker"))), "Employment")
    assert (found["employee"], found["employer"]) == (["debar-party-boss"], ["debar-party-maker"])


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"claims": (Claim(value="yes", by="a", grade=Grade.PRIMARY),)}, "disputed"),
        ({"grade": Grade.UNVERIFIED}, "unverified"),
    ],
)
def test_what_is_unsure_is_no_ownership(changes: dict[str, Any], status: str) -> None:
    """A tie that sources dispute or nobody has seen is a link that says so."""
    child = party("child", relation(RelationKind.SUBSIDIARY, "maker", **changes))
    whole = register(parties=(child, party("maker")))
    assert of_schema(whole, "Ownership") == []
    (found,) = of_schema(whole, "UnknownLink")
    assert (found["role"], found["status"]) == (["subsidiary"], [status])


def test_a_listing_is_a_sanction_entity() -> None:
    """Who stands on a binding list has an entity with list, authority, days where the authority sits, and source."""
    listed = on_list(
        valid_from="2024-06-24T03:00Z", valid_until="2026-01-01", printed_as="MAKER LTD", citations=exported.CITED
    )
    (found,) = of_schema(register(listing(), parties=(listed,)), "Sanction")
    assert found == {
        "entity": ["debar-party-maker"],
        "authority": ["Office"],
        "country": ["us"],
        "program": ["Order"],
        "programId": ["us-list"],
        "listingDate": ["2024-06-23"],
        "startDate": ["2024-06-23"],
        "endDate": ["2026-01-01"],
        "namesMentioned": ["MAKER LTD"],
        "provisions": ["Companies must not use it."],
        "summary": ["listed of us-list"],
        "sourceUrl": ["https://example.com/order", "https://example.com/report?a=1&b=2"],
    }


@pytest.mark.parametrize(
    ("of_list", "of_listing"),
    [
        ({"instrument": Instrument.WARNING}, {}),
        ({"instrument": Instrument.PROPOSAL}, {}),
        ({"status": MeasureStatus.DRAFT}, {}),
        ({}, {"grade": Grade.UNVERIFIED}),
        ({}, {"claims": (Claim(value="no", by="b", grade=Grade.PRIMARY),)}),
        ({}, {"kind": RelationKind.NOT_LISTED}),
    ],
)
def test_what_is_no_listing(of_list: dict[str, Any], of_listing: dict[str, Any]) -> None:
    """A list without force, a draft, a disputed listing and a party that is expressly not listed give none, nor a topic."""
    whole = register(listing(**of_list), parties=(on_list(**of_listing),))
    assert of_schema(whole, "Sanction") == []
    assert "topics" not in of_schema(whole, "Company")[0]


BUYING = {"acts": (Act.ACQUIRE,), "addressees": (AddresseeKind.FEDERAL_AGENCY,), "applies_from": "2024-01-01"}


@pytest.mark.parametrize(
    ("changes", "instrument", "expected"),
    [
        ({"acts": (Act.TRANSACT,)}, Instrument.DESIGNATION, ["sanction"]),
        ({"acts": (Act.EXPORT,)}, Instrument.REGULATION, ["export.control"]),
        ({"acts": (Act.EXPORT,), "modality": Modality.LICENCE_REQUIRED}, Instrument.REGULATION, ["export.control"]),
        ({**BUYING, "targets": Target(parties=("maker",))}, Instrument.STATUTE, ["debarment"]),
        ({**BUYING, "targets": Target(parties=("maker",), categories=(Category.VPN,))}, Instrument.STATUTE, []),
        ({**BUYING, "targets": Target(parties=("other",))}, Instrument.STATUTE, []),
        ({**BUYING, "targets": Target(origins=("NO",))}, Instrument.STATUTE, []),
        ({**BUYING, "addressees": (AddresseeKind.COMPANY,)}, Instrument.STATUTE, []),
        ({"acts": (Act.TRANSACT,), "modality": Modality.PERMITTED}, Instrument.DESIGNATION, []),
        ({"acts": (Act.TRANSACT,), "grade": Grade.UNVERIFIED}, Instrument.DESIGNATION, []),
        ({"acts": (Act.EXPORT,)}, Instrument.PROPOSAL, []),
        ({"acts": (Act.USE,)}, Instrument.REGULATION, []),
    ],
)
def test_topics(changes: dict[str, Any], instrument: Instrument, expected: list[str]) -> None:
    """A topic is given only for what binding law says of the party by name; a ban on some products is no debarment."""
    ban = provision(
        **{"applies_from": "2024-01-01", "applies_until": "", "targets": Target(parties=("maker",)), **changes}
    )
    whole = register(measure(ban, instrument=instrument))
    assert topics(whole, whole.parties["maker"], exported.ON) == expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-06-23", []),
        ("2024-06-24", ["export.control"]),
        ("2024-12-31", ["export.control"]),
        ("2025-01-01", []),
    ],
)
def test_topics_are_those_of_the_day(on: str, expected: list[str]) -> None:
    """Who comes on a list has its topic from that day to the last before it goes off."""
    law = listing()
    law = measure(
        provision(acts=(Act.EXPORT,), targets=Target(lists=("us-list",)), applies_from="2020-01-01"), id=law.id
    )
    whole = register(law, parties=(on_list(valid_until="2025-01-01"),))
    assert topics(whole, whole.parties["maker"], on) == expected


def test_a_suspended_ban_gives_no_topic() -> None:
    """What is suspended on the day does not count; what is merely not enforced does."""
    from debar.model.measures import Interruption

    for kind, expected in ((Halt.SUSPENSION, []), (Halt.NON_ENFORCEMENT, ["export.control"])):
        halt = Interruption(
            id="h", kind=kind, text="Halt.", applies_from="2024-01-01", known_from="2024-01-01", grade=Grade.PRIMARY
        )
        ban = provision(acts=(Act.EXPORT,), applies_from="2024-01-01", interruptions=(halt,))
        whole = register(measure(ban))
        assert topics(whole, whole.parties["maker"], exported.ON) == expected


def test_hostile_words_stay_words() -> None:
    """A line is one entity, whatever stands in a name, and no character that cannot be seen leaves."""
    raw = written("ftm", part(exported.everything()))
    assert not {"\x07", "\x1b", "\u202e", "\u2028", "\r"} & set(raw)
    found = entities(part(exported.everything()))
    assert faults(found) == []
    assert "<script>alert(1)</script>" in found[0]["properties"]["name"][0]


def test_ids_stay_and_bytes_are_the_same() -> None:
    """The same register gives the same bytes; a party keeps its id when its name changes."""
    assert written("ftm", part(exported.everything())) == written("ftm", part(exported.everything()))
    before, after = (entities(part(register(parties=(party("maker", name=name),))))[0] for name in ("A", "B"))
    assert before["id"] == after["id"]


def test_the_register_of_the_program(register: Register) -> None:
    """The shipped register fits the model; who is designated, and only that party, is called sanctioned."""
    found = entities(part(register, "2026-11-22"))
    assert faults(found) == []
    assert {entity["schema"] for entity in found} <= set(PROPERTIES)
    designations = {m.id for m in register.measures.values() if m.instrument is Instrument.DESIGNATION}
    listed = {
        p.id for p in register.parties.values() for r in p.relations if r.to in designations and r.kind == "listed"
    }
    called = {entity["id"] for entity in found if "sanction" in entity["properties"].get("topics", ())}
    assert called == {f"debar-party-{id_}" for id_ in listed}
