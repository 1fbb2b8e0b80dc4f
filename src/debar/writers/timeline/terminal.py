# SPDX-License-Identifier: Apache-2.0
"""The timeline on a terminal: a lane for each thing that a measure does, and the stages as a list below.

Colour only repeats what words and letters say. A terminal without the usual signs gets plain ones.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NamedTuple

from debar.model.vocab import Change, Grade, Status
from debar.writers import legal
from debar.writers.layout import Page
from debar.writers.timeline import words
from debar.writers.timeline.axis import Axis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from debar.register.lanes import Bar, Chart, Group, Lane, Mark
    from debar.writers import Style

_LABEL = 20
"""Columns of the words at the left."""
_TOLD = 12
"""Lanes after which the years are told again."""
_SURE, _REPORTED, _DOUBTFUL, _UNENFORCED, _SUSPENDED = "█▓░≈╌"
"""Of which a bar is made; where several lie over one another, the first of these is seen."""
_BEGINS, _OPEN, _NOW, _EVENT, _DUE, _EXEMPTION = "┣▶│◆▼○"
_PLAIN = str.maketrans("█▓░≈╌┣▶│◆▼○", "#=:~.|>!*vo")
_CODES = {
    Status.PROHIBITED: "31",
    Status.LICENCE_REQUIRED: "35",
    Status.REQUIRED: "33",
    Status.PERMITTED: "32",
    Status.ADVISED: "34",
    Status.PROPOSED: "2",
}
_TODAY, _FAINT = "36", "2"
_MARKS = {Change.DUE: _DUE, Change.EXEMPT: _EXEMPTION, Change.EXEMPT_ENDS: _EXEMPTION}


class _Cell(NamedTuple):
    sign: str = " "
    code: str = ""


def write(chart: Chart, out: IO[str], style: Style) -> None:
    """Write the lanes, then the list of stages."""
    page = Page(out, style)
    page.line(words.title(chart), style="bold")
    page.paragraph(f"{words.summary(chart)}; {words.now(chart)}. Register {chart.register}.")
    legend = "".join((
        f"{_SURE} primary text  {_REPORTED} secondary sources  {_DOUBTFUL} unverified or disputed  {_UNENFORCED} not ",
        f"enforced  {_SUSPENDED} suspended  {_BEGINS} another begins  {_OPEN} no end known  ",
        f"{_NOW} {words.now(chart)}  " if chart.since <= chart.today <= chart.until else "",
        f"{_EVENT} happened  {_DUE} last day  {_EXEMPTION} exemption begins or ends",
    ))  # fmt: skip
    page.paragraph(_shown(legend, out), style="dim")
    axis = Axis(chart.since, chart.until, 0, max(style.width - _LABEL - 2, 10))
    told = _TOLD
    for group in chart.groups:
        page.line()
        page.paragraph(f"{group.cite} ({group.authority}, {group.jurisdiction}) [{group.measure}]", style="bold")
        if told >= _TOLD:
            page.line(_years(axis), style="dim")
            told = 0
        for label, cells in _lanes(group, axis, chart):
            out.write(_line(label, cells, out, style))
            told += 1
    _list(page, chart)


def _shown(text: str, out: IO[str]) -> str:
    """Give signs as the output can take them."""
    try:
        text.encode(getattr(out, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return text.translate(_PLAIN)
    return text


def _line(label: str, cells: list[_Cell], out: IO[str], style: Style) -> str:
    """Give a lane as a line, each run of one colour in its colour."""
    text = f"{label:<{_LABEL}}"
    code = ""
    for cell in cells:
        if cell.code != code and style.colour:
            text += ("\x1b[0m" if code else "") + (f"\x1b[{cell.code}m" if cell.code else "")
            code = cell.code
        text += cell.sign
    text = f"{text}\x1b[0m" if code else text.rstrip()
    return f"{_shown(text, out)}\n"


def _years(axis: Axis) -> str:
    """Give the line of years, each beginning at its column, as many as fit."""
    line = ""
    for tick in axis.ticks(1.2):
        column = _LABEL + round(tick.x)
        if len(line) <= column <= _LABEL + round(axis.right) + 2 - len(tick.text):
            line = f"{line:<{column}}{tick.text}"
    return line


def _lanes(group: Group, axis: Axis, chart: Chart) -> Iterator[tuple[str, list[_Cell]]]:
    """Yield the label and the cells of what happened, and of each thing that the measure does or only restates."""
    if group.marks:
        yield "  happened", _marked(_now(axis, chart), group.marks, axis, "")
    for restates in (False, True):
        for does in words.DOES:
            lanes = [lane for lane in group.lanes if lane.does is does and bool(lane.restates) is restates]
            if lanes:
                code = _FAINT if restates else _CODES[does]
                cells = _drawn(lanes, axis, chart, code)
                count = f" x{len(lanes)}" if len(lanes) > 1 else ""
                marks = [mark for lane in lanes for mark in lane.marks]
                yield f"  {'restates' if restates else words.DOES[does]}{count}", _marked(cells, marks, axis, code)


def _now(axis: Axis, chart: Chart) -> list[_Cell]:
    """Give an empty lane, with today's line where today lies in the time."""
    cells = [_Cell()] * (round(axis.right) + 2)
    if chart.since <= chart.today <= chart.until:
        cells[round(axis.x(chart.today))] = _Cell(_NOW, _TODAY)
    return cells


