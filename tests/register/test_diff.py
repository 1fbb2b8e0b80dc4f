# SPDX-License-Identifier: Apache-2.0
"""What changed between two days: both clocks, what is no change, and that later knowledge changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st

import dated
from debar.model.measures import Claim
from debar.model.vocab import Change, Grade, Halt, Instrument, MeasureStatus, Modality, RelationKind, Status
from debar.obligations.spells import kin, spells
from debar.register.diff import About, Difference, Item, difference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from debar.model.measures import Provision
    from debar.register import Register


def compared(register: Register, since: str, until: str, party: str = "", jurisdiction: str = "") -> Difference:
    """Give what changed between two days."""
    about = None
    if party:
        found = register.party(party)
        about = About(
            party=found.id,
            kin=kin(register, found),
            earlier=spells(register, found, since),
            later=spells(register, found, until),
        )
    return difference(register, dated.RELEASE, since, until, about=about, jurisdiction=jurisdiction)


def told(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Give (change, provision or part) of some items."""
    return [(item.change.value, (item.provision or item.part or "").rpartition("#")[2]) for item in items]


def parts(found: Difference) -> dict[str, list[tuple[str, str]]]:
    """Give what stands in each part that has something."""
    named = {name: told(getattr(found, name)) for name in ("took_effect", "announced", "learned_late", "no_change")}
    return {name: items for name, items in named.items() if items}


BAN = [("begins", "ban")]


# ---- the two clocks --------------------------------------------------------------------------------------------------


def test_the_later_day_belongs_to_the_answer_and_the_earlier_does_not() -> None:
    """What begins on the earlier day has begun by its end; what begins on the later day is told."""
    register = dated.register(dated.measure("us-order"))
    assert parts(compared(register, "2024-07-19", "2024-07-20")) == {"took_effect": BAN}
    assert parts(compared(register, "2024-07-20", "2024-07-21")) == {}
    assert parts(compared(register, "2024-07-18", "2024-07-19")) == {}
    assert parts(compared(register, "2024-07-20", "2024-07-20")) == {}


def test_a_day_ends_where_each_authority_sits() -> None:
    """On one and the same day provisions begin in Tokyo and New York; an instant lies between the two."""
    register = dated.register(dated.measure("us-order"), dated.measure("jp-order"))
    assert [item.measure for item in compared(register, "2024-07-19", "2024-07-20").took_effect] == [
        "jp-order",
        "us-order",
    ]
    found = compared(register, "2024-07-19", "2024-07-19T23:00Z")
    assert [(item.measure, item.day) for item in found.took_effect] == [("jp-order", "2024-07-20")]


def test_what_becomes_known_before_it_takes_effect_is_announced() -> None:
    """A ban that is published in between and begins later is announced, and then takes effect."""
    register = dated.register(dated.measure("us-order"))
    assert parts(compared(register, "2024-06-19", "2024-06-20")) == {"announced": BAN}
    assert parts(compared(register, "2024-06-19", "2024-07-20")) == {"took_effect": BAN}


def test_what_was_published_late_is_learned_late() -> None:
    """An entry of 23 July that came out on 3 September is told as learned late, or as known only since."""
    entry = dated.provision(applies_from="2024-07-23", known_from="2024-09-03")
    register = dated.register(dated.measure("us-order", entry))
    assert parts(compared(register, "2024-07-01", "2024-08-15")) == {}
    assert parts(compared(register, "2024-08-15", "2024-10-01")) == {"learned_late": BAN}
    found = compared(register, "2024-06-20", "2024-09-30")
    assert parts(found) == {"took_effect": BAN}
    assert found.took_effect[0].known_only_since == "2024-09-03"
    assert compared(register, "2024-08-15", "2024-10-01").learned_late[0].known_only_since == "2024-09-03"


