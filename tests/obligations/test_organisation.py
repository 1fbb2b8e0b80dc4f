# SPDX-License-Identifier: Apache-2.0
"""Promises about who asks."""

from pathlib import Path

import pytest
from law import CONDITION, company, contract, exemption, measure, provision, question, register, system, waiver

from debar.errors import UsageError
from debar.model.measures import Citation, Condition, Deadline, Organisation
from debar.model.vocab import AddresseeKind
from debar.obligations.findings import PRODUCED_IN, SUPPLIES
from debar.obligations.organisation import DEFAULT, answers, check_facts, organisation, unknown_jurisdictions


@pytest.mark.parametrize(
    ("text", "jurisdictions", "kinds"),
    [
        ("us/company", ("us",), (AddresseeKind.COMPANY,)),
        ("us/reseller+integrator", ("us",), (AddresseeKind.RESELLER, AddresseeKind.INTEGRATOR)),
        ("us+ca/federal-agency", ("us", "ca"), (AddresseeKind.FEDERAL_AGENCY,)),
        ("us+us-ny/state-body", ("us", "us-ny"), (AddresseeKind.STATE_BODY,)),
        (DEFAULT, ("us",), (AddresseeKind.COMPANY,)),
    ],
)
def test_the_short_form_says_where_and_what(
    text: str, jurisdictions: tuple[str, ...], kinds: tuple[AddresseeKind, ...]
) -> None:
    """Jurisdictions, a slash, kinds; several are joined with a plus sign."""
    found = organisation(text)
    assert (text, jurisdictions, kinds, {}) == (found.name, found.jurisdictions, found.kinds, found.facts)


@pytest.mark.parametrize(
    "text",
    ["", "us", "company", "us/", "/company", "US/company", "usa/company", "us/company+", "us /company", "us/company\n"],
)
def test_what_describes_no_organisation_is_refused(text: str) -> None:
    """Anything else is an error that says what to write."""
    with pytest.raises(UsageError) as e:
        organisation(text)
    assert "us/company" in e.value.hint


def test_a_mistyped_kind_is_corrected() -> None:
    """The nearest kind is offered."""
    with pytest.raises(UsageError, match="did you mean 'federal-agency'"):
        organisation("us/federal-agancy")


@pytest.mark.parametrize("kind", ["anyone", "domestic-person"])
def test_words_of_the_law_are_no_organisations(kind: str) -> None:
    """Nobody asks as "anyone": that is whom a provision binds."""
    with pytest.raises(UsageError, match=kind):
        organisation(f"us/{kind}")


