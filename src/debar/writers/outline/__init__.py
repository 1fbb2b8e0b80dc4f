# SPDX-License-Identifier: Apache-2.0
"""What a laid-out report says, in the order of whoever must act on it: words and numbers, however they are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from debar.model.vocab import Force, Validity
from debar.text import printable
from debar.writers import legal, words
from debar.writers.outline.asked import Unanswered, unanswered
from debar.writers.outline.found import Tally, tallied
from debar.writers.outline.law import Law, law
from debar.writers.outline.looked import Gap, gaps
from debar.writers.outline.protected import Protected, protected
from debar.writers.outline.stages import Axis, axis
from debar.writers.outline.todo import Task, tasks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.results import Report


class Alert(NamedTuple):
    """A sentence, and the part of the report that says more."""

    text: str
    part: str
    link: str


class Outline(msgspec.Struct, frozen=True, kw_only=True):
    """A report in words."""

    answer: str
    """In one sentence, the gravest thing first."""
    tone: str
    """Status that the answer is about, the gravest of all; empty where nothing was found."""
    asker: str
    day: str
    release: str
    """Which register answers, and how old it is."""
    tasks: tuple[Task, ...]
    tally: Tally
    law: Law
    axis: Axis
    gaps: tuple[Gap, ...]
    questions: tuple[Unanswered, ...]
    protected: Protected
    expired: int
    """How many decisions hold no more, so that what they kept counts again."""

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """What nobody who reads only the beginning may miss."""
        return tuple(_alerts(self))

    @property
    def duties(self) -> int:
        """How many tasks are duties in law."""
        return sum(task.force is Force.MUST for task in self.tasks)

    @property
    def late(self) -> int:
        """How many of those are overdue."""
        return sum(task.is_late for task in self.tasks)

    @property
    def missing(self) -> int:
        """How many gaps there are in what was looked at."""
        return sum(gap.is_gap for gap in self.gaps)


def outline(report: Report) -> Outline:
    """Give what a report says."""
    found, reason_of = law(report)
    tally = tallied(report, found)
    todo = tasks(report, found, reason_of)
    return Outline(
        answer=_sentence(printable(words.in_short(report))),
        tone=next((count.status for count in tally.statuses), ""),
        asker=printable(_asker(report)),
        day=legal.day_asked(report),
        release=printable(legal.release(report.register)),
        tasks=todo,
        tally=tally,
        law=found,
        axis=axis(report, found, todo),
        gaps=gaps(report),
        questions=unanswered(report, found),
        protected=protected(report),
        expired=sum(one.state is Validity.EXPIRED for one in report.decisions),
    )


def _alerts(told: Outline) -> Iterator[Alert]:
    if told.expired:
        have = "decisions have" if told.expired != 1 else "decision has"
        yield Alert(
            f"{told.expired:,} {have} expired: what was put up with or set aside counts again.",
            "decided",
            "See the decisions",
        )
    if bare := told.protected.without:
        machines = words.counted(told.protected.machines, "machine")
        yield Alert(
            f"{bare:,} of {machines} on which something was found ha{'ve' if bare != 1 else 's'} no other protection"
            " that reports healthy: where it is what protects, replace it first.",
            "protection",
            "See which",
        )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _asker(report: Report) -> str:
    asker = report.organisation
    return f"{asker.name} - {', '.join(asker.kinds)}, in {', '.join(asker.jurisdictions)}"
