# SPDX-License-Identifier: Apache-2.0
"""Promises of the register as a list."""

from listed_samples import names, parties

from debar.lists.registered import from_register
from debar.model.listed import ListedTie
from debar.model.measures import Citation, Party, Relation, Unrelated
from debar.model.vocab import Grade, RelationKind
from debar.model.vocab.names import NameKind
from debar.register import Register


def composed(*some: Party) -> Register:
    """Give a register of parties alone."""
    return Register(
        version="2026.01.0",
        sha256="",
        added=(),
        authorities={},
        calendars={},
        parties={party.id: party for party in some},
        documents={},
        measures={},
        indicators=(),
        layouts=(),
    )


def test_every_party_is_on_the_list_under_all_of_its_names(register: Register) -> None:
    """Nobody and no name of the shipped register is lost, and the list has the register's own version."""
    found = from_register(register)
    assert (found.name, found.version) == ("debar register", register.version)
    assert {id_: {name.text for name in party.names} for id_, party in parties(found).items()} == {
        party.id: {party.name, *party.legal_names, *party.aliases, *party.former_names}
        for party in register.parties.values()
    }


def test_kinds_of_names_follow_the_fields() -> None:
    """Names of companies are full names, and the first is that of the party."""
    party = Party(id="a", name="Works", legal_names=("Works Ltd",), aliases=("WKS", "Works"), former_names=("Plant",))
    assert names(from_register(composed(party)).parties[0]) == [
        ("Works", NameKind.NAME),
        ("Works Ltd", NameKind.NAME),
        ("WKS", NameKind.ALIAS),
        ("Plant", NameKind.FORMER),
    ]


def test_ties_are_those_to_parties_with_days_share_and_source() -> None:
    """A relation to a measure is no tie; one that nobody has verified says so."""
    cited = (Citation(document="doc", at="p-1"), Citation(document="other"))
    party = Party(
        id="a",
        name="A",
        relations=(
            Relation(
                kind=RelationKind.SUBSIDIARY,
                to="b",
                share="51",
                valid_from="2020-01-01",
                valid_until="2021-01-01",
                text="bought",
                grade=Grade.PRIMARY,
                citations=cited,
            ),
            Relation(kind=RelationKind.AFFILIATE, to="b", text="perhaps"),
            Relation(kind=RelationKind.LISTED, to="some-measure"),
        ),
    )
    found = parties(from_register(composed(party, Party(id="b", name="B"))))["a"]
    assert found.ties == (
        ListedTie(
            kind=RelationKind.SUBSIDIARY,
            to="b",
            share="51",
            valid_from="2020-01-01",
            valid_until="2021-01-01",
            text="bought",
            because="doc#p-1; other",
        ),
        ListedTie(kind=RelationKind.AFFILIATE, to="b", text="unverified: perhaps"),
    )


def test_numbers_of_devices_are_no_identifiers() -> None:
    """Only what stands for a company in a public register identifies one in a ledger."""
    party = Party(id="a", name="A", identifiers={"lei": "253400ABCDEFGHIJKL12", "usb-vendor": "12d1"})
    assert from_register(composed(party)).parties[0].identifiers == {"lei": "253400ABCDEFGHIJKL12"}


def test_others_of_a_like_name_come_along() -> None:
    """Who is somebody else is told as the register tells it, with the passage that says so."""
    other = Unrelated(name="A Foods", text="a restaurant", citations=(Citation(document="doc"),))
    found = from_register(composed(Party(id="a", name="A", unrelated=(other,)))).parties[0]
    assert found.unrelated == (other,)


def test_listing_says_which_measure_and_since_when(register: Register) -> None:
    """What the shipped register says of a listed party begins with the measure that lists it."""
    found = parties(from_register(register))["hikvision"]
    assert found.because[0].startswith("listed: ")
    assert any("from 2021-03-12" in text for text in found.because)
