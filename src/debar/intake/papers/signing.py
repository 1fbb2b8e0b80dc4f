# SPDX-License-Identifier: Apache-2.0
"""The day with which a paper ends: Done at Brussels, 11 March 2026; a place and a day below a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.cues import DONE_AT
from debar.intake.papers.days import days

if TYPE_CHECKING:
    from debar.intake.papers.days import Day, Grammar

_PLACE = re.compile(r"^(?P<place>[A-ZÀ-Þ][^\W\d_]{1,20}(?:[ -][A-ZÀ-Þ][^\W\d_]{1,20}){0,2}, (?:the |this |den |le |dnia )?)[^\n]{6,30}(?<![.\s])$", re.MULTILINE)  # fmt: skip
"""A place and a day in a line of their own."""
_INSTRUMENT, _LETTER = 3000, 400
"""Characters at the end of an instrument, and of another paper, in which it is signed."""


class Signed(NamedTuple):
    """A day, from where its offsets count, and what shows it."""

    day: Day
    start: int
    basis: str


def day(text: str, body: int, known: Grammar, first: str) -> Signed | None:
    """Give the day with which a paper ends whose main text begins at an offset; None where it ends with none.

    1. An instrument: Done at Brussels, 11 March 2026.
    2. A place and a day that stand alone in the last lines, as letters and notices are signed: Halvik, 11 March 2026.
    """
    for match in DONE_AT.finditer(text, max(0, len(text) - _INSTRUMENT)):  # 1.
        for one in days(text[match.end() : match.end() + 40], known, first)[:1]:
            if not text[match.end() : match.end() + one.start].strip():
                return Signed(one, match.end(), "the line with which the instrument ends")
    for match in _PLACE.finditer(text, max(body, len(text.rstrip()) - _LETTER)):  # 2.
        for one in days(match.group(), known, first)[:1]:
            if (one.start, one.end) == (match.end("place") - match.start(), len(match.group())):
                return Signed(one, match.start(), "the line with which the paper is signed")
    return None
