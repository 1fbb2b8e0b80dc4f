# SPDX-License-Identifier: Apache-2.0
"""Years and parts of years as forms write them: quarters, seasons, model years, weeks by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import NOTHING, shift_of, year_of
from debar.intake.dating.reckoning import PRECISION_OF
from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    from debar.intake.dating.hits import Found, Hit

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def division(hit: Hit) -> Found:
    """Give a quarter or a half of a year, or of a month."""
    groups = hit.match.groupdict()
    kind = {"q": "quarter", "h": "half", "semester": "half", "trimester": "quarter"}.get(groups.get("kind") or groups.get("kind2") or "", groups.get("kind") or "")  # fmt: skip
    which = groups.get("ordinal") or groups.get("number") or groups.get("number2") or ""
    size = 4 if kind == "quarter" else 2
    count = size if which in ("last", "final") else _ORDINALS.get(which) or int(which)
    if groups.get("month_after") or count > size:
        return NOTHING
    year = year_of(groups.get("year"))
    if hit.form in ("quarter", "iso-quarter") and not year and _is_numbering(hit):
        return NOTHING
    of = " ".join((groups.get("of") or "").split())
    if hit.form == "quarter-word" and not year and (not of or which == "last") and (kind == "half" or which == "last"):
        return NOTHING
    shift, counts = (0, "publication") if of == "the" else shift_of(of)
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, number=count, unit=kind,
                  precision=PRECISION_OF[kind], shift=shift, counts=counts),
    )  # fmt: skip


def _is_numbering(hit: Hit) -> bool:
    """Tell whether Q1 begins its line and a sign follows, as questions are numbered: "Q1. When does it start?"."""
    before = hit.flat[max(0, hit.match.start() - 2) : hit.match.start()]
    return (not before.strip(" ") or "\n" in before) and hit.flat[hit.match.end() : hit.match.end() + 1] in (
        ".",
        ":",
        ")",
    )


def season(hit: Hit) -> Found:
    """Give a season; without a year only where words before it show that it is one: this spring, in the fall."""
    which, of = " ".join((hit.match["which"] or "").split()), hit.match["of"]
    before = hit.flat[max(0, hit.match.start() - 10) : hit.match.start()].lower().split()
    is_cued = bool(hit.match["part"]) or which in ("this", "last", "next", "the coming", "the following", "the next", "the same", "that same", "that", "the previous", "this past", "this coming", "the past") or (bool(before) and before[-1] in ("in", "by", "since", "until", "from", "before", "after", "during", "over", "through", "throughout", "into", "towards", "for", "come"))  # fmt: skip
    year = year_of(hit.match["year"])
    if not (year or of or is_cued) or (hit.match["season"] == "fall" and not (year or of or which)):
        return NOTHING
    shift, counts = shift_of(of or which)
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, unit="season", precision=Precision.SEASON,
                  number=0 if of else ("spring", "summer", "autumn", "winter").index(hit.match["season"].replace("fall", "autumn")) + 1,
                  shift=None if year else shift, counts="" if year else counts),
    )  # fmt: skip


def model_year(hit: Hit) -> Found:
    """Give a model year."""
    year = year_of(hit.match["year"] or hit.match["year2"])
    return (
        DateWords(
            start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, precision=Precision.MODEL_YEAR
        ),
    )


def fiscal_year(hit: Hit) -> Found:
    """Give a fiscal year: FY26, financial year 2024-25, which ends in the second year and is called by the first."""
    year = year_of(hit.match["year"] or hit.match["year2"])
    return (
        DateWords(
            start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, precision=Precision.FISCAL_YEAR
        ),
    )


def fiscal_near(hit: Hit) -> Found:
    """Give the next fiscal year, the fiscal year after: which one that is, only a fiscal year told before can say."""
    which, way = hit.match["which"] or "", (hit.match["way"] or "").strip()
    if not (which or way):
        return NOTHING
    shift = {"after": 1, "before": -1}.get(way, shift_of(which)[0] or 0)
    counts = "event" if way or which in ("following", "previous", "same") else "fiscal"
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit="year", shift=shift, counts=counts, precision=Precision.FISCAL_YEAR),)  # fmt: skip


def numbered_week(hit: Hit) -> Found:
    """Give a week by its number."""
    groups = hit.match.groupdict()
    year, count = year_of(groups["year"] or groups.get("year2")), int(groups["number"] or groups.get("number2") or 0)
    if not 1 <= count <= 53:
        return NOTHING
    shift, counts = shift_of(groups.get("of"))
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, number=count, unit="week", shift=shift, counts=counts, precision=Precision.WEEK),)  # fmt: skip


def part_of_year(hit: Hit) -> Found:
    """Give a part of a year: early 2026, the end of 2027."""
    year = year_of(hit.match["year"])
    return (
        DateWords(
            start=hit.match.start(), end=hit.match.end(), form=hit.form, year=year, precision=Precision.PART_OF_YEAR
        ),
    )
