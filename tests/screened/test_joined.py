# SPDX-License-Identifier: Apache-2.0
"""Promises of the answer on names: nothing is lost, what matters comes first, and what was set aside stays there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.decisions.dismissed import Dismissal, Dismissed, entry
from debar.model.listed import ListedName, ListedParty, ListedTie, PartyList
from debar.model.vocab.names import NameRelation
from debar.model.vocab.parties import RelationKind
from debar.screen.building import build
from debar.screened.distinct import Distinct
from debar.screened.joined import Asked, screening
from debar.watched import Interrupted

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.model.screened import ScreenedName, Screening

OWNER = ListedParty(
    id="zorvex",
    names=(ListedName("Zorvex Technologies Co., Ltd."), ListedName("Zorvex")),
    because=("listed: a measure",),
)
OWNED = ListedParty(
    id="quillon",
    names=(ListedName("Quillon Instruments GmbH"), ListedName("Quillon")),
    ties=(
        ListedTie(kind=RelationKind.SUBSIDIARY, to="zorvex", share="100", valid_from="2020-02-01", because="doc#1"),
        ListedTie(kind=RelationKind.PARTNER, to="lone", valid_from="2021-01-01"),
    ),
)
LONE = ListedParty(id="lone", names=(ListedName("Marbelith Lone Works"),))
LISTED = PartyList(name="ours", version="7", parties=(OWNER, OWNED, LONE), notes=("2 vessels were left out",))
ON = Asked("2024-10-01")


def answer(
    *names: str,
    asked: Asked = ON,
    dismissed: Dismissed | None = None,
    listed: PartyList = LISTED,
    check: Callable[[], None] = lambda: None,
) -> Screening:
    """Screen names."""
    found = Distinct()
    for name in names:
        found.name(name)
    return screening(build(listed), found, asked, dismissed, notes=("a note",), check=check)


def relations(one: ScreenedName) -> dict[str, NameRelation]:
    """Give party and relation of each hit."""
    return {hit.party: hit.relation for hit in one.hits}


def test_every_name_comes_out() -> None:
    """A name without a hit has an empty list; the list and its version, the threshold and the notes are told."""
    found = answer("Zorvex", "Harbour Bakery", "Zorvex")
    assert {one.name: (one.rows, bool(one.hits)) for one in found.names} == {
        "Zorvex": (2, True),
        "Harbour Bakery": (1, False),
    }
    assert (found.list.name, found.list.version) == ("ours", "7")
    assert found.notes == ("a note", "list: 2 vessels were left out")


def test_what_matters_comes_first() -> None:
    """Relation, then score, then what was spent, then rows; names without a hit come last."""
    found = Distinct()
    for name, rows in (("Harbour Bakery", 9), ("Zorvex Bremen", 9), ("Zorvex", 1), ("Quillon", 5)):
        for _ in range(rows):
            found.name(name)
    told = [one.name for one in screening(build(LISTED), found, ON).names]
    assert set(told[:2]) == {"Zorvex", "Quillon"}
    assert told[-1] == "Harbour Bakery"
    assert [one.rows for one in screening(build(LISTED), found, ON).names][:2] == [5, 1]


def test_an_owner_is_known_by_a_dated_tie() -> None:
    """The name of what it owns is no evidence in a name, and yet a hit: with the tie, its dates and its source."""
    (one,) = answer("Quillon Instruments GmbH").names
    assert relations(one) == {"quillon": NameRelation.SAME, "zorvex": NameRelation.OWNERSHIP}
    owner = one.hits[1]
    assert "says nothing of this party" in owner.remarks[0]
    assert all(part in owner.remarks[0] for part in ("100 %", "2020-02-01", "doc#1"))
    assert owner.because == ("listed: a measure",)


def test_before_the_tie_there_is_no_owner() -> None:
    """On a day before the tie held, the owner is no hit."""
    (one,) = answer("Quillon Instruments GmbH", asked=Asked("2019-12-31")).names
    assert relations(one) == {"quillon": NameRelation.SAME}


def test_strictly_the_owner_is_told_and_no_hit() -> None:
    """Another company of the group is no hit in strict mode; the tie is told all the same."""
    (one,) = answer("Quillon Instruments GmbH", asked=Asked("2024-10-01", strict=True)).names
    assert relations(one) == {"quillon": NameRelation.SAME}
    assert any("Zorvex" in remark for remark in one.hits[0].remarks)


def dismissal(of: str, party: ListedParty, **changes: str) -> Dismissal:
    """Give a dismissal of a hit."""
    one = Dismissal(
        name=of,
        party=party.id,
        list="ours",
        version="6",
        entry=entry(party),
        reason="a boatyard",
        by="A. Meyer",
        on="2024-03-01",
    )
    return msgspec.structs.replace(one, **changes)


def test_a_dismissed_hit_stays_and_does_not_count() -> None:
    """It is told with who, when and why, whatever the version of the list was."""
    name = "Zorvex Bremen"
    (one,) = answer(name, dismissed=Dismissed([dismissal(name, OWNER)], "ours", "2024-10-01")).names
    assert one.hits == ()
    assert one.dismissed[0].party == "zorvex"
    assert one.dismissed[0].remarks[0] == "dismissed on 2024-03-01 by A. Meyer: a boatyard"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"names": (*OWNER.names, ListedName("Zorvex Bremen"))}, "names"),
        ({"because": ("another measure",)}, "because"),
        ({"ties": (ListedTie(kind=RelationKind.AFFILIATE, to="lone"),)}, "ties"),
    ],
)
def test_a_changed_entry_brings_the_question_back(changed: dict[str, object], said: str) -> None:
    """The hit counts again, and says who dismissed it and what has changed since."""
    name = "Zorvex Bremen"
    now = msgspec.structs.replace(LISTED, parties=(msgspec.structs.replace(OWNER, **changed), OWNED, LONE))
    (one,) = answer(name, dismissed=Dismissed([dismissal(name, OWNER)], "ours", "2024-10-01"), listed=now).names
    assert one.dismissed == ()
    assert one.hits[0].remarks[0].endswith(f"since then the entry of the list changed: {said}")
    assert "A. Meyer" in one.hits[0].remarks[0]


@pytest.mark.parametrize(
    "changes", [{"list": "theirs"}, {"on": "2024-12-01"}, {"name": "Zorvex  Bremen"}, {"until": "2024-09-30"}]
)
def test_a_dismissal_is_about_one_name_of_one_list_in_its_time(changes: dict[str, str]) -> None:
    """Of another list, of a later day, of another writing or after its last day it sets nothing aside."""
    name = "Zorvex Bremen"
    (one,) = answer(name, dismissed=Dismissed([dismissal(name, OWNER, **changes)], "ours", "2024-10-01")).names
    assert [hit.party for hit in one.hits] == ["zorvex"]


def test_the_end_may_be_asked_for() -> None:
    """What was looked at is told, and how many names were not."""

    def check() -> None:
        raise Interrupted("SIGINT")

    found = answer("Zorvex", "Quillon", check=check)
    assert found.names == ()
    assert "2 of 2 names were not read: interrupted (SIGINT)" in found.notes
