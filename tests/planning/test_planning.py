# SPDX-License-Identifier: Apache-2.0
"""Promises about plans: nothing is bare, nothing comes before what it waits for, and everything is told once."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec
import pytest
from estates import Thing, finding, protection, report, shuffled
from hypothesis import given, settings
from hypothesis import strategies as st

from debar.model.results import Decision
from debar.model.vocab import Act, Force, Health, Meaning, Shelter, Status, Task, Verdict
from debar.planning.plan import Wishes, plan
from debar.planning.shelter import Shelters
from debar.register import load

if TYPE_CHECKING:
    from debar.model.results import Plan, Report, Step
    from debar.register import Register

PROTECTING = ("endpoint-security", "windows-server-security")
PRODUCTS = (*PROTECTING, "network-agent", "security-center", "password-manager", "security-network", "")
BEGINS = "2024-10-07"
VISITING = frozenset(Task) - {Task.VERIFY, Task.END_AGREEMENT}


def made(found: Report, register: Register, **wishes: object) -> Plan:
    """Give the plan from 7 October 2024 on."""
    return plan(found, register, Wishes(begins=BEGINS, **wishes))  # type: ignore[arg-type]


def steps(found: Plan) -> list[Step]:
    """Give all steps in the order of the plan."""
    return [step for wave in found.waves for step in wave.steps]


def done(found: Plan, asset: str) -> list[Task]:
    """Give what is done on an asset, in order of the days."""
    order = list(Task)
    own = [step for step in steps(found) if step.asset == asset]
    return [step.action for step in sorted(own, key=lambda step: (step.on, order.index(step.action)))]


@st.composite
def estates(draw: st.DrawFn) -> Report:
    """Give an estate of some machines with products, protections and machines that nobody looked at."""
    assets = [f"pc-{n}" for n in range(draw(st.integers(1, 7)))]
    days = st.sampled_from(["", "2024-10-08", "2024-10-10", "2024-10-15"])
    things = []
    for asset in assets:
        for product in draw(st.sets(st.sampled_from(PRODUCTS), min_size=1)):
            meanings = [Meaning.SERVICE_USE] if product == "security-network" else list(Meaning)[:-1]
            things.append(
                Thing(
                    asset,
                    product,
                    draw(days),
                    draw(st.sampled_from([Status.PROHIBITED, Status.UNAVAILABLE, Status.ADVISED, Status.EXEMPT])),
                    meaning=draw(st.sampled_from(meanings)),
                    level=draw(st.sampled_from([2, 4, 5])),
                )
            )
    shelters = [
        protection(asset, draw(st.sampled_from(list(Health))), draw(st.sampled_from(["", "2024-01-01", "2024-10-01"])))
        for asset in draw(st.sets(st.sampled_from(assets)))
    ]
    return report(things, protections=shelters, looked=sorted(draw(st.sets(st.sampled_from(assets)))))


REGISTER = load.load()


@given(found=estates(), capacity=st.sampled_from([None, 1, 2, 3]))
@settings(max_examples=150)
def test_nothing_that_protects_goes_before_something_reports_healthy(found: Report, capacity: int | None) -> None:
    """A machine without a fresh healthy report has a step that sees one, and what protects goes after it, directly or not."""
    result = made(found, REGISTER, capacity=capacity)
    by_id = {step.id: step for step in steps(result)}
    bare = {one.asset for one in result.unprotected}
    products = {exposure.id: exposure for exposure in found.exposures}
    for step in by_id.values():
        protects = any(products[id_].product in PROTECTING and products[id_].meaning in (Meaning.INSTALLED, Meaning.RUNNING)
                       for id_ in step.exposures)  # fmt: skip
        if step.action is Task.REMOVE and protects:
            before = {by_id[id_].action for id_ in step.after}
            assert (Task.CONFIRM_HEALTHY in before) is (step.asset in bare)
            assert step.asset in bare or step.asset in {one.asset for one in result.covered}
    for step in by_id.values():
        if step.action is Task.CONFIRM_HEALTHY:
            shelter = next(one.shelter for one in result.unprotected if one.asset == step.asset)
            replaced = any(by_id[id_].action is Task.REPLACE_FIRST and by_id[id_].on < step.on for id_ in step.after)
            assert replaced is (shelter is not Shelter.OUTDATED)


@given(found=estates(), capacity=st.sampled_from([None, 1, 2, 3]))
@settings(max_examples=150)
def test_everything_waits_for_what_comes_before_it(found: Report, capacity: int | None) -> None:
    """What a step comes after stands before it in the plan, on the same day or an earlier one."""
    result = made(found, REGISTER, capacity=capacity)
    place = {step.id: number for number, step in enumerate(steps(result))}
    by_id = {step.id: step for step in steps(result)}
    assert len(place) == len(steps(result)), "ids are of one step each"
    for step in steps(result):
        for id_ in step.after:
            assert place[id_] < place[step.id]
            assert by_id[id_].on <= step.on


@given(found=estates(), capacity=st.sampled_from([None, 1, 2]))
@settings(max_examples=150)
def test_every_exposure_is_settled_once_or_kept(found: Report, capacity: int | None) -> None:
    """Each exposure stands in exactly one step, or is told as kept with the reason."""
    result = made(found, REGISTER, capacity=capacity)
    settled = Counter(id_ for step in steps(result) for id_ in step.exposures)
    kept = Counter(one.exposure for one in result.kept)
    assert Counter(exposure.id for exposure in found.exposures) == settled + kept
    assert all(one.why for one in result.kept)


@given(found=estates(), capacity=st.integers(1, 4))
@settings(max_examples=100)
def test_no_day_has_more_machines_than_hands(found: Report, capacity: int) -> None:
    """On no day is work done on more machines than the capacity allows, and always on a working day."""
    result = made(found, REGISTER, capacity=capacity)
    days: dict[str, set[str]] = defaultdict(set)
    for step in steps(result):
        if step.action in VISITING:
            days[step.on].add(step.asset)
    assert all(len(assets) <= capacity for assets in days.values())
    assert "2024-10-14" not in {step.on for step in steps(result)}, "Columbus Day"


@given(found=estates(), capacity=st.integers(1, 4))
@settings(max_examples=80)
def test_more_hands_never_make_more_late(found: Report, capacity: int) -> None:
    """What is late with more hands is late with fewer, and by as many days or more."""
    few, many = made(found, REGISTER, capacity=capacity), made(found, REGISTER, capacity=capacity + 1)
    fewer = {(one.asset, one.due, id_): one.days for one in few.late for id_ in one.exposures}
    for one in many.late:
        for id_ in one.exposures:
            assert one.days <= fewer[one.asset, one.due, id_]
    assert few.least == many.least


@given(found=estates(), order=st.lists(st.integers(0, 99), min_size=50, max_size=50))
@settings(max_examples=80)
def test_the_order_of_the_report_changes_nothing(found: Report, order: list[int]) -> None:
    """The same findings in another order give the same bytes."""
    wishes = {"capacity": 2, "capacities": (1, 3)}
    expected = msgspec.json.encode(made(found, REGISTER, **wishes))
    assert expected == msgspec.json.encode(made(shuffled(found, order), REGISTER, **wishes))


def test_a_bare_machine_is_replaced_first(register: Register) -> None:
    """Install, see it healthy on the next working day, remove product and agent, check, scan again."""
    found = made(
        report([Thing("pc", "network-agent", "2024-10-10"), Thing("pc", "endpoint-security", "2024-10-10")]), register
    )
    assert [
        Task.REPLACE_FIRST,
        Task.CONFIRM_HEALTHY,
        Task.REMOVE,
        Task.REMOVE,
        Task.CHECK_RESIDUE,
        Task.VERIFY,
    ] == done(found, "pc")
    by_task = {step.action: step for step in steps(found)}
    assert ("2024-10-07", "2024-10-08", "2024-10-09") == tuple(
        by_task[task].on for task in (Task.REPLACE_FIRST, Task.CHECK_RESIDUE, Task.VERIFY)
    )
    agent = next(s for s in steps(found) if s.exposures == ("exp-pc-network-agent-installed",))
    product = next(s for s in steps(found) if s.exposures == ("exp-pc-endpoint-security-installed",))
    assert agent.after == (product.id,), "the agent goes behind the product"
    assert "2024-10-09" == product.due, "the last day before it is prohibited"
    assert [Shelter.NONE] == [one.shelter for one in found.unprotected]
    assert ("Kaspersky Endpoint Security",) == found.unprotected[0].products


def test_a_machine_nobody_looked_at_is_looked_at_first(register: Register) -> None:
    """What is not known does not protect: look, replace, confirm, and only then remove."""
    found = made(report([Thing("pc", "endpoint-security", "2024-10-10")], looked=()), register)
    assert [Task.LOOK, Task.REPLACE_FIRST, Task.CONFIRM_HEALTHY, Task.REMOVE] == done(found, "pc")[:4]
    assert [Shelter.NOT_LOOKED_AT] == [one.shelter for one in found.unprotected]


def test_a_healthy_machine_needs_nothing_before(register: Register) -> None:
    """Where another product reported healthy lately, removal begins on the first day and says why it may."""
    things = [Thing("pc", "endpoint-security", "2024-10-10")]
    found = made(report(things, protections=[protection("PC")]), register)
    assert [Task.REMOVE, Task.CHECK_RESIDUE, Task.VERIFY] == done(found, "pc")
    assert ("pc", "sentinelone") == (found.covered[0].asset, found.covered[0].by.product)
    assert "reported healthy as of 2024-10-01 (state=healthy), programs.csv, row 2" in steps(found)[0].why
    assert () == found.unprotected


def test_a_healthy_report_grows_old(register: Register) -> None:
    """A report from before the days that were asked for must be confirmed on the day of the removal."""
    things = [Thing("pc", "endpoint-security", "2024-10-10")]
    found = report(things, protections=[protection("pc", as_of="2024-09-01")])
    assert [Task.CONFIRM_HEALTHY, Task.REMOVE] == done(made(found, register), "pc")[:2]
    assert [Shelter.OUTDATED] == [one.shelter for one in made(found, register).unprotected]
    assert [Task.REMOVE] == done(made(found, register, healthy_within=36), "pc")[:1]
    assert [Task.CONFIRM_HEALTHY] == done(made(found, register, healthy_within=35), "pc")[:1]


@pytest.mark.parametrize(
    ("as_of", "shelter", "why"),
    [
        ("2024-10-08", Shelter.HEALTHY, "reported healthy as of 2024-10-08"),
        ("2024-10-09", Shelter.OUTDATED, "after the plan begins"),
        ("2099-01-01", Shelter.OUTDATED, "after the plan begins"),
        ("", Shelter.OUTDATED, "nobody knows how long ago"),
        ("2024-08-01", Shelter.OUTDATED, "more than 30 days before"),
    ],
)
def test_a_healthy_report_of_another_time_is_confirmed_again(
    register: Register, as_of: str, shelter: Shelter, why: str
) -> None:
    """A clock that is wrong, or a question about the past, lets nothing stand unprotected."""
    found = report([Thing("ws-1", "endpoint-security")], protections=[protection("ws-1", as_of=as_of)])
    told = Shelters(found, register, "2024-10-07", 30).of("ws-1")
    assert told.shelter is shelter
    assert why in told.why


def test_the_server_goes_behind_its_agents(register: Register) -> None:
    """The management server leaves after the agents of every machine, and they are due no later than it is."""
    things = [
        Thing("server", "security-center", "2024-10-09"),
        Thing("pc-1", "network-agent", "2024-12-01"),
        Thing("pc-2", "endpoint-security", "2024-12-01"),
        Thing("other", "password-manager", "2024-11-01"),
    ]
    found = made(report(things), register, capacity=1)
    server = next(s for s in steps(found) if s.asset == "server" and s.action is Task.REMOVE)
    waits = {s.id for s in steps(found) if s.asset in ("pc-1", "pc-2") and s.action is Task.REMOVE}
    assert waits == set(server.after)
    other = next(s for s in steps(found) if s.asset == "other" and s.action is Task.REMOVE)
    assert server.on < other.on, "what is due later goes later"
    assert max(s.on for s in steps(found) if s.id in waits) <= server.on


def test_a_server_without_agents_is_a_product_like_any_other(register: Register) -> None:
    """Where nothing is managed any more, nothing is waited for."""
    found = made(report([Thing("server", "security-center", "2024-10-09")]), register)
    assert [Task.REMOVE, Task.CHECK_RESIDUE, Task.VERIFY] == done(found, "server")
    assert "2024-10-07" == steps(found)[0].on


def test_traffic_ends_with_the_product_that_makes_it(register: Register) -> None:
    """Traffic of a machine belongs to the removal of its product; alone it is a product nobody knows."""
    both = [
        Thing("pc", "endpoint-security", "2024-10-10"),
        Thing("pc", "security-network", "2024-10-10", meaning=Meaning.SERVICE_USE),
        Thing("kiosk", "", "2024-10-10", meaning=Meaning.SERVICE_USE),
    ]
    found = made(report(both), register)
    removals = {s.asset: s.exposures for s in steps(found) if s.action is Task.REMOVE}
    assert ("exp-pc-endpoint-security-installed", "exp-pc-security-network-service-use") == removals["pc"]
    assert ("exp-kiosk--service-use",) == removals["kiosk"]
    assert Task.REPLACE_FIRST in done(found, "kiosk"), "it may be what protects"


def test_what_was_left_behind_is_a_step_of_its_own(register: Register) -> None:
    """Residue is cleaned behind the removal of its maker's product, also where no law is about it."""
    things = [Thing("pc", "endpoint-security", "2024-10-10"), Thing("pc", "network-agent", meaning=Meaning.RESIDUE)]
    found = made(report(things, findings=[finding(things[0])], protections=[protection("pc")]), register)
    assert [Task.REMOVE, Task.CHECK_RESIDUE, Task.CLEAN, Task.VERIFY] == done(found, "pc")
    cleaned = next(s for s in steps(found) if s.action is Task.CLEAN)
    assert Task.REMOVE in {s.action for s in steps(found) if s.id in cleaned.after}


