# SPDX-License-Identifier: Apache-2.0
"""The page around the data: its template filled, its style and script inside it and named by their digests."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from debar.text import printable
from debar.writers import legal, words
from debar.writers.html import chart
from debar.writers.html.columns import columns
from debar.writers.outline.decided import decided
from debar.writers.outline.found import rows, worded
from debar.writers.references import link

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    return _environment().get_template("page.html").render(
        report=report,
        outline=outline,
        law=outline.law,
        tally=outline.tally,
        style=Markup(style),  # noqa: S704 - the program's own file
        script=Markup(script),  # noqa: S704 - the program's own file
        policy=_policy(style, script),
        rows=list(rows(report, outline.law, PLAIN, PIECES)),
        stages=Markup(chart.stages(outline.axis)) if outline.axis.blocks else "",  # noqa: S704 - escaped there
        most=max((count.count for count in outline.tally.statuses), default=1),
        tallest=max((asset.total for asset in outline.tally.worst), default=1),
        decided=decided(report),
        protected=outline.protected,
        questions=outline.questions,
        skips=_SKIPS,
        unread=words.unread(report),
        disclaimer=legal.DISCLAIMER,
    )  # fmt: skip


def _policy(style: str, script: str) -> str:
    """Give what the page may do: its own style and script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}';"
        " base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_FOLDER / "parts"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.filters |= {"number": _number, "counts": _counts, "worded": worded, "web": link}
    return made


def _shown(value: object) -> object:
    """Give what a template prints: text of inputs without characters that steer or hide."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _number(value: int) -> str:
    return f"{value:,}"


def _counts(counted: object, most: int) -> Markup:
    return Markup(chart.counts(counted, most))  # type: ignore[arg-type]  # noqa: S704 - escaped there
