# SPDX-License-Identifier: Apache-2.0
"""The outline: whatever it puts together, nothing of the report is lost or counted twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from bench.made import large_report
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from debar.model.vocab import Force, Health, Meaning, State, Status, Validity
from debar.writers import words
from debar.writers.outline import outline
from debar.writers.outline.decided import decided
from debar.writers.outline.found import rows
from reported import demo, full, nothing

if TYPE_CHECKING:
    from random import Random

    from debar.model.results import Report

ASKERS = ("us/reseller", "us/company", "us/federal-contractor", "us/federal-agency")


def _rank(status: str) -> int:
    return list(Status).index(Status(status)) if status else len(Status)


@pytest.mark.parametrize("asker", ASKERS)
def test_every_finding_has_its_reason(asker: str) -> None:
    """Each finding is in one reason that says the same, and each reason counts the exposures that have it."""
    report = demo(asker)
    law = outline(report).law
    said = {
        (r.provision, r.status, r.since, r.until, act, question)
        for r in law.reasons
        for act in r.acts
        for question in (r.questions or ("",))
    }
    for finding in report.findings:
        for question in finding.questions or ("",):
            key = (finding.provision, finding.status, finding.since, finding.until, finding.act, question)
            assert key in said
    exposed = Counter(
        f.provision for f in {(f.exposure, f.provision): f for f in report.findings if f.exposure}.values()
    )
    for provision, count in exposed.items():
        assert max(r.exposures for r in law.reasons if r.provision == provision) <= count
        assert sum(r.exposures for r in law.reasons if r.provision == provision) >= count


@pytest.mark.parametrize("asker", ASKERS)
def test_groups_say_the_positions_of_their_exposures(asker: str) -> None:
    """An exposure's group has each of its positions, and the gravest of those that some provision decides."""
    report = demo(asker)
    law = outline(report).law
    for exposure in report.exposures:
        group = law.groups[law.of[exposure.id]]
        positions = report.positions[exposure.id]
        assert {(act, one.status) for one in group.standings for act in one.acts} == {
            (position.act, position.status) for position in positions
        }
        decided = [position.status for position in positions if position.findings]
        assert group.status == min(decided, key=list(Status).index, default="")
        told = {place for one in group.standings for place in one.reasons}
        assert told.isdisjoint(group.others)
        mine = {f.provision for f in report.findings if f.exposure == exposure.id}
        assert {law.reasons[place].provision for place in told.union(group.others)} == mine


@given(st.randoms(use_true_random=False))
def test_the_order_of_findings_changes_nothing(chance: Random) -> None:
    """However the findings stand in a report, its outline is the same."""
    report = demo("us/federal-contractor")
    findings = list(report.findings)
    chance.shuffle(findings)
    shuffled, told = outline(replace(report, findings=tuple(findings))), outline(report)
    for name in told.__struct_fields__:
        assert getattr(shuffled, name) == getattr(told, name), name


def test_silence_is_no_permission() -> None:
    """Where no provision speaks of anything about an exposure, that is said and not that it is permitted."""
    report = demo()
    silent = [row for row in rows(report, outline(report).law, 99, 3) if not row.status]
    assert silent
    assert {row.text for row in silent} == {"no provision known"}


@pytest.mark.parametrize("report", [demo(), nothing(), large_report(200)], ids=["demo", "nothing", "large"])
def test_tallies_add_up(report: Report) -> None:
    """Exposures by status and by asset are all exposures, and the gravest assets stand first."""
    tally = outline(report).tally
    assert tally.exposures == len(report.exposures) == sum(count.count for count in tally.statuses)
    assert tally.assets == len({e.asset for e in report.exposures}) == len(tally.worst) + tally.more
    by_asset = Counter(e.asset for e in report.exposures)
    assert all(one.total == by_asset[one.asset] == sum(c.count for c in one.counts) for one in tally.worst)
    gravity = [*map(str, Status), ""]
    order = [(gravity.index(one.counts[0].status), -one.total, one.asset) for one in tally.worst]
    assert order == sorted(order)
    assert outline(report).tone == (tally.statuses[0].status if report.exposures else "")


