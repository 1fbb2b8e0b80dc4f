# SPDX-License-Identifier: Apache-2.0
"""What is seen from another time: last week, the end of this month, on Tuesday, after that date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.dating.expression import DateWords
from debar.intake.dating.hits import FROM_EVENT, NOTHING, shift_of
from debar.intake.dating.numerals import number
from debar.intake.dating.reckoning import PRECISION_OF
from debar.model.vocab.statements import DateRole, Precision

if TYPE_CHECKING:
    from debar.intake.dating.hits import Found, Hit

_PARTS = {"year": Precision.PART_OF_YEAR, "month": Precision.PART_OF_MONTH}


def part_of_unit(hit: Hit) -> Found:
    """Give a part of a unit that is near: the end of this week, later this year, year's end."""
    groups = hit.match.groupdict()
    unit = groups.get("unit") or "weekend"
    if hit.form == "unit-out":
        return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, shift=0, counts="publication", role=DateRole.BY, precision=_PARTS.get(unit, PRECISION_OF[unit])),)  # fmt: skip
    which = " ".join((groups.get("which") or "").split())
    if hit.form == "part-of-unit" and not which and not hit.match["part"].rstrip().endswith("of"):
        return NOTHING
    shift, counts = (0, "publication") if which in ("", "the", "calendar") else shift_of(which)
    if unit in ("summer", "spring", "autumn", "winter"):
        unit, precision = "season", Precision.SEASON
    else:
        precision = _PARTS.get(unit, PRECISION_OF[unit])
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit="week" if unit == "weekend" else unit,
                  precision=precision, shift=shift, counts=counts or "publication"),
    )  # fmt: skip


def new_year(hit: Hit) -> Found:
    """Give the new year, which is the next; New Year without an article is its first day."""
    name = hit.flat[hit.match.start("name") : hit.match.end("name")]
    start = hit.match.start("the") if hit.match["the"] else hit.match.start("name")
    if name == "New Year" and hit.match["at"] and not hit.match["the"]:
        return (DateWords(start=start, end=hit.match.end(), form=hit.form, month=1, day=1),)
    if not name.islower():
        return NOTHING
    return (DateWords(start=start, end=hit.match.end(), form=hit.form, unit="year", shift=1, counts="publication", precision=Precision.YEAR),)  # fmt: skip


def edge_of_unit(hit: Hit) -> Found:
    """Give the first or last day of a unit that is near: the last day of next month."""
    shift, counts = shift_of(hit.match["which"])
    is_first = hit.match["edge"].endswith("first")
    if hit.match["what"] in ("working ", "business "):
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=hit.match["unit"], number=1 if is_first else 2, shift=shift or 0,
                      counts="publication" if counts != "event" else counts),)  # fmt: skip


def day_word(hit: Hit) -> Found:
    """Give today, yesterday, tomorrow and their kin."""
    word = " ".join(hit.match["word"].removeprefix("the ").split())
    role = DateRole.FROM if word in ("from now on", "from today", "effective today") else DateRole.ON
    shift = {"yesterday": -1, "last night": -1, "last evening": -1, "tomorrow": 1, "day after tomorrow": 2, "day before yesterday": -2}.get(word, 0)  # fmt: skip
    if word == "overnight":
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit="day", shift=shift, counts="publication", role=role),)  # fmt: skip


def shifted(hit: Hit) -> Found:
    """Give last week, this month, next year."""
    unit = hit.match["unit"]
    shift, counts = shift_of(hit.match["which"])
    if hit.flat[hit.match.start() : hit.match.start() + 4].lower() == "the " and hit.match["which"] in (
        "previous",
        "following",
        "next",
    ):
        counts = "event"
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, shift=shift, counts=counts, precision=PRECISION_OF[unit]),)  # fmt: skip


def event_unit(hit: Hit) -> Found:
    """Give the next day, the same week, that month: counted from what was told before."""
    unit = {"date": "day", "morning": "day", "evening": "day", "afternoon": "day", "night": "day", "weekend": "week"}.get(hit.match["unit"], hit.match["unit"])  # fmt: skip
    which = " ".join(hit.match["which"].split())
    if which == "the day":
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, shift=FROM_EVENT[which], counts="event", precision=PRECISION_OF[unit]),)  # fmt: skip


_ANAPHORA = (("after", DateRole.AFTER), ("beyond", DateRole.AFTER), ("past", DateRole.AFTER), ("following", DateRole.AFTER), ("there", DateRole.AFTER), ("thence", DateRole.AFTER),
             ("until", DateRole.UNTIL), ("till", DateRole.UNTIL), ("since", DateRole.FROM), ("from", DateRole.FROM), ("as of", DateRole.FROM),
             ("starting", DateRole.FROM), ("beginning", DateRole.FROM), ("by", DateRole.BY), ("before", DateRole.BEFORE), ("prior", DateRole.BEFORE))  # fmt: skip


