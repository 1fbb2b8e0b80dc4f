# SPDX-License-Identifier: Apache-2.0
"""How many exposures remained after each run, and whether that comes to none by the deadline."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from debar.web.pages import wording
from debar.writers.timeline.axis import Axis
from debar.writers.timeline.lettering import escaped, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.results import Pace, Progress

_WIDTH, _HEIGHT = 440, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 428, 24, 160
_SIZE = 11
_SHORTEST = timedelta(days=30)
_MOST = 300
"""Runs that are drawn; the newest."""


def drawn(runs: Sequence[Progress], pace: Pace | None, deadline: str, as_of: str) -> str:
    """Give the trend as one picture; nothing where fewer than two runs tell of one."""
    known = [run for run in runs if run.day[:10] <= as_of[:10]][-_MOST:]
    if len(known) < 2:
        return ""
    days = [_at(run.day) for run in known] + [_at(as_of)] + ([_at(deadline)] if deadline else [])
    since, until = min(days), max(days)
    axis = Axis(since, max(until, since + _SHORTEST), _LEFT, _RIGHT)
    most = _round(max(run.remaining for run in known))
    points = [(axis.x(_at(run.day)), _y(run.remaining, most)) for run in known]
    line = "L".join(f"{x:g} {y:g}" for x, y in points)
    parts = [
        f'<svg class="drawn trend" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escaped(_said(known, deadline))}">',
        *_scale(most),
        *_ticks(axis),
        f'<path class="area" d="M{points[0][0]:g} {_BOTTOM}L{line}L{points[-1][0]:g} {_BOTTOM}Z"/>',
        f'<path class="curve" d="M{line}"/>',
        *(
            f'<circle class="dot" cx="{x:g}" cy="{y:g}" r="2.6"/>'
            for x, y in (points if len(points) <= 40 else points[-1:])
        ),
        *_ahead(axis, points[-1], known[-1], deadline),
        "</svg>",
    ]
    del pace
    return "".join(parts)


def _ahead(axis: Axis, last: tuple[float, float], run: Progress, deadline: str) -> list[str]:
    """Give the deadline, and the straight way to it from where it stands."""
    x, y = last
    label = wording.number(run.remaining)
    parts = [_text(min(x + 6, _RIGHT - width(label, _SIZE)), max(y - 7, 12), label, "now halo")]
    if deadline:
        end = axis.x(_at(deadline))
        said = f"due {wording.day(deadline)}"
        is_late = end + 4 + width(said, _SIZE) > _WIDTH
        parts.append(f'<path class="deadline" d="M{end:g} {_TOP - 6}V{_BOTTOM}"/>')
        parts.append(_text(end + (-5 if is_late else 5), _TOP - 8, said, "halo", is_end=is_late))
        if end > x:
            parts.append(f'<path class="pace" d="M{x:g} {y:g}L{end:g} {_BOTTOM}"/>')
    return parts


def _scale(most: int) -> list[str]:
    found = []
    for value in (0, most // 2, most) if most > 1 else (0, most):
        y = _y(value, most)
        found.append(f'<path class="grid" d="M{_LEFT} {y:g}H{_RIGHT}"/>')
        found.append(_text(_LEFT - 6, y + 4, wording.number(value), "soft", is_end=True))
    return found


def _ticks(axis: Axis) -> list[str]:
    return [
        _text(min(max(tick.x, _LEFT), _RIGHT), _BOTTOM + 18, tick.text, "soft")
        for tick in axis.ticks(_SIZE * 0.9)
        if tick.x < _RIGHT - 34
    ]


def _said(runs: Sequence[Progress], deadline: str) -> str:
    first, last = runs[0], runs[-1]
    until = f"; the next deadline that binds is {wording.day(deadline)}" if deadline else ""
    return (
        f"{first.remaining} exposures remained on {wording.day(first.day)}, {last.remaining} on {wording.day(last.day)}{until}"
    )  # fmt: skip


def _y(value: int, most: int) -> float:
    return round(_BOTTOM - (_BOTTOM - _TOP) * value / max(most, 1), 1)


def _round(value: int) -> int:
    """Give a round number that is not less."""
    step = 10 ** max(len(str(value)) - 1, 0)
    return next((step * times for times in (1, 2, 4, 6, 8, 10) if step * times >= value), value) if value > 1 else 2


def _at(stamp: str) -> datetime:
    found = datetime.fromisoformat(stamp) if "T" in stamp else datetime.combine(date.fromisoformat(stamp), time())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(x: float, y: float, text: str, classes: str, *, is_end: bool = False) -> str:
    anchor = ' text-anchor="end"' if is_end else ""
    return f'<text class="{classes}" x="{x:g}" y="{y:g}"{anchor}>{escaped(text)}</text>'
