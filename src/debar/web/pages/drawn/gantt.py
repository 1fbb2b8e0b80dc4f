# SPDX-License-Identifier: Apache-2.0
"""A plan against its deadlines: a lane for each asset, on which its work can be moved by hand or by keys."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from debar.web.pages import wording
from debar.writers.timeline.axis import Axis
from debar.writers.timeline.lettering import escaped, fitted, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.model.deeds import Planned
    from debar.model.results import Step

_WIDTH, _LEFT, _RIGHT = 1000, 236, 984
_TOP, _ROW, _BAR, _SIZE = 34, 30, 16, 11
_HEAD = 24
_SHORT = timedelta(days=120)
_LEAST = 9
"""Width of the shortest bar: what is to be seized has to be seen."""


class Lane(NamedTuple):
    """The work on one asset in one wave, which moves together."""

    asset: str
    wave: int
    title: str
    """Of its wave."""
    steps: tuple[Step, ...]
    begins: str
    ends: str
    due: str
    is_late: bool
    is_must: bool

    @property
    def what(self) -> str:
        """Give what is done, in a few words."""
        return ", ".join(dict.fromkeys(wording.spaced(step.action) for step in self.steps))


def lanes(planned: Planned) -> list[Lane]:
    """Give the lanes of a plan, by wave, day and asset."""
    late = {one.asset for one in planned.plan.late}
    found = []
    for wave in planned.plan.waves:
        on: dict[str, list[Step]] = {}
        for step in wave.steps:
            on.setdefault(step.asset, []).append(step)
        for asset, steps in on.items():
            days = [step.on for step in steps]
            due = min((step.due for step in steps if step.due), default="")
            is_late = asset in late and bool(due) and max(days) > due
            is_must = any(step.force == "must" for step in steps)
            found.append(Lane(asset, wave.no, wave.title, tuple(steps), min(days), max(days), due, is_late, is_must))
    return sorted(found, key=lambda lane: (lane.wave, lane.begins, lane.asset.casefold()))


def drawn(rows: Sequence[Lane], begins: str, as_of: str) -> str:
    """Give the lanes as one picture, each bar a slider; nothing where there is no work."""
    if not rows:
        return ""
    days = [begins, as_of[:10]] + [day for row in rows for day in (row.begins, row.ends, row.due) if day]
    since = _at(min(begins, *(row.begins for row in rows))) - timedelta(days=2)
    until = max(_at(max(days)) + timedelta(days=5), since + timedelta(days=21))
    axis = Axis(since, until, _LEFT, _RIGHT)
    scale = (_RIGHT - _LEFT) / max((until - since).days, 1)
    places, bottom = _places(rows)
    return "".join(
        (
            (
                f'<svg class="drawn" viewBox="0 0 {_WIDTH} {bottom + 8}" role="group" aria-label="Work by asset and day; arrow keys'
                f' move it, Enter keeps it" data-left="{_LEFT}" data-scale="{scale:.5f}" data-since="{since.date()}" data-begins="{begins}">'
            ),
            *_frame(axis, bottom, as_of),
            *_heads(rows, places),
            *(_lane(row, axis, y) for row, y in zip(rows, places, strict=True)),
            "</svg>",
        )
    )


def _places(rows: Sequence[Lane]) -> tuple[list[float], float]:
    """Give where each lane begins, with room above the first of each wave, and where the last ends."""
    found, y, wave = [], float(_TOP), 0
    for row in rows:
        y += _HEAD * (row.wave != wave)
        wave = row.wave
        found.append(y)
        y += _ROW
    return found, y


def _heads(rows: Sequence[Lane], places: Sequence[float]) -> Iterator[str]:
    wave = 0
    for row, y in zip(rows, places, strict=True):
        if row.wave != wave:
            wave = row.wave
            yield f'<rect class="lane" x="0" y="{y - _HEAD:g}" width="{_WIDTH}" height="{_HEAD}"/>'
            yield _text(8, y - 8, f"Wave {wave}: {row.title}", "soft name")


def _frame(axis: Axis, bottom: float, as_of: str) -> Iterator[str]:
    for x, said in _ticks(axis):
        yield f'<path class="grid" d="M{x:g} 22V{bottom:g}"/>{_text(x + 4, 16, said, "soft") if x < _RIGHT - 40 else ""}'
    today = _at(as_of[:10])
    if axis.since <= today <= axis.until:
        yield f'<path class="today" d="M{axis.x(today):g} 22V{bottom:g}"/>'


def _ticks(axis: Axis) -> Iterator[tuple[float, str]]:
    """Yield the Mondays of a short plan, and the months or years of a long one."""
    if axis.until - axis.since > _SHORT:
        yield from ((tick.x, tick.text) for tick in axis.ticks(_SIZE * 0.9))
        return
    every = 1 if axis.until - axis.since <= _SHORT / 2 else 2
    day = axis.since + timedelta(days=-axis.since.weekday() % 7)
    while day <= axis.until:
        yield axis.x(day), f"{day:%-d %b}"
        day += timedelta(weeks=every)


def _lane(row: Lane, axis: Axis, y: float) -> str:
    """Give one lane: the asset, a bar for its work, and the day on which that is due."""
    begin = axis.x(_at(row.begins))
    long = max(axis.x(_at(row.ends) + timedelta(days=1)) - begin, _LEAST)
    classes = " ".join(("step", *(["late"] if row.is_late else ["must"] if row.is_must else [])))
    due = axis.x(_at(row.due) + timedelta(days=1)) if row.due else 0
    until = f", due {wording.weekday(row.due)}" if row.due else ""
    said = f"{wording.weekday(row.begins)}{until}{', late' if row.is_late else ''}"
    at = (_at(row.begins) - axis.since.replace(tzinfo=UTC)).days
    parts = [
        f'<path class="grid" d="M0 {y + _ROW:g}H{_WIDTH}"/>',
        _text(8, y + 19, fitted(row.asset, 12, _LEFT - 32), "name"),
        (
            f'<g class="{classes}" tabindex="0" role="slider" aria-label="{escaped(f"{row.asset}: {row.what}")}" aria-valuemin="0"'
            f' aria-valuemax="3650" aria-valuenow="{at}" aria-valuetext="{escaped(said)}" data-day="{row.begins}"'
            f' data-steps="{escaped(" ".join(step.id for step in row.steps))}" data-due="{row.due}">'
            f"<title>{escaped(f'{row.asset}: {row.what}, {said}')}</title>"
            f'<rect x="{begin:g}" y="{y + (_ROW - _BAR) / 2:g}" width="{long:g}" height="{_BAR}" rx="3"/>{_label(row, begin + long, due, y + 19)}</g>'
        ),
    ]
    if row.due and _at(row.due) < axis.since:  # what lies before the picture is pointed at
        parts.append(f'<path class="was-due" d="M{_LEFT - 3} {y + _ROW / 2:g}l8 -6v12z"/>')
    elif row.due:
        parts.append(f'<path class="deadline" d="M{due:g} {y + 4:g}V{y + _ROW - 4:g}"/>')
    return "".join(parts)


def _label(row: Lane, end: float, due: float, y: float) -> str:
    """Give what is done, beside its bar, which takes it along; nothing where there is no room, or where it would hide a day."""
    label = fitted(row.what, _SIZE, max(_RIGHT - end - 14, 0)) if end + 60 < _RIGHT else ""
    is_hiding = bool(row.due) and end < due < end + 14 + width(label, _SIZE)
    return _text(end + 7, y, label, "soft halo") if label and not is_hiding else ""


def _at(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day[:10]), time(), UTC)


def _text(x: float, y: float, text: str, classes: str) -> str:
    return f'<text class="{classes}" x="{x:g}" y="{y:g}">{escaped(text)}</text>'
