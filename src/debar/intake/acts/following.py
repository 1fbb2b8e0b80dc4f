# SPDX-License-Identifier: Apache-2.0
"""Dates in sentences that name no act of their own: they go on with what was said before, or answer it.

Ministries must remove the app by 1 March. For the regions it is 1 July.      the same act, another date
When must the software be gone? By 31 December.                               the answer dates the question
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.acts.found import Read
    from debar.intake.acts.triggers import Trigger
    from debar.intake.acts.weighing import Place

_GOES_ON = re.compile(
    r"[^a-z0-9]{0,6}(?:and |but |there |then )?(?:"
    r"(?:for|in|with|as for|as to) [^.;]{2,60} (?:it|this|that|the (?:date|deadline|day|limit|cut-?off)) (?:is|was|will be|comes|falls|moves)\b"
    r"|(?:for|with) [^.;0]{2,50}[09]{3,60}[^a-z0-9]{0,4}$"
    r"|(?:the )?(?:rest|others?|remaining|remainder|next|last|former|latter|same|everyone else|all others?|everything else)\b"
    r"|(?:a|the) (?:day|week|month|year|fortnight) later\b"
    r"|[^.;]{2,60} (?:follows?|comes? next|are next|is next|have longer|has longer|(?:have|has|gets?|are given|is given) until)\b)"
)
"""How a sentence begins that gives another date for the act of the one before."""
_LONGEST = 150
"""Letters of a sentence that goes on: a longer one says something of its own."""
_LASTING = ("prohibit", "require", "permit", "comply_deadline")
_LEAST = 4
"""Weight of words of an act that make a sentence one of its own."""


def carried(before: Read, told: Sequence[Trigger], read: Read) -> list[Trigger]:
    """Give the acts of the sentence before that a date in one without any belongs to; `told` are those dated there."""
    if not read.places or len(read.low) > _LONGEST or any(one.weight >= _LEAST for one in read.triggers):
        return []
    if before.low.rstrip().endswith("?"):
        return _strongest(before.triggers) if read.places[0].is_fronted else []
    if not goes_on(read):
        return []
    return [one for one in told if one.act.startswith(_LASTING)]


def goes_on(read: Read) -> bool:
    """Tell whether a sentence only goes on with what was said before it."""
    return len(read.low) <= _LONGEST and bool(_GOES_ON.match(read.low))


def _strongest(asked: Sequence[Trigger]) -> list[Trigger]:
    """Give what a question asks about: its weightiest act."""
    strong = [one for one in asked if one.weight >= _LEAST]
    return [max(strong, key=lambda one: (one.weight, -one.start))] if strong else []


def here(trigger: Trigger, place: Place) -> Trigger:
    """Give an act of another sentence as one that stands where its date does."""
    return trigger._replace(start=place.start, end=place.end, frame=place.start)
