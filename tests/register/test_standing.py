# SPDX-License-Identifier: Apache-2.0
"""How a provision stands: pieces of time, what keeps it from biting, and what is counted."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given

import dated
from debar.model.vocab import Grade, Halt, Instrument, MeasureStatus, Modality, Status
from debar.obligations import applies
from debar.register import standing
from debar.register.standing import Piece, Spell, covers, does, is_known, piece_at, pieces, reviewed, state

if TYPE_CHECKING:
    from debar.model.measures import Provision
    from debar.register import Register

ZONE = "UTC"


def days(found: list[Piece]) -> list[tuple[str, str, str]]:
    """Give (since, until, halt) of some pieces."""
    return [
        (f"{p.since:%Y-%m-%d}", f"{p.until:%Y-%m-%d}" if p.until else "", p.halt.id if p.halt else "") for p in found
    ]


def cut(provision: Provision, *spells: Spell, known_on: str = "") -> list[Piece]:
    """Give the pieces of a provision."""
    return pieces(dated.measure("us-order", provision), provision, ZONE, spells or standing.ALWAYS, known_on)


def at(day: str) -> datetime:
    """Give midnight of a day."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def test_a_suspension_cuts_a_provision() -> None:
    """A provision is whole, or cut where it is suspended and where it comes back."""
    assert days(cut(dated.provision())) == [("2024-07-20", "", "")]
    paused = dated.provision(interruptions=(dated.halt(Halt.SUSPENSION, "2024-09-01", "2024-12-01"),))
    assert days(cut(paused)) == [
        ("2024-07-20", "2024-09-01", ""),
        ("2024-09-01", "2024-12-01", "halt"),
        ("2024-12-01", "", ""),
    ]
    assert [piece.is_suspended for piece in cut(paused)] == [False, True, False]


def test_what_was_not_known_cuts_nothing() -> None:
    """A suspension, or an end, that nobody knew of on the day leaves the provision as it was."""
    later = dated.halt(Halt.STAY, "2024-09-01", known="2024-08-15")
    paused = dated.provision(interruptions=(later,), applies_until="2025-01-01", until_known_from="2024-10-01")
    assert days(cut(paused, known_on="2024-08-14")) == [("2024-07-20", "", "")]
    assert days(cut(paused, known_on="2024-08-15")) == [("2024-07-20", "2024-09-01", ""), ("2024-09-01", "", "halt")]
    assert days(cut(paused, known_on="2024-10-01"))[-1] == ("2024-09-01", "2025-01-01", "halt")


def test_a_suspension_comes_before_non_enforcement() -> None:
    """Where both lie over a provision it is suspended; what is merely not enforced is still the law."""
    both = dated.provision(
        interruptions=(
            dated.halt(Halt.NON_ENFORCEMENT, "2024-08-01", id_="lenient"),
            dated.halt(Halt.STAY, "2024-09-01", "2024-10-01", id_="stay"),
        )
    )
    assert [halt for *_, halt in days(cut(both))] == ["", "lenient", "stay", "lenient"]
    assert [piece.is_suspended for piece in cut(both)] == [False, False, True, False]


def test_spells_cut_a_provision() -> None:
    """A provision counts only while it is about somebody; the surest of several ties decides how sure that is."""
    first = Spell(since=at("2024-08-01"), until=at("2024-10-01"), grade=Grade.SECONDARY)
    second = Spell(since=at("2024-09-01"), until=at("2024-11-01"))
    found = cut(dated.provision(), first, second)
    assert [(f"{p.since:%m-%d}", p.grade) for p in found] == [("08-01", Grade.SECONDARY), ("09-01", Grade.PRIMARY)]
    assert days(found)[-1][1] == "2024-11-01"
    gone = Spell(until=at("2024-07-01"))
    assert cut(dated.provision(), gone) == []
    disputed = Spell(since=at("2024-08-01"), is_disputed=True)
    assert [piece.is_disputed for piece in cut(dated.provision(), disputed, first)] == [False, True]


def test_spells_that_follow_one_another_make_one_piece() -> None:
    """A listing told edition by edition is one time."""
    one, other = Spell(since=at("2024-08-01"), until=at("2024-09-01")), Spell(since=at("2024-09-01"))
    assert days(cut(dated.provision(), one, other)) == [("2024-08-01", "", "")]
    apart = Spell(since=at("2024-09-02"))
    assert len(cut(dated.provision(), one, apart)) == 2


@given(dated.provisions())
def test_pieces_are_the_time_of_the_provision(provision: Provision) -> None:
    """The pieces follow one another without a gap from the beginning to the end, and no two alike are neighbours."""
    found = cut(provision)
    assert found[0].since == at(provision.applies_from)
    assert found[-1].until == (at(provision.applies_until) if provision.applies_until else None)
    for one, other in pairwise(found):
        assert one.until == other.since
        assert (one.grade, one.is_disputed, one.halt) != (other.grade, other.is_disputed, other.halt)
    assert [piece_at(found, piece.since) for piece in found] == found
    assert all(covers(piece, piece.since) and not (piece.until and covers(piece, piece.until)) for piece in found)


def test_what_a_provision_does() -> None:
    """A proposal proposes whatever it says, a warning advises, a permission stays one."""
    table = {
        (Instrument.REGULATION, Modality.PROHIBITED): Status.PROHIBITED,
        (Instrument.REGULATION, Modality.LICENCE_REQUIRED): Status.LICENCE_REQUIRED,
        (Instrument.REGULATION, Modality.REQUIRED): Status.REQUIRED,
        (Instrument.REGULATION, Modality.ADVISED): Status.ADVISED,
        (Instrument.WARNING, Modality.PROHIBITED): Status.ADVISED,
        (Instrument.WARNING, Modality.PERMITTED): Status.PERMITTED,
        (Instrument.PROPOSAL, Modality.REQUIRED): Status.PROPOSED,
        (Instrument.PROPOSAL, Modality.PERMITTED): Status.PROPOSED,
    }
    for (instrument, modality), status in table.items():
        one = dated.provision(modality=modality)
        assert does(dated.measure("us-order", one, instrument=instrument), one) is status


def test_the_instruments_without_force_are_those_of_the_procedure() -> None:
    """What only advises here is what only advises there."""
    assert standing._ADVISORY == applies.ADVISORY


def test_knowledge_begins_and_ends_with_the_day_of_the_zone() -> None:
    """What is published on a day is known at the end of that day, there and not elsewhere earlier."""
    assert is_known("2024-07-20", "2024-07-20", "Asia/Tokyo")
    assert not is_known("2024-07-20", "2024-07-19", "Asia/Tokyo")
    assert is_known("2024-07-20", "2024-07-19T15:00Z", "Asia/Tokyo")
    assert not is_known("2024-07-20", "2024-07-19T15:00Z", "America/New_York")
    assert is_known("", "2024-01-01", ZONE)
    assert is_known("2024-07-20", "", ZONE)


@given(dated.registers(), dated.DAYS)
def test_counts_hold_together(register: Register, day: object) -> None:
    """What stands is in force, suspended or only proposed, and never more than there is."""
    found = state(register, str(day))
    assert found.in_force == sum(found.does.values())
    assert found.in_force + found.proposed <= sum(1 for _ in reviewed(register))
    assert Status.PROPOSED not in found.does
    assert max(found.uncertain, found.not_enforced, found.restating) <= found.in_force
    assert (found.measures == 0) == (found.in_force == 0)


def test_drafts_are_left_out() -> None:
    """A measure that no human has reviewed is none."""
    assert list(reviewed(dated.register(dated.measure("us-draft", status=MeasureStatus.DRAFT)))) == []