def test_what_people_accepted_is_kept(register: Register) -> None:
    """An acceptance keeps it out of the waves, and says that the law's demand stays."""
    decision = Decision(
        exposure="exp", verdict=Verdict.ACCEPTED, reason="gone in January", requester="A", created="2024-10-01", expires="2025-01-31"
    )  # fmt: skip
    found = made(report([Thing("pc", "endpoint-security", "2024-10-10", decision=decision)]), register)
    assert () == found.waves
    assert ["accepted until 2025-01-31: gone in January; what the law demands stays"] == [one.why for one in found.kept]


def test_an_acceptance_ends_on_its_last_day(register: Register) -> None:
    """Work that begins after the last day finds nothing accepted any more."""
    decision = Decision(
        exposure="exp", verdict=Verdict.ACCEPTED, reason="soon", requester="A", created="2024-09-01", expires="2024-10-06"
    )  # fmt: skip
    thing = Thing("pc", "endpoint-security", "2024-10-10", decision=decision)
    assert () == made(report([thing]), register).kept
    last = thing._replace(decision=msgspec.structs.replace(decision, expires=BEGINS))
    assert () == made(report([last]), register).waves


def test_an_acceptance_under_one_measure_leaves_the_others(register: Register) -> None:
    """What was accepted of one rule is still asked for by another one."""
    decision = Decision(
        exposure="exp", measure="us-order#use", verdict=Verdict.ACCEPTED, reason="soon", requester="A",
        created="2024-09-01", expires="2025-01-31",
    )  # fmt: skip
    thing = Thing("pc", "endpoint-security", "2024-10-10", decision=decision)
    assert ["accepted until 2025-01-31: soon; what the law demands stays"] == [
        one.why for one in made(report([thing]), register).kept
    ]
    other = finding(thing._replace(act=Act.REMOVE, status=Status.REQUIRED))
    found = made(report([thing], findings=[finding(thing), other]), register)
    assert () == found.kept
    assert "remove: required" in next(s.why for s in steps(found) if s.action is Task.REMOVE)


