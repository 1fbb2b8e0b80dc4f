# SPDX-License-Identifier: Apache-2.0
"""Years counted from the beginning of an era: Reiwa 8, ROC year 115, 令和8年, 民國115年, B.E. 2568."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import NOTHING
from debar.intake.dating.reckoning import is_day, is_year
from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    import re

    from debar.intake.dating.hits import Found, Hit

_BEFORE_FIRST = {
    **dict.fromkeys(("reiwa", "令和"), 2018),
    **dict.fromkeys(("heisei", "平成"), 1988),
    **dict.fromkeys(("showa", "昭和"), 1925),
    **dict.fromkeys(("roc", "minguo", "republic", "republic of china", "民國", "民国", "中華民國", "中华民国"), 1911),
    **dict.fromkeys(("be", "buddhist era"), -543),
}
"""The year before the first of each era."""
_NAMES = r"reiwa|heisei|showa|minguo|r\.?o\.?c\.?|republic(?: of china)?"
ERA = (
    rf"(?:(?:the )?(?:year )?(?P<era>reiwa|heisei|showa|minguo|r\.?o\.?c\.?|b\.?e\.?(?= ?2[45]\d\d)|buddhist era)(?: (?:era|calendar))?,?(?: year)?[ -]?(?P<count>\d{{1,4}})"
    rf"|(?:the )?year (?P<count2>\d{{1,3}}) of (?:the )?(?P<era2>{_NAMES})(?: (?:era|calendar))?"
    rf"|(?:the )?(?P<count3>\d{{1,3}})(?:st|nd|rd|th) year of (?:the )?(?P<era3>{_NAMES})(?: (?:era|calendar))?)(?!\w|[.,]\d)"
)
"""A year of an era in Latin letters, as a part of patterns."""
IDEOGRAPHIC = r"(?P<era>令和|平成|昭和|中華民國|中华民国|民國|民国)~(?P<count>元|\d{1,3})~年(?:~(?P<month>\d{1,2})~月(?:~(?P<day>\d{1,2})~日)?)?"
_FIRST = "元"


def year_in(match: re.Match[str]) -> int:
    """Give the year of an era that a match holds; 0 where it holds none."""
    groups = match.groupdict()
    name = groups.get("era") or groups.get("era2") or groups.get("era3")
    count = groups.get("count") or groups.get("count2") or groups.get("count3") or ""
    if not name:
        return 0
    year = _BEFORE_FIRST[" ".join(name.replace(".", "").split())] + (1 if count == _FIRST else int(count))
    return year if is_year(year) else 0


def ideographic(hit: Hit) -> Found:
    """Give a year, month or day of an era in the signs of Chinese or Japanese."""
    year, month, day = year_in(hit.match), int(hit.match["month"] or 0), int(hit.match["day"] or 0)
    if not year or not is_day(year, month or 1, day or 1):
        return NOTHING
    precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, month=month, day=day, precision=precision),)  # fmt: skip


def year(hit: Hit) -> Found:
    """Give a year of an era by itself, a part of it, or the fiscal year that is called by it."""
    year_ = year_in(hit.match)
    if not year_:
        return NOTHING
    is_fiscal = bool(hit.match["fiscal"] or hit.match["fiscal2"])
    precision = Precision.FISCAL_YEAR if is_fiscal else Precision.PART_OF_YEAR if hit.match["part"] else Precision.YEAR
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year_, precision=precision),)
