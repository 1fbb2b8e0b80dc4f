# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of FollowTheMoney entities."""

import io
import json
from pathlib import Path

from listed_samples import DATA, names, parties, read

from debar.lists import open_list
from debar.model.listed import ListedTie
from debar.model.vocab import RelationKind
from debar.model.vocab.names import NameKind
from debar.register import Register
from debar.writers.register import Part, ftm

SAMPLE = DATA / "ftm" / "entities.ftm.json"


def test_company_with_all_it_has() -> None:
    """Names by kind, the country of its law, and the numbers of public registers."""
    found = parties(open_list(SAMPLE))["works"]
    assert names(found) == [
        ("Example Works JSC", NameKind.NAME),
        ("Пример Завод", NameKind.NAME),
        ("Example Plant", NameKind.ALIAS),
        ("Model Works", NameKind.FORMER),
        ("EW", NameKind.WEAK),
        ("EXW", NameKind.WEAK),
    ]
    assert found.country == "RU"
    assert found.identifiers == {
        "cage": "1ABC2",
        "duns": "542957624",
        "inn": "7707083893",
        "lei": "253400ABCDEFGHIJKL12",
        "ogrn": "1027700132195",
        "registration": "1027700132195",
        "uei": "ABCDEFGHIJK1",
    }


def test_sanction_and_topics_say_why_wherever_they_stand() -> None:
    """A sanction before its entity is told like one behind it."""
    assert parties(open_list(SAMPLE))["works"].because == (
        "topics: sanction",
        "Some Authority, Some Programme, from 2022-03-01",
    )


def test_ownership_is_a_tie_of_what_is_owned() -> None:
    """Share and days are kept as they are told, a range too; nothing is guessed."""
    assert parties(open_list(SAMPLE))["works"].ties == (
        ListedTie(
            kind=RelationKind.SUBSIDIARY,
            to="holding",
            share="51",
            valid_from="2020-01-01",
            valid_until="2024",
            because="https://example.org/register",
        ),
        ListedTie(kind=RelationKind.SUBSIDIARY, to="someone", share="25-50"),
    )


def test_parent_and_succession_are_ties() -> None:
    """A parent whose share is not told says so; a successor is tied to whom it succeeds."""
    assert parties(open_list(SAMPLE))["heir"].ties == (
        ListedTie(kind=RelationKind.SUBSIDIARY, to="holding", text="how much the owner holds is not told"),
        ListedTie(kind=RelationKind.SUCCESSOR, to="works", valid_from="2025-02"),
    )


def test_what_is_left_out_is_told() -> None:
    """Vessels, ties to nobody known, and records that are no parties are counted."""
    assert open_list(SAMPLE).notes == (
        "left out: vessels (1), ties to parties that are not in it (1)",
        "records that are no parties: 1 Address",
    )


def test_person_is_one_and_has_no_number() -> None:
    """The number of a person is not kept."""
    found = parties(open_list(SAMPLE))["someone"]
    assert (found.is_person, found.country, found.identifiers) == (True, "BY", {})


def test_entity_that_is_no_target_says_so() -> None:
    """An owner that is in the data because of others is not told as listed."""
    assert parties(open_list(SAMPLE))["holding"].because == (
        "in the data because of others; the list itself does not target it",
    )


def test_array_is_read_like_lines(tmp_path: Path) -> None:
    """Some exports are one array."""
    entities = [json.loads(line) for line in SAMPLE.read_text().splitlines()]
    there = read(tmp_path, json.dumps(entities, indent=1))
    assert there.parties == open_list(SAMPLE).parties


def test_broken_lines_cost_themselves(tmp_path: Path) -> None:
    """A line that is no entity is told with its number."""
    good = '{"id":"a","schema":"Company","properties":{"name":["Example Works"]}}'
    found = read(tmp_path, f'{good}\n{{"id":"b","schema":"Comp\n[]\n')
    assert [party.id for party in found.parties] == ["a"]
    assert [note.partition(": ")[2].partition(":")[0] for note in found.notes] == ["line 2", "line 3"]


def test_values_that_are_no_texts_are_passed_over(tmp_path: Path) -> None:
    """A property may be one text, hold entities, or anything; only texts are names."""
    text = '{"id":"a","schema":"Company","properties":{"name":"Example Works","alias":[{"id":"x"},7,"EW"],"country":null}}\n'
    (found,) = read(tmp_path, text).parties
    assert names(found) == [("Example Works", NameKind.NAME), ("EW", NameKind.ALIAS)]


def test_what_debar_exports_it_reads_again(register: Register, tmp_path: Path) -> None:
    """The register as FollowTheMoney is a list of its parties, under all of their names."""
    out = io.StringIO()
    ftm.write(Part(register, (), frozenset(), tuple(register.parties.values()), "2026-01-01", {}), out)
    found = parties(read(tmp_path, out.getvalue()))
    assert {id_.removeprefix("debar-party-"): {name.text for name in party.names} for id_, party in found.items()} == {
        party.id: {
            " ".join(name.split()) for name in (party.name, *party.legal_names, *party.aliases, *party.former_names)
        }
        for party in register.parties.values()
    }
