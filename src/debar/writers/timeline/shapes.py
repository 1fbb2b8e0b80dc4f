# SPDX-License-Identifier: Apache-2.0
"""What the picture is made of: blocks that stand below one another, and the shapes and texts inside them.

Shapes and texts of a block are kept apart, so that no bar ever lies over a text. Every text is escaped here.
"""

from __future__ import annotations

from typing import NamedTuple

from debar.writers.timeline.lettering import escaped

WIDTH = 1200
LEFT, RIGHT = 16, 1184
"""Borders of what is drawn."""
BAR = 11
"""Height of a bar."""
LOW = 5
"""Height of the bar of what only restates another."""
ARROW = 12
TITLE, HEAD, TEXT, SMALL = 20, 13, 12, 11
"""Sizes of letters."""
GAP = 8
"""Between two texts of a row."""


class Block(NamedTuple):
    """A part of the picture, as wide as that."""

    height: float
    shapes: list[str]
    texts: list[str]
    band: str = ""
    """What lies under the texts and over the lines that cross the whole picture."""


def letters(x: float, y: float, text: str, size: float, classes: str = "ink", *, end: bool = False) -> str:
    """Give a text that begins, or ends, at a place; `y` is its base line."""
    anchor = ' text-anchor="end"' if end else ""
    return f'<text class="{classes}" x="{x:g}" y="{y:g}" font-size="{size:g}"{anchor}>{escaped(text)}</text>'


def bar(x: float, y: float, long: float, classes: str, hatch: str = "", high: float = BAR) -> str:
    """Give a bar, with its hatch over it; one that is lower than usual lies in the middle of its place."""
    place = f'x="{x:g}" y="{y + (BAR - high) / 2:g}" width="{long:g}" height="{high:g}"'
    over = f'<rect fill="url(#hatch-{hatch})" {place}/>' if hatch else ""
    return f'<rect class="{classes}" {place}/>{over}'


def arrow(x: float, y: float, classes: str, hatch: str = "", high: float = BAR) -> str:
    """Give the head of an arrow that goes on where a bar ends."""
    middle, half = y + BAR / 2, high / 2 + 3
    points = f"{x:g},{middle - half:g} {x + ARROW:g},{middle:g} {x:g},{middle + half:g}"
    over = f'<polygon fill="url(#hatch-{hatch})" points="{points}"/>' if hatch else ""
    return f'<polygon class="{classes}" points="{points}"/>{over}'


def diamond(x: float, y: float) -> str:
    """Give the mark of an event, around its centre."""
    return f'<path class="ink" d="M{x:g} {y - 5:g}l5 5l-5 5l-5 -5z"/>'


def triangle(x: float, y: float) -> str:
    """Give the mark of a last day, around its centre."""
    return f'<path class="ink" d="M{x - 5:g} {y - 6:g}h10l-5 10z"/>'


def ring(x: float, y: float) -> str:
    """Give the mark of an exemption, around its centre."""
    return f'<circle class="ring" cx="{x:g}" cy="{y:g}" r="4"/>'


def titled(shape: str, text: str, attributes: str = "") -> str:
    """Give a shape that says what it is when it is pointed at; attributes are escaped already."""
    return f"<g{attributes}><title>{escaped(text)}</title>{shape}</g>"