def test_an_end_that_nobody_foresaw_is_not_known_before() -> None:
    """A provision that another takes the place of later counts as open-ended until that is known."""
    replaced = dated.provision(applies_until="2025-03-01", until_known_from="2025-02-01")
    register = dated.register(dated.measure("us-order", replaced))
    assert parts(compared(register, "2024-06-01", "2024-12-31")) == {"took_effect": BAN}
    assert parts(compared(register, "2025-01-01", "2025-02-15")) == {"announced": [("ends", "ban")]}
    found = compared(register, "2025-01-01", "2025-03-15")
    assert parts(found) == {"took_effect": [("ends", "ban")]}
    assert (found.before.in_force, found.after.in_force) == (1, 0)


def test_what_was_known_in_time_is_not_called_late() -> None:
    """A provision known before it begins, or on the same day, has no "known only since"."""
    for known in ("2024-06-20", "2024-07-20"):
        register = dated.register(dated.measure("us-order", dated.provision(known_from=known)))
        assert [item.known_only_since for item in compared(register, "2024-06-30", "2024-07-31").took_effect] == [None]


@given(dated.registers(), dated.provisions(), dated.DAYS, dated.DAYS)
def test_later_knowledge_changes_nothing(register: Register, late: Provision, one: date, other: date) -> None:
    """Whatever comes to light after the later day, the answer about two days stays the same."""
    since, until = sorted((str(one), str(other)))
    before = compared(register, since, until)
    added = msgspec.structs.replace(late, id="late", known_from="2027-06-01")
    measures = [dated.measure("us-later", added), *register.measures.values()]
    assert compared(dated.register(*measures), since, until) == before


@given(dated.registers(known=True), st.lists(dated.DAYS, min_size=3, max_size=3))
def test_two_answers_in_a_row_are_one(register: Register, days: list[date]) -> None:
    """When everything was known long before, the changes from A to B and from B to C are those from A to C."""
    first, middle, last = sorted(map(str, days))
    whole = compared(register, first, last)
    one, other = compared(register, first, middle), compared(register, middle, last)
    assert (*one.took_effect, *other.took_effect) == whole.took_effect
    assert (*one.no_change, *other.no_change) == whole.no_change
    assert (whole.announced, whole.learned_late) == ((), ())
    assert (one.before, one.after, other.after) == (whole.before, other.before, whole.after)


@given(dated.registers(known=True), dated.DAYS, dated.DAYS)
def test_the_counts_are_those_of_the_changes(register: Register, one: date, other: date) -> None:
    """When everything was known long before, what is in force grows by what begins and shrinks by what ends."""
    since, until = sorted((str(one), str(other)))
    found = compared(register, since, until)
    changes = [item.change for item in found.took_effect]
    assert found.after.in_force - found.before.in_force == changes.count(Change.BEGINS) - changes.count(Change.ENDS)
    for state in (found.before, found.after):
        assert sum(state.does.values()) == state.in_force
        assert state.restating <= state.in_force


@given(dated.registers(), dated.DAYS, dated.DAYS)
def test_every_item_stands_once_and_keeps_its_part(register: Register, one: date, other: date) -> None:
    """No change stands in two parts, and each part keeps its promise about the two clocks."""
    since, until = sorted((str(one), str(other)))
    found = compared(register, since, until)
    everything = [*found.took_effect, *found.announced, *found.learned_late, *found.no_change]
    assert len({msgspec.json.encode(item) for item in everything}) == len(everything)
    assert all(since < item.day <= until and item.known_from <= until for item in found.took_effect)
    assert all(item.day > until and since < item.known_from <= until for item in found.announced)
    assert all(item.day <= since < item.known_from <= until for item in found.learned_late)
    assert all(item.known_from <= until for item in found.no_change)


# ---- what is no change -----------------------------------------------------------------------------------------------


def test_a_renumbering_is_marked() -> None:
    """A provision that restates another says so, and is counted as restating."""
    again = dated.provision("again", restates=("us-order#ban",), applies_from="2025-11-01")
    found = compared(dated.register(dated.measure("us-order", dated.provision(), again)), "2025-10-01", "2025-12-01")
    assert [item.restates for item in found.took_effect] == [("us-order#ban",)]
    assert (found.before.restating, found.after.restating) == (0, 1)


