# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of an ownership in words: each holding with its date and source, what of it counts, and the sum."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from debar.model.owned import EVERYTHING, NOTHING, Bound, Through, TieState
from debar.screen.reckoning import meets
from debar.screen.shares import part, plus, share_words, shown
from debar.screen.tie_words import source, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from debar.model.owned import OwnershipRule
    from debar.screen.holdings import Stake
    from debar.screen.reckoning import Counted, Stakes

LINES = 100
"""Lines of arithmetic that are written; who needs more needs a drawing."""
_NAMED = 3
"""Owners that are named where a party is said to be owned by them."""


class Account(NamedTuple):
    """One reckoning, with all that it rests on."""

    party: str
    order: list[str]
    held: Stakes
    roots: frozenset[str]
    rule: OwnershipRule
    through: Through
    counted: Counted
    names: Mapping[str, str]
    listed: frozenset[str]
    """Listed parties above it: all of them, where the roots are counted by themselves."""

    def name(self, party: str) -> str:
        """Give the name under which a party is shown."""
        return self.names.get(party, party)

    def of(self, party: str) -> tuple[Bound, Bound]:
        """Give what listed parties own of a party, at least and at most."""
        return self.counted.low[party], self.counted.high[party]

    def weight(self, party: str) -> tuple[Bound, Bound]:
        """Give how much of what a party owns counts, at least and at most."""
        low, high = self.of(party)
        if self.through is Through.PRODUCT:
            return low, high
        return tuple(EVERYTHING if meets(self.rule, bound) else NOTHING for bound in (low, high))  # type: ignore[return-value]


def threshold_words(rule: OwnershipRule) -> str:
    """Give what a rule asks for: "50 % or more", "more than 50 %"."""
    return share_words(Bound(rule.threshold, 0 if rule.is_inclusive else 1), EVERYTHING)


def lines(account: Account) -> list[str]:
    """Give the arithmetic, from the owners down to the party; owners of whom nothing counts stand in the sum alone."""
    told = [line for party in account.order if _is_told(account, party) for line in _party(account, party)]
    if len(told) > LINES:
        return [*told[: LINES - 1], f"({len(told) - LINES} lines are left out.)", told[-1]]
    return told


def _is_told(account: Account, party: str) -> bool:
    return party == account.party or (party not in account.roots and account.of(party)[1] != NOTHING)


def _party(account: Account, party: str) -> Iterator[str]:
    terms = []
    for stake in account.held.get(party, ()):
        yield _stake(account, stake)
        low, high = account.weight(stake.owner)
        term = part(stake.low, low), part(stake.high, high)
        terms += [term] if term[1] != NOTHING else []
    yield _sum(account, party, terms)


def _stake(account: Account, stake: Stake) -> str:
    """Give one holding, and what of it counts."""
    owner, what = account.name(stake.owner), f"{_owns(stake)} {account.name(stake.owned)} {_sources(stake)}"
    told = share_words(stake.low, stake.high)
    if stake.owner in account.roots:
        is_unknown = (stake.low, stake.high) == (NOTHING, EVERYTHING)
        return (
            f"{owner}, which is listed, {what}: {'how much counts is not known' if is_unknown else f'{told} counts'}."
        )
    low, high = account.weight(stake.owner)
    if high == NOTHING and stake.owner in account.listed:
        return f"{owner}, which is listed too, {what}: not counted here."
    itself = f"itself owned {share_words(*account.of(stake.owner))} by {_owners(account, stake.owner)}"
    if high == NOTHING:
        less = account.of(stake.owner)[1] != NOTHING
        return f"{owner}, {itself}, {what}: nothing of it counts." if less else f"{owner} {what}: nothing of it counts."
    if account.through is Through.PRODUCT:
        counts = share_words(part(stake.low, low), part(stake.high, high))
        return f"{owner}, {itself}, {what}: {share_words(low, high)} of {told} is {counts}."
    if low == high:
        return f"{owner}, {itself}, {what}: its whole {told} counts."
    return f"{owner}, {itself}, {what}: whether it counts is not known."


def _owns(stake: Stake) -> str:
    """Give how much somebody owns, or perhaps owns on a day near the beginning or end of it."""
    high = max(holding.share.high for holding in stake.holdings)
    if all(holding.state is TieState.PERHAPS for holding in stake.holdings):
        return f"perhaps owns {share_words(min(h.share.low for h in stake.holdings), high)} of"
    return f"owns {share_words(stake.low, stake.high)} of"


def _sources(stake: Stake) -> str:
    """Give since when somebody owns it, who says so, and what of it could not be read."""
    told = dict.fromkeys(f"{span(holding)} {source(holding)}" for holding in stake.holdings)
    unread = dict.fromkeys(f"{h.share.text!r} {h.share.remark}" for h in stake.holdings if h.share.remark)
    differing = {(h.share.low, h.share.high) for h in stake.holdings if h.share.text}
    notes = [*unread, *(["sources differ"] if len(differing) > 1 else [])]
    return " and ".join(told) + "".join(f" [{note}]" for note in notes)


def _owners(account: Account, party: str) -> str:
    found = [s.owner for s in account.held.get(party, ()) if account.weight(s.owner)[1] != NOTHING]
    named = [account.name(owner) for owner in found[:_NAMED]]
    return " and ".join(named) + (f" and {len(found) - _NAMED} more" if len(found) > _NAMED else "")


def _sum(account: Account, party: str, terms: list[tuple[Bound, Bound]]) -> str:
    low, high = account.of(party)
    verdict = _verdict(account.rule, low, high)
    name = account.name(party)
    if not terms:
        return f"Nothing that counts is held in {name}: {verdict}."
    plain = tuple(reduce(plus, ends) for ends in zip(*terms, strict=True))
    total = f"{share_words(low, high)} of {name}"
    added = " + ".join(_term(*term) for term in terms)
    start = f"{added} = {total}" if len(terms) > 1 else total[:1].upper() + total[1:]
    bounded = "" if plain == (low, high) else " (all holdings together are 100 % at most)"
    return f"{start}{bounded}: {verdict}."


def _term(low: Bound, high: Bound) -> str:
    return shown(low.percent) if low == high and not low.side else f"({share_words(low, high).removesuffix(' %')})"


def _verdict(rule: OwnershipRule, low: Bound, high: Bound) -> str:
    asked = threshold_words(rule)
    if meets(rule, low):
        return asked if (low, high) != (Bound(rule.threshold), EVERYTHING) else "that is enough"
    return f"whether it is {asked} is not known" if meets(rule, high) else f"not {asked}"


def missing(account: Account) -> Iterator[str]:
    """Yield what has to be found out: percentages and dates of holdings that may count."""
    for party in account.order:
        for stake in account.held.get(party, ()) if party not in account.roots else ():
            if account.weight(stake.owner)[1] == NOTHING or stake.low == stake.high:
                continue
            owner, name = account.name(stake.owner), account.name(party)
            if any(h.share.low != h.share.high for h in stake.holdings) or len(stake.holdings) > 1:
                yield f"how much of {name} {owner} owns"
            if any(h.state is TieState.PERHAPS for h in stake.holdings):
                yield f"whether {owner} owned any of {name} on the day"
