# SPDX-License-Identifier: Apache-2.0
"""In which times a provision is about a party: by name for good, through a tie or list for its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dated
from debar import dates
from debar.model.measures import Claim, Product, Target
from debar.model.vocab import Category, Grade, MeasureStatus, OriginTest, RelationKind, Tie
from debar.obligations.concern import concerning
from debar.obligations.spells import kin, spells
from debar.register.standing import Spell

if TYPE_CHECKING:
    from debar.model.measures import Party
    from debar.register import Register


def law(*parties: Party, **targets: Any) -> Register:
    """Give a ban with these targets, and a list."""
    ban = dated.measure("us-order", dated.provision(targets=Target(**targets)))
    return dated.register(ban, dated.measure("us-list", dated.provision(targets=Target())), parties=parties)


def of(register: Register, party: str, known_on: str = "") -> tuple[Spell, ...]:
    """Give the times in which the ban is about a party."""
    return spells(register, register.parties[party], known_on).get("us-order#ban", ())


def test_one_that_is_named_is_reached_for_good() -> None:
    """Its own name needs no time."""
    register = law(dated.party(), dated.party("other"), parties=("maker",))
    assert of(register, "maker") == (Spell(),)
    assert of(register, "other") == ()


def test_one_on_a_list_is_reached_while_it_stands_there() -> None:
    """From the day of the listing to that of the removal, each time, as sure as the listing."""
    listings = (
        dated.relation(RelationKind.LISTED, "us-list", valid_from="2021-06-03", valid_until="2024-01-31"),
        dated.relation(RelationKind.LISTED, "us-list", valid_from="2025-01-07", grade=Grade.SECONDARY),
    )
    zone = "America/New_York"
    assert of(law(dated.party("maker", *listings), lists=("us-list",)), "maker") == (
        Spell(since=dates.begins("2021-06-03", zone), until=dates.begins("2024-01-31", zone)),
        Spell(since=dates.begins("2025-01-07", zone), grade=Grade.SECONDARY),
    )


def test_what_was_not_known_reaches_nobody() -> None:
    """A listing that came out later counts from the day on which it could be known."""
    late = dated.relation(RelationKind.LISTED, "us-list", valid_from="2024-07-23", known_from="2024-09-03")
    register = law(dated.party("maker", late), lists=("us-list",))
    assert of(register, "maker", "2024-08-15") == ()
    assert len(of(register, "maker", "2024-09-03")) == 1


def test_a_disputed_tie_is_marked() -> None:
    """Sources that disagree do not take a provision away; they make it disputed."""
    claims = (Claim(value="sold", by="Paper", grade=Grade.SECONDARY),)
    tied = dated.relation(RelationKind.SUBSIDIARY, "maker", valid_from="2024-08-01", claims=claims)
    register = law(dated.party(), dated.party("daughter", tied), parties=("maker",), extends_to=(Tie.SUBSIDIARIES,))
    assert [spell.is_disputed for spell in of(register, "daughter")] == [True]


def test_what_only_the_product_can_tell_is_left_out() -> None:
    """A ban by place of production is about no party as such."""
    register = law(dated.party(country="CN"), origins=("CN",), origin_test=OriginTest.PRODUCED)
    assert of(register, "maker") == ()


def test_drafts_are_about_nobody() -> None:
    """A measure that no human has reviewed reaches nobody."""
    register = dated.register(dated.measure("us-draft", status=MeasureStatus.DRAFT))
    assert spells(register, register.parties["maker"]) == {}


def test_kin_are_tied_in_either_direction() -> None:
    """Those that name the party and those that it names; one who was sold, or is on the same list, is no kin."""
    register = dated.register(
        dated.measure("us-list"),
        parties=(
            dated.party("maker", dated.relation(RelationKind.SUBSIDIARY, "mother")),
            dated.party("mother"),
            dated.party("daughter", dated.relation(RelationKind.SUBSIDIARY, "maker")),
            dated.party("sold", dated.relation(RelationKind.DIVESTED, "maker")),
            dated.party("stranger", dated.relation(RelationKind.LISTED, "us-list")),
        ),
    )
    assert kin(register, register.parties["maker"]) == {"maker", "mother", "daughter"}


def test_one_product_is_enough() -> None:
    """A ban on some of a party's products is about the party; one on what it does not make is not."""
    products = tuple(
        Product(id=category, name=category, categories=(category,)) for category in (Category.ROUTER, Category.DEVICE)
    )
    maker = dated.party(products=products)
    assert of(law(maker, parties=("maker",), categories=(Category.ROUTER,)), "maker") == (Spell(),)
    assert of(law(maker, parties=("maker",), categories=(Category.BATTERY,)), "maker") == ()


def test_the_real_register_agrees(register: Register) -> None:
    """Whatever the register lists as about a party is about it at some time."""
    for party in register.parties.values():
        about = {
            f"{measure.id}#{provision.id}"
            for measure, provision in concerning(register, party)
            if measure.status is not MeasureStatus.DRAFT
        }
        assert about <= set(spells(register, party))