def test_an_exemption_under_one_measure_leaves_the_others(register: Register) -> None:
    """An exemption that people claim takes out what it takes out, and nothing else."""
    decision = Decision(
        exposure="exp", measure="us-order#use", verdict=Verdict.EXEMPT, exemption="library", reason="no", requester="A",
        created="2024-09-01", expires="2025-01-31",
    )  # fmt: skip
    thing = Thing("pc", "endpoint-security", "2024-10-10", Status.EXEMPT, decision=decision)
    assert ["exempt: library"] == [one.why for one in made(report([thing]), register).kept]
    other = finding(thing._replace(act=Act.REMOVE, status=Status.REQUIRED))
    assert () == made(report([thing], findings=[finding(thing), other]), register).kept


def test_what_no_law_asks_for_is_kept_with_the_reason(register: Register) -> None:
    """Exempt, undetermined and untouched are three reasons."""
    exempt = Thing("a", "hexa-ui", status=Status.EXEMPT)
    open_ = Thing("b", "scan-engine", status=Status.UNDETERMINED)
    bought = Thing("c", "consulting", status=Status.PERMITTED)
    findings = [finding(exempt), finding(open_, questions=("Is it essential?",)), finding(bought)]
    found = made(report([exempt, open_, bought], findings=findings), register)
    assert [
        "exempt: library",
        "undetermined: Is it essential?",
        "no measure in the register asks for its removal on this day",
    ] == [one.why for one in found.kept]