def test_a_proposal_is_no_law() -> None:
    """A proposal is told as what happened, never as what took effect, and is not in force."""
    bill = dated.measure("us-bill", instrument=Instrument.PROPOSAL)
    found = compared(dated.register(bill), "2024-06-01", "2024-08-01")
    assert parts(found) == {"no_change": BAN}
    assert (found.after.in_force, found.after.proposed) == (0, 1)


def test_a_warning_only_advises() -> None:
    """What a warning forbids is counted as advised."""
    found = compared(
        dated.register(dated.measure("us-warning", instrument=Instrument.WARNING)), "2024-06-01", "2024-08-01"
    )
    assert found.after.does == {Status.ADVISED: 1}
    assert found.took_effect[0].does is Status.ADVISED


def test_a_draft_is_not_told() -> None:
    """What no human has reviewed is in no answer."""
    listed = dated.party("maker", dated.relation(RelationKind.LISTED, "us-draft", valid_from="2024-07-20"))
    draft = dated.measure("us-draft", status=MeasureStatus.DRAFT, history=(dated.event("2024-07-01"),))
    found = compared(dated.register(draft, parties=(listed,)), "2024-06-01", "2024-08-01")
    assert parts(found) == {}
    assert found.after.in_force == 0


def test_history_is_no_change() -> None:
    """What happened in between is told apart, also what came out late; what happened elsewhen is not."""
    history = tuple(dated.event(day) for day in ("2024-06-15", "2024-06-20", "2024-08-20"))
    late = dated.event("2024-01-01", known="2024-07-01")
    found = compared(dated.register(dated.measure("us-order", history=(*history, late))), "2024-06-15", "2024-07-15")
    assert [(item.day, item.known_only_since) for item in found.no_change] == [
        ("2024-01-01", "2024-07-01"),
        ("2024-06-20", None),
    ]


def test_a_listing_that_is_repeated_stays() -> None:
    """Edition after edition a party is on the list: no change, until an edition leaves it out."""
    listings = [
        dated.relation(RelationKind.LISTED, "us-list", valid_from="2021-06-03", valid_until="2024-01-31"),
        dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-01-31", valid_until="2025-01-07"),
    ]
    register = dated.register(dated.measure("us-list"), parties=(dated.party("maker", *listings),))
    found = compared(register, "2024-01-01", "2024-02-28")
    assert parts(found) == {"no_change": [("delisted", "maker"), ("listed", "maker")]}
    assert {item.remark for item in found.no_change} == {"is on the list before and after"}
    assert ("delisted", "maker") in told(compared(register, "2024-12-01", "2025-02-01").took_effect)


def test_a_disputed_listing_carries_nothing() -> None:
    """A certain listing that only a disputed one goes on from has ended, with the doubt; a certain one begins anew."""
    claims = (Claim(value="still listed", by="Paper", grade=Grade.SECONDARY),)
    listings = [
        dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-01-31", valid_until="2026-02-17"),
        dated.relation(
            RelationKind.LISTED, "us-list", valid_from="2026-02-13", valid_until="2026-06-08", claims=claims
        ),
        dated.relation(RelationKind.LISTED, "us-list", valid_from="2026-06-08"),
    ]
    register = dated.register(dated.measure("us-list"), parties=(dated.party("maker", *listings),))
    found = compared(register, "2026-02-01", "2026-07-01")
    assert [(i.change, i.day, i.remark) for i in found.took_effect] == [
        (Change.DELISTED, "2026-02-17", "sources disagree on whether it goes on"),
        (Change.LISTED, "2026-06-08", None),
    ]
    assert [(i.change, i.day, i.disputed, i.grade) for i in found.no_change] == [
        (Change.LISTED, "2026-02-13", True, Grade.UNVERIFIED),
        (Change.DELISTED, "2026-06-08", True, Grade.UNVERIFIED),
    ]


