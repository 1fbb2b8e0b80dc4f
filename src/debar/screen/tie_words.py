# SPDX-License-Identifier: Apache-2.0
"""What a tie is, from when to when, and who says so, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.owned import TieState
from debar.model.vocab.parties import RelationKind
from debar.screen.shares import share_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from debar.model.listed import ListedParty
    from debar.model.owned import Holding, Share, Step

_KINDS = {
    RelationKind.PARENT: "parent of {other}",
    RelationKind.AFFILIATE: "affiliate of {other} (the same group; that one controls the other is not known)",
    RelationKind.PREDECESSOR: "predecessor of {other}, which carries on its business or part of it",
    RelationKind.SUCCESSOR: "successor of {other}, whose business or part of it it carries on",
    RelationKind.ASSIGNEE: "assignee of {other}, of which it took over rights",
    RelationKind.PARTNER: "partner of {other} (joint venture, technology or licence; no ownership follows from it)",
    RelationKind.REBRANDER: "rebrander of {other}: sells its technology under a brand of its own, and is not of its group",
    RelationKind.OFFICER: "officer of {other}",
    RelationKind.DIVESTED: "sold by {other}",
}
_STATES = {TieState.HOLDS: "", TieState.PERHAPS: "perhaps ", TieState.FORMER: "formerly ", TieState.COMING: "not yet "}


def names_of(parties: Iterable[ListedParty]) -> dict[str, str]:
    """Give the name under which each party is shown, by id."""
    return {party.id: party.names[0].text for party in parties if party.names}


def span(tie: Holding | Step) -> str:
    """Give from when to when a tie holds: "since 2017-05-24", "from 2017 until 2022-07-14", "(undated)"."""
    if tie.valid_from and tie.valid_until:
        text = f"from {tie.valid_from} until {tie.valid_until}"
    elif tie.valid_from:
        text = f"{'from' if tie.state is TieState.COMING else 'since'} {tie.valid_from}"
    elif tie.valid_until:
        text = f"until {tie.valid_until} (since when is not told)"
    else:
        text = "(undated)"
    if tie.doubt:
        return f"{text} ({tie.doubt})"
    return f"{text} (the day itself is not told)" if tie.state is TieState.PERHAPS else text


def source(tie: Holding | Step) -> str:
    """Give who says so."""
    return f"(source: {tie.because})" if tie.because else "(no source told)"


def share_told(share: Share) -> str:
    """Give a share in words, and what of it could not be read."""
    words = share_words(share.low, share.high)
    return f"{words} (the source has {share.text!r}, which {share.remark})" if share.remark else words


def step_words(step: Step, names: Mapping[str, str]) -> str:
    """Give one tie in words: "formerly owned 100 % by Hytera, from 2017-05-24 until 2022-07-14 (source: ...)"."""
    other = names.get(step.to, step.to)
    if step.kind is RelationKind.DIVESTED:  # a statement and no tie: its dates are those of the sale, whenever asked
        days = " to ".join(day for day in (step.valid_from, step.valid_until) if day)
        when = f", on {days}" if days else " (on which day is not told)"
        return f"{'later ' if step.state is TieState.COMING else ''}sold by {other}{when} {source(step)}"
    when = span(step)
    joint = " " if when.startswith("(") else ", "
    return f"{_STATES[step.state]}{_tie(step, other)}{joint}{when} {source(step)}"


def _tie(step: Step, other: str) -> str:
    told = share_told(step.share)
    if step.kind is RelationKind.SUBSIDIARY:
        if step.share.text and not step.share.remark:
            return f"owned {told} by {other}"
        unread = f" (the source has {step.share.text!r}, which {step.share.remark})" if step.share.remark else ""
        return f"subsidiary of {other}, percentage unknown{unread}"
    if step.kind is RelationKind.MINORITY:
        return f"owned {told} by {other}, a holding without control"
    text = _KINDS[step.kind].format(other=other)
    return f"{text}, which owns {told} of it" if step.share.text else text
