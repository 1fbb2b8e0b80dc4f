# SPDX-License-Identifier: Apache-2.0
"""What is new in a folder of papers, on a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import IO, TYPE_CHECKING

from debar.release import VERSION
from debar.writers.layout import Page
from debar.writers.legal import DISCLAIMER

if TYPE_CHECKING:
    from debar.model.intake import Watched
    from debar.writers import Style

_SHOWN = 40
"""Changes of one story that are shown."""


def write(told: Watched, out: IO[str], style: Style) -> None:
    """Write what is new, papers first, then story by story."""
    page = Page(out, style)
    page.title(f"debar {VERSION}", f"register {told.register}")
    first = " (the first look: everything is new)" if told.is_first else ""
    count = f"{len(told.changes):,} {'change' if len(told.changes) == 1 else 'changes'}"
    page.field("in short", f"{count}{first}" if told.changes else "nothing is new")
    for story, some in groupby(told.changes, key=lambda change: change.story):
        changes = list(some)
        page.heading(story or changes[0].what)
        for change in changes[:_SHOWN]:
            was = f" (was {change.before})" if change.before else ""
            page.paragraph(f"{change.kind:<8}{change.what}: {change.text}{was}", indent=2, hang=8)
            for one in change.passages:
                said = f": {one.text}" if one.text else ""
                page.paragraph(
                    f"{one.document}, {one.published or 'no day known'}{said}", indent=10, hang=2, style="dim"
                )
        if len(changes) > _SHOWN:
            page.paragraph(f"and {len(changes) - _SHOWN:,} more; -o json has them all", indent=2, style="dim")
    for skip in told.skips:
        page.paragraph(f"not read: {skip.source}: {skip.reason}", indent=2, hang=4)
    page.line()
    page.paragraph(DISCLAIMER, style="dim")