def test_a_delay_that_is_extended_does_not_run_out() -> None:
    """The end of one delay of enforcement is no change while another holds; the end of the last is one."""
    delays = (
        dated.halt(Halt.NON_ENFORCEMENT, "2025-01-20", "2025-04-05", known="2025-01-20", id_="first"),
        dated.halt(Halt.NON_ENFORCEMENT, "2025-04-04", "2025-06-19", known="2025-04-04", id_="second"),
    )
    register = dated.register(dated.measure("us-order", interruptions=delays))
    found = compared(register, "2025-01-01", "2025-05-01")
    assert told(found.took_effect) == [("not-enforced", "first"), ("not-enforced", "second")]
    assert [item.remark for item in found.took_effect] == [None, "carries on first"]
    assert [(item.change, item.remark) for item in found.no_change] == [(Change.ENFORCED, "carried on by second")]
    assert (found.after.in_force, found.after.not_enforced) == (1, 1)
    assert told(compared(register, "2025-05-01", "2025-07-01").took_effect) == [("enforced", "second")]
    # On that day nobody knew of the second: the first ran out.
    assert told(compared(register, "2025-02-01", "2025-04-03").took_effect) == []


def test_a_suspension_is_counted_apart() -> None:
    """A suspended provision is not in force; when it comes back it is."""
    paused = dated.provision(interruptions=(dated.halt(Halt.SUSPENSION, "2024-09-01", "2024-12-01"),))
    register = dated.register(dated.measure("us-order", paused))
    found = compared(register, "2024-08-01", "2024-10-01")
    assert told(found.took_effect) == [("halted", "ban")]
    assert (found.before.in_force, found.after.in_force, found.after.suspended) == (1, 0, 1)
    assert told(compared(register, "2024-10-01", "2024-12-01").took_effect) == [("returns", "ban")]


def test_nothing_returns_to_a_provision_that_ends() -> None:
    """A suspension that ends with its provision brings nothing back, nor does an exemption that outlives it."""
    paused = dated.provision(
        applies_until="2024-12-01",
        interruptions=(dated.halt(Halt.SUSPENSION, "2024-09-01", "2024-12-01"),),
        exemptions=(dated.exemption("2024-08-01", "2025-01-01"),),
    )
    found = compared(dated.register(dated.measure("us-order", paused)), "2024-10-01", "2025-02-01")
    assert told(found.took_effect) == [("ends", "ban")]
    assert [(item.change, item.remark) for item in found.no_change] == [
        (Change.RETURNS, "the provision does not apply then"),
        (Change.EXEMPT_ENDS, "the provision does not apply then"),
    ]


def test_a_deadline_is_a_change_only_while_the_provision_applies() -> None:
    """The last day of a duty is told; one that lies before its beginning is none."""
    duty = dated.provision(modality=Modality.REQUIRED, deadline=dated.deadline("2024-07-20"))
    found = compared(dated.register(dated.measure("us-order", duty)), "2024-07-20", "2024-07-30")
    assert told(found.took_effect) == [("due", "ban")]
    early = dated.provision(modality=Modality.REQUIRED, deadline=dated.deadline("2024-01-01"))
    assert parts(compared(dated.register(dated.measure("us-order", early)), "2024-01-01", "2024-07-01")) == {
        "no_change": [("due", "ban")],
        "announced": BAN,
    }


def test_exemptions_are_told() -> None:
    """The beginning and the end of an exemption are changes."""
    exempt = dated.provision(exemptions=(dated.exemption("2024-08-01", "2024-09-01"),))
    register = dated.register(dated.measure("us-order", exempt))
    assert [i.change for i in compared(register, "2024-07-31", "2024-09-01").took_effect] == [
        Change.EXEMPT,
        Change.EXEMPT_ENDS,
    ]


# ---- what is asked for -----------------------------------------------------------------------------------------------