def _marked(cells: list[_Cell], marks: Iterable[Mark], axis: Axis, code: str) -> list[_Cell]:
    for mark in marks:
        cells[round(axis.x(mark.at))] = _Cell(_MARKS.get(mark.change, _EVENT), code)
    return cells


def _drawn(lanes: list[Lane], axis: Axis, chart: Chart, code: str) -> list[_Cell]:
    """Give the cells of provisions that do the same: the surest bar above, a sign where another begins."""
    cells = _now(axis, chart)
    bars = sorted((bar for lane in lanes for bar in lane.bars), key=_strength, reverse=True)
    for bar in bars:
        first, last = round(axis.x(bar.since)), round(axis.x(bar.until)) if bar.until else round(axis.right)
        cells[first : max(first + 1, last)] = [_Cell(_sign(bar), code)] * max(1, last - first)
        if bar.until is None:
            cells[-2:] = [_Cell(_sign(bar), code), _Cell(_OPEN, code)]
    begins = sorted({round(axis.x(lane.bars[0].since)) for lane in lanes})
    for column in begins[1:]:
        cells[column] = _Cell(_BEGINS, code)
    if chart.since <= chart.today <= chart.until:
        cells[round(axis.x(chart.today))] = _Cell(_NOW, _TODAY)
    return cells


def _strength(bar: Bar) -> int:
    return (_SURE, _REPORTED, _DOUBTFUL, _UNENFORCED, _SUSPENDED).index(_sign(bar))


def _sign(bar: Bar) -> str:
    match words.state(bar):
        case "suspended":
            return _SUSPENDED
        case "not enforced":
            return _UNENFORCED
        case "disputed":
            return _DOUBTFUL
    return {Grade.PRIMARY: _SURE, Grade.SECONDARY: _REPORTED, Grade.UNVERIFIED: _DOUBTFUL}[bar.grade]


def _list(page: Page, chart: Chart) -> None:
    """Write every stage by its day."""
    page.heading("Stages", "by day")
    for _, day, text in sorted(_stages(chart)):
        page.paragraph(f"{day:<13}{text}", hang=13)
    page.line()
    page.paragraph(legal.DISCLAIMER, style="dim")


def _stages(chart: Chart) -> Iterator[tuple[datetime, str, str]]:
    for group in chart.groups:
        for mark in group.marks:
            text = f"{words.happened(mark)}: {mark.text} [{group.measure}]"
            yield mark.at, words.day(mark.at, mark.zone), text + _graded(mark.grade)
        for lane in group.lanes:
            for mark in lane.marks:
                text = f"{words.happened(mark)}: {mark.text} [{lane.provision}]"
                yield mark.at, words.day(mark.at, mark.zone), text + _graded(mark.grade)
            for bar in lane.bars:
                yield bar.since, words.day(bar.since, group.zone), _bar(bar, lane, group)


def _bar(bar: Bar, lane: Lane, group: Group) -> str:
    until = f" until {words.day(bar.until, group.zone)}" if bar.until else ""
    how = f" ({words.turn(bar)})" if words.turn(bar) else ""
    restates = f" (only restates {', '.join(lane.restates)})" if lane.restates else ""
    return f"{words.what(lane)}{how}{until}: {lane.text} [{lane.provision}]{restates}{_graded(bar.grade)}"


def _graded(grade: Grade) -> str:
    return "" if grade is Grade.PRIMARY else f" ({grade})"
