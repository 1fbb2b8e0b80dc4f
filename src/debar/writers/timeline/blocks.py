# SPDX-License-Identifier: Apache-2.0
"""The blocks of one measure: its heading, what happened to it, and a lane for each provision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import Change, Grade
from debar.writers.timeline import words
from debar.writers.timeline.lettering import Label, escaped, fitted, rows, width, wrap
from debar.writers.timeline.shapes import (
    BAR,
    GAP,
    HEAD,
    LEFT,
    LOW,
    RIGHT,
    SMALL,
    TEXT,
    Block,
    arrow,
    bar,
    diamond,
    letters,
    ring,
    titled,
    triangle,
)

if TYPE_CHECKING:
    from debar.register.lanes import Bar, Group, Lane, Mark
    from debar.writers.timeline.axis import Axis

_INDENT = LEFT + 6
_LABELS = 296
"""Where the labels of the lanes end."""
_ROW = 15
"""From one line of small letters to the next."""
_THIN = 3
"""Of the shortest bar."""
_RINGS = frozenset({Change.EXEMPT, Change.EXEMPT_ENDS})


def heading(group: Group) -> Block:
    """Give the title of a measure with its citation, on a band."""
    room = RIGHT - _INDENT - 6
    below = f"{group.cite} - {group.authority}, {group.jurisdiction} - {group.measure}"
    texts, y = [], 17
    for line in wrap(group.title, HEAD, room, bold=True):
        texts.append(letters(_INDENT, y, line, HEAD, "ink bold"))
        y += 16
    for line in wrap(below, SMALL, room):
        texts.append(letters(_INDENT, y, line, SMALL, "soft"))
        y += _ROW
    band = f'<rect class="band" x="{LEFT}" y="0" width="{RIGHT - LEFT}" height="{y - 8}"/>'
    return Block(y - 3, [], texts, band)


def events(group: Group, axis: Axis) -> Block:
    """Give what happened to a measure, each with its day beside it, in as many rows as that takes."""
    shapes, texts, bottom = [], [], 0
    marks = sorted(group.marks, key=lambda mark: mark.at)
    placed = rows([_beside(mark, axis) for mark in marks], GAP)
    for mark, (label, row) in zip(marks, placed, strict=True):
        x, y = axis.x(mark.at), row * _ROW + 10
        shapes.append(titled(ring(x, y) if mark.change in _RINGS else diamond(x, y), mark.text))
        texts.append(letters(label.anchor, y + 4, label.text, SMALL, "ink halo", end=label.is_end))
        bottom = max(bottom, y + 10)
    if marks:
        texts.append(letters(_INDENT + 8, 14, "what happened", SMALL, "soft"))
    return Block(bottom, shapes, texts)


def _beside(mark: Mark, axis: Axis) -> Label:
    """Give the label of an event: to the right of its mark, or to the left where that would stick out."""
    text = fitted(f"{words.day(mark.at, mark.zone)} {words.happened(mark)}", SMALL, (axis.right - axis.left) / 2)
    long, x = width(text, SMALL), axis.x(mark.at)
    if x + 8 + long <= RIGHT:
        return Label(x - 6, long + 14, text, x + 8)
    return Label(x - 8 - long, long + 14, text, x - 8, is_end=True)


def track(lane: Lane, group: Group, axis: Axis) -> Block:
    """Give the lane of a provision: its name at the left, its bars and marks, and over them their days."""
    texts, left = _named(lane)
    days = [_over(axis.x(one.since), words.span(one, group.zone), axis) for one in lane.bars]
    dues = [_over(axis.x(mark.at), _due(mark), axis) for mark in lane.marks if mark.change is Change.DUE]
    placed = rows([*days, *dues], GAP)
    lines = max((row for _, row in placed), default=0) + 1
    texts += [letters(x.anchor, (lines - row) * _ROW - 3, x.text, SMALL, "soft halo") for x, row in placed]
    y = lines * _ROW + 1
    shapes = [_bar(one, lane, group, y, axis) for one in lane.bars]
    shapes += [_mark(mark, y, axis) for mark in lane.marks]
    attributes = f' class="lane" data-provision="{escaped(lane.provision)}"'
    return Block(max(left, y + BAR + 8), [titled("".join(shapes), lane.text, attributes)], texts)


def _named(lane: Lane) -> tuple[list[str], float]:
    """Give the texts at the left of a lane, and where they end."""
    room = _LABELS - _INDENT - 8
    lines = [(line, TEXT, "ink") for line in wrap(lane.name, TEXT, room)]
    lines += [(line, SMALL, str(lane.does)) for line in wrap(words.what(lane), SMALL, room)]
    if lane.restates:
        lines += [(line, SMALL, "soft") for line in wrap(f"only restates {', '.join(lane.restates)}", SMALL, room)]
    texts = [letters(_INDENT + 8, 14 + n * _ROW, line, size, classes) for n, (line, size, classes) in enumerate(lines)]
    return texts, len(lines) * _ROW + 8


def _due(mark: Mark) -> str:
    return f"due {words.day(mark.at, mark.zone)}"


def _over(x: float, text: str, axis: Axis) -> Label:
    """Give the label over something on a lane: it begins there, or as far left as it takes to end in time."""
    shown = fitted(text, SMALL, axis.right - axis.left)
    long = width(shown, SMALL)
    begin = max(axis.left, min(x, RIGHT - long))
    return Label(begin, long, shown, begin)


def _bar(one: Bar, lane: Lane, group: Group, y: float, axis: Axis) -> str:
    """Give a bar from its first day to its last, with an arrow where none is known."""
    x = axis.x(one.since)
    long = max((axis.x(one.until) if one.until else axis.right) - x, _THIN)
    hollow = "hollow " if words.state(one) == "suspended" else ""
    high = LOW if lane.restates else BAR
    shape = bar(x, y, long, f"{hollow}{lane.does}", _hatch(one), high)
    if one.until is None:
        shape += arrow(x + long, y, f"{hollow}{lane.does}", _hatch(one), high)
    said = "; ".join(part for part in (words.what(lane), words.span(one, group.zone), words.sureness(one)) if part)
    return titled(shape, f"{said}. {lane.text}")


def _hatch(one: Bar) -> str:
    match words.state(one):
        case "suspended":
            return "suspended"
        case "not enforced":
            return "unenforced"
        case "disputed":
            return "doubtful"
    return {Grade.PRIMARY: "", Grade.SECONDARY: "secondary", Grade.UNVERIFIED: "doubtful"}[one.grade]


def _mark(mark: Mark, y: float, axis: Axis) -> str:
    x, middle = axis.x(mark.at), y + BAR / 2
    shape = triangle(x, middle) if mark.change is Change.DUE else ring(x, middle)
    return titled(shape, f"{words.day(mark.at, mark.zone)} {words.happened(mark)}: {mark.text}")