def test_a_finding_that_is_over_asks_for_nothing(register: Register) -> None:
    """What no longer holds when the plan begins decides nothing."""
    thing = Thing("pc", "endpoint-security", "2024-06-20")
    found = made(report([thing], findings=[finding(thing, until="2024-10-01T04:00:00Z")]), register)
    assert () == found.waves
    assert 1 == len(found.kept)


def test_weak_evidence_calls_for_a_look(register: Register) -> None:
    """Level 2 is looked at and not removed."""
    found = made(report([Thing("pc", "endpoint-security", "2024-10-10", level=2)]), register)
    assert [Task.LOOK] == done(found, "pc")
    assert "the evidence is weak (level 2): it calls for a look, and not for more" == steps(found)[0].why


def test_a_deadline_counts_unless_the_law_is_sooner(register: Register) -> None:
    """A day of the law that is still to come and earlier goes before the wish; one that has passed, or is later, does not."""
    things = [
        Thing("past", "password-manager", "2024-09-29"),
        Thing("soon", "password-manager", "2024-10-20"),
        Thing("later", "password-manager", "2025-03-01"),
        Thing("never", "password-manager", status=Status.ADVISED),
    ]
    found = made(report(things), register, deadline="2024-12-31")
    due = {s.asset: s.due for s in steps(found) if s.action is Task.REMOVE}
    assert {"past": "2024-12-31", "soon": "2024-10-19", "later": "2024-12-31", "never": "2024-12-31"} == due
    assert ["the day of the law had passed for 1 exposures before the plan begins"] == list(found.notes[:1])
    plain = {s.asset: s.due for s in steps(made(report(things), register)) if s.action is Task.REMOVE}
    assert {"past": "2024-09-28", "soon": "2024-10-19", "later": "2025-02-28", "never": ""} == plain


