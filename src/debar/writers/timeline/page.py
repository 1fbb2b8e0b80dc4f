# SPDX-License-Identifier: Apache-2.0
"""The timeline as one web page: the picture, every stage in a table with its sources, nothing from elsewhere."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from debar.writers import legal
from debar.writers.timeline import look, svg, words
from debar.writers.timeline.lettering import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from debar.register.lanes import Bar, Chart, Group, Lane, Mark
    from debar.register.sources import Source

_SHELL = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{summary}. Register {register}.</p>
<p class="notice">{disclaimer}</p>
<figure>
{picture}</figure>
<h2>Stages</h2>
<div class="wide">
<table>
<thead><tr><th scope="col">From</th><th scope="col">Until (no longer from then)</th><th scope="col">Measure</th>\
<th scope="col">What</th><th scope="col">In one sentence</th><th scope="col">Support</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
<p class="notice">{disclaimer}</p>
</body>
</html>
"""
_FIXED = """\
body{margin:1.5rem auto;max-width:1200px;padding:0 1rem;font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,\
"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
h1{font-size:1.5rem;margin:0}
h2{font-size:1.2rem}
figure{margin:1rem 0}
figure,.wide{overflow-x:auto}
svg{max-width:none}
table{border-collapse:collapse;font-size:13px;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .5rem}
td:first-child,td:nth-child(2){white-space:nowrap}
td{overflow-wrap:anywhere}
ul{margin:.2rem 0 0;padding-left:1.1rem}
@media print{figure{overflow:visible}svg{width:100%;height:auto}}"""


def write(chart: Chart, out: IO[str]) -> None:
    """Write the page."""
    out.write(
        _SHELL.format(
            title=escaped(words.title(chart)),
            style=_style(),
            summary=escaped(words.summary(chart)),
            register=escaped(chart.register),
            disclaimer=escaped(legal.DISCLAIMER),
            picture=svg.picture(chart, headed=False),
            rows="\n".join(row for *_, row in sorted(_rows(chart))),
        )
    )


def _style() -> str:
    return f"{_FIXED}\n{_coloured(look.LIGHT)}\n@media (prefers-color-scheme:dark){{\n{_coloured(look.DARK)}\n}}"


def _coloured(colours: dict[str, str]) -> str:
    return (
        f"body{{background:{colours['paper']};color:{colours['ink']}}}\n"
        f"a{{color:{colours['now']}}}\n"
        f"th,.notice{{background:{colours['band']}}}\n.notice{{padding:.5rem}}\n"
        f"td{{border-top:1px solid {colours['grid']}}}\nsmall{{color:{colours['soft']}}}"
    )


def _rows(chart: Chart) -> Iterator[tuple[datetime, str, str]]:
    """Yield when each stage begins, what it is of, and its row."""
    for group in chart.groups:
        yield from ((mark.at, group.measure, _mark(mark, group.cite, group.measure)) for mark in group.marks)
        for lane in group.lanes:
            yield from ((bar.since, lane.provision, _bar(bar, lane, group)) for bar in lane.bars)
            yield from ((mark.at, lane.provision, _mark(mark, group.cite, lane.provision)) for mark in lane.marks)


def _bar(bar: Bar, lane: Lane, group: Group) -> str:
    until = words.day(bar.until, group.zone) if bar.until else "open"
    what = "; ".join(part for part in (words.what(lane), words.turn(bar)) if part)
    cells = [words.day(bar.since, group.zone), until, _whose(group.cite, lane.provision), escaped(what)]
    return _cells([*cells, _said(lane), f"{bar.grade}{_sources(lane.sources)}"])


def _mark(mark: Mark, cite: str, id_: str) -> str:
    cells = [words.day(mark.at, mark.zone), "", _whose(cite, id_), escaped(words.happened(mark)), escaped(mark.text)]
    return _cells([*cells, f"{mark.grade}{_sources(mark.sources)}"])


def _whose(cite: str, id_: str) -> str:
    return f"{escaped(cite)}<br><small>{escaped(id_)}</small>"


def _cells(cells: list[str]) -> str:
    """Give a row of cells that are escaped already."""
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _said(lane: Lane) -> str:
    restates = f"<br><small>Only restates {escaped(', '.join(lane.restates))}.</small>" if lane.restates else ""
    doubts = "".join(f"<li>{escaped(doubt)}</li>" for doubt in lane.doubts)
    return escaped(lane.text) + restates + (f"<small><ul>{doubts}</ul></small>" if doubts else "")


def _sources(found: Iterable[Source]) -> str:
    items = "".join(f"<li>{_source(source)}</li>" for source in found)
    return f"<ul>{items}</ul>" if items else ""


def _source(source: Source) -> str:
    """Give a source; only an address of the web becomes a link."""
    cite = escaped(source.cite)
    if source.url.startswith(("https://", "http://")):
        cite = f'<a rel="noopener noreferrer" href="{escaped(source.url)}">{cite}</a>'
    quote = f" <q>{escaped(source.quote)}</q>" if source.quote else ""
    return f"{cite} <small>{escaped(source.publisher)}, {source.grade}</small>{quote}"
