# SPDX-License-Identifier: Apache-2.0
"""Days of the week in papers of one wave of news: where publication leaves two open, the one on which the story happened."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from debar.intake.dating import seen
from debar.intake.dating.context import Answer
from debar.intake.dating.reckoning import as_day
from debar.model.vocab.statements import DateBasis, Precision

if TYPE_CHECKING:
    from debar.intake.dating.context import Scene
    from debar.intake.dating.expression import DateWords

_LONGEST = 31
"""Days of a window beyond which it is no wave."""
_WEEK = timedelta(days=7)


def weekday(words: DateWords, at: Scene, lean: int) -> Answer | None:
    """Give a day of the week by what siblings tell; None where that settles nothing.

    1. Last Tuesday is that of this week or of the week before: the one on which, as siblings say, it was announced.
    2. Of a paper that siblings alone place, on Tuesday is the one Tuesday of their wave, not one before it.
    """
    if words.weekday < 0 or not at.context.is_sibling or at.window is None:
        return None
    return _announced(words, at, lean) or _in_wave(words, at, lean)


def _announced(words: DateWords, at: Scene, lean: int) -> Answer | None:
    issued = as_day(at.context.issued)
    if not (issued and at.window and words.is_most_recent and at.window[0] == at.window[1]):
        return None
    told = as_day(seen.relative(words, at.window[0], lean))
    is_week_before = words.number == 0 and told is not None and told - issued == _WEEK
    anchor = f"the announcement on {issued}, as other papers of the story say"
    return Answer(issued.isoformat(), Precision.DAY, DateBasis.SIBLING, anchor) if is_week_before else None


def _in_wave(words: DateWords, at: Scene, lean: int) -> Answer | None:
    published = at.context.published
    if published.value or published.span or at.window is None or words.shift is not None or lean > 0:
        return None
    first, last = at.window
    if not 0 < (last - first).days < _LONGEST:
        return None
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    values = {seen.relative(words, day, lean) for day in days}
    inside = [value for value in values if first.isoformat() <= value <= last.isoformat()]
    anchor = f"the wave of papers of the same story between {first} and {last}"
    return Answer(inside[0], Precision.DAY, DateBasis.SIBLING, anchor) if len(inside) == 1 else None