def test_a_jurisdiction_narrows_changes_and_counts() -> None:
    """Only what is of the jurisdiction is told and counted; ties between parties belong to none."""
    tied = dated.party("daughter", dated.relation(RelationKind.SUBSIDIARY, "maker", valid_from="2024-07-01"))
    register = dated.register(dated.measure("us-order"), dated.measure("jp-order"), parties=(dated.party(), tied))
    assert ("tied", "daughter") in told(compared(register, "2024-06-20", "2024-08-01").took_effect)
    found = compared(register, "2024-06-20", "2024-08-01", jurisdiction="jp")
    assert [item.measure for item in found.took_effect] == ["jp-order"]
    assert (found.jurisdiction, found.after.in_force) == ("jp", 1)


def test_a_party_narrows_changes_and_counts() -> None:
    """Only what is about the party is told, with the listings of its group; those of strangers are not."""
    sister = dated.party(
        "sister",
        dated.relation(RelationKind.AFFILIATE, "maker"),
        dated.relation(RelationKind.LISTED, "us-others", valid_from="2024-07-21"),
    )
    stranger = dated.party("stranger", dated.relation(RelationKind.LISTED, "us-order", valid_from="2024-07-21"))
    other = dated.provision(targets=msgspec.structs.replace(dated.provision().targets, parties=("stranger",)))
    register = dated.register(
        dated.measure("us-order", history=(dated.event("2024-07-22"),)),
        dated.measure("us-others", other, history=(dated.event("2024-07-22"),)),
        parties=(dated.party(), sister, stranger),
    )
    found = compared(register, "2024-06-20", "2024-08-01", party="maker")
    assert told(found.took_effect) == [("begins", "ban"), ("listed", "sister")]
    assert [item.measure for item in found.no_change] == ["us-order"]
    assert (found.party, found.after.in_force, found.after.measures) == ("maker", 1, 1)


def test_a_provision_counts_only_while_it_reaches_the_party() -> None:
    """One who is put on a list later is reached from that day, as far as that was known."""
    listed = dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-08-15", known_from="2024-09-01")
    ban = dated.provision(targets=msgspec.structs.replace(dated.provision().targets, parties=(), lists=("us-list",)))
    register = dated.register(
        dated.measure("us-order", ban), dated.measure("us-list"), parties=(dated.party("newcomer", listed),)
    )
    found = compared(register, "2024-06-20", "2024-10-01", party="newcomer")
    assert (found.before.in_force, found.after.in_force) == (0, 1)
    # The ban began before it was about the newcomer: only the listing is news.
    assert told(found.took_effect) == [("listed", "newcomer")]
    assert compared(register, "2024-06-20", "2024-08-20", party="newcomer").after.in_force == 0


# ---- the real register -----------------------------------------------------------------------------------------------


def test_the_two_stages_of_the_kaspersky_ban(register: Register) -> None:
    """Between 20 June and 30 September 2024 both stages begin, and the entry of July is known only since September."""
    found = compared(register, "2024-06-20", "2024-09-30", party="kaspersky")
    began = {(i.provision, i.day) for i in found.took_effect if i.change is Change.BEGINS}
    assert ("us-bis-icts-2021-002-kaspersky#new-agreements", "2024-07-20") in began
    assert {("us-bis-icts-2021-002-kaspersky#updates", "2024-09-29"),
            ("us-bis-icts-2021-002-kaspersky#resale", "2024-09-29")} <= began  # fmt: skip
    entry = next(i for i in found.took_effect if i.provision == "us-fcc-covered-kaspersky-2024#authorisation")
    assert (entry.day, entry.known_only_since) == ("2024-07-23", "2024-09-03")
    assert found.after.does[Status.PROHIBITED] > found.before.does[Status.PROHIBITED]


def test_the_entry_of_july_is_learned_late(register: Register) -> None:
    """Between 15 August and 1 October 2024 the entry of 23 July is learned late."""
    found = compared(register, "2024-08-15", "2024-10-01", party="kaspersky")
    assert "us-fcc-covered-kaspersky-2024#authorisation" in {item.provision for item in found.learned_late}
    assert "us-fcc-covered-kaspersky-2024#authorisation" not in {item.provision for item in found.took_effect}