def test_lateness_is_told_with_its_days_and_force(register: Register) -> None:
    """The latest comes first, and of those that are equally late what binds."""
    things = [
        Thing("a", "password-manager", "2024-10-08"),
        Thing("b", "password-manager", "2024-10-08", Status.UNAVAILABLE, Act.UPDATE),
        Thing("c", "password-manager", "2024-10-09"),
    ]
    found = made(report(things), register, capacity=1)
    assert [
        ("c", "2024-10-08", "2024-10-09", 1, Force.MUST),
        ("b", "2024-10-07", "2024-10-08", 1, Force.SHOULD),
    ] == [(one.asset, one.due, one.done, one.days, one.force) for one in found.late]


def test_a_product_without_updates_is_named(register: Register) -> None:
    """Since when, for how long, and on which machines; what is still to come is not said to have come."""
    things = [
        Thing("a", "endpoint-security", "2024-09-29", Status.UNAVAILABLE, Act.UPDATE),
        Thing("b", "endpoint-security", "2024-09-29", Status.UNAVAILABLE, Act.UPDATE),
        Thing("c", "free", "2024-11-01", Status.UNAVAILABLE, Act.UPDATE),
    ]
    found = made(report(things), register)
    assert [("Kaspersky Endpoint Security", "2024-09-29", 8, ("a", "b"))] == [
        (one.name, one.since, one.days, one.assets) for one in found.without_updates
    ]


