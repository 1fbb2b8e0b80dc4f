# SPDX-License-Identifier: Apache-2.0
"""Promises about who owns whom: the arithmetic of rules, shares as sources write them, and chains in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from debar.model.listed import ListedName, ListedParty, ListedTie, PartyList
from debar.model.owned import EVERYTHING, NOTHING, Bound, Owned, OwnedStatus, OwnershipRule, Standing, TieState
from debar.model.vocab import Grade, RelationKind
from debar.screen.chains import DEPTH, PATHS, chain, ownership_of
from debar.screen.holdings import holdings
from debar.screen.owner_rules import BIS, EU, EU_2022, OFAC, RULES, UK, force_on, rule_called
from debar.screen.ownership import ALONE, owned
from debar.screen.reckoning import MOST
from debar.screen.shares import share_from, share_words

DAY = "2024-07-19"
MET, NOT_MET, UNDETERMINED = OwnedStatus.MET, OwnedStatus.NOT_MET, OwnedStatus.UNDETERMINED


def tie(to: str, share: str = "", kind: RelationKind = RelationKind.SUBSIDIARY, **dates: str) -> ListedTie:
    """Give a tie to another party, told by a register."""
    return ListedTie(kind=kind, to=to, share=share, because="register, p. 3", **dates)


def party(id_: str, *ties: ListedTie, is_person: bool = False) -> ListedParty:
    """Give a party whose name is its id in capital letters."""
    return ListedParty(id=id_, names=(ListedName(id_.upper()),), ties=ties, is_person=is_person)


def asked(*parties: ListedParty, blocked: str = "x y", rule: OwnershipRule = OFAC, on: str = DAY) -> Owned:
    """Tell whether x and y own c as a rule asks."""
    return owned("c", set(blocked.split()), parties, rule, on)


# ---- the examples of OFAC's answer 401

EXAMPLES = {
    "1": ([party("a", tie("x", "50")), party("c", tie("a", "50"))], MET),
    "2": ([party("a", tie("x", "50")), party("b", tie("x", "50")), party("c", tie("a", "25"), tie("b", "25"))], MET),
    "3": ([party("a", tie("x", "50")), party("c", tie("x", "10"), tie("a", "40"))], MET),
    "4": (
        [party("a", tie("x", "50")), party("b", tie("x", "25")), party("c", tie("a", "25"), tie("b", "25"))],
        NOT_MET,
    ),
    "5": (
        [party("a", tie("x", "25")), party("b", tie("x", "25")), party("c", tie("a", "50"), tie("b", "50"))],
        NOT_MET,
    ),
    "two together": ([party("c", tie("x", "25"), tie("y", "25"))], MET),
}


@pytest.mark.parametrize(("parties", "status"), EXAMPLES.values(), ids=EXAMPLES)
def test_whole_stakes_count_through_who_is_owned_by_half(parties: list[ListedParty], status: OwnedStatus) -> None:
    """Through a party owned by half or more its whole stake counts, through any other nothing, and all are added up."""
    assert asked(*parties).status is status


def test_the_arithmetic_is_shown() -> None:
    """Every holding stands with its date and source, then what of it counts, the sum, the rest, and the rule."""
    answer = asked(
        party("x"),
        party("b", tie("x", "60", valid_from="2018-01-01")),
        party("c", tie("x", "30", valid_from="2019-01-01"), tie("b", "25"), tie("d", "10")),
    )
    assert answer.status is MET
    assert (answer.low, answer.high, answer.unnamed) == ("55", "55", "35")
    assert answer.lines[:8] == (
        "X, which is listed, owns 60 % of B since 2018-01-01 (source: register, p. 3): 60 % counts.",
        "60 % of B: 50 % or more.",
        "B, itself owned 60 % by X, owns 25 % of C (undated) (source: register, p. 3): its whole 25 % counts.",
        "d owns 10 % of C (undated) (source: register, p. 3): nothing of it counts.",
        "X, which is listed, owns 30 % of C since 2019-01-01 (source: register, p. 3): 30 % counts.",
        "25 + 30 = 55 % of C: 50 % or more.",
        "Who owns the rest of C, 35 %, the list does not name.",
        (
            "OFAC's 50 Percent Rule: holds since the revised guidance of 13 August 2014, by which holdings of several are "
            "added up."
        ),
    )
    assert OFAC.citation in answer.lines[8]


# ---- what is not known


def test_an_unknown_percentage_is_neither_met_nor_not_met() -> None:
    """Where an unknown share could reach the threshold nobody knows, and the answer names what has to be found out."""
    answer = asked(party("c", tie("x")))
    assert answer.status is UNDETERMINED
    assert (answer.low, answer.high) == ("0", "100")
    assert answer.missing == ("how much of C x owns",)


@pytest.mark.parametrize(
    ("shares", "status"),
    [
        ({"x": "50", "y": ""}, MET),
        ({"x": "", "d": "51"}, NOT_MET),
        ({"x": "", "d": "50"}, UNDETERMINED),
        ({"x": "20", "y": "", "d": "60"}, NOT_MET),
        ({"x": "25-50"}, UNDETERMINED),
        ({"x": "25-49.9"}, NOT_MET),
        ({"x": "50+"}, MET),
        ({"x": "majority"}, MET),
        ({"x": "minority"}, NOT_MET),
        ({"x": "a good part"}, UNDETERMINED),
    ],
)
def test_known_shares_decide_where_the_unknown_cannot(shares: dict[str, str], status: OwnedStatus) -> None:
    """What others certainly hold cannot be unknown as well: all together are 100 %."""
    assert asked(party("c", *(tie(owner, share) for owner, share in shares.items()))).status is status


def test_a_minority_holding_without_a_share_is_less_than_half() -> None:
    """A holding without control alone never reaches half; two of them may."""
    small = RelationKind.MINORITY
    assert asked(party("c", tie("x", kind=small))).status is NOT_MET
    assert asked(party("c", tie("x", kind=small), tie("y", kind=small))).status is UNDETERMINED


def test_nobody_named_is_not_nobody() -> None:
    """A party of whose owners the list names none is undetermined; one that is listed, or a person, needs no owner."""
    answer = asked(party("c"))
    assert (answer.status, answer.missing) == (UNDETERMINED, ("who owns C",))
    assert asked(party("c"), blocked="c").status is MET
    assert asked(party("c", is_person=True)).status is NOT_MET


def test_an_owner_of_unknown_owners_leaves_the_answer_open() -> None:
    """A stake whose owner may be owned by half counts at most, and not at least."""
    answer = asked(party("b", tie("x")), party("c", tie("b", "30"), tie("y", "30")))
    assert (answer.status, answer.low, answer.high) == (UNDETERMINED, "30", "60")
    assert answer.missing == ("how much of B x owns",)
    assert "B, itself owned an unknown percentage by x, owns 30 % of C (undated) (source: register, p. 3): " in next(
        line for line in answer.lines if line.endswith("whether it counts is not known.")
    )


def test_sources_that_cannot_all_be_right_decide_nothing_alone() -> None:
    """Shares of more than 100 % together leave open what each is worth; what holds whoever is right is still said."""
    assert asked(party("c", tie("x", "60"), tie("d", "60"))).status is UNDETERMINED
    assert asked(party("c", tie("x", "80"), tie("d", "30"))).status is MET


def test_several_ties_of_one_owner_tell_of_one_holding() -> None:
    """They are not added up: where they differ the holding lies between, and one without a share adds nothing."""
    assert asked(party("c", tie("x", "30"), tie("x", "30", valid_from="2020-01-01"))).high == "30"
    answer = asked(party("c", tie("x", "30"), tie("x", "60")))
    assert (answer.status, answer.low, answer.high) == (UNDETERMINED, "30", "60")
    assert "[sources differ]" in answer.lines[0]
    assert asked(party("c", tie("x"), tie("x", "30"))).status is NOT_MET


def test_a_ring_owns_itself_only_as_far_as_somebody_listed_does() -> None:
    """Companies that own each other are not owned by listed ones for that."""
    ring = [party("a", tie("c", "60")), party("c", tie("a", "60"), tie("x", "30"))]
    assert asked(*ring).status is NOT_MET
    assert asked(party("a", tie("c", "60"), tie("y", "40")), ring[1]).low == "30"
    assert asked(party("a", tie("c", "50"), tie("y", "50")), ring[1]).status is MET


def test_too_many_holdings_are_left_open() -> None:
    """A list that nobody made for reading is not worked through, and the answer says so."""
    row = [party(f"p{n}", tie(f"p{n + 1}", "50")) for n in range(MOST + 1)]
    answer = asked(*row, party("c", tie("p0", "50")))
    assert answer.status is UNDETERMINED
    assert f"More than {MOST} holdings" in answer.lines[0]
    many = [tie(f"o{n}") for n in range(ALONE + 1)]
    answer = asked(party("c", *many), blocked=" ".join(one.to for one in many), rule=UK)
    assert answer.status is UNDETERMINED
    assert f"More than {ALONE} listed parties" in answer.lines[0]


def test_long_arithmetic_is_cut_before_its_sum() -> None:
    """Of very many holdings the first are shown, and the sum always."""
    answer = asked(
        party("c", *(tie(f"o{n:03}", "0.5 %") for n in range(200))), blocked=" ".join(f"o{n:03}" for n in range(200))
    )
    assert answer.status is MET
    assert any("lines are left out" in line for line in answer.lines)
    assert any(line.endswith("= 100 % of C: 50 % or more.") for line in answer.lines)


# ---- rules


def test_exactly_half_is_enough_where_the_rule_says_so() -> None:
    """Half is half or more, and not more than half."""
    half = party("c", tie("x", "50"))
    assert {rule.id: asked(half, rule=rule).status for rule in RULES} == {
        "us-ofac-50": MET,
        "us-bis-affiliates": MET,
        "eu-ownership-2022": NOT_MET,
        "eu-ownership": MET,
        "uk-ownership": NOT_MET,
    }
    assert asked(party("c", tie("x", ">50")), rule=UK).status is MET


def test_a_third_is_no_binary_fraction() -> None:
    """Shares are added as decimals: three parts that make half reach it exactly."""
    assert asked(party("c", tie("x", "16.7"), tie("y", "33.3"))).low == "50"
    assert asked(party("c", *(tie(o, "12.51 %") for o in "xy"), tie("z", "24.98")), blocked="x y z").status is MET


def test_each_owner_stands_for_itself_in_the_united_kingdom() -> None:
    """Holdings of several are not added up, but those that one has directly and through others are."""
    both = party("c", tie("x", "30"), tie("y", "30"))
    answer = asked(both, rule=UK)
    assert (answer.status, answer.high) == (NOT_MET, "30")
    assert "Holdings of several are not added up under this rule, unless they act together." in answer.lines
    through = [party("y", tie("x", "51")), both]
    assert asked(*through, rule=UK).status is MET
    assert "Counted for x alone:" in asked(*through, rule=UK).lines


def test_an_answer_needs_all_ways_of_counting_that_a_rule_leaves_open() -> None:
    """Where whole stakes reach the threshold and products do not, nobody knows, and that is named as missing."""
    parties = [party("b", tie("x", "60")), party("c", tie("x", "30"), tie("b", "25"))]
    answer = asked(*parties, rule=EU)
    assert (answer.status, answer.low, answer.high) == (UNDETERMINED, "45", "55")
    assert answer.missing == ("how a holding counts that goes through a party owned in part",)
    assert "B, itself owned 60 % by x, owns 25 % of C (undated) (source: register, p. 3): 60 % of 25 % is 15 %." in (
        answer.lines
    )
    assert asked(party("b", tie("x", "60")), party("c", tie("x", "50"), tie("b", "25")), rule=EU).status is MET


FORCES = {
    (OFAC.id, "2014-08-12"): Standing.UNKNOWN,
    (OFAC.id, "2014-08-13"): Standing.IN_FORCE,
    (BIS.id, "2025-09-28"): Standing.NOT_YET,
    (BIS.id, "2025-09-29"): Standing.IN_FORCE,
    (BIS.id, "2025-11-09"): Standing.IN_FORCE,
    (BIS.id, "2025-11-10"): Standing.SUSPENDED,
    (BIS.id, "2026-11-09"): Standing.SUSPENDED,
    (BIS.id, "2026-11-10"): Standing.UNKNOWN,
    (EU_2022.id, "2024-07-02"): Standing.IN_FORCE,
    (EU_2022.id, "2024-07-03"): Standing.UNKNOWN,
    (EU.id, "2024-07-02"): Standing.UNKNOWN,
    (EU.id, "2024-07-03"): Standing.IN_FORCE,
    (UK.id, "2022-03-23"): Standing.IN_FORCE,
}


@pytest.mark.parametrize(("id_", "day"), FORCES)
def test_a_rule_says_whether_it_has_force_on_the_day(id_: str, day: str) -> None:
    """The arithmetic is one question and the force of the rule another: each day has its own answer."""
    rule = rule_called(id_)
    assert rule is not None
    assert asked(party("c", tie("x", "50")), rule=rule, on=day).standing is FORCES[id_, day]


def test_rules_are_told_with_their_source() -> None:
    """Every row has an id of its own, a passage, times that follow each other, and says less than certain where it is."""
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert rule_called("no-such-rule") is None
    for rule in RULES:
        assert rule.citation
        assert rule.beside
        assert rule.doubts
        assert 0 < rule.threshold <= 100
        assert [force.valid_from for force in rule.forces[1:]] == [force.valid_until for force in rule.forces[:-1]]
        assert rule.grade is not Grade.UNVERIFIED
    assert "was not looked into" in force_on(UK, "2019-01-01").text


# ---- holdings on a day


def test_what_holds_on_a_day_is_counted() -> None:
    """A holding counts from its first day to before the day on which it ended; before anything is known there is none."""
    sold = [party("c", tie("x", "100", valid_from="2017-05-24", valid_until="2022-07-14"))]
    found = {
        on: [h.owner for h in holdings(sold, on)] for on in ("2017-05-23", "2017-05-24", "2022-07-13", "2022-07-14")
    }
    assert found == {"2017-05-23": [], "2017-05-24": ["x"], "2022-07-13": ["x"], "2022-07-14": []}
    assert asked(*sold, on="2022-07-13").status is MET
    assert asked(*sold, on="2022-07-14").status is UNDETERMINED


def test_an_undated_holding_counts_and_says_so() -> None:
    """A tie without dates holds on any day, with the word for it beside."""
    answer = asked(party("c", tie("x", "100")), on="1999-01-01")
    assert answer.status is MET
    assert "owns 100 % of C (undated)" in answer.lines[0]
    ended = asked(party("c", tie("x", "100", valid_until="2020-01-01")), on="1999-01-01")
    assert "owns 100 % of C until 2020-01-01 (since when is not told)" in ended.lines[0]


@pytest.mark.parametrize(
    ("dates", "on", "state"),
    [
        ({"valid_from": "2019"}, "2018-12-31", None),
        ({"valid_from": "2019"}, "2019-05-10", TieState.PERHAPS),
        ({"valid_from": "2019"}, "2020-01-01", TieState.HOLDS),
        ({"valid_from": "2019-05"}, "2019-05-31", TieState.HOLDS),
        ({"valid_until": "2019-05"}, "2019-04-30", TieState.HOLDS),
        ({"valid_until": "2019-05"}, "2019-05-10", TieState.PERHAPS),
        ({"valid_until": "2019-05"}, "2019-06-01", None),
        ({"valid_from": "2019-05-10T09:00:00-04:00"}, "2019-05-10", TieState.HOLDS),
        ({"valid_from": "about 2019"}, "2019-05-10", TieState.PERHAPS),
    ],
)
def test_a_month_or_a_year_is_no_day(dates: dict[str, str], on: str, state: TieState | None) -> None:
    """Within the month or year that a source tells, nobody knows whether it held; a date in words may be any day."""
    found = holdings([party("c", tie("x", "60", RelationKind.SUBSIDIARY, **dates))], on)
    assert [holding.state for holding in found] == ([state] if state else [])


def test_a_holding_of_an_uncertain_day_may_be_none() -> None:
    """It counts at most, and what is missing is whether it was there."""
    answer = asked(party("c", tie("x", "60", valid_from="2024")))
    assert (answer.status, answer.low, answer.high) == (UNDETERMINED, "0", "60")
    assert answer.missing == ("whether x owned any of C on the day",)
    assert "x, which is listed, perhaps owns 60 % of C since 2024 (the day itself is not told)" in answer.lines[0]


@pytest.mark.parametrize("doubt", ["disputed", "unverified"])
def test_a_tie_in_doubt_decides_nothing(doubt: str) -> None:
    """What sources dispute or nobody has verified counts at most, and is shown with that word."""
    held = ListedTie(kind=RelationKind.SUBSIDIARY, to="x", share="60", text=f"{doubt}: sold?", because="register, p. 3")
    answer = asked(party("c", held))
    assert (answer.status, answer.low, answer.high) == (UNDETERMINED, "0", "60")
    assert f"x, which is listed, perhaps owns 60 % of C (undated) ({doubt}) (source: register, p. 3)" in answer.lines[0]
    assert told(party("c", held)) == [f"Perhaps owned 60 % by x (undated) ({doubt}) (source: register, p. 3)."]


def test_kinds_of_ties_that_own() -> None:
    """Subsidiaries and minority holdings are owned; affiliates and partners where a share is told; others never."""
    owning = {
        kind.value
        for kind in RelationKind
        if holdings([party("c", tie("x", kind=kind))], DAY) and kind is not RelationKind.PARENT
    }
    assert owning == {"subsidiary", "minority"}
    shared = {kind.value for kind in RelationKind if holdings([party("c", tie("x", "60", kind=kind))], DAY)}
    assert shared == {"subsidiary", "minority", "parent", "affiliate", "partner"}
    (above,) = holdings([party("x", tie("c", "60", kind=RelationKind.PARENT))], DAY)
    assert (above.owner, above.owned) == ("x", "c")
    assert holdings([party("c", tie("c", "60"))], DAY) == ()


@pytest.mark.parametrize("on", ["", "2024", "2024-02-30", "yesterday"])
def test_a_day_is_a_day(on: str) -> None:
    """What is asked about a day that is none gets an error which shows how to write one."""
    with pytest.raises(ValueError, match="write 2024-07-19"):
        holdings([], on)
    with pytest.raises(ValueError, match="write 2024-07-19"):
        chain("c", [], on)


# ---- shares

READ = {
    "": "an unknown percentage",
    "51": "51 %",
    "51%": "51 %",
    "51.25 %": "51.25 %",
    "51,25": "51.25 %",
    "100.00": "100 %",
    "12.123456 %": "about 12.1235 %",
    ">50": "more than 50 %",
    "> 50 %": "more than 50 %",
    "more than 50 percent": "more than 50 %",
    "50+": "50 % or more",
    "50 % or more": "50 % or more",
    "at least 25": "25 % or more",
    "≥ 25": "25 % or more",
    "<25": "less than 25 %",
    "up to 25 per cent": "at most 25 %",
    "25 or less": "at most 25 %",
    "25-50": "25 to 50 %",
    "25% \u2013 50%": "25 to 50 %",
    "between 25 and 50": "25 to 50 %",
    "Majority": "more than 50 %",
    "majority-owned": "more than 50 %",
    "minority stake": "less than 50 %",
    "wholly owned": "100 %",
    "half": "50 %",
    "1 %": "1 %",
    "0": "0 %",
}
UNREAD = {
    "50/50": "is no percentage that can be read",
    "about 50": "is no percentage that can be read",
    "101": "is no percentage between 0 and 100",
    "50-25": "is no percentage between 0 and 100",
    "-5": "is no percentage that can be read",
    "1e2": "is no percentage that can be read",
    "\u0665\u0660": "is no percentage that can be read",
    "0.51": "may be a percentage or a fraction",
    "1": "may be a percentage or a fraction",
    "5" * 65: "is too long for a percentage",
}


@pytest.mark.parametrize("text", READ)
def test_a_share_is_read_as_it_is_meant(text: str) -> None:
    """Numbers, limits, ranges and words are intervals."""
    share = share_from(text)
    assert (share_words(share.low, share.high), share.remark) == (READ[text], "")


@pytest.mark.parametrize("text", UNREAD)
def test_a_share_that_cannot_be_read_is_unknown(text: str) -> None:
    """It is anything from 0 to 100, and the remark says why."""
    share = share_from(text)
    assert (share.low, share.high, share.remark) == (NOTHING, EVERYTHING, UNREAD[text])


def test_what_could_not_be_read_is_shown() -> None:
    """The arithmetic quotes the source and says what is wrong with it."""
    answer = asked(party("c", tie("x", "0.51")))
    assert answer.status is UNDETERMINED
    assert "['0.51' may be a percentage or a fraction]" in answer.lines[0]


def test_both_ends_of_an_interval_may_be_open() -> None:
    """More than one and less than another is said with both words."""
    assert share_words(Bound(Decimal(25), 1), Bound(Decimal(50), -1)) == "more than 25 and less than 50 %"


# ---- chains


def told(*parties: ListedParty, on: str = DAY, is_named: bool = True) -> list[str]:
    """Give what a list says of c."""
    return ownership_of("c", PartyList(name="list", version="1", parties=parties), on, is_named=is_named)


def test_an_owner_is_told_with_share_date_and_source() -> None:
    """A party whose name tells nothing is known by its owner alone, and the line says both."""
    held = party("c", tie("x", "100", valid_from="2017-05-24"))
    assert told(party("x"), held, is_named=False) == [
        "No evidence in the name; owned 100 % by X, since 2017-05-24 (source: register, p. 3)."
    ]


def test_a_sold_party_says_from_when_to_when() -> None:
    """After the sale the tie is a former one with both dates, beside the sale itself; before it the sale is later."""
    sold = party(
        "c",
        tie("x", "100", valid_from="2017-05-24", valid_until="2022-07-14"),
        tie("x", kind=RelationKind.DIVESTED, valid_from="2022-07-14"),
    )
    assert told(sold, on="2026-11-23") == [
        "Sold by x, on 2022-07-14 (source: register, p. 3).",
        "Formerly owned 100 % by x, from 2017-05-24 until 2022-07-14 (source: register, p. 3).",
    ]
    assert told(sold, on="2020-01-01") == [
        "Owned 100 % by x, from 2017-05-24 until 2022-07-14 (source: register, p. 3).",
        "Later sold by x, on 2022-07-14 (source: register, p. 3).",
    ]


WORDS = {
    RelationKind.PARENT: "Parent of x (undated)",
    RelationKind.SUBSIDIARY: "Subsidiary of x, percentage unknown (undated)",
    RelationKind.AFFILIATE: "Affiliate of x (the same group; that one controls the other is not known) (undated)",
    RelationKind.PREDECESSOR: "Predecessor of x, which carries on its business or part of it (undated)",
    RelationKind.SUCCESSOR: "Successor of x, whose business or part of it it carries on (undated)",
    RelationKind.ASSIGNEE: "Assignee of x, of which it took over rights (undated)",
    RelationKind.PARTNER: "Partner of x (joint venture, technology or licence; no ownership follows from it) (undated)",
    RelationKind.MINORITY: "Owned less than 50 % by x, a holding without control (undated)",
    RelationKind.REBRANDER: "Rebrander of x: sells its technology under a brand of its own, and is not of its group (undated)",
    RelationKind.OFFICER: "Officer of x (undated)",
    RelationKind.DIVESTED: "Sold by x (on which day is not told)",
}


@pytest.mark.parametrize("kind", RelationKind)
def test_kinds_of_ties_are_told_apart_in_words(kind: RelationKind) -> None:
    """Each tie between parties has words of its own; relations between measures are no ties of parties."""
    expected = [f"{WORDS[kind]} (source: register, p. 3)."] if kind in WORDS else []
    assert told(party("c", tie("x", kind=kind))) == expected


def test_a_share_beside_another_tie_is_told() -> None:
    """A partner that owns something says how much, and an unreadable share stays unknown, with what the source has."""
    assert "which owns 30 % of it" in told(party("c", tie("x", "30", kind=RelationKind.PARTNER)))[0]
    assert told(party("c", tie("x", "some"))) == [
        (
            "Subsidiary of x, percentage unknown (the source has 'some', which is no percentage that can be read) (undated) "
            "(source: register, p. 3)."
        ),
    ]


def test_chains_go_up_tie_by_tie() -> None:
    """A chain is told to its end, in the order of its ties; an owner that names its subsidiary leads up as well."""
    parties = (
        party("c", tie("b", "60", valid_from="2018-01-01")),
        party("x", tie("b", ">50", kind=RelationKind.PARENT)),
        party("b"),
    )
    assert told(*parties) == [
        (
            "Owned 60 % by B, since 2018-01-01 (source: register, p. 3); B: owned more than 50 % by X (undated) (source: "
            "register, p. 3)."
        ),
    ]


def test_successors_lead_in_one_direction() -> None:
    """Whose business it was, and who owned that; not who else carried it on."""
    line = (
        party("c", tie("old", kind=RelationKind.SUCCESSOR)),
        party("other", tie("old", kind=RelationKind.SUCCESSOR)),
        party("old", tie("x", "100")),
    )
    (path,) = chain("c", line, DAY)
    assert [(step.kind.value, step.to) for step in path.steps] == [("successor", "old"), ("subsidiary", "x")]
    heirs = [path.steps[0] for path in chain("old", line, DAY) if path.steps[0].kind is RelationKind.PREDECESSOR]
    assert [step.to for step in heirs] == ["c", "other"]


def test_former_ties_and_partners_end_a_chain() -> None:
    """What owns a former owner today, or a partner, says nothing of the party."""
    above = party("b", tie("x", "100"))
    for ending in (tie("b", "60", valid_until="2020-01-01"), tie("b", kind=RelationKind.PARTNER)):
        (path,) = chain("c", (above, party("c", ending)), DAY)
        assert [step.to for step in path.steps] == ["b"]


def test_a_tie_told_from_both_sides_is_told_once() -> None:
    """Two entries that say the same of each other are one tie."""
    both = party("c", tie("x", "60")), party("x", tie("c", "60", kind=RelationKind.PARENT))
    assert len([line for line in told(*both) if line.startswith("Owned")]) == 1


def test_long_and_many_chains_are_cut_and_say_so() -> None:
    """A chain ends after some ties, and a party with very many ties shows the first of them."""
    row = [party("c", tie("p0")), *(party(f"p{n}", tie(f"p{n + 1}")) for n in range(10))]
    (path,) = chain("c", row, DAY)
    assert (len(path.steps), path.is_cut) == (DEPTH, True)
    assert told(*row)[0].endswith("further ties were not followed.")
    many = told(party("c", *(tie(f"o{n}") for n in range(PATHS + 5))))
    assert len(many) == PATHS + 1
    assert many[-1] == f"Further ties are not told: these are the first {PATHS}."
    assert len(told(party("c", *(tie(f"o{n}") for n in range(PATHS))))) == PATHS


def test_who_has_no_tie_has_no_lines() -> None:
    """A party without ties, or one that the list does not have, is told nothing of."""
    assert told(party("c")) == []
    assert told() == []


def test_a_tie_without_source_says_so() -> None:
    """No source is told as such; the text of a tie stands for it where no source is named."""
    bare = ListedTie(kind=RelationKind.OFFICER, to="x")
    spoken = ListedTie(kind=RelationKind.OFFICER, to="y", text="Annual report.")
    assert told(party("c", bare, spoken)) == [
        "Officer of x (undated) (no source told).",
        "Officer of y (undated) (source: Annual report.).",
    ]