def test_what_is_coming_is_told() -> None:
    """An exposure says which known stage makes it graver, and nothing where none does."""
    before = [group.changes for group in outline(demo("us/reseller", "2024-09-20")).law.groups]
    assert "prohibited from 29 Sep 2024" in before
    assert {group.changes for group in outline(demo("us/reseller", "2024-10-05")).law.groups} == {""}


def test_a_reason_says_whether_it_is_in_force() -> None:
    """A reason is in force from its first instant until its last, on the day asked about."""
    reasons = outline(demo()).law.reasons
    late = "2024-10-06T03:59:59Z"  # the end of the day asked about, where the authority sits
    assert {reason.is_in_force for reason in reasons} == {True, False}
    for reason in reasons:
        assert reason.is_in_force == (reason.since <= late and (reason.until is None or late < reason.until))


def test_tasks_stand_by_duty_and_day() -> None:
    """Duties come before advice, each by its day; what is done comes last; overdue is what the report says is."""
    report = demo("us/federal-contractor")
    done = replace(report.obligations[0], state=State.DONE, done="2024-10-01", repeats="")
    late = replace(
        report.obligations[1], state=State.OVERDUE, force=Force.MUST, owner="A. Meyer", due="2024-01-31T05:00:00Z"
    )
    told = outline(replace(report, obligations=(done, late, *report.obligations[2:])))
    assert {task.id for task in told.tasks} == {one.id for one in report.obligations}
    assert told.tasks[-1].id == done.id
    assert told.tasks[-1].when == "done on 2024-10-01"
    forces = [task.force for task in told.tasks[:-1]]
    assert forces == sorted(forces)
    found = next(task for task in told.tasks if task.id == late.id)
    assert (found.is_late, found.when) == (True, "now (since 31 Jan 2024)")
    assert "owner: A. Meyer" in found.notes[0]
    assert told.late == 1


def test_a_duty_is_not_late_on_its_last_day() -> None:
    """What is due by the end of the day asked about says so; from the next day on it says since when."""
    report = demo("us/federal-contractor")
    owed = replace(
        report.obligations[0], state=State.OPEN, action="Report it.", due="2024-10-06T03:59:59.999999Z", repeats=""
    )
    (last,) = outline(replace(report, obligations=(owed,))).tasks
    (after,) = outline(replace(report, obligations=(owed,), as_of="2024-10-06")).tasks
    (ban,) = outline(replace(report, obligations=(replace(owed, state=State.STANDING),), as_of="2024-10-06")).tasks
    assert (report.as_of, last.when) == ("2024-10-05", "by 5 Oct 2024")
    assert (after.when, ban.when) == ("now (since 5 Oct 2024)", "since 5 Oct 2024")


def test_what_expired_is_told_at_the_beginning() -> None:
    """A decision that ran out stands before all others, and in the answer; without one nothing is said of it."""
    report = full()
    told = outline(report)
    assert decided(report).decisions[0].state == Validity.EXPIRED
    assert decided(report).decisions[0].why == "Reason given: a reason"
    assert [alert.text for alert in told.alerts if alert.part == "decided"] == [
        "1 decision has expired: what was put up with or set aside counts again."
    ]
    assert "decided" not in [alert.part for alert in outline(demo()).alerts]


@pytest.mark.parametrize(("state", "is_bare"), [(Health.HEALTHY, False), *((one, True) for one in list(Health)[1:])])
def test_a_machine_is_bare_until_something_reports_healthy(state: Health, *, is_bare: bool) -> None:
    """Whatever else a product says of itself, or none that is told of, leaves a machine bare; case makes no other machine."""
    report = demo()
    found = (Meaning.INSTALLED, Meaning.RUNNING, Meaning.SERVICE_USE)
    machines = {one.asset for one in report.exposures if one.meaning in found and one.level > 2}
    shield = full().protection[0]
    told = tuple(replace(shield, asset=name.upper(), state=state) for name in machines)
    known = outline(replace(report, protection=told)).protected
    assert known.machines == len(machines)
    assert {one.asset for one in known.bare} == (machines if is_bare else set())
    none = outline(replace(report, protection=()))
    assert {one.text for one in none.protected.bare} == {"no other product was told of"}
    assert [alert.part for alert in none.alerts] == ["protection"]