def test_agreements_are_ended_on_the_first_day(register: Register) -> None:
    """What was bought takes no visit; renewing what is prohibited has a day."""
    thing = Thing("IT", "endpoint-security", "2024-10-20", act=Act.RENEW, meaning=Meaning.PURCHASE)
    found = made(report([thing]), register, capacity=1)
    assert [(Task.END_AGREEMENT, "2024-10-07", "2024-10-19")] == [(s.action, s.on, s.due) for s in steps(found)]
    assert found.least is None
    unavailable = thing._replace(status=Status.UNAVAILABLE)
    assert [""] == [s.due for s in steps(made(report([unavailable]), register))]


def test_an_engine_in_anothers_product_bares_nothing(register: Register) -> None:
    """What is built into a product is asked of its maker; no machine needs a shelter for it."""
    found = made(report([Thing("gateway", "scan-engine", "2024-10-10", meaning=Meaning.EMBEDDED)]), register)
    assert [Task.REMOVE, Task.VERIFY] == done(found, "gateway")
    assert "Ask the maker of what holds it for a version without it" in steps(found)[0].what
    assert () == found.unprotected


def test_the_owner_of_an_obligation_does_the_steps(register: Register) -> None:
    """Whoever the organisation names stands at the steps of the machine."""
    found = made(report([Thing("pc", "endpoint-security", "2024-10-10", owner="IT desk")]), register)
    assert {"IT desk"} == {s.owner for s in steps(found) if s.action in (Task.REMOVE, Task.REPLACE_FIRST)}


def test_residue_is_told_once_by_removal(register: Register) -> None:
    """What to look for comes from the register, with its sources."""
    found = made(report([Thing("pc", "endpoint-security", "2024-10-10")]), register)
    assert {"driver", "service", "certificate", "agent"} <= {one.kind for one in found.residue}
    assert all(one.references for one in found.residue)
    assert {"Kaspersky Endpoint Security"} == {one.product for one in found.residue}


def test_nothing_found_is_an_empty_plan(register: Register) -> None:
    """No waves, nothing late, and the elements of the law's plan still there to be filled in."""
    found = made(report([]), register)
    assert ((), (), (), None) == (found.waves, found.unprotected, found.late, found.least)
    assert found.templates
