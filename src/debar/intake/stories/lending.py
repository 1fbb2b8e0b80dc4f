# SPDX-License-Identifier: Apache-2.0
"""What papers of one story lend to one another: a year, the day of publication or announcement.

1. The day of announcement, to papers that count from it without giving it: "the next day", "today" in a quotation.
2. The year of a dateline that has none, the reading of 03/04/2024 that is near; else a window of publication, to papers
   that tell nothing of theirs.
3. A year, to dates of such papers that have none.

Only siblings that agree lend; where they disagree nobody does. Those that stand higher on the ladder of trust lend
first. A month that a paper gives itself stays a month: what is lent fills what is open, and only that.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.reckoning import as_day
from debar.intake.examined import examine_again
from debar.intake.papers import datelines, publication
from debar.intake.papers.days import grammar
from debar.intake.placed import begun
from debar.intake.stories.days import published, reach
from debar.model.intake import Published
from debar.model.vocab.statements import DateBasis, DateRole, PaperKind, Precision, StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.examined import Examined
    from debar.intake.mentions.names import Gazetteer
    from debar.intake.stories.grouping import Group
    from debar.model.intake import StatedDate, Statement

NEAR = 14
"""Days between publications of siblings up to which they lend a window: news of one event is written within these."""
_LEAST = 2
"""Siblings of known day that a window needs: one alone may be a late one."""
_LADDER = (
    (PaperKind.OFFICIAL_TEXT, PaperKind.OFFICIAL_RELEASE),
    (PaperKind.LAW_FIRM,),
    (PaperKind.NEWS, PaperKind.COMPANY),
)
_LENT = frozenset({DateBasis.SIBLING, DateBasis.QUOTE})
"""Bases of dates that are not lent on: what was borrowed, and what was counted from a speech of unknown day."""
_OPEN = frozenset({DateBasis.EVENT, DateBasis.QUOTE, DateBasis.PUBLICATION})
"""Bases of dates that count from something that a paper may not give."""


class _Lendable(NamedTuple):
    """What the papers of a group agree on. None of it is of the borrower itself: it is what that one leaves open."""

    issued: str
    window: Published
    year: int
    waves: tuple[date, ...]
    """Days on which siblings were published, or say that the measure was announced."""


def lent(group: Group, gazetteer: Gazetteer) -> tuple[Examined, ...]:
    """Give the papers of a group, examined again where a sibling tells what a date of theirs leaves open."""
    if len(group.papers) == 1:
        return group.papers
    issued = _announced(group.papers, group.jurisdiction)  # 1.
    lendable = _Lendable(issued, _window(group.papers), _year(group.papers), _waves(group.papers, issued))  # 2. 3.
    return tuple(_borrowing(one, lendable, gazetteer) for one in group.papers)


def _waves(siblings: Iterable[Examined], issued: str) -> tuple[date, ...]:
    """Give the days near to which siblings of a paper are likely to be: of their publication, and of the announcement."""
    told = {one.paper.published.value for one in siblings} | {issued}
    return tuple(sorted(day for value in told if (day := as_day(value))))


def _borrowing(one: Examined, lendable: _Lendable, gazetteer: Gazetteer) -> Examined:
    """Give a paper with what its siblings lend; the paper itself if it has no use for that."""
    placed = _placed(one, lendable, gazetteer)
    is_dateless = published(one.paper.published) is None and placed is None
    has_open = any(_is_open(each) for each in one.seen.dates)
    has_yearless = any(each.value.startswith("X") for each in one.seen.dates)
    issued = lendable.issued if has_open and lendable.issued and _fits(lendable.issued, one) else ""
    year = lendable.year if is_dateless and has_yearless else 0
    is_placed = is_dateless and lendable.window != Published()
    if not (issued or year or is_placed or placed):
        return one
    lent_to = placed or (lendable.window if is_placed else one.paper.published)
    return examine_again(one, gazetteer, lent_to, issued, year)


def _placed(one: Examined, lendable: _Lendable, gazetteer: Gazetteer) -> Published | None:
    """Give the day of publication that siblings tell apart: the year of a dateline, one of two readings; else None."""
    own = one.paper.published
    if own.value or own.span is None:
        return None
    words = one.paper.text[own.span.start : own.span.end]
    line = datelines.read(words, grammar(gazetteer.lexicon.languages))
    if own.basis == datelines.NO_YEAR and line:
        found = datelines.beside(line, lendable.waves)
        basis = "the dateline; its year is that of papers of the same story"
    elif own.basis.endswith(publication.TWO_WAYS):
        readings = [day for value in (own.earliest, own.latest) if (day := as_day(value))]
        found = _much_nearer(readings, lendable.waves)
        basis = "a line of the page; papers of the same story are near to this reading of it"
    else:
        return None
    value = found.isoformat() if found else ""
    return Published(value=value, earliest=value, latest=value, basis=basis, span=own.span) if value else None


def _much_nearer(readings: Sequence[date], waves: Sequence[date]) -> date | None:
    """Give the reading that is near to papers of the story, while the other is far from all of them."""
    ranked = sorted((min(abs((day - other).days) for other in waves), day) for day in readings) if waves else []
    if len(ranked) < 2 or ranked[0][0] > datelines.NEAR_SIBLING:
        return None
    return ranked[0][1] if ranked[1][0] > 2 * ranked[0][0] + NEAR else None


def _is_open(stated: StatedDate) -> bool:
    """Tell whether a date could become more than it is."""
    is_loose = stated.basis in _OPEN and stated.precision is not Precision.DAY
    return not stated.value or stated.value.startswith("X") or is_loose


def _announced(siblings: Sequence[Examined], jurisdiction: str) -> str:
    """Give the one day on which siblings say that the measure was announced, or else issued; empty where they differ.

    An official release is published on the day that it calls today.
    """
    for act in (StatedAct.ANNOUNCE, StatedAct.ISSUE):
        for kinds in _LADDER:
            days = {
                said.date.value[:10]
                for one in siblings
                if one.paper.kind in kinds
                for said in one.statements
                if said.act is act and said.date and _is_day(said.date) and not _is_elsewhere(said, one, jurisdiction)
            }
            if days:
                return days.pop() if len(days) == 1 else ""
    return ""


def _is_day(stated: StatedDate) -> bool:
    is_exact = stated.precision in (Precision.DAY, Precision.INSTANT) and stated.basis not in _LENT
    return is_exact and stated.role is DateRole.ON and reach(stated) is not None


def _is_elsewhere(said: Statement, one: Examined, jurisdiction: str) -> bool:
    """Tell whether a passage names authorities or the law of other places, and not those of the story."""
    named = [name for name in begun(one.seen.mentions, said.span.start, said.span.end) if name.jurisdiction]
    authorities = {name.jurisdiction for name in named if name.kind == "authority"}
    places = authorities or {name.jurisdiction for name in named if name.kind == "place" and not name.aside}
    return bool(places) and jurisdiction not in places


def _fits(issued: str, one: Examined) -> bool:
    """Tell whether a day agrees with what a paper says itself: with its own announcement, and not after publication."""
    own = [
        days for said in one.statements if said.act is StatedAct.ANNOUNCE and said.date and (days := reach(said.date))
    ]
    day, when = published(Published(value=issued)), published(one.paper.published)
    if day is None or (when and day.first > when.last):
        return False
    return not own or any(days.meets(day) for days in own)


def _window(siblings: Iterable[Examined]) -> Published:
    """Give the weeks in which siblings were published, where they are near enough to be one wave of news."""
    known = [days for one in siblings if one.paper.published.value and (days := published(one.paper.published))]
    if len(known) < _LEAST:
        return Published()
    first, last = min(days.first for days in known), max(days.last for days in known)
    if (last - first).days > NEAR:
        return Published()
    monday = first - timedelta(days=first.weekday())
    sunday = last + timedelta(days=6 - last.weekday())
    basis = f"{len(known)} papers of the same story, published between {first} and {last}"
    return Published(earliest=monday.isoformat(), latest=sunday.isoformat(), basis=basis)


def _year(siblings: Iterable[Examined]) -> int:
    """Give the one year in which all siblings of known day were published; 0 where there is none."""
    known = [days for one in siblings if (days := published(one.paper.published))]
    years = {year for days in known for year in (days.first.year, days.last.year)}
    return years.pop() if len(years) == 1 else 0
