# SPDX-License-Identifier: Apache-2.0
"""The figures by their names, with the goals that they are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quality.intake import corpus as sets
from quality.intake.measure import f1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quality.intake.measure import Measured


class Row(NamedTuple):
    """One figure: what it is called, which marks it rests on, and what is aimed at."""

    key: str
    name: str
    on_seeds: float | None = None
    on_unseen: float | None = None
    """Goal on papers on which nobody tuned: held to on the blind set and, since it is easier there, on the tuned one."""
    is_count: bool = False
    """It counts what went wrong, and is 0 at best."""


ROWS = (
    Row("main.precision", "main text, precision (characters of plain text)", 0.98, 0.98),
    Row("main.recall", "main text, recall (characters of plain text)", 0.98, 0.98),
    Row("pages", "main text of web pages, F1 (runs of four words)", None, 0.955),
    Row("title", "title"),
    Row("publisher", "publisher"),
    Row("published", "day of publication right or within its window", None, 0.95),
    Row("kind", "kind of paper"),
    Row("dates.seen", "dates found"),
    Row("dates.value", "dates found with the right value", 0.98, 0.95),
    Row("dates.precision", "what was taken for a date and is one"),
    Row("dates.invented", "dates more exact than their words", 0, 0, is_count=True),
    Row("dates.year", "years other than stated", 0, 0, is_count=True),
    Row("act.precision", "act and date, precision", 0.95, 0.90),
    Row("act.recall", "act and date, recall", 0.90, 0.65),
    Row("act.f1", "act and date, F1"),
    Row("undated.precision", "act without date, precision"),
    Row("undated.recall", "act without date, recall"),
    Row("role", "role of the date, given act and date", 0.93, 0.95),
    Row("polarity", "asserted or denied, given the act"),
    Row("origin.precision", "origin of a statement, precision", 0.97, 0.95),
    Row("origin.recall", "origin of a statement, recall", 0.92, 0.75),
    Row("origin.beyond", "origins named where the annotation names none", is_count=True),
    Row("quotes", "quotations found"),
    Row("speaker", "speaker of a quotation"),
    Row("clusters.precision", "pairs taken for one utterance that are one"),
    Row("clusters.recall", "pairs of one utterance taken for one"),
    Row("conflicts.material.precision", "material conflicts, precision", None, 0.70),
    Row("conflicts.material.recall", "material conflicts, recall", 1.0, 0.75),
    Row("conflicts.minor.precision", "minor conflicts, precision"),
    Row("conflicts.minor.recall", "minor conflicts, recall"),
    Row("conflicts.graded", "conflicts found and graded alike"),
    Row("grouping.precision", "papers put together, BCubed precision"),
    Row("grouping.recall", "papers put together, BCubed recall"),
    Row("grouping.f1", "papers put together, BCubed F1", 1.0, 0.97),
    Row("grouping.merges", "stories across jurisdictions", 0, 0, is_count=True),
)
SPEED = Row("speed", "papers a second (one process, this machine)", None, 50)


class Figure(NamedTuple):
    """One figure of one set."""

    row: Row
    value: float
    text: str
    """How many of how many."""
    is_measured: bool = True
    """False where the set has nothing to measure it on."""

    def goal(self, corpus: str) -> float | None:
        """Give what is aimed at on that set; the seeds have goals of their own."""
        return self.row.on_seeds if corpus == sets.SEEDS else self.row.on_unseen

    def is_reached(self, goal: float) -> bool:
        """Tell whether the figure is as good as a goal, to the digits that are printed."""
        value = round(self.value, 3)
        return value <= goal if self.row.is_count else value >= goal


def figures(measured: Measured) -> list[Figure]:
    """Give every figure of a set, in the order of the table."""
    return list(_figures(measured))


def _figures(measured: Measured) -> Iterator[Figure]:
    rates = measured.rates
    for row in ROWS:
        family = row.key.rpartition(".")[0]
        if row.key == "pages":
            yield Figure(row, measured.pages[2], f"{measured.page_count} pages", bool(measured.page_count))
        elif row.key.endswith(".f1"):
            pair = rates.get(f"{family}.precision"), rates.get(f"{family}.recall")
            yield Figure(row, f1(pair[0], pair[1]) if pair[0] and pair[1] else 0.0, "", bool(pair[0] and pair[1]))
        elif (rate := rates.get(row.key)) is None:
            yield Figure(row, 0.0, "", is_measured=row.is_count)
        else:
            value = float(rate.wrong) if row.is_count else rate.value
            yield Figure(row, value, f"{rate.right}/{rate.of}")
