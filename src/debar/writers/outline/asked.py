# SPDX-License-Identifier: Apache-2.0
"""Questions that nobody has answered, and what hangs on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.text import printable

if TYPE_CHECKING:
    from debar.model.results import OpenQuestion, Report
    from debar.writers.outline.law import Law
    from debar.writers.outline.reasons import Reason


class Unanswered(msgspec.Struct, frozen=True, kw_only=True):
    """A question, and what it decides."""

    text: str
    about: str
    answers: str
    """The fact with the words that the register knows; empty where no fact settles it."""
    outcomes: tuple[str, ...]
    """What would follow from each answer."""


def unanswered(report: Report, law: Law) -> tuple[Unanswered, ...]:
    """Give what a fact would settle, most first, then what only a closer look can."""
    facts = tuple(_fact(question) for question in report.questions)
    known = {question.question for question in report.questions}
    return (*facts, *(one for one in _others(law) if one.text not in known))


def _fact(question: OpenQuestion) -> Unanswered:
    whose = [f"contract {one}" for one in question.contracts] + [f"system {one}" for one in question.systems]
    missing = f" No answer yet for {', '.join(whose)}." if whose else ""
    return Unanswered(
        text=printable(question.question),
        about=printable(f"{question.why}.{missing}"),
        answers=printable(f"{question.fact} = {' | '.join(question.answers) or f'a {question.form}'}"),
        outcomes=tuple(printable(f"{one.answer}: {one.says}") for one in question.outcomes),
    )


def _others(law: Law) -> tuple[Unanswered, ...]:
    asked: dict[str, list[Reason]] = {}
    for reason in law.reasons:
        for question in reason.questions:
            asked.setdefault(question, []).append(reason)
    order = sorted(asked, key=lambda question: (-max(reason.exposures for reason in asked[question]), question))
    return tuple(
        Unanswered(text=question, about=_about(asked[question]), answers="", outcomes=()) for question in order
    )


def _about(reasons: list[Reason]) -> str:
    provisions = ", ".join(dict.fromkeys(reason.provision for reason in reasons))
    acts = ", ".join(dict.fromkeys(act for reason in reasons for act in reason.acts))
    exposures = max(reason.exposures for reason in reasons)
    return f"decides {acts} of {exposures:,} exposure{'s' * (exposures != 1)}, under {provisions}"
