# SPDX-License-Identifier: Apache-2.0
"""The timeline as one SVG picture: no script, no font, nothing from elsewhere."""

from __future__ import annotations

from functools import partial
from typing import IO, TYPE_CHECKING

from debar.writers.timeline import blocks, look, words
from debar.writers.timeline.axis import Axis
from debar.writers.timeline.lettering import escaped, width, wrap
from debar.writers.timeline.shapes import (
    BAR,
    GAP,
    LEFT,
    LOW,
    RIGHT,
    SMALL,
    TEXT,
    TITLE,
    WIDTH,
    Block,
    arrow,
    bar,
    diamond,
    letters,
    ring,
    triangle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.register.lanes import Chart

_AXIS = (312, 1160)
"""Between these stand the bars; the arrow of an open end takes the rest."""
_TITLE_ID, _DESC_ID = "timeline-title", "timeline-desc"
_LETTER = 8
"""Room for a letter of a year's label."""
_LONG = 1000
"""Height after which the years are told again."""


def write(chart: Chart, out: IO[str]) -> None:
    """Write the picture as a document of its own."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(picture(chart))


def picture(chart: Chart, *, headed: bool = True) -> str:
    """Give the picture as an element that may also stand inside a page, there without its own heading."""
    axis = Axis(chart.since, chart.until, *_AXIS)
    parts = [_head(chart) if headed else Block(0, [], []), _legend(), *_groups(chart, axis), _years(axis, chart)]
    shapes: list[str] = []
    bands: list[str] = []
    texts: list[str] = []
    y = 0.0
    top = parts[0].height + parts[1].height
    for block in parts:
        for layer, drawn in ((shapes, block.shapes), (bands, [block.band]), (texts, block.texts)):
            layer.extend([f'<g transform="translate(0 {y:g})">', *drawn, "</g>"] if any(drawn) else [])
        y += block.height
    height = round(y + GAP)
    grid = [f'<path class="line" d="M{tick.x:g} {top:g}V{y:g}"/>' for tick in axis.ticks(_LETTER)]
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{_TITLE_ID} {_DESC_ID}" {size}>',
        f'<title id="{_TITLE_ID}">{escaped(words.title(chart))}</title>',
        f'<desc id="{_DESC_ID}">{escaped(_description(chart))}</desc>',
        f"<style>{look.style()}</style>",
        f"<defs>{look.HATCHES}</defs>",
        f'<rect class="paper" width="{WIDTH}" height="{height}"/>',
        *grid,
        *shapes,
        *_today(chart, axis, top, y),
        *bands,
        *texts,
        "</svg>\n",
    ])  # fmt: skip


def _description(chart: Chart) -> str:
    named = "; ".join(f"{group.cite} ({group.authority}): {len(group.lanes)}" for group in chart.groups)
    return f"A lane for each provision, by measure: {words.summary(chart)}. Provisions by measure: {named}."


def _head(chart: Chart) -> Block:
    lines = wrap(words.title(chart), TITLE, RIGHT - LEFT, bold=True)
    texts = [letters(LEFT, 30 + n * 26, line, TITLE, "ink bold") for n, line in enumerate(lines)]
    y = 30 + (len(lines) - 1) * 26 + 20
    remark = f"{words.summary(chart)}. Register {chart.register}. Not legal advice."
    below = wrap(remark, TEXT, RIGHT - LEFT)
    texts += [letters(LEFT, y + n * 16, line, TEXT, "soft") for n, line in enumerate(below)]
    return Block(y + len(below) * 16, [], texts)


def _legend() -> Block:
    """Give what colours, hatches and marks mean, in as many lines as that takes."""
    sample = partial(bar, long=26)
    keys: list[tuple[str, Callable[[float, float], str]]] = [
        *((word, partial(sample, classes=str(status))) for status, word in words.DOES.items()),
        ("secondary sources only", partial(sample, classes="soft", hatch="secondary")),
        ("unverified or disputed", partial(sample, classes="soft", hatch="doubtful")),
        ("suspended", partial(sample, classes="hollow proposed", hatch="suspended")),
        ("not enforced", partial(sample, classes="soft", hatch="unenforced")),
        ("only restates another", partial(sample, classes="soft", high=LOW)),
        ("no end known", lambda x, y: bar(x, y, 15, "soft") + arrow(x + 15, y, "soft")),
        ("something happened", lambda x, y: diamond(x + 18, y + BAR / 2)),
        ("last day of a duty", lambda x, y: triangle(x + 18, y + BAR / 2)),
        ("an exemption begins or ends", lambda x, y: ring(x + 18, y + BAR / 2)),
    ]
    shapes, texts = [], []
    x, y = float(LEFT), 8.0
    for word, shape in keys:
        taken = 32 + width(word, SMALL) + 14
        if x + taken > RIGHT:
            x, y = float(LEFT), y + 20
        shapes.append(shape(x, y))
        texts.append(letters(x + 32, y + 10, word, SMALL, "soft"))
        x += taken
    return Block(y + 26, shapes, texts)


def _years(axis: Axis, chart: Chart) -> Block:
    """Give a line of years, with the word for today's line."""
    now = words.now(chart)
    texts = [
        letters(tick.x + 3, 14, tick.text, SMALL, "soft")
        for tick in axis.ticks(_LETTER)
        if tick.x + 3 + width(tick.text, SMALL) <= RIGHT
    ]
    if chart.since <= chart.today <= chart.until:
        x = axis.x(chart.today)
        is_late = x + 4 + width(now, SMALL, bold=True) > RIGHT
        texts.append(letters(x - 4 if is_late else x + 4, 28, now, SMALL, "now bold", end=is_late))
    return Block(36, [f'<path class="line" d="M{LEFT} 18H{RIGHT}"/>'], texts)


def _today(chart: Chart, axis: Axis, top: float, bottom: float) -> list[str]:
    if not chart.since <= chart.today <= chart.until:
        return []
    return [f'<path class="today" d="M{axis.x(chart.today):g} {top:g}V{bottom:g}"/>']


def _groups(chart: Chart, axis: Axis) -> Iterator[Block]:
    """Yield the measures, with the years above the first and wherever they would be out of sight."""
    since_years = float(_LONG)
    for group in chart.groups:
        parts = [blocks.heading(group), blocks.events(group, axis)]
        parts += [blocks.track(lane, group, axis) for lane in group.lanes]
        height = sum(part.height for part in parts)
        if since_years + height > _LONG:
            yield _years(axis, chart)
            since_years = 0
        since_years += height
        yield from parts
        yield Block(10, [], [])
    if not chart.groups:
        yield _years(axis, chart)
        yield Block(40, [], [letters(LEFT, 24, "Nothing of the register lies in this time.", TEXT)])
