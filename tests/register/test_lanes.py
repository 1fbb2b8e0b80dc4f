# SPDX-License-Identifier: Apache-2.0
"""The lanes: every provision once, with its times, marks and sources, within the time asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given

import dated
from debar.model.vocab import Change, Halt, Instrument, MeasureStatus, RelationKind, Status
from debar.obligations.spells import kin, spells
from debar.register.lanes import Asked, Chart, chart
from debar.register.standing import reviewed

if TYPE_CHECKING:
    from debar.register import Register


def drawn(register: Register, party: str = "", **changes: Any) -> Chart:
    """Give the lanes of a register, or of a party, at the end of 2024."""
    found = register.party(party) if party else None
    about = {"spells": spells(register, found), "kin": kin(register, found)} if found else {}
    return chart(register, Asked(**{"today": "2024-12-31", **about, **changes}))


def lanes(found: Chart) -> list[str]:
    """Give the provisions of the lanes, in their order."""
    return [lane.provision for group in found.groups for lane in group.lanes]


@given(dated.registers())
def test_every_provision_has_one_lane(register: Register) -> None:
    """Each reviewed provision has one lane, below its measure, and the time holds all of it and today."""
    found = drawn(register)
    assert sorted(lanes(found)) == sorted(
        f"{measure.id}#{provision.id}" for measure, provision, _ in reviewed(register)
    )
    assert all(lane.provision.startswith(f"{group.measure}#") for group in found.groups for lane in group.lanes)
    for bar in (bar for group in found.groups for lane in group.lanes for bar in lane.bars):
        assert found.since <= bar.since < (bar.until or found.until) <= found.until
    assert found.since <= found.today <= found.until
    assert found.outside == 0


@given(dated.registers(), dated.DAYS, dated.DAYS)
def test_a_time_leaves_what_touches_it(register: Register, one: object, other: object) -> None:
    """Within a time only what has something in it has a lane, and the rest is counted."""
    since, until = sorted((str(one), str(other)))
    found = drawn(register, since=since, until=until)
    assert len(lanes(found)) + found.outside == len(lanes(drawn(register)))
    for group in found.groups:
        assert group.lanes
        marks = [*group.marks, *(mark for lane in group.lanes for mark in lane.marks)]
        assert all(found.since <= mark.at <= found.until for mark in marks)
        bars = [bar for lane in group.lanes for bar in lane.bars]
        assert all(bar.since <= found.until and (bar.until is None or bar.until > found.since) for bar in bars)


def test_lanes_of_the_real_register(register: Register) -> None:
    """Every provision of the shipped register has a lane; those of a party are those that are about it."""
    everything = {f"{measure.id}#{provision.id}" for measure, provision, _ in reviewed(register)}
    assert set(lanes(drawn(register))) == everything
    for party in ("kaspersky", "huawei"):
        about = set(lanes(drawn(register, party)))
        assert about <= set(spells(register, register.party(party)))
        assert len(about) > 20


def test_bars_are_cut_where_a_provision_is_suspended() -> None:
    """A suspended time is a bar of its own; delays that follow one another are one."""
    paused = dated.provision(
        interruptions=(
            dated.halt(Halt.NON_ENFORCEMENT, "2024-08-01", "2024-09-01", id_="first"),
            dated.halt(Halt.NON_ENFORCEMENT, "2024-09-01", "2024-10-01", id_="second"),
        )
    )
    (group,) = drawn(dated.register(dated.measure("us-order", paused))).groups
    assert [bar.halt for bar in group.lanes[0].bars] == [None, Halt.NON_ENFORCEMENT, None]


def test_a_lane_lasts_as_long_as_it_is_about_the_party() -> None:
    """One who is on a list for a time has a bar for that time; listings of strangers are not marked."""
    targets = dated.provision().targets
    ban = dated.provision(targets=type(targets)(lists=("us-list",)))
    listed = dated.party(
        "guest", dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-08-01", valid_until="2024-09-01")
    )
    other = dated.party("stranger", dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-08-02"))
    rules = dated.provision("text", targets=type(targets)(parties=("guest",)))
    register = dated.register(dated.measure("us-order", ban), dated.measure("us-list", rules), parties=(listed, other))
    groups = {group.measure: group for group in drawn(register, "guest").groups}
    (bar,) = groups["us-order"].lanes[0].bars
    assert (f"{bar.since:%m-%d}", f"{bar.until:%m-%d}") == ("08-01", "09-01")
    assert [(mark.change, mark.name) for mark in groups["us-list"].marks] == [
        (Change.LISTED, "guest"),
        (Change.DELISTED, "guest"),
    ]
    marks = {group.measure: group.marks for group in drawn(register).groups}["us-list"]
    assert [mark.name for mark in marks if mark.change is Change.LISTED] == ["guest", "stranger"]


def test_parties_listed_on_one_day_share_a_mark() -> None:
    """A list with many names has one mark for each of its days."""
    many = tuple(
        dated.party(name, dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-08-01")) for name in "abc"
    )
    (group,) = drawn(dated.register(dated.measure("us-list"), parties=many)).groups
    assert [mark.name for mark in group.marks] == ["3 parties"]


def test_marks_of_a_lane() -> None:
    """A last day and the days of an exemption are marks of the lane, history is one of the measure."""
    duty = dated.provision(deadline=dated.deadline("2024-07-20"), exemptions=(dated.exemption("2024-08-01"),))
    (group,) = drawn(dated.register(dated.measure("us-order", duty, history=(dated.event("2024-06-20"),)))).groups
    assert [mark.change for mark in group.lanes[0].marks] == [Change.DUE, Change.EXEMPT]
    assert [mark.change for mark in group.marks] == [Change.EVENT]


def test_sources_stand_with_what_they_prove() -> None:
    """A lane names the passages of its provision, with place, words and address."""
    (group,) = drawn(dated.register(dated.measure("us-order"))).groups
    (source,) = group.lanes[0].sources
    assert (source.cite, source.quote, source.url) == ("Order, sec-1", "shall not use", "https://example.com/order")


def test_what_is_proposed_is_drawn_as_proposed() -> None:
    """A bill is no prohibition, a warning only advises, and a draft is not drawn at all."""
    register = dated.register(
        dated.measure("us-bill", instrument=Instrument.PROPOSAL),
        dated.measure("us-warning", instrument=Instrument.WARNING),
        dated.measure("us-draft", status=MeasureStatus.DRAFT),
    )
    found = {group.measure: group.lanes[0].does for group in drawn(register).groups}
    assert found == {"us-bill": Status.PROPOSED, "us-warning": Status.ADVISED}


def test_a_jurisdiction_leaves_the_others_out() -> None:
    """Only measures of the jurisdiction are drawn."""
    register = dated.register(dated.measure("us-order"), dated.measure("jp-order"))
    assert [group.measure for group in drawn(register, jurisdiction="jp").groups] == ["jp-order"]


def test_measures_and_provisions_stand_by_their_beginning() -> None:
    """What began first stands first."""
    register = dated.register(
        dated.measure("us-late", dated.provision(applies_from="2024-09-01")),
        dated.measure("us-early", dated.provision("b", applies_from="2024-08-01"), dated.provision("a")),
    )
    assert lanes(drawn(register)) == ["us-early#a", "us-early#b", "us-late#ban"]


def test_the_time_asked_for_is_kept() -> None:
    """With two days the axis runs from the beginning of the first to the end of the second."""
    found = drawn(dated.register(dated.measure("us-order")), since="2024-01-01", until="2024-12-31")
    assert found.since == datetime(2024, 1, 1, tzinfo=UTC)
    assert f"{found.until:%Y-%m-%d %H}" == "2024-12-31 23"


def test_nothing_is_drawn_of_nothing() -> None:
    """A register without a measure has no lane, and still a time that holds today."""
    found = drawn(dated.register())
    assert found.groups == ()
    assert found.since <= found.today <= found.until
