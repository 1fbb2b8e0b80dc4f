# SPDX-License-Identifier: Apache-2.0
"""Whether two days differ as one slips who means one day: by few days, or in the month, the year or a digit of the day.

Papers of one measure have many days. Those of two stages mostly differ in more than one part; who misreads, miscounts or
mistypes a day gets one part of it wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from debar.intake.stories.days import Reach

FEW = 3
"""Days by which one errs in counting or in a time zone."""
_PARTS_LEFT = 2
"""Parts of a day that are still the same where one of the three is wrong."""


def is_slip(one: Reach, other: Reach) -> bool:
    """Tell whether two dates differ as one slips; of months and years their first or their last days decide."""
    return _differ(one.first, other.first) or _differ(one.last, other.last)


def is_typed_alike(one: Reach, other: Reach) -> bool:
    """Tell whether the days of two months share a digit, or lie close: the 1st and the 11th, not the 15th and the 28th."""
    here, there = one.first, other.first
    return abs((here - there).days) <= FEW or bool(set(str(here.day)) & set(str(there.day)))


def _differ(one: date, other: date) -> bool:
    alike = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    return one != other and (alike == _PARTS_LEFT or abs((one - other).days) <= FEW)
