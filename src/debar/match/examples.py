# SPDX-License-Identifier: Apache-2.0
"""Whether indicators do what they say: each example is met, also among all others, and no counterexample is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.match.compile import compile_index
from debar.match.kernel import meet
from debar.model.vocab import Meaning

if TYPE_CHECKING:
    from debar.match.compile import Index


def examples_fail(index: Index, only: frozenset[str] = frozenset()) -> list[str]:
    """Give a line for each example that an indicator misses or loses, and each counterexample that it fits.

    `only` are the ids of those that are tried; without any, all are. An indicator loses one when, among all indicators of the kind, others answer for the value and say less.
    """
    faults = []
    for position, indicator in enumerate(index.indicators):
        if only and indicator.id not in only:
            continue
        table = compile_index([indicator]).tables[indicator.kind]
        for example in indicator.examples:
            if not meet(table, example):
                faults.append(f"{indicator.id}: misses its example {example!r}")
            elif lost := _worse(index, position, meet(index.tables[indicator.kind], example)):
                faults.append(f"{indicator.id}: loses its example {example!r} to {', '.join(lost)}")
        faults += [
            f"{indicator.id}: fits its counterexample {c!r}" for c in indicator.counterexamples if meet(table, c)
        ]
    return faults


def _worse(index: Index, position: int, answer: tuple[int, ...]) -> list[str]:
    """Give which indicators of an answer that leaves one out cannot stand in for it.

    Those can that are of its party, at least as sure, and agree with it whether the value is a mention.
    """
    if position in answer:
        return []
    own = index.indicators[position]
    is_mention = own.meaning is Meaning.MENTION
    return [
        other.id
        for other in (index.indicators[n] for n in answer)
        if other.party != own.party or other.level < own.level or (other.meaning is Meaning.MENTION) is not is_mention
    ]
