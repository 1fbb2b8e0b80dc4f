# SPDX-License-Identifier: Apache-2.0
"""Promises about the elements of a law's plan: filled from the evidence, empty where it says nothing, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from estates import Thing, finding, protection, report
from msgspec.structs import replace

from debar.model.measures import Organisation, System
from debar.model.vocab import AddresseeKind, Meaning, Status
from debar.planning.plan import Wishes, plan

if TYPE_CHECKING:
    from debar.model.results import Report, Template
    from debar.register import Register

BOD = "us-dhs-bod-17-01-plan"
THINGS = [
    Thing("pc-1", "endpoint-security", "2024-10-10"),
    Thing("pc-2", "endpoint-security", "2024-10-10"),
    Thing("IT", "endpoint-security", "2024-10-10", meaning=Meaning.PURCHASE),
]


def template(found: Report, register: Register, form: str = BOD) -> Template:
    """Give one of the templates of the plan of a report."""
    made = plan(found, register, Wishes(begins="2024-10-07"))
    return next(one for one in made.templates if one.form == form)


def answers(found: Report, register: Register) -> dict[str, tuple[str, ...]]:
    """Give what is answered, by element."""
    return {element.id: element.says for element in template(found, register).elements}


def test_the_fourteen_elements_are_there(register: Register) -> None:
    """BOD 17-01 asks for (a) to (n); each is filled, or says who must fill it."""
    found = template(report(THINGS, protections=[protection("pc-1")]), register)
    assert list("abcdefghijklmn") == [element.id for element in found.elements]
    assert all(bool(element.says) != bool(element.missing) for element in found.elements)
    assert {"b", "f", "g", "j", "n"} == {element.id for element in found.elements if element.missing}


def test_what_evidence_tells_is_filled_in(register: Register) -> None:
    """Name, products, endpoints, agreements, days, replacement and what is in the way come from the report."""
    found = answers(report(THINGS, protections=[protection("pc-1")]), register)
    assert ("Orchard Agency",) == found["a"]
    assert ("Kaspersky Endpoint Security",) == found["c"]
    assert ("Kaspersky Endpoint Security: 2",) == found["d"]
    assert ("endpoint-security (IT)",) == found["h"]
    assert found["i"][0].startswith("wave 1, 2024-10-07 to 2024-10-07: before anything is removed, ")
    assert ("Sentinelone: reports healthy on 1 of the machines",) == found["k"]
    assert ("1 machine: replacements in place from 2024-10-07 to 2024-10-07, before anything is removed",) == found["l"]
    assert ("no protection is confirmed on pc-2", "no SBOM: components were not looked at") == found["m"]


def test_systems_of_the_organisation_answer_for_their_function(register: Register) -> None:
    """Facts that the organisation states of its systems are told; without them the element waits."""
    asker = Organisation(
        name="us/federal-agency",
        jurisdictions=("us",),
        kinds=(AddresseeKind.FEDERAL_AGENCY,),
        systems=(System(id="payroll", assets=("pc-*",), facts={"national_security_system": "no"}),),
    )
    found = answers(replace(report(THINGS), organisation=asker), register)
    assert ("payroll: national_security_system no",) == found["g"]
    assert () == found["a"], "what --as says is nobody's name"


def test_a_demanded_form_stands_alone(register: Register) -> None:
    """A plan that the law demands of the asker is marked so, and those of others are left out."""
    asked = replace(
        finding(THINGS[0]), measure="us-dhs-bod-17-01", provision="us-dhs-bod-17-01#plan", status=Status.REQUIRED
    )
    found = report(THINGS, findings=[finding(thing) for thing in THINGS])
    found = replace(
        found,
        findings=(*found.findings, asked),
        measures=found.measures | {"us-dhs-bod-17-01": found.measures["us-order"]},
    )
    made = plan(found, register, Wishes(begins="2024-10-07"))
    assert [(BOD, True)] == [(one.form, one.demanded) for one in made.templates]


def test_where_no_plan_is_demanded_one_serves_as_a_list(register: Register) -> None:
    """It is one of the asker's own places, or the fullest that there is, and is not called a demand."""
    for place, form in (("us", BOD), ("it", "it-acn-2025-11-14-steps"), ("de", BOD)):
        asker = Organisation(name="Orchard", jurisdictions=(place,), kinds=(AddresseeKind.COMPANY,))
        made = plan(replace(report(THINGS), organisation=asker), register, Wishes(begins="2024-10-07"))
        assert [(form, False)] == [(one.form, one.demanded) for one in made.templates]