def test_many_bare_machines_are_counted_and_the_first_named() -> None:
    """However many machines there are, all are counted, and no page is filled with their names."""
    report = large_report(1_000)
    found = (Meaning.INSTALLED, Meaning.RUNNING, Meaning.SERVICE_USE)
    machines = {one.asset for one in report.exposures if one.meaning in found and one.level > 2}
    known = outline(replace(report, protection=())).protected
    assert (known.machines, known.without) == (len(machines), len(machines))
    assert len(known.bare) == 50 < known.without


def test_what_is_listed_of_many_is_the_gravest() -> None:
    """Where not all exposures are listed, none that is left out is graver than one that is."""
    report = demo()
    found = outline(report).law
    ranks = {exposure.id: _rank(found.groups[found.of[exposure.id]].status) for exposure in report.exposures}
    listed = [row.id for row in rows(report, found, 7, 0)]
    assert [ranks[id_] for id_ in listed] == sorted(ranks.values())[:7]
    assert len({ranks[id_] for id_ in ranks}) > 1


def test_nothing_read_is_not_nothing_found() -> None:
    """Where nothing could be read the answer says so, and every kind of evidence is a gap."""
    unread = nothing()
    read = replace(unread, sources=demo().sources)
    missing = replace(unread.coverage, assets=(), kinds_seen=(), kinds_missing=("files", "sbom"))
    told = outline(replace(unread, coverage=missing))
    assert outline(read).answer == "Nothing was found in what was looked at."
    assert told.answer == "Nothing was read, so nothing can be said of what is there."
    assert [(gap.medium, gap.assets, gap.is_gap) for gap in told.gaps] == [("files", 0, True), ("sbom", 0, True)]
    assert told.missing == 2


def test_the_axis_holds_every_stage() -> None:
    """Bars lie within the axis, the day asked about among them, and each says from when."""
    report = demo("us/federal-contractor")
    told = outline(report)
    bars = [bar for block in told.axis.blocks for lane in block.lanes for bar in lane.bars]
    assert len(bars) == len(told.law.reasons)
    assert all(0 <= bar.begins <= bar.ends <= 1 for bar in bars)
    assert 0 < told.axis.today < 1
    starts = {reason.span: reason.since for reason in told.law.reasons}
    in_time = sorted(bars, key=lambda bar: starts[bar.text])
    assert [bar.begins for bar in in_time] == sorted(bar.begins for bar in bars)
    # What has begun by the day asked about begins at the left of its line.
    assert all((bar.begins <= told.axis.today) == (starts[bar.text] <= "2024-10-06T03:59:59Z") for bar in bars)


def test_gaps_come_first() -> None:
    """Evidence that is missing or old stands before what was read, and all of it is told."""
    report = demo()
    told = outline(report).gaps
    flags = [gap.is_gap for gap in told]
    assert flags == sorted(flags, reverse=True)
    counted = Counter((medium, one.state) for asset in report.coverage.assets for medium, one in asset.evidence.items())
    assert {(gap.medium, gap.state): gap.assets for gap in told} == dict(counted)


def test_questions_are_all_asked() -> None:
    """Every open question of a finding is among the questions, each once."""
    report = demo("us/federal-contractor")
    texts = [question.text for question in outline(report).questions]
    assert sorted(texts) == sorted(set(texts))
    assert {question for finding in report.findings for question in finding.questions} <= set(texts)


@pytest.mark.parametrize(("count", "text"), [(0, ""), (1, ": 1 exposure"), (1200, ": 1,200 exposures")])
def test_counts_in_words(count: int, text: str) -> None:
    """A count has its word in one or many; what is so whatever was found has none."""
    assert words.for_exposures(count) == text
