# SPDX-License-Identifier: Apache-2.0
"""Pictures inside the page: the stages on their time axis, and bars of counts. Colours are those of the page's style."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.writers import words
from debar.writers.timeline.lettering import Label, escaped, fitted, rows, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.writers.outline.found import Count
    from debar.writers.outline.stages import Axis, Bar, Due, Lane

_WIDTH, _LEFT = 1000, 250
_RIGHT = 984
_LONG = _RIGHT - _LEFT
_SIZE = 11
_ROW, _STEP, _BAR, _GAP = 16, 28, 8, 10
"""From a line of labels to the next, from a bar to the next, height of a bar, between two labels."""


class _Part(NamedTuple):
    """A stretch of the picture; texts lie over the line of the day, shapes below it."""

    height: float
    shapes: str
    texts: str


def stages(axis: Axis) -> str:
    """Give the stages as one picture, with its title and description."""
    shapes: list[str] = []
    texts: list[str] = []
    y = 34.0
    for part in _parts(axis):
        shapes.append(f'<g transform="translate(0 {y:g})">{part.shapes}</g>')
        texts.append(f'<g transform="translate(0 {y:g})">{part.texts}</g>')
        y += part.height
    bottom = y + 4
    grid = "".join(f'<path class="grid" d="M{_x(tick.at):g} 22V{bottom:g}"/>' for tick in axis.ticks)
    years = "".join(_text(_x(tick.at) + 4, 16, tick.text, "soft") for tick in axis.ticks if _x(tick.at) < _RIGHT - 40)
    today = _x(axis.today)
    said = f"asked about: {axis.day}"
    is_late = today + 5 + width(said, _SIZE, bold=True) > _RIGHT
    label = _text(today + (-5 if is_late else 5), bottom + 14, said, "now", is_end=is_late)
    return "".join((
        f'<svg class="stages" viewBox="0 0 {_WIDTH} {bottom + 22:g}" role="img" aria-labelledby="stages-t stages-d">',
        '<title id="stages-t">Stages of the law</title>',
        f'<desc id="stages-d">{escaped(_described(axis))}</desc>',
        grid,
        years,
        *shapes,
        f'<path class="today" d="M{today:g} 22V{bottom + 4:g}"/>{label}',
        *texts,
        "</svg>",
    ))  # fmt: skip


def _described(axis: Axis) -> str:
    lanes = sum(len(block.lanes) for block in axis.blocks)
    return (
        f"{lanes} provision{'s' * (lanes != 1)} of {len(axis.blocks)} measure{'s' * (len(axis.blocks) != 1)};"
        f" the dashed line is {axis.day}. The table below says the same."
    )


def _x(share: float) -> float:
    return round(_LEFT + share * _LONG, 1)


def _text(x: float, y: float, text: str, classes: str, *, is_end: bool = False) -> str:
    anchor = ' text-anchor="end"' if is_end else ""
    return f'<text class="{classes}" x="{x:g}" y="{y:g}"{anchor}>{escaped(text)}</text>'


def _parts(axis: Axis) -> Iterator[_Part]:
    if axis.dues:
        yield _dues(axis.dues)
    for block in axis.blocks:
        head = fitted(f"{block.cite} - {block.title}", 13, _RIGHT - 20)
        yield _Part(32, f'<path class="rule" d="M0 4H{_RIGHT}"/>', _text(0, 22, head, "head"))
        for lane in block.lanes:
            yield _lane(lane)


def _dues(dues: Sequence[Due]) -> _Part:
    """Give the days on which duties are due, as triangles with their days."""
    placed = rows([_beside(_x(due.at) - 6, 14, due.day) for due in dues], _GAP)
    shapes, texts = [], [_text(0, 15, "Duties due", "name")]
    for due, (label, row) in zip(dues, placed, strict=True):
        x, y = _x(due.at), row * _ROW
        said = escaped("; ".join(due.tasks))
        shapes.append(f'<path class="due" d="M{x - 5:g} {y + 6:g}h10l-5 9z"><title>{said}</title></path>')
        texts.append(_text(label.anchor, y + 15, label.text, "ink halo", is_end=label.is_end))
    height = (max((row for _, row in placed), default=0) + 1) * _ROW + 10
    return _Part(height, "".join(shapes), "".join(texts))


def _beside(x: float, before: float, text: str) -> Label:
    """Give a label to the right of a mark, or to the left where it would stick out."""
    long = width(text, _SIZE)
    if x + before + long <= _RIGHT:
        return Label(x, before + long, text, x + before)
    return Label(x - long, before + long, text, x - 2, is_end=True)


def _lane(lane: Lane) -> _Part:
    """Give a provision: its name at the left, and below one another what it says, each with its words over it."""
    shapes, texts = [], [_text(0, 13, fitted(lane.name.replace("-", " "), 12, _LEFT - 14), "name")]
    texts.append(_text(0, 26, fitted(lane.acts, _SIZE, _LEFT - 14), "soft"))
    for line, bar in enumerate(lane.bars):
        y = line * _STEP
        label = _over(bar)
        texts.append(_text(label.anchor, y + 12, label.text, "ink halo"))
        shapes.append(_bar(bar, y + 17))
    return _Part(len(lane.bars) * _STEP + 8, "".join(shapes), "".join(texts))


def _said(bar: Bar) -> str:
    return f"{words.STATUSES[bar.status]}, {bar.text}{words.for_exposures(bar.exposures)}"


def _over(bar: Bar) -> Label:
    """Give the label over a bar; it begins there, or as far left as it takes to end in time."""
    text = fitted(_said(bar), _SIZE, _LONG)
    long = width(text, _SIZE)
    begin = max(_LEFT, min(_x(bar.begins), _RIGHT - long))
    return Label(begin, long, text, begin)


def _bar(bar: Bar, y: float) -> str:
    x, end = _x(bar.begins), _x(bar.ends)
    long = max(end - x, 3)
    shape = f'<rect x="{x:g}" y="{y:g}" width="{long:g}" height="{_BAR}" rx="1.5"/>'
    if bar.is_open:
        shape += f'<path d="M{x + long:g} {y - 3:g}l11 {_BAR / 2 + 3:g}l-11 {_BAR / 2 + 3:g}z"/>'
    return f'<g class="bar s-{bar.status}"><title>{escaped(_said(bar))}</title>{shape}</g>'


def counts(counted: Sequence[Count], most: int) -> str:
    """Give a bar of counts, of which the longest of its kind takes the whole width; the words stand beside it."""
    x = 0.0
    parts = []
    for count in counted:
        long = max(count.count / max(most, 1) * 100, 0.6)
        parts.append(
            f'<rect class="s-{escaped(count.status or "silent")}" x="{x:.2f}%" width="{min(long, 100 - x):.2f}%" height="12"/>'
        )
        x = min(x + long, 100)
    return f'<svg class="counts" height="12" aria-hidden="true" focusable="false">{"".join(parts)}</svg>'
