# SPDX-License-Identifier: Apache-2.0
"""What to do and what to answer, in words for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import Force, State
from debar.writers import legal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.results import Obligation, OpenQuestion, Report
    from debar.writers.layout import Page

_ASSETS = 6
_QUESTIONS = 5
"""Questions that a report shows; debar organisation questions shows them all."""
NOT_ASKED = "every question that a fact could settle is answered"


def write_obligations(page: Page, report: Report) -> None:
    """Write what to do, each with whom it falls to and how far it is; what was done comes last."""
    page.heading("What to do", "" if report.obligations else "nothing that the register knows of")
    assets = {exposure.id: exposure.asset for exposure in report.exposures}
    owed = {finding.id for finding in report.findings if finding.exposure is None}
    is_over = [one for one in report.obligations if one.state is State.DONE and not one.repeats]
    for obligation in (one for one in report.obligations if one not in is_over):
        _obligation(page, obligation, report, _about(obligation, assets, owed))
    for obligation in is_over:
        page.line()
        page.paragraph(f"done    on {obligation.done}: {obligation.action}", hang=8, style="dim")
        page.paragraph(_about(obligation, assets, owed), indent=8, style="dim")


def _obligation(page: Page, obligation: Obligation, report: Report, about: str) -> None:
    is_duty, is_done = obligation.force is Force.MUST, obligation.state is State.DONE
    page.line()
    page.paragraph(
        f"{'MUST  ' if is_duty else 'should'}  {legal.due(obligation, report)}{obligation.action}",
        hang=8,
        style="red" if is_duty and not is_done else "",
    )
    if obligation.includes:
        page.paragraph(f"settles as well: {' '.join(obligation.includes)}", indent=8, style="dim")
    if said := status(obligation):
        page.paragraph(said, indent=8, style="yellow" if obligation.state is State.OVERDUE else "dim")
    page.paragraph(about, indent=8, style="dim")


def status(obligation: Obligation) -> str:
    """Give how far it is, whose it is and how often it comes; nothing of what its day says already."""
    is_told = obligation.state is State.OPEN or (obligation.state is State.UPCOMING and obligation.due)
    told = [] if is_told else [str(obligation.state)]
    told += [obligation.repeats] if obligation.repeats else []
    told += [f"last on {obligation.done}"] if obligation.done and obligation.repeats else []
    told += [f"owner: {obligation.owner}"] if obligation.owner else []
    told += [f"contract {obligation.contract}"] if obligation.contract else []
    return ", ".join(told)


def _about(obligation: Obligation, assets: dict[str, str], owed: set[str]) -> str:
    """Give what it is about: the first few assets, or the provision behind what is owed whatever was found."""
    if not obligation.exposures or not owed.isdisjoint(obligation.findings):
        return f"whatever was found: {', '.join(obligation.provisions)}"
    names = list(dict.fromkeys(assets[id_] for id_ in obligation.exposures if id_ in assets))
    more = f" and {len(names) - _ASSETS} more" if len(names) > _ASSETS else ""
    return f"for {', '.join(names[:_ASSETS])}{more}"


def write_questions(page: Page, questions: Sequence[OpenQuestion], *, shown: int = _QUESTIONS) -> None:
    """Write what nobody has answered, the first few with what would follow."""
    if not questions:
        return
    page.heading("What to answer", f"{len(questions)} open question{'s' * (len(questions) != 1)}")
    for question in questions[:shown]:
        page.line()
        _question(page, question)
    page.line()
    if (more := len(questions) - shown) > 0:
        page.paragraph(f"and {more} more: debar organisation questions shows them all", style="dim")
    page.paragraph("debar organisation init writes them into a file; --fact NAME=ANSWER answers one.", style="dim")


def _question(page: Page, question: OpenQuestion) -> None:
    page.paragraph(question.question, indent=2, style="bold")
    page.paragraph(f"{question.fact}: {' | '.join(question.answers) or f'a {question.form}'}", indent=6)
    page.paragraph(f"{question.why}.", indent=6)
    for outcome in question.outcomes:
        page.paragraph(f"{outcome.answer} - {outcome.says}", indent=6, hang=4)
    if question.contracts:
        page.paragraph(f"no answer yet for contract {', '.join(question.contracts)}", indent=6)
    if question.systems:
        page.paragraph(f"no answer yet for system {', '.join(question.systems)}", indent=6)
