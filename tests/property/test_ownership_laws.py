# SPDX-License-Identifier: Apache-2.0
"""Laws of ownership: more is never less, order tells nothing, rings end, and what is unknown decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from debar.model.listed import ListedName, ListedParty, ListedTie
from debar.model.owned import EVERYTHING, NOTHING, OwnedStatus, OwnershipRule, TieState
from debar.model.vocab import RelationKind
from debar.screen.chains import DEPTH, PATHS, chain
from debar.screen.holdings import holdings, state
from debar.screen.owner_rules import OFAC, RULES, UK
from debar.screen.ownership import owned
from debar.screen.shares import bound_words, share_from, share_words

if TYPE_CHECKING:
    import random
    from decimal import Decimal

DAY = "2019-05-10"
IDS = ("subject", "a", "b", "c", "d", "e")
RULE = st.sampled_from(RULES)


class Edge(NamedTuple):
    """So many percent of one party that another owns."""

    owned: str
    owner: str
    percent: int


def parties(ties: dict[tuple[str, str], ListedTie]) -> list[ListedParty]:
    """Give parties with these ties, by owned and owner."""
    return [
        ListedParty(
            id=one, names=(ListedName(one),), ties=tuple(tie for (owned_, _), tie in ties.items() if owned_ == one)
        )
        for one in IDS
    ]


def tie(edge: Edge, **changes: str) -> ListedTie:
    """Give a holding as a list tells it."""
    told = {"share": f"{edge.percent} %"} | changes
    return ListedTie(kind=RelationKind.SUBSIDIARY, to=edge.owner, **told)


@st.composite
def graphs(draw: st.DrawFn) -> list[Edge]:
    """Draw who owns how much of whom, rings included; nobody is owned by more than 100 %."""
    edges = []
    for one in IDS:
        left = 100
        for owner in draw(st.lists(st.sampled_from([other for other in IDS if other != one]), unique=True, max_size=3)):
            percent = draw(st.sampled_from([p for p in (10, 25, 30, 49, 50, 51, 60, 100) if p <= left] or [0]))
            edges += [Edge(one, owner, percent)] if percent else []
            left -= percent
    return edges


BLOCKED = st.sets(st.sampled_from(IDS[1:]), min_size=1, max_size=3)


def exact(edges: list[Edge]) -> list[ListedParty]:
    """Give the parties of a graph in which everything is known."""
    return parties({(edge.owned, edge.owner): tie(edge) for edge in edges})


@given(graphs(), BLOCKED)
def test_whole_stakes_are_those_of_a_plain_reckoning(edges: list[Edge], blocked: set[str]) -> None:
    """Where everything is known, a party is owned when those who are listed or owned hold half of it, rings included."""
    reached = set(blocked)
    while True:
        sums = {one: sum(e.percent for e in edges if e.owned == one and e.owner in reached) for one in IDS}
        more = reached | {one for one, total in sums.items() if total >= 50}
        if more == reached:
            break
        reached = more
    answer = owned("subject", blocked, exact(edges), OFAC, DAY)
    has_owner = any(edge.owned == "subject" for edge in edges)
    known = OwnedStatus.MET if "subject" in reached else OwnedStatus.NOT_MET
    assert answer.status == (known if has_owner else OwnedStatus.UNDETERMINED)


@given(graphs(), BLOCKED)
def test_each_stands_for_itself_where_holdings_are_not_added_up(edges: list[Edge], blocked: set[str]) -> None:
    """A rule that adds nothing up is met exactly where it is met for one of the listed owners alone."""
    one_by_one = {owned("subject", {one}, exact(edges), UK, DAY).status for one in blocked}
    together = owned("subject", blocked, exact(edges), UK, DAY).status
    strongest = next(s for s in (OwnedStatus.MET, OwnedStatus.UNDETERMINED, OwnedStatus.NOT_MET) if s in one_by_one)
    assert together == strongest


def blurred(edge: Edge, how: str) -> tuple[ListedTie, list[ListedTie | None]]:
    """Give a holding of which less is told, and what may be true of it."""
    p = edge.percent
    texts = {
        "unknown": "",
        "least": f"at least {p} %",
        "most": f"{p} % or less",
        "range": f"{p // 2}-{min(p + 7, 100)} %",
    }
    if how == "dated":
        return tie(edge, valid_from="2019"), [tie(edge, valid_from="2019-01-01"), None]
    if how == "ended":
        return tie(edge, valid_until="2019-05"), [tie(edge, valid_until="2019-05-31"), None]
    if how == "unread":
        return tie(edge, share="a good part"), [tie(edge)]
    return tie(edge, share=texts.get(how, f"{p} %")), [tie(edge)]


@given(
    graphs(),
    BLOCKED,
    RULE,
    st.lists(st.sampled_from(["known", "unknown", "least", "most", "range", "dated", "ended", "unread"]), max_size=20),
    st.randoms(use_true_random=False),
)
def test_what_is_unknown_never_decides(
    edges: list[Edge], blocked: set[str], rule: OwnershipRule, hows: list[str], chance: random.Random
) -> None:
    """A certain answer stays the same whatever the unknown percentages and days turn out to be."""
    told, true = {}, {}
    for edge, how in zip(edges, hows + ["known"] * len(edges), strict=False):
        told[edge.owned, edge.owner], choices = blurred(edge, how)
        if (chosen := chance.choice(choices)) is not None:
            true[edge.owned, edge.owner] = chosen
    answer = owned("subject", blocked, parties(told), rule, DAY).status
    truth = owned("subject", blocked, parties(true), rule, DAY)
    if not any(one == "subject" for one, _ in true):
        assert answer is not OwnedStatus.MET
    else:
        assert answer in {truth.status, OwnedStatus.UNDETERMINED}


@given(graphs(), BLOCKED, RULE, st.data())
def test_more_in_listed_hands_is_never_less(
    edges: list[Edge], blocked: set[str], rule: OwnershipRule, data: st.DataObject
) -> None:
    """A larger holding of a listed owner never turns the answer away from met."""
    mine = [edge for edge in edges if edge.owner in blocked and edge.owned not in blocked]
    if not mine:
        return
    chosen = data.draw(st.sampled_from(mine))
    others = sum(edge.percent for edge in edges if edge.owned == chosen.owned and edge != chosen)
    larger = chosen._replace(percent=data.draw(st.integers(chosen.percent, 100 - others)))
    order = (OwnedStatus.NOT_MET, OwnedStatus.UNDETERMINED, OwnedStatus.MET)
    before = owned("subject", blocked, exact(edges), rule, DAY).status
    after = owned("subject", blocked, exact([larger if e == chosen else e for e in edges]), rule, DAY).status
    assert order.index(after) >= order.index(before)


@given(graphs(), BLOCKED, RULE, st.randoms(use_true_random=False))
def test_order_tells_nothing(edges: list[Edge], blocked: set[str], rule: OwnershipRule, chance: random.Random) -> None:
    """Parties and ties in any order give the same answer in the same words, and the same chains."""
    shuffled = edges.copy()
    chance.shuffle(shuffled)
    before, after = exact(edges), exact(shuffled)
    chance.shuffle(after)
    assert owned("subject", blocked, after, rule, DAY) == owned("subject", blocked, before, rule, DAY)
    assert chain("subject", after, DAY) == chain("subject", before, DAY)


@given(graphs())
def test_rings_end(edges: list[Edge]) -> None:
    """No path visits a party twice, or goes on for ever; each begins at the party that is asked about."""
    paths = chain("subject", exact(edges), DAY)
    assert len(paths) <= PATHS
    for path in paths:
        visited = [path.steps[0].party, *(step.to for step in path.steps)]
        assert visited[0] == "subject"
        assert len(set(visited)) == len(visited) <= DEPTH + 1


days = st.dates().map(str)


@given(days, days, days)
def test_a_tie_holds_from_its_first_day_to_before_its_last(first: str, last: str, on: str) -> None:
    """The first day belongs to a tie, and the day on which it ends does not."""
    expected = TieState.COMING if on < first else TieState.FORMER if on >= last else TieState.HOLDS
    assert state(first, last, on) is expected
    held = ListedTie(kind=RelationKind.SUBSIDIARY, to="a", valid_from=first, valid_until=last)
    found = holdings([ListedParty(id="x", names=(), ties=(held,))], on)
    assert [holding.owner for holding in found] == (["a"] if first <= on < last else [])


@given(st.text(max_size=80) | st.from_regex(r"[<>=~ ]{0,2}[0-9]{1,4}([.,][0-9]{1,15})?[%+ ]{0,2}", fullmatch=True))
def test_any_text_is_a_share_between_nothing_and_everything(text: str) -> None:
    """Whatever a source writes is an interval from 0 to 100, and what is not understood says so."""
    share = share_from(text)
    assert NOTHING <= share.low <= share.high <= EVERYTHING
    assert not share.remark or (share.low, share.high) == (NOTHING, EVERYTHING)
    words = share_words(share.low, share.high)
    assert ("%" in words) != (words == "an unknown percentage")


@given(st.decimals(0, 100, allow_nan=False, places=3))
def test_a_number_is_read_as_it_stands(number: Decimal) -> None:
    """A percentage with its sign is that number exactly, with a point or a comma, and is written back as it was."""
    point = share_from(f"{number} %")
    assert point.low == point.high
    assert point.low.percent == number
    assert share_from(f"{number}%".replace(".", ",")).low == point.low
    assert share_from(f"{bound_words(point.low)} %").low == point.low
