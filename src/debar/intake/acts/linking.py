# SPDX-License-Identifier: Apache-2.0
"""Which act a date belongs to, and what is said without one.

1. In each sentence the words of acts are found, and the borders of its clauses.
2. Each date takes the act that fits it best, by how near it stands and whether its role goes with the act; a date that
   nothing fits well enough is left alone: somebody must look.
3. Deeds in a row share a date: "updates, resale and licensing are banned from 29 September".
4. A date at the head of a list, or alone above a paragraph, goes to what stands there without a date; one in a sentence
   without an act of its own goes to the act before it, and one that is long past is history.
5. What is left is said without a date; numbers of people go to lay-offs, numbers of years to history.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import asides, clauses, following, heads, proposing, weighing
from debar.model.vocab.statements import Precision, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.acts.found import Read
    from debar.intake.acts.patterns import Ready
    from debar.intake.acts.triggers import Trigger
    from debar.intake.acts.weighing import Place
    from debar.intake.seen import Seen
    from debar.model.intake import Proposal, Span, StatedDate

UNDATED = 3
"""Weight above which an act is worth telling without a date: weaker words only say what a date near them is about."""
_TOLD = frozenset({StatedAct.CONDEMN, StatedAct.LEGAL_BASIS})
"""Acts that are told without a date although their words are weak: who objects, and on which law it rests."""
_DAYS = frozenset({Precision.DAY, Precision.INSTANT})
_SHARING = ("prohibit", "require", "permit")
"""Kinds of acts of which several in a row share a date."""
_ROW = 90
"""Characters between two acts that still stand in a row."""
_GENERAL = {StatedAct.EFFECTIVE: ("prohibit.", "require."), StatedAct.COMPLY_DEADLINE: ("require.",)}
"""Acts that name nothing in particular, and what names it in their clause: a ban on sales takes effect."""
_OVERLAID = {
    StatedAct.COURT_RULING: (StatedAct.SUSPEND, StatedAct.REVOKE),
    StatedAct.ISSUE: (StatedAct.VOTE, StatedAct.PROPOSE, StatedAct.CONSULT),
}
"""Acts that others tell more exactly by the same words: a judge who blocks a law suspends it, a house that passes it votes."""
_TOGETHER = frozenset(
    {StatedAct.ISSUE, StatedAct.LIST, StatedAct.DELIST, StatedAct.SANCTION, StatedAct.REVOKE, StatedAct.EFFECTIVE}
)
"""Acts of which two that stand side by side are done on one day: "today's determination and entity listing"."""
_SIDE_BY_SIDE = re.compile(
    r",? (?:and|as well as|along with|together with) (?:(?:the|its|their|his|her|an?) )?(?:[a-z'-]{1,16} )?"
)
_AGAIN = re.compile(r",? (?:and|then|again|or|as well as)(?: [a-z'-]{1,20}){0,6} ")
"""What stands between two dates of one act."""


class Link(NamedTuple):
    """An act with its date."""

    trigger: Trigger
    date: StatedDate


def proposals(seen: Seen, every: Sequence[Read], ready: Ready) -> tuple[Proposal, ...]:
    """Give what the rules read out of the sentences of a paper: acts with their dates, acts without, and numbers."""
    inherited = heads.inherited(every)
    made: list[Proposal] = []
    links: list[Link] = []
    for number, read in enumerate(every):
        before, links = links, _links(read)
        if heads.is_of_list(read):
            links = [link for link in links if link.trigger.act is not StatedAct.PROHIBIT]
        if number in inherited and not links:
            links = [Link(trigger, inherited[number].date) for trigger in heads.acts(read, inherited[number], ready)]
        if number and not links:
            told = following.carried(every[number - 1], [link.trigger for link in before], read)
            links = _once(Link(following.here(one, read.places[0]), read.places[0].date) for one in told)
        made += [proposing.proposal(read, seen, link.trigger, link.date) for link in links]
        made += [proposing.proposal(read, seen, trigger, None) for trigger in _undated(read, links)]
    return tuple(made)


def _links(read: Read) -> list[Link]:
    """Give each date of a sentence with the act that fits it best, and with those that stand in a row with that one."""
    chosen: list[tuple[float, Trigger, Place]] = []
    for number, place in enumerate(read.places):
        if asides.is_loose(place, read.low) or (number and asides.is_anchor(read.places[number - 1], place, read.low)):
            continue
        near = (n for n, trigger in enumerate(read.triggers) if weighing.is_in_reach(trigger, place))
        best = max(((_weight(read, n, place), -n) for n in near), default=(0.0, 0))
        if read.triggers and best[0] >= weighing.enough(read.triggers[-best[1]], place, read.triggers):
            chosen.append((best[0], _leading(read.triggers[-best[1]], read), place))
    links = [
        Link(trigger, place.date)
        for weight, first, place in chosen
        if _is_again(place, read) or not _is_second(weight, first, place, chosen)
        for trigger in (first, *_in_a_row(first, read), *_beside(first, read))
    ]
    return _once(links)


def _weight(read: Read, number: int, place: Place) -> float:
    """Give how well one of the acts of a sentence goes with a date."""
    trigger = read.triggers[number]
    weight = weighing.score(trigger, place, read.low, read.borders, is_quoted=read.quoted[number])
    if weighing.is_once(trigger.act) and _is_nearer(trigger, place, read.places) and not _is_again(place, read):
        weight += weighing.TAKEN
    return weight


def _is_second(weight: float, trigger: Trigger, place: Place, chosen: Sequence[tuple[float, Trigger, Place]]) -> bool:
    """Tell whether an act that happens once has a date that is finer or fits it better: "two weeks ago, on July 1"."""
    if not weighing.is_once(trigger.act) and not trigger.act.startswith("supplier"):
        return False
    rank = place.date.precision in _DAYS, weight
    return any((at.date.precision in _DAYS, other) > rank and one is trigger for other, one, at in chosen)


def _is_again(place: Place, read: Read) -> bool:
    """Tell whether a date stands in a row with the one before: "warned of it in May and of another in June"."""
    before = [one for one in read.places if one.end <= place.start]
    if not before or before[-1].date.role is not place.date.role:
        return False
    first, last = before[-1].end, place.start
    is_free = not any(first < one.start < last for one in read.triggers)
    return is_free and bool(_AGAIN.fullmatch(read.low, first, last))


def _leading(trigger: Trigger, read: Read) -> Trigger:
    """Give the act that one only stands for: what takes effect in its clause; of a supplier, the weightier in its row.

    Who closes and dismisses, closes; a ban on sales that takes effect bans sales.
    """
    if laid := [one for one in read.triggers if one.act in _OVERLAID.get(trigger.act, ()) and _overlap(one, trigger)]:
        return laid[0]
    if trigger.act in _GENERAL:
        return max(_named(trigger, read), key=lambda one: one.weight, default=trigger)
    if not trigger.act.startswith("supplier"):
        return trigger
    joined = [one for one in read.triggers if one.weight > trigger.weight and _is_joined(trigger, one, read)]
    return joined[0] if joined else trigger


def _overlap(one: Trigger, other: Trigger) -> bool:
    return one.start < other.end and other.start < one.end


def _named(trigger: Trigger, read: Read) -> list[Trigger]:
    """Give the acts in a clause that say what one without a name is about."""
    return [
        one
        for one in read.triggers
        if one.act.startswith(_GENERAL[trigger.act])
        and one.weight > UNDATED
        and not one.is_denied
        and clauses.apart((one.start, one.end), (trigger.start, trigger.end), read.borders) < clauses.WEAK
        and not any(_between(one, trigger, place) for place in read.places)
    ]


def _is_nearer(trigger: Trigger, place: Place, places: Sequence[Place]) -> bool:
    """Tell whether another date stands nearer to an act."""

    def gap(one: Place) -> int:
        return max(0, one.start - trigger.end, trigger.start - one.end)

    return any(gap(other) < gap(place) for other in places if other is not place)


def _in_a_row(first: Trigger, read: Read) -> list[Trigger]:
    """Give the acts that share a date with the one that it belongs to: the same words govern them, no date stands between."""
    if not first.act.startswith(_SHARING):
        return []
    return [
        other
        for other in read.triggers
        if other is not first
        and other.act != first.act
        and other.act.partition(".")[0] == first.act.partition(".")[0]
        and (other.frame == first.frame or _is_joined(first, other, read))
        and not any(_between(first, other, date) for date in read.places)
    ]


def _beside(first: Trigger, read: Read) -> list[Trigger]:
    """Give what was done together with an act: another one that stands beside it, with nothing but "and" between them."""
    if first.act not in _TOGETHER:
        return []
    return [
        other
        for other in read.triggers
        if other.act in _TOGETHER
        and other.act is not first.act
        and other.is_denied == first.is_denied
        and _SIDE_BY_SIDE.fullmatch(read.low, min(first.end, other.end), max(first.start, other.start))
    ]


def _is_joined(first: Trigger, other: Trigger, read: Read) -> bool:
    """Tell whether two acts of one kind stand in one clause: "may not buy, and must not install"."""
    kind = first.act.partition(".")[0]
    left, right = sorted(((first.start, first.end), (other.start, other.end)))
    return (
        other.act.startswith(f"{kind}.")
        and other.is_denied == first.is_denied
        and right[0] - left[1] < _ROW
        and clauses.apart(left, right, read.borders) <= clauses.COMMA
    )


def _between(first: Trigger, other: Trigger, place: Place) -> bool:
    """Tell whether a date stands between two acts: each then has its own."""
    left, right = sorted(((first.start, first.end), (other.start, other.end)))
    return left[1] <= place.start and place.end <= right[0]


def _once(links: Iterable[Link]) -> list[Link]:
    """Give links with each act and date once: the first is the one that fits best."""
    seen: dict[tuple[str, Span], Link] = {}
    for link in links:
        seen.setdefault((link.trigger.act, link.date.span), link)
    return list(seen.values())


def _undated(read: Read, links: Sequence[Link]) -> list[Trigger]:
    """Give the acts of a sentence that no date belongs to, each once."""
    told = {link.trigger.act for link in links}
    first: dict[str, Trigger] = {}
    for trigger in read.triggers:
        if trigger.act not in told and (trigger.weight > UNDATED or trigger.act in _TOLD):
            first.setdefault(trigger.act, trigger)
    return list(first.values())
