# SPDX-License-Identifier: Apache-2.0
"""Which ties of a list hold on a day, and who owned how much of whom on it.

A tie begins on its first day and ends before its last: `valid_until` is the first day on which it no longer holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from debar.model.owned import EVERYTHING, NOTHING, Bound, Holding, Share, TieState
from debar.model.vocab.parties import RelationKind
from debar.screen.shares import MINORITY, UNKNOWN, share_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.listed import ListedParty, ListedTie

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?:[T ].{0,40})?")
_OWNS = frozenset({RelationKind.SUBSIDIARY, RelationKind.MINORITY, RelationKind.PARENT})
"""Kinds that say that one owns of the other, whether or not how much."""
_MAY_OWN = frozenset({RelationKind.AFFILIATE, RelationKind.PARTNER})
"""Kinds that say nothing of ownership, unless they tell a share."""
_DOUBTS = ("disputed", "unverified")
"""First words of the text of a tie (before a colon) that nothing may rest on."""


class Stake(msgspec.Struct, frozen=True, kw_only=True):
    """All that a list tells of what one party owned of another on a day."""

    owner: str
    owned: str
    low: Bound
    high: Bound
    holdings: tuple[Holding, ...]


def day_from(on: str) -> str:
    """Give the day asked about; ValueError for what is none."""
    try:
        return date.fromisoformat(on).isoformat()
    except ValueError as e:
        msg = f"{on!r} is no day; write 2024-07-19"
        raise ValueError(msg) from e


def state(valid_from: str, valid_until: str, on: str) -> TieState:
    """Tell what a tie with these dates is to a day; one without dates holds, one whose dates cannot be read may."""
    begin, end = _span(valid_from), _span(valid_until)
    if begin and on < begin[0]:
        return TieState.COMING
    if end and on >= end[1]:
        return TieState.FORMER
    is_open = (begin and on < begin[1]) or (end and on >= end[0])
    is_unread = (valid_from and not begin) or (valid_until and not end)
    return TieState.PERHAPS if is_open or is_unread else TieState.HOLDS


def doubt_of(tie: ListedTie) -> str:
    """Give "disputed" or "unverified" for a tie whose text begins with that, else nothing."""
    first = tie.text.partition(":")[0]
    return first if first in _DOUBTS else ""


def state_of(tie: ListedTie, on: str) -> TieState:
    """Tell what a tie is to a day; one in doubt never holds for certain."""
    when = state(tie.valid_from, tie.valid_until, on)
    return TieState.PERHAPS if when is TieState.HOLDS and doubt_of(tie) else when


def _span(text: str) -> tuple[str, str] | None:
    """Give the first and the last day that a date may mean: lists often tell a month or a year alone."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year, month, day = found.groups()
    # Days are compared as text, so a 31st that a month does not have is as good as its last.
    return f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or '31'}"


def share_of(tie: ListedTie) -> Share:
    """Give the share that a tie tells; a minority holding without one is less than half."""
    share = share_from(tie.share)
    return MINORITY if tie.kind is RelationKind.MINORITY and share == UNKNOWN else share


def holdings(parties: Iterable[ListedParty], on: str) -> tuple[Holding, ...]:
    """Give the holdings that were there on a day or may have been, in order of who is owned and of the owners.

    A tie without dates counts as being there. A subsidiary without a share is owned by an unknown part: control is no
    percentage. An affiliate or partner counts where a share is told; officers, sold and succeeding parties never do.
    ValueError is raised for a day that is none.
    """
    day = day_from(on)
    found = {holding: None for party in parties for tie in party.ties if (holding := _holding(party.id, tie, day))}
    return tuple(sorted(found, key=_order))


def _holding(party: str, tie: ListedTie, day: str) -> Holding | None:
    if tie.to == party or not (tie.kind in _OWNS or (tie.kind in _MAY_OWN and tie.share.strip())):
        return None
    when = state_of(tie, day)
    if when not in (TieState.HOLDS, TieState.PERHAPS):
        return None
    # "This party is the PARENT of that one" is the same holding, told from above.
    owner, owned = (party, tie.to) if tie.kind is RelationKind.PARENT else (tie.to, party)
    return Holding(
        owner=owner,
        owned=owned,
        share=share_of(tie),
        kind=tie.kind,
        state=when,
        valid_from=tie.valid_from,
        valid_until=tie.valid_until,
        because=tie.because or tie.text,
        doubt=doubt_of(tie),
    )


def _order(holding: Holding) -> tuple[str, ...]:
    told = holding.share.text, holding.kind, holding.valid_from, holding.valid_until, holding.because
    return holding.owned, holding.owner, *told


def stakes(found: Iterable[Holding]) -> dict[str, tuple[Stake, ...]]:
    """Give by party owned what each owner has of it, owners in the order of their holdings.

    Several ties of one owner tell of one holding: where they differ, it lies anywhere between them, and one that tells
    no share says nothing beside one that does.
    """
    pairs: dict[tuple[str, str], list[Holding]] = defaultdict(list)
    for holding in found:
        pairs[holding.owned, holding.owner].append(holding)
    by_owned: dict[str, list[Stake]] = defaultdict(list)
    for (owned, owner), told in pairs.items():
        low, high = _joined(told)
        by_owned[owned].append(Stake(owner=owner, owned=owned, low=low, high=high, holdings=tuple(told)))
    return {owned: tuple(of_it) for owned, of_it in by_owned.items()}


def _joined(told: list[Holding]) -> tuple[Bound, Bound]:
    telling = [h for h in told if h.share != UNKNOWN]
    certain = [h for h in telling if h.state is TieState.HOLDS]
    if not certain and any(h.share == UNKNOWN for h in told):
        return NOTHING, EVERYTHING
    low = min(h.share.low for h in telling) if certain else NOTHING
    return low, max(h.share.high for h in telling)
