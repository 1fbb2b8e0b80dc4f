# SPDX-License-Identifier: Apache-2.0
"""Statutory forms: which are owed, what evidence fills in, and what stays empty."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

import composed
from debar import pipeline
from debar.errors import UsageError
from debar.model.measures import Contract, Organisation
from debar.model.vocab import AddresseeKind, Medium
from debar.obligations.question import Question
from debar.proof import forms
from debar.proof.fillers import FILLERS
from debar.proof.rendered import form_page, plain

if TYPE_CHECKING:
    from debar.model.results import Report
    from debar.proof.forms import FilledElement, FilledForm
    from debar.register import Register

ESTATE = Path(__file__).parents[2] / "examples" / "estate"
FOUND = {"kaspersky_article_provided_to_government": "yes", "identified_on": "2024-10-01"}


def asking(*kinds: str, jurisdiction: str = "us", facts: dict[str, str] | None = None, **more: object) -> Organisation:
    """Give an organisation of some kinds."""
    named = tuple(AddresseeKind(kind) for kind in kinds)
    return Organisation(
        name="Northwind",
        jurisdictions=(jurisdiction,),
        kinds=named,
        facts=facts or {},
        **more,  # type: ignore[arg-type]
    )


def reported(register: Register, organisation: Organisation, day: str = "2024-10-05", source: Path = ESTATE) -> Report:
    """Give the report on the demo estate."""
    return pipeline.scan([str(source)], register, Question(organisation=organisation, as_of=day, known_on=""))


@pytest.fixture(scope="module")
def contractor(register: Register) -> Report:
    """Give the report of a contractor with one contract that has the clause of December 2023, and one of July 2018."""
    contracts = (
        Contract(id="C-NEW", facts={**FOUND, "far_52_204_23_version": "dec-2023"}),
        Contract(id="C-OLD", facts={**FOUND, "far_52_204_23_version": "jul-2018"}),
    )
    return reported(register, asking("company", "federal-contractor", contracts=contracts))


@pytest.fixture(scope="module")
def agency(register: Register) -> Report:
    """Give the report of a federal agency under the directive of 2017."""
    return reported(register, asking("federal-agency", facts={"national_security_system": "no"}))


def element(form: FilledForm, name: str) -> FilledElement:
    """Give one element of a form."""
    return next(one for one in form.elements if one.id == name)


def texts(form: FilledForm, name: str) -> list[str]:
    """Give what evidence says to an element."""
    return [value.text for value in element(form, name).values]


def test_each_contract_has_the_notice_of_its_own_clause(register: Register, contractor: Report) -> None:
    """The version of the clause decides which notice is due, for which contract and by when."""
    found = {(one.form, one.contract): one for one in forms.filled(contractor, register)}
    notices = [key for key in found if key[0].startswith("us-far-52.204-23-report-") and "follow" not in key[0]]
    assert sorted(notices) == [
        ("us-far-52.204-23-report-dec-2023", "C-NEW"),
        ("us-far-52.204-23-report-jul-2018", "C-OLD"),
    ]
    days = {contract: forms.due_day(found[form, contract]) for form, contract in notices}
    assert days == {"C-NEW": "2024-10-04", "C-OLD": "2024-10-02"}
    assert {found[key].state for key in notices} == {forms.DUE}
    assert texts(found["us-far-52.204-23-report-dec-2023", "C-NEW"], "contract-number") == ["C-NEW"]


def test_every_value_says_where_it_is_from(register: Register, contractor: Report) -> None:
    """Each value names exposures of the report, or the place in a source or in the report."""
    known = {exposure.id for exposure in contractor.exposures}
    for form in forms.filled(contractor, register, sorted(register.forms)):
        for one in form.elements:
            for value in one.values:
                assert set(value.exposures) <= known, (form.form, one.id)
                assert value.exposures or value.source, (form.form, one.id, value.text)


def test_an_empty_element_says_who_fills_it(register: Register, contractor: Report, agency: Report) -> None:
    """Nothing is guessed: what has no value has a line for a person."""
    for report in (contractor, agency):
        for form in forms.filled(report, register, sorted(register.forms)):
            assert [one.id for one in form.elements if not one.values and not one.unknown] == [], form.form


def test_the_supplier_is_whom_a_purchase_names(register: Register, contractor: Report) -> None:
    """The maker is the brand; the supplier is known only from a purchase, with its row."""
    form = next(one for one in forms.filled(contractor, register) if one.form == "us-far-52.204-23-report-dec-2023")
    assert texts(form, "brand") == ["Kaspersky"]
    (supplier,) = element(form, "supplier-name").values
    assert supplier.source.endswith("ledger-2024.csv row 5")
    assert not element(form, "order-numbers").values


def test_a_representation_is_never_answered_from_silence(register: Register, contractor: Report) -> None:
    """Nothing of section 889 was found, and still nobody is told "does not": the box is for a person."""
    for name in ("us-far-52.204-26-providing", "us-far-52.204-26-using"):
        form = next(one for one in forms.filled(contractor, register) if one.form == name)
        assert form.state in (forms.NIL, forms.DUE)
        assert element(form, "representation").values == ()
        assert element(form, "representation").unknown == FILLERS["representation"].unknown
        assert "nothing was found, which is no proof" in element(form, "found").unknown


def test_a_representation_says_what_speaks_for_it(register: Register, tmp_path: Path) -> None:
    """A camera that was found speaks for "does", and the box stays empty."""
    (tmp_path / "cameras.csv").write_text(
        "ComputerName,DisplayName,DisplayVersion,Publisher,InstallDate\n"
        'gate-cam,iVMS-4200,3.11,"Hangzhou Hikvision Digital Technology Co., Ltd.",20240105\n',
        encoding="utf-8",
    )
    report = reported(register, asking("company", "federal-contractor"), source=tmp_path)
    assert {exposure.party for exposure in report.exposures} == {"hikvision"}
    form = next(one for one in forms.filled(report, register) if one.form == "us-far-52.204-26-using")
    (value,) = element(form, "representation").values
    assert value.exposures == tuple(exposure.id for exposure in report.exposures)
    assert element(form, "representation").unknown
    assert " on gate-cam (level " in texts(form, "found")[0]


def test_the_directive_of_2017(register: Register, agency: Report) -> None:
    """An agency owes the report, the plan with its fourteen elements, and the status; endpoints are counted once."""
    found = {one.form: one for one in forms.filled(agency, register)}
    assert {"us-dhs-bod-17-01-identification", "us-dhs-bod-17-01-plan", "us-dhs-bod-17-01-status"} <= found.keys()
    plan = found["us-dhs-bod-17-01-plan"]
    assert [one.id for one in plan.elements] == list("abcdefghijklmn")
    about = {exposure.asset: exposure for exposure in agency.exposures if exposure.id in plan.exposures}
    assert texts(plan, "d") == [str(len(about) - 1)]
    assert {match.medium for match in about["Information Technology"].matches} == {Medium.PURCHASES}
    assert "not counted" in element(plan, "d").unknown
    assert texts(plan, "a") == ["Northwind"]
    assert [one.id for one in plan.elements if not one.values] == ["b", "f", "g", "j", "l", "n"]


def test_a_maker_alone_is_no_product(register: Register, agency: Report) -> None:
    """A list of products says where only the maker is known, and never passes that off as a product."""
    plan = next(one for one in forms.filled(agency, register) if one.form == "us-dhs-bod-17-01-plan")
    assert "Kaspersky: which product is not told" in texts(plan, "c")
    assert "Kaspersky" not in texts(plan, "c")


def test_the_timeline_is_of_the_measure_alone(register: Register, agency: Report) -> None:
    """A plan of the directive of 2017 names its own last day, where DHS sits, and no day of a law of 2018 or 2024."""
    plan = next(one for one in forms.filled(agency, register) if one.form == "us-dhs-bod-17-01-plan")
    (step,) = texts(plan, "i")
    assert step.startswith("not later than 2017-12-12 (America/New_York): Begin to carry out the removal plan")
    assert element(plan, "i").unknown


def test_what_protects_a_machine_already_is_no_choice(register: Register, agency: Report) -> None:
    """Another product that is there is told as that, by its name and file, and the choice is left to a person."""
    plan = next(one for one in forms.filled(agency, register) if one.form == "us-dhs-bod-17-01-plan")
    values = element(plan, "k").values
    assert values
    assert all(one.text.startswith("already there: ") for one in values)
    assert "already there: Microsoft Defender Antivirus on reception-pc: unhealthy" in texts(plan, "k")
    assert all(one.source.startswith(str(ESTATE)) for one in values)


def test_to_buy_no_more_mitigates_nothing(register: Register, contractor: Report) -> None:
    """What is recommended takes something away or shuts it off, and says which law asks for it."""
    form = next(one for one in forms.filled(contractor, register) if one.form == "us-far-52.204-23-report-dec-2023")
    advice = [text for text in texts(form, "mitigation") if text.startswith("recommended")]
    assert [text for text in advice if " buy" in text.lower() or "resell" in text.lower()] == []
    assert all(", for us-" in text for text in advice)


def test_forms_that_ask_the_same_share_the_answer(register: Register, contractor: Report) -> None:
    """Two contracts with one clause have each their own number, and the same list of items but once in memory."""
    filled = [one for one in forms.filled(contractor, register) if one.form.startswith("us-far-52.204-23-report-")]
    first, second = (one for one in filled if "follow" not in one.form)
    assert texts(first, "contract-number") != texts(second, "contract-number")
    assert element(first, "item-description").values is element(second, "item-description").values


def test_whoever_is_not_bound_owes_nothing(register: Register) -> None:
    """A company without federal business owes no form; one that it asks for says that it is not known to be owed."""
    report = reported(register, asking("company"))
    assert forms.filled(report, register) == []
    (form,) = forms.filled(report, register, ["us-dhs-bod-17-01-plan"])
    assert form.state == forms.UNOWED
    assert form.findings == ()
    # What is there of its parties is told all the same: "nothing was found" would be untrue.
    assert "Kaspersky Endpoint Security" in texts(form, "c")


def test_a_question_makes_it_perhaps_due(register: Register) -> None:
    """Whether the Australian report is owed depends on a fact; until it is answered the form carries the question."""
    asked = asking("federal-agency", jurisdiction="au")
    (form,) = forms.filled(reported(register, asked, "2025-05-01"), register)
    assert (form.form, form.state) == ("au-pspf-002-2025-kaspersky-completion", forms.PERHAPS)
    assert "non-corporate Commonwealth entity" in form.questions[0]
    yes = msgspec.structs.replace(asked, facts={"non_corporate_commonwealth_entity": "yes"})
    (form,) = forms.filled(reported(register, yes, "2025-05-01"), register)
    assert (form.state, form.questions) == (forms.DUE, ())
    assert texts(form, "completion")[0].startswith("not complete: ")
    no = msgspec.structs.replace(asked, facts={"non_corporate_commonwealth_entity": "no"})
    assert forms.filled(reported(register, no, "2025-05-01"), register) == []


def test_before_its_provision_is_in_force_no_form_is_owed(register: Register) -> None:
    """The representation of October 2020 is owed from its first day, and not a day earlier."""
    asked = asking("company", "federal-contractor")
    owed = {
        day: {one.form for one in forms.filled(reported(register, asked, day), register)}
        for day in ("2020-10-25", "2020-10-26")
    }
    assert "us-far-52.204-26-using" not in owed["2020-10-25"]
    assert "us-far-52.204-26-using" in owed["2020-10-26"]


def test_nothing_found_is_told_as_what_was_looked_at(register: Register, tmp_path: Path) -> None:
    """A nil report names no product, says what was read, and leaves it to a person to conclude."""
    (tmp_path / "bom.json").write_bytes(
        composed.CYCLONEDX.replace(b"aspersky", b"iosk").replace(b"kesl", b"shop").replace(b"klcore", b"core")
    )
    asked = asking("federal-agency", facts={"national_security_system": "no"})
    report = reported(register, asked, source=tmp_path)
    assert report.exposures == ()
    form = next(one for one in forms.filled(report, register) if one.form == "us-dhs-bod-17-01-identification")
    assert form.state == forms.NIL
    assert element(form, "a").values == ()
    assert "no proof that nothing is there" in element(form, "a").unknown
    assert texts(form, "c")[0].startswith("1 inputs about ")


def test_an_unknown_form_is_told(register: Register, contractor: Report) -> None:
    """A form that the register does not have is wrong usage, with the nearest one."""
    with pytest.raises(UsageError, match="did you mean 'us-dhs-bod-17-01-plan'"):
        forms.filled(contractor, register, ["us-dhs-bod-17-01-pan"])


def test_every_element_of_the_register_has_a_filler(register: Register) -> None:
    """Each name that a form gives is known, or the element would be left to a person by mistake."""
    asked = {one.origin for form in register.forms.values() for one in form.elements}
    assert asked - FILLERS.keys() == set()


def test_a_page_gives_nothing_a_meaning() -> None:
    """What an input says is no mark-up, no link, no mention and no heading on the page of a form."""
    assert plain("# a [x](http://e) <b> *y* `z` | @me www.x.y\nnext") == (
        "\\# a \\[x\\](http\\://e) \\<b\\> \\*y\\* \\`z\\` \\| \\@me www\\.x.y next"
    )
    assert plain("- item") == "\\- item"
    assert plain("\x1b[31mred\u202e") == plain("\x1b[31mred\u202e").replace("\x1b", "")


def test_a_page_shows_all_of_a_form(register: Register, contractor: Report) -> None:
    """The Markdown of a form has every element, its values, and a line for what is not known."""
    for form in forms.filled(contractor, register):
        page = form_page(form)
        assert page.count("\n## ") == len(form.elements)
        assert page.count("**Not known**") == sum(bool(one.unknown) for one in form.elements)
        assert "not legal advice" in page