def test_a_file_says_more(tmp_path: Path) -> None:
    """A YAML file gives name, kinds and answers, read strictly: yes stays the word."""
    file = tmp_path / "us.yaml"
    file.write_text(
        "name: Bakery\njurisdictions: [us]\nkinds: [company, reseller]\nfacts:\n  purpose: no\n  identified_on: 2024-10-04\n"
    )
    found = organisation(str(file))
    assert ("Bakery", {"purpose": "no", "identified_on": "2024-10-04"}) == (found.name, found.facts)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name: A\njurisdictions: [us]\nkinds: [baker]\n", ":3: Invalid enum value 'baker'"),
        ("name: A\njurisdictions: [us]\nkinds: [company]\nstaff: 3\n", ":4: Object contains unknown field `staff`"),
        ("name: A\n", ":1: Object missing required field"),
        ("", ":1: the file is empty"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    """A fault in the file names the file, the line and what is wrong."""
    file = tmp_path / "us.yaml"
    file.write_text(text)
    with pytest.raises(UsageError) as e:
        organisation(str(file))
    assert f"{file}{told}" in str(e.value)


def test_a_file_says_what_differs_within_the_house(tmp_path: Path) -> None:
    """Systems, contracts and waivers stand in the file, each with its own facts or days."""
    file = tmp_path / "us.yaml"
    file.write_text(
        "name: Bakery\njurisdictions: [us]\nkinds: [company]\n"
        "systems:\n- {id: ovens, assets: [oven-*], facts: {produced_in: CN}}\n"
        "contracts:\n- {id: c-1, facts: {awarded: 2024-05-01}}\n"
        "waivers:\n- {id: w-1, provisions: [us-order#ban], granted_by: Office, text: Until spring., applies_from: 2024-10-01,"
        " applies_until: 2025-03-01, grade: primary}\n"
    )
    found = organisation(str(file))
    assert ({"produced_in": "CN"}, ("oven-*",)) == (found.systems[0].facts, found.systems[0].assets)
    assert {"awarded": "2024-05-01"} == found.contracts[0].facts
    assert ("us-order#ban",) == found.waivers[0].provisions


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there is a wrong option."""
    with pytest.raises(UsageError, match=r"none\.yaml"):
        organisation(str(tmp_path / "none.yaml"))


# ---- facts that somebody asks for

AWARDED = Condition(id="awarded", fact="awarded", not_before="2023-12-04", needs="When was it awarded?")
SHARE = Condition(id="share", fact="share", above="25", needs="How many percent?")
RULE = provision(
    conditions=(CONDITION, AWARDED),
    exemptions=(exemption(conditions=(Condition(id="site", fact="site", equals="lab", needs="Where is it?"),)),),
    deadline=Deadline(after="identified_on", amount=3, unit="business-days"),
)
LAW = register(measure(RULE, waivers=(waiver(conditions=(SHARE,)),)))


def test_a_register_knows_its_questions() -> None:
    """Each fact with its answers; none for what is a date, a number or a country."""
    assert {
        "awarded": frozenset(),
        "identified_on": frozenset(),
        PRODUCED_IN: frozenset(),
        "purpose": {"yes", "no"},
        "share": frozenset(),
        "site": {"lab", "no"},
        SUPPLIES: {"yes", "no"},
    } == answers(LAW)


GOOD = {
    "purpose": "yes",
    "awarded": "2024",
    "site": "no",
    "identified_on": "2024-10-01",
    "share": "30",
    PRODUCED_IN: "TW",
}


@pytest.mark.parametrize(
    "who",
    [
        company(facts=GOOD),
        company(systems=(system("s", "a-*", **GOOD),)),
        company(contracts=(contract("c", **GOOD),)),
        company(waivers=(waiver(provisions=("us-order#ban",), applies_until="2025-01-01"),)),
    ],
)
def test_what_is_asked_for_may_be_stated_anywhere(who: Organisation) -> None:
    """For the house, a system or a contract; a waiver names what exists. Without the law that asks, all of it is refused."""
    check_facts(who, LAW)
    with pytest.raises(UsageError):
        check_facts(who, register())


@pytest.mark.parametrize(
    ("facts", "told", "hint"),
    [
        ({"purpos": "yes"}, "fact 'purpos' is not asked for by any measure; did you mean 'purpose'?", "register facts"),
        (
            {"purpose": "yess"},
            "fact purpose: the answer 'yess' is not known; did you mean 'yes'?",
            "write one of: no, yes",
        ),
        ({"site": "yes"}, "fact site: the answer 'yes' is not known", "write one of: lab, no"),
        ({PRODUCED_IN: "China"}, "fact produced_in: 'China' is no country", "ISO 3166 code, such as CN"),
        ({PRODUCED_IN: "cn"}, "fact produced_in: 'cn' is no country", "ISO 3166 code, such as CN"),
    ],
)
@pytest.mark.parametrize("where", ["facts", "systems", "contracts"])
def test_a_slip_lifts_no_duty(facts: dict[str, str], told: str, hint: str, where: str) -> None:
    """A fact or an answer that nothing asks for is an error, wherever it is stated."""
    who = {
        "facts": company(facts=facts),
        "systems": company(systems=(system("s", "a-*", **facts),)),
        "contracts": company(contracts=(contract("c", **facts),)),
    }[where]
    with pytest.raises(UsageError) as e:
        check_facts(who, LAW)
    assert told == e.value.message
    assert hint in e.value.hint


@pytest.mark.parametrize("named", ["ban", "us-order", "us-order#bann", "us-other#ban", ""])
def test_a_waiver_of_nothing_is_told(named: str) -> None:
    """It must name measure and provision, and both must exist."""
    with pytest.raises(UsageError, match="which is no provision") as e:
        check_facts(company(waivers=(waiver(provisions=("us-order#ban", named)),)), LAW)
    assert "write measure#provision; debar register show MEASURE lists them" == e.value.hint


def test_a_mistyped_provision_is_corrected() -> None:
    """The nearest provision is offered."""
    with pytest.raises(UsageError, match="did you mean 'us-order#ban'"):
        check_facts(company(waivers=(waiver(provisions=("us-order#bann",)),)), LAW)


@pytest.mark.parametrize("field", ["applies_from", "applies_until", "known_from"])
@pytest.mark.parametrize("day", ["soon", "2025-02-30", "2025-01-01T12:00"])
def test_a_waiver_with_a_day_that_is_none_is_told(field: str, day: str) -> None:
    """The message names the waiver and the day, and what to write."""
    with pytest.raises(UsageError, match=f"waiver grace: '{day}'") as e:
        check_facts(company(waivers=(waiver(provisions=("us-order#ban",), **{field: day}),)), LAW)
    assert "write it as a date: 2024-10-01" == e.value.hint


def test_a_waiver_that_cites_what_the_register_does_not_hold_is_told() -> None:
    """A letter in one's own drawer is no document of the register; the waiver needs none."""
    grant = waiver(provisions=("us-order#ban",), citations=(Citation(document="notices"),))
    with pytest.raises(
        UsageError, match="cites 'notices', which is no document of the register; did you mean 'notice'"
    ):
        check_facts(company(waivers=(grant,)), LAW)
    check_facts(company(waivers=(waiver(provisions=("us-order#ban",), citations=()),)), LAW)


def test_the_condition_of_an_own_waiver_may_be_answered() -> None:
    """Whoever brings a waiver brings its question, and may answer it; nobody else is asked."""
    paid = Condition(id="paid", fact="fee_paid", needs="Is the fee paid?")
    grant = waiver(provisions=("us-order#ban",), conditions=(paid,))
    check_facts(company(facts={"fee_paid": "yes"}, waivers=(grant,)), LAW)
    with pytest.raises(UsageError, match="the answer 'maybe' is not known"):
        check_facts(company(facts={"fee_paid": "maybe"}, waivers=(grant,)), LAW)
    with pytest.raises(UsageError, match="fee_paid"):
        check_facts(company(facts={"fee_paid": "yes"}), LAW)


# ---- jurisdictions


@pytest.mark.parametrize(
    ("places", "foreign"),
    [(("us",), []), (("us", "jp"), []), (("us", "fr"), ["fr"]), (("fr", "jp", "at"), ["fr", "at"])],
)
def test_jurisdictions_without_a_measure_are_named(places: tuple[str, ...], foreign: list[str]) -> None:
    """As long as the register holds a measure of one of them, the others are told."""
    law = register(measure(), measure(id="jp-order", jurisdiction="jp"))
    assert foreign == unknown_jurisdictions(law, question(company(jurisdictions=places)))


@pytest.mark.parametrize("places", [("fr",), ("fr", "at"), ()])
def test_a_register_without_any_measure_of_ones_own_says_nothing(places: tuple[str, ...]) -> None:
    """Without a measure every act would look permitted, which nobody has said."""
    with pytest.raises(UsageError, match="the register holds no measure of") as e:
        unknown_jurisdictions(register(measure()), question(company(jurisdictions=places)))
    assert "nothing can be said about its law; known: us" == e.value.hint
