# SPDX-License-Identifier: Apache-2.0
"""CycloneDX: it fits the schema of 1.7, every reference leads somewhere, and claims say no more than the report."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cyclonedx
import jsonschema_rs
import pytest
import reports
from msgspec.structs import replace

from debar.model.vocab import Meaning, Medium, State
from debar.writers.cyclonedx.components import technique

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = Path(cyclonedx.__file__).parent / "schema" / "_res"
"""Schemas that the library of CycloneDX brings along."""


@cache
def validator() -> Any:
    """Give the validator of CycloneDX 1.7, with the schemas that it refers to."""

    def retrieve(uri: str) -> Any:
        name = uri.rpartition("/")[2].replace(".SNAPSHOT", "").replace(".schema.json", ".SNAPSHOT.schema.json")
        return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))

    return jsonschema_rs.validator_for(retrieve("bom-1.7.schema.json"), retriever=retrieve, validate_formats=True)


def bom(report: Any) -> dict[str, Any]:
    """Give the BOM of a report."""
    found: dict[str, Any] = json.loads(reports.written("cyclonedx", report))
    return found


def values(noun: Any, key: str) -> Iterator[Any]:
    """Yield every value of a key, however deep."""
    if isinstance(noun, dict):
        if key in noun:
            yield noun[key]
        for one in noun.values():
            yield from values(one, key)
    elif isinstance(noun, list):
        for one in noun:
            yield from values(one, key)


@pytest.mark.parametrize("made", [reports.demo, reports.attacked, reports.blank], ids=["demo", "attacked", "blank"])
def test_it_fits_the_schema(made: Any) -> None:
    """The BOM is one by the schema of the standard, whatever the names in it."""
    assert [f"{error.instance_path}: {error.message}" for error in validator().iter_errors(bom(made()))] == []


def test_every_reference_leads_somewhere() -> None:
    """References are unique, and claims, requirements and assessors that something points to are there."""
    found = bom(reports.demo())
    refs = list(values(found, "bom-ref"))
    assert len(refs) == len(set(refs))
    pointed = {*values(found, "target"), *values(found, "requirement"), *values(found, "assessor")}
    for mapped in found["declarations"]["attestations"][0]["map"]:
        pointed |= {*mapped["claims"], *mapped["counterClaims"]}
    assert pointed <= set(refs)


def test_a_component_for_each_exposure() -> None:
    """Components are the exposures, with their evidence in the words of CycloneDX."""
    report = reports.demo()
    found = bom(report)["components"]
    assert [component["bom-ref"] for component in found] == [exposure.id for exposure in report.exposures]
    for component, exposure in zip(found, report.exposures, strict=True):
        assert len(component["evidence"]["occurrences"]) == len(exposure.matches)
        assert {one["confidence"] for one in component["evidence"]["identity"]} == {exposure.confidence}
        told = {one["name"]: one["value"] for one in component["properties"]}
        assert (told["debar:asset"], told["debar:level"]) == (exposure.asset, str(exposure.level))


def test_devices_have_a_manufacturer() -> None:
    """Hardware is a device with a manufacturer; anything else has a supplier."""
    report = reports.demo()
    first, *others = report.exposures
    made = bom(replace(report, exposures=(replace(first, meaning=Meaning.HARDWARE), *others)))["components"]
    assert (made[0]["type"], made[0]["manufacturer"]) == ("device", {"name": "Kaspersky"})
    assert "supplier" not in made[0]
    assert made[1]["supplier"] == {"name": "Kaspersky"}


def test_a_package_url_only_where_there_is_one() -> None:
    """Of several package URLs none is the component's own."""
    for component, exposure in zip(bom(reports.demo())["components"], reports.demo().exposures, strict=True):
        purls = {match.purl for match in exposure.matches if match.purl}
        assert component.get("purl") == (purls.pop() if len(purls) == 1 else None)


def test_techniques_are_those_of_the_medium() -> None:
    """What a package database says is read from a manifest, what the wire says is seen at work."""
    found = {match.medium: technique(match) for exposure in reports.demo().exposures for match in exposure.matches}
    assert found[Medium.SBOM] == found[Medium.PACKAGES] == "manifest-analysis"
    assert found[Medium.NETWORK] == "dynamic-analysis"
    assert found[Medium.PURCHASES] == "attestation"


def test_claims_say_what_the_report_says() -> None:
    """A requirement against which a claim speaks conforms by 0, one that is open by nothing, and each names its claims."""
    found = bom(reports.demo())
    mapped = {one["requirement"]: one for one in found["declarations"]["attestations"][0]["map"]}
    banned = mapped["provision:us-far-52.204-23#provide"]
    assert banned["conformance"]["score"] == 0
    assert banned["counterClaims"]
    claims = {one["bom-ref"]: one for one in found["declarations"]["claims"]}
    assert "provide: prohibited since 1 Oct 2018" in claims[banned["counterClaims"][0]]["predicate"]
    opened = mapped["provision:us-far-52.204-23#use-in-deliverables"]
    assert "score" not in opened["conformance"]
    assert opened["counterClaims"]
    assert "Open question: " in claims[opened["counterClaims"][0]]["reasoning"]


def test_what_was_not_looked_at_is_told() -> None:
    """A BOM without components says what could not be read, and has no declarations."""
    found = bom(reports.blank())
    told = [one["value"] for one in found["metadata"]["properties"] if one["name"] == "debar:unread"]
    assert told == ["broken.json byte 7: not JSON"]
    assert found["components"] == []
    assert "declarations" not in found


def test_serial_numbers_are_those_of_the_content() -> None:
    """The same report has the same serial number, another day another one."""
    serial = bom(reports.demo())["serialNumber"]
    assert serial == bom(reports.copied(reports.demo()))["serialNumber"]
    assert serial != bom(replace(reports.demo(), as_of="2024-10-06"))["serialNumber"]


@pytest.mark.parametrize(("state", "score"), [(State.OPEN, None), (State.OVERDUE, 0.0), (State.DONE, 1.0)])
def test_a_duty_that_nobody_can_see_has_no_score(state: State, score: float | None) -> None:
    """Conformance to what is owed whatever was found is what is on record of it, and open where nothing is."""
    report = reports.demo()
    kept = tuple(replace(one, state=state) for one in report.obligations)
    (attested,) = bom(replace(report, obligations=kept))["declarations"]["attestations"]
    (found,) = [one for one in attested["map"] if one["requirement"] == "provision:us-far-52.204-25#flow-down"]
    assert found["conformance"].get("score") == score
