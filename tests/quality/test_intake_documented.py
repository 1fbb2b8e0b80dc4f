# SPDX-License-Identifier: Apache-2.0
"""What documents say of how well papers are read is what was measured."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from quality.intake import corpus as sets
from quality.intake.figures import ROWS
from quality.intake.gate import floors

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.intake.figures import Row

ROOT = Path(__file__).parents[2]
TABLE = re.compile(r"\| figure \| tuned \| blind \| goal \|\n\|---\|---\|---\|---\|\n((?:\|.*\n)+)")


def test_the_table_of_reading_is_what_was_measured(accepted: Callable[[Path, str], None]) -> None:
    """Each figure that has a goal stands in the guide as the floor records it, on both sets."""
    page = ROOT / "docs/reading-quality.md"
    text = page.read_text("utf-8")
    shown = TABLE.search(text)
    assert shown
    lines = [line(row) for row in ROWS if row.on_unseen is not None]
    accepted(page, text[: shown.start(1)] + "".join(lines) + text[shown.end(1) :])


def line(row: Row) -> str:
    """Give the line of the table about a figure."""
    measured = [floors()[name][row.key] for name in (sets.TUNED, sets.BLIND)]
    cells = [f"{value:.0f}" if row.is_count else f"{value:.3f}" for value in measured]
    goal = f"{row.on_unseen:g}" if row.is_count else f"{row.on_unseen:.3f}".rstrip("0").ljust(4, "0")
    return f"| {row.name}{' (count)' if row.is_count else ''} | {' | '.join(cells)} | {goal} |\n"


def test_the_first_page_promises_no_more_than_was_measured() -> None:
    """How many of a hundred dates and acts are found and right is what papers gave on which nobody tuned, rounded down."""
    told = re.search(
        r"finds (\d+) of 100 dates and gives (\d+) of 100 their right value;\s"
        r"of 100 dated acts it tells (\d+) by itself, and of 100 that it tells (\d+) are right",
        (ROOT / "README.md").read_text("utf-8"),
    )
    assert told
    blind = floors()[sets.BLIND]
    keys = ("dates.seen", "dates.value", "act.recall", "act.precision")
    assert [int(one) for one in told.groups()] == [round(blind[key] * 10_000) // 100 for key in keys]
