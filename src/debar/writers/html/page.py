# SPDX-License-Identifier: Apache-2.0
"""The page around the data: its template filled, its style and script inside it and named by their digests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from debar.writers import filling, legal, words
from debar.writers.html import chart
from debar.writers.html.columns import columns
from debar.writers.outline.decided import decided
from debar.writers.outline.found import rows, worded
from debar.writers.references import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from debar.model.results import Report
    from debar.writers.outline import Outline

PLAIN = 100
"""Exposures that stand in the page as plain HTML, for print and for whoever runs no script."""
PIECES = 6
"""Of evidence of each of those."""
_SKIPS = 500
_FOLDER = Path(__file__).parent
_DATA = '<script type="application/json" id="data">'
"""Where the columns go; text cannot contain it, for in text every < is escaped."""


def pieces(report: Report, outline: Outline) -> Iterator[str]:
    """Yield the page from its beginning to its end."""
    before, mark, after = _filled(report, outline).partition(_DATA)
    yield before + mark
    yield from columns(report, outline)
    yield after


def _filled(report: Report, outline: Outline) -> str:
    style, script = (_FOLDER / "page.css").read_text("utf-8"), (_FOLDER / "page.js").read_text("utf-8")
    environment = filling.environment(_FOLDER / "parts")
    environment.filters |= {"number": _number, "counts": _counts, "worded": worded, "web": link}
    return environment.get_template("page.html").render(
        report=report,
        outline=outline,
        law=outline.law,
        tally=outline.tally,
        style=filling.own(style),
        script=filling.own(script),
        policy=filling.policy(style, script),
        rows=list(rows(report, outline.law, PLAIN, PIECES)),
        stages=filling.own(chart.stages(outline.axis)) if outline.axis.blocks else "",  # escaped there
        most=max((count.count for count in outline.tally.statuses), default=1),
        tallest=max((asset.total for asset in outline.tally.worst), default=1),
        decided=decided(report),
        protected=outline.protected,
        questions=outline.questions,
        skips=_SKIPS,
        unread=words.unread(report),
        disclaimer=legal.DISCLAIMER,
    )  # fmt: skip


def _number(value: int) -> str:
    return f"{value:,}"


def _counts(counted: object, most: int) -> Markup:
    return filling.own(chart.counts(counted, most))  # type: ignore[arg-type]  # escaped there
