# SPDX-License-Identifier: Apache-2.0
"""Goals and what was measured: told as they are reached, and once more at the end as a table for the document."""

from __future__ import annotations

from typing import NamedTuple

from bench import measure


class Figure(NamedTuple):
    """One line of the table."""

    work: str
    reference: str
    goal: str
    measured: float
    reached: bool


class Figures:
    """Those of one run, in the order in which they were measured."""

    def __init__(self) -> None:
        self._all: list[Figure] = []

    def add(self, work: str, reference: str, value: float, *, at_least: float = 0.0, at_most: float = 0.0) -> None:
        """Print a goal and whether it was reached, and keep both."""
        measure.goal(f"{work}: {reference}", value, at_least=at_least, at_most=at_most)
        limit = f"at least {at_least:g}" if at_least else f"at most {at_most:g}"
        reached = value >= at_least if at_least else value <= at_most
        self._all.append(Figure(work, reference, limit, value, reached))

    def print(self) -> None:
        """Print the table in Markdown."""
        print("\n| work | compared with | goal | measured | reached |\n|---|---|---|---|---|")
        for figure in self._all:
            value = f"{figure.measured:,.0f}" if figure.measured >= 100 else f"{figure.measured:.3g}"
            reached = "yes" if figure.reached else "no"
            print(f"| {figure.work} | {figure.reference} | {figure.goal} | {value} | {reached} |")
