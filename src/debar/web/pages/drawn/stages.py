# SPDX-License-Identifier: Apache-2.0
"""The stages of measures on one time line: what begins when, for how many exposures, and where the day asked about lies."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, NamedTuple

from debar import dates
from debar.model.vocab import Modality
from debar.web.pages import wording
from debar.writers.timeline.axis import Axis
from debar.writers.timeline.lettering import escaped, fitted, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from debar.model.viewed import MeasureRow, StageRow
    from debar.web.pages.links import Links

_WIDTH, _LEFT, _RIGHT = 1000, 262, 984
_SIZE, _LANE, _BAR = 11, 34, 8
_MEASURES = 12
"""Measures that are drawn; the table has them all."""
_STAGES = 60
_SHORTEST = timedelta(days=365)
_COLOURS = {
    Modality.PROHIBITED: "prohibited",
    Modality.REQUIRED: "required",
    Modality.PERMITTED: "permitted",
    Modality.ADVISED: "advised",
}


class _Lane(NamedTuple):
    """What provisions that begin and end alike say together."""

    stage: StageRow
    names: tuple[str, ...]
    exposures: int


def drawn(rows: Sequence[MeasureRow], as_of: str, links: Links) -> str:
    """Give the time line as one picture; nothing where no stage is known."""
    shown = [row for row in rows if row.stages][:_MEASURES]
    if not shown:
        return ""
    now = dates.ends(as_of, shown[0].zone)
    axis = _axis(shown, now)
    parts: list[str] = []
    y = 30.0
    for row in shown:
        parts.append(f'<path class="rule" d="M0 {y + 4:g}H{_RIGHT}"/>')
        label = fitted(f"{row.cite} - {row.title}" if row.cite else row.title, 13, _RIGHT - 20)
        parts.append(f'<a href="{escaped(links.to("measures", row.id))}">{_text(0, y + 22, label, "head")}</a>')
        y += 32
        for lane in _lanes(row.stages):
            parts.append(_lane(lane, row, axis, y, links))
            y += _LANE
    return "".join((*_begin(axis, now, as_of, y, len(shown)), *parts, "</svg>"))


def _axis(rows: Iterable[MeasureRow], now: datetime) -> Axis:
    """Give the axis from a little before the first stage to a little after the last, the day asked about among them."""
    days = [now]
    for row in rows:
        days += [dates.key(stage.day) for stage in row.stages]
        days += [dates.key(stage.until) for stage in row.stages if stage.until]
        days += [dates.key(row.due)] if row.due else []
    long = max(max(days) - min(days), _SHORTEST)
    return Axis((min(days) - long * 0.03).astimezone(UTC), (max(days) + long * 0.16).astimezone(UTC), _LEFT, _RIGHT)


def _begin(axis: Axis, now: datetime, as_of: str, bottom: float, measures: int) -> Iterator[str]:
    yield f'<svg class="drawn stages" viewBox="0 0 {_WIDTH} {bottom + 22:g}" role="group" aria-label="Stages of {measures} measures; the table below says the same">'
    for tick in axis.ticks(_SIZE * 0.9):
        yield f'<path class="grid" d="M{tick.x:g} 22V{bottom:g}"/>'
        if tick.x < _RIGHT - 40:
            yield _text(tick.x + 4, 16, tick.text, "soft")
    x, said = axis.x(now), wording.day(as_of)
    is_late = x + 6 + width(said, _SIZE, bold=True) > _RIGHT
    yield f'<path class="today" d="M{x:g} 22V{bottom + 6:g}"/>'
    yield _text(x + (-5 if is_late else 5), bottom + 15, said, "now", is_end=is_late)


def _lanes(stages: Sequence[StageRow]) -> Iterator[_Lane]:
    """Yield what is drawn of a measure: provisions of the same days and modality together."""
    same: dict[tuple[object, ...], list[StageRow]] = {}
    for stage in stages[:_STAGES]:
        same.setdefault((stage.day, stage.until, stage.modality), []).append(stage)
    for those in same.values():
        names = tuple(one.provision.partition("#")[2] for one in those)
        yield _Lane(those[0], names, max(one.exposures for one in those))


def _lane(lane: _Lane, row: MeasureRow, axis: Axis, y: float, links: Links) -> str:
    """Give one lane: its name at the left, its bar with what it says over it; the whole leads to its exposures."""
    stage = lane.stage
    begin, end = axis.x(dates.key(stage.day)), axis.x(dates.key(stage.until)) if stage.until else float(_RIGHT)
    until = f" to {wording.day(stage.until, row.zone)}" if stage.until else ""
    acts = ", ".join(map(wording.spaced, stage.acts))
    many = f": {wording.counted(lane.exposures, 'exposure')}" if lane.exposures else ""
    over = fitted(f"{wording.day(stage.day, row.zone)}{until}, {stage.modality} {acts}{many}", _SIZE, _RIGHT - _LEFT)
    at = max(_LEFT, min(begin, _RIGHT - width(over, _SIZE)))
    name = fitted(wording.spaced(", ".join(lane.names)), 12, _LEFT - 14)
    colour = _COLOURS.get(stage.modality, "proposed")
    shape = f'<rect x="{begin:g}" y="{y + 17:g}" width="{max(end - begin, 3):g}" height="{_BAR}" rx="1.5"/>'
    title = f"<title>{escaped(stage.text)}</title>"
    return (
        f'<a href="{escaped(links.to("exposures", measure=stage.provision))}">{_text(0, y + 24, name, "name")}'
        f'<g class="bar s-{colour}">{title}{shape}</g>{_text(at, y + 12, over, "halo")}</a>'
    )


def _text(x: float, y: float, text: str, classes: str, *, is_end: bool = False) -> str:
    anchor = ' text-anchor="end"' if is_end else ""
    return f'<text class="{classes}" x="{x:g}" y="{y:g}"{anchor}>{escaped(text)}</text>'
