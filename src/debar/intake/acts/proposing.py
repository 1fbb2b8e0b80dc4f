# SPDX-License-Identifier: Apache-2.0
"""What is put forward of an act and its date: the passage that holds both, the role of the date, numbers, subject and object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.acts import bounding, clauses
from debar.intake.mentions import parts
from debar.model.intake import Proposal, Span
from debar.model.vocab.statements import StatedAct

if TYPE_CHECKING:
    from debar.intake.acts.found import Read
    from debar.intake.acts.triggers import Trigger
    from debar.intake.seen import Seen
    from debar.model.intake import StatedDate

_COUNTED = {StatedAct.SUPPLIER_LAYOFF: False, StatedAct.BACKGROUND: True}
"""Acts that numbers belong to, and whether those count years."""
_YEARS = frozenset({"years", "year"})
_EDGES = " ,;:-\u2013\u2014\u2022"


def proposal(read: Read, seen: Seen, trigger: Trigger, date: StatedDate | None) -> Proposal:
    """Give what is put forward: spans, and which words they are."""
    sentence = read.sentence
    first, last = min(trigger.start, trigger.frame), trigger.end
    number = _number(read, trigger)
    others = [
        (one.start - sentence.start, one.end - sentence.start) for one in (date.span if date else None, number) if one
    ]
    spans = [(first, last), *(span for span in others if span[0] >= 0 and span[1] <= len(read.low))]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    begin, end = clauses.around(first, last, len(read.low), read.borders)
    subject, object_ = parts.parts(seen, sentence, sentence.start + trigger.start, sentence.start + trigger.end)
    return Proposal(
        act=trigger.act,
        evidence=_stripped(seen, sentence.start + begin, sentence.start + end),
        date=date.span if date else None,
        subject=subject,
        object=object_,
        number=number,
        is_denied=trigger.is_denied,
        role=bounding.role(read, seen, trigger.act, date) if date else None,
    )


def _number(read: Read, trigger: Trigger) -> Span | None:
    """Give the number of people of a lay-off, or of years of a history."""
    if trigger.act not in _COUNTED:
        return None
    for number in read.numbers:
        if (number.unit in _YEARS) == _COUNTED[trigger.act]:
            return number.span
    return None


def _stripped(seen: Seen, start: int, end: int) -> Span:
    """Give a passage without the white space and marks at its edges."""
    while start < end and seen.flat[start] in _EDGES:
        start += 1
    while end > start and seen.flat[end - 1] in _EDGES:
        end -= 1
    return Span(start, end)