def anaphora(hit: Hit) -> Found:
    """Give that date, after that, at the time: a date told before."""
    words = " ".join(hit.match.group().split())
    role = next((role for word, role in _ANAPHORA if words.startswith(word)), DateRole.ON)
    return (
        DateWords(
            start=hit.match.start(), end=hit.match.end(), form=hit.form, unit="day", shift=0, counts="event", role=role
        ),
    )


def issuance(hit: Hit) -> Found:
    """Give the day of its publication."""
    words = hit.match.group()
    # "The day it was published" is a day like others; "upon publication" is from when something holds.
    role = (
        DateRole.AFTER if words.startswith("after") else DateRole.ON if words.startswith("the day") else DateRole.FROM
    )
    return (
        DateWords(
            start=hit.match.start(), end=hit.match.end(), form=hit.form, unit="day", shift=0, counts="event", role=role
        ),
    )


_EVENT_UNITS = {"eve": ("day", -1), "week": ("week", 0)}


def event_day(hit: Hit) -> Found:
    """Give the day of the vote, the week of the announcement, the eve of the hearing: of a day told elsewhere."""
    unit, shift = _EVENT_UNITS.get(hit.match["unit"], ("day", 0))
    start = hit.match.start("lead") if hit.match["lead"] else hit.match.start("unit") - len("the ")
    return (DateWords(start=start, end=hit.match.end(), form=hit.form, unit=unit, shift=shift, counts="event", precision=PRECISION_OF[unit]),)  # fmt: skip


def weekday(hit: Hit) -> Found:
    """Give a day of the week; small letters make none in English, and Black Friday is a name."""
    start = hit.match.start("weekday")
    if not hit.flat[start].isupper() or (len(hit.match["weekday"].rstrip(".")) <= 3 and hit.flat[hit.match.end("weekday") - 1 : hit.match.end("weekday")] != "."):  # fmt: skip
        return NOTHING
    before = hit.flat[max(0, hit.match.start() - 8) : hit.match.start()].split()
    if before and before[-1] in ("Black", "Good", "Ash", "Cyber", "Super", "Easter", "Palm", "Whit", "Shrove"):
        return NOTHING
    beside = " ".join((hit.match["before"] or "").split())
    word = "next" if beside == "week" else beside.removesuffix("week").removeprefix("of ").strip()
    shift, counts = shift_of(hit.match["which"] or word)
    if side := (hit.match["beside"] or "").strip():  # on the Saturday before
        shift, counts = (-1 if side == "before" else 1), "event"
    unit = "week" if beside else "day"
    return (
        DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, weekday=hit.names.weekdays[hit.match["weekday"].rstrip(".")],
                  unit=unit, shift=shift, counts=counts or "publication", is_most_recent=shift == -1, is_coming=shift == 1),
    )  # fmt: skip


def weekday_beside(hit: Hit) -> Found:
    """Give the Friday before Christmas, the Monday after the vote: seen from what is told after it."""
    if not hit.flat[hit.match.start("weekday")].isupper():
        return NOTHING
    is_after = hit.match["way"] in ("after", "following")
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, weekday=hit.names.weekdays[hit.match["weekday"].rstrip(".")],
                      unit="day", shift=1 if is_after else -1, counts="event", is_most_recent=not is_after, is_coming=is_after),)  # fmt: skip


def weekdays_counted(hit: Hit) -> Found:
    """Give two Tuesdays ago, a week on Friday."""
    groups = hit.match.groupdict()
    count = {"a": 1, "one": 1}.get(groups["number2"] or "", 0) + 1 if groups["number2"] else number(groups["number"])
    count += 1 if groups["number2"] == "two" else 0
    name = (groups["weekday"] or groups["weekday2"]).rstrip(".")
    is_past = (groups["way"] or groups["way2"]) == "ago"
    start = hit.match.start("weekday") if groups["weekday"] else hit.match.start("weekday2")
    if not hit.flat[start].isupper():
        return NOTHING
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, weekday=hit.names.weekdays[name], unit="day", number=count,
                      shift=-1 if is_past else 1, counts="publication", is_most_recent=is_past, is_coming=not is_past),)  # fmt: skip


def weekday_night(hit: Hit) -> Found:
    """Give both days of the night from Saturday to Sunday."""
    return tuple(
        DateWords(start=hit.match.start(name), end=hit.match.end(name), form=hit.form, unit="day", counts="nothing",
                  weekday=hit.names.weekdays[hit.match[name].rstrip(".")])
        for name in ("weekday", "weekday2")
    )  # fmt: skip


def after_next(hit: Hit) -> Found:
    """Give the week after next, the year before last."""
    unit, shift = hit.match["unit"], 2 if hit.match["way"] == "after next" else -2
    return (DateWords(start=hit.match.start(), end=hit.match.end(), form=hit.form, unit=unit, shift=shift, counts="publication", precision=PRECISION_OF[unit]),)  # fmt: skip
