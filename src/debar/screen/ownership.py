# SPDX-License-Identifier: Apache-2.0
"""Whether listed parties own so much of another that a rule reaches it, with the arithmetic in words.

Three answers: met, not met by the holdings that the list names, and undetermined where a percentage or a date that
nobody tells could change it. How much no owner is named for is told beside the answer (`Owned.unnamed`).
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import msgspec

from debar.model.owned import EVERYTHING, NOTHING, Owned, OwnedStatus, Through
from debar.screen.arithmetic import Account, lines, missing
from debar.screen.holdings import day_from, holdings, stakes
from debar.screen.owner_rules import force_on
from debar.screen.reckoning import MOST, above, counted, meets
from debar.screen.shares import bound_words, minus, plus, shown
from debar.screen.tie_words import names_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from debar.model.listed import ListedParty
    from debar.model.owned import Bound, OwnershipRule
    from debar.screen.holdings import Stake
    from debar.screen.reckoning import Stakes

ALONE = 50
"""Listed owners that are reckoned one by one, where their holdings are not added up; more are left undetermined."""


def owned(party: str, blocked: Collection[str], parties: Iterable[ListedParty], rule: OwnershipRule, on: str) -> Owned:
    """Tell whether the blocked ones own a party as a rule asks on a day (2024-07-19), directly or through others.

    `blocked` are ids of whoever is listed; each counts, whoever owns it. ValueError is raised for a day that is none.
    """
    day, known = day_from(on), tuple(parties)
    held, names, roots = stakes(holdings(known, day)), names_of(known), frozenset(blocked)
    name = names.get(party, party)
    if party in roots:
        return _answer(party, rule, day, OwnedStatus.MET, [f"{name} is listed itself; nobody has to own it."])
    if any(each.is_person for each in known if each.id == party):
        return _answer(party, rule, day, OwnedStatus.NOT_MET, [f"{name} is a person, whom nobody owns."])
    # A listed party that another one owns counts for the other as well, where each stands for itself.
    order = above(party, held, roots if rule.aggregates else ())
    if order is None:
        text = f"More than {MOST} holdings stand above {name}; they were not worked through."
        return _answer(party, rule, day, OwnedStatus.UNDETERMINED, [text], ("who owns it in the end",))
    if party not in held:
        text = f"The list names nobody who owns any of {name} on {day}."
        return _answer(party, rule, day, OwnedStatus.UNDETERMINED, [text], (f"who owns {name}",))
    # 1. All listed owners together, or each by itself where the rule does not add them up.
    reached = frozenset(order) & roots
    groups = [reached] if rule.aggregates or len(reached) < 2 else _alone(reached, order, held, rule)
    if len(groups) > ALONE:
        text = f"More than {ALONE} listed parties stand above {name}; they were not reckoned one by one."
        return _answer(party, rule, day, OwnedStatus.UNDETERMINED, [text], ("who owns it in the end",))
    # 2. Each way of counting that the rule leaves open.
    accounts = [
        [
            Account(party, order, held, group, rule, way, counted(order, held, group, rule, way), names, reached)
            for way in rule.through
        ]
        for group in groups
    ]
    return _reckoned(accounts, rule, day, held[party])


def _alone(reached: frozenset[str], order: Sequence[str], held: Stakes, rule: OwnershipRule) -> list[frozenset[str]]:
    """Give the listed owners that have to be reckoned one by one.

    With whole stakes, who holds nowhere as much as the rule asks counts with what it holds in the party alone, and that
    is too little: of those, only the one who holds most in it is told.
    """
    if rule.through != (Through.WHOLE,):
        return [frozenset({owner}) for owner in sorted(reached)]
    strong = {s.owner for party in order for s in held.get(party, ()) if s.owner in reached and meets(rule, s.high)}
    direct = sorted((s.high, s.owner) for s in held[order[-1]] if s.owner in reached)
    found = strong.union(owner for _, owner in direct[-1:]) or set(sorted(reached)[:1])
    return [frozenset({owner}) for owner in sorted(found)]


def _reckoned(accounts: list[list[Account]], rule: OwnershipRule, day: str, of_it: Sequence[Stake]) -> Owned:
    every = [account for group in accounts for account in group]
    party = every[0].party
    status = _strongest([_agreed(group) for group in accounts])
    unnamed = minus(EVERYTHING, reduce(plus, (stake.low for stake in of_it), NOTHING))
    told = [*_told(accounts), *_rest(every[0].name(party), unnamed, of_it)]
    open_points = _open_points(accounts) if status is OwnedStatus.UNDETERMINED else ()
    return msgspec.structs.replace(
        _answer(party, rule, day, status, told, open_points),
        low=bound_words(max(min(account.of(party)[0] for account in group) for group in accounts)),
        high=bound_words(max(account.of(party)[1] for account in every)),
        unnamed=shown(unnamed.percent),
    )


def _told(accounts: list[list[Account]]) -> Iterator[str]:
    is_alone = accounts[0][0].roots != accounts[0][0].listed
    for group in accounts:
        if is_alone:
            yield f"Counted for {' and '.join(map(group[0].name, group[0].roots))} alone:"
        yield from dict.fromkeys(line for account in group for line in lines(account))
    if is_alone:
        yield "Holdings of several are not added up under this rule, unless they act together."
    if any(group[0].of(group[0].party) != group[-1].of(group[0].party) for group in accounts):
        yield "The ways of counting what is held through others differ; an answer is given where they agree."


def _rest(name: str, unnamed: Bound, of_it: Sequence[Stake]) -> Iterator[str]:
    if unnamed != NOTHING:
        limit = "" if all(stake.low == stake.high for stake in of_it) else " at most"
        yield f"Who owns the rest of {name}, {shown(unnamed.percent)} %{limit}, the list does not name."


def _open_points(accounts: list[list[Account]]) -> tuple[str, ...]:
    points = dict.fromkeys(point for group in accounts for account in group for point in missing(account))
    is_split = any(len({_status(account) for account in group}) > 1 for group in accounts)
    return (*points, *(["how a holding counts that goes through a party owned in part"] if is_split else []))


def _agreed(group: list[Account]) -> OwnedStatus:
    """Give what all ways of counting come to; where they differ, nobody knows."""
    found = {_status(account) for account in group}
    return found.pop() if len(found) == 1 else OwnedStatus.UNDETERMINED


def _status(account: Account) -> OwnedStatus:
    low, high = account.of(account.party)
    if meets(account.rule, low):
        return OwnedStatus.MET
    return OwnedStatus.UNDETERMINED if meets(account.rule, high) else OwnedStatus.NOT_MET


def _strongest(found: list[OwnedStatus]) -> OwnedStatus:
    """Give the answer for several owners, of whom one is enough."""
    order = (OwnedStatus.MET, OwnedStatus.UNDETERMINED, OwnedStatus.NOT_MET)
    return min(found, key=order.index)


def _answer(
    party: str, rule: OwnershipRule, day: str, status: OwnedStatus, told: list[str], open_points: tuple[str, ...] = ()
) -> Owned:
    force = force_on(rule, day)
    beside = [text for text in (rule.beside, *rule.doubts) if text]
    return Owned(
        party=party,
        rule=rule.id,
        on=day,
        status=status,
        standing=force.standing,
        lines=(*told, f"{rule.title}: {force.text}.", f"Rule: {rule.citation}.", *beside),
        missing=open_points,
    )
