# SPDX-License-Identifier: Apache-2.0
"""What to do and what to answer, as a terminal shows it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from debar import pipeline
from debar.model.results import Obligation, OpenQuestion, Outcome, Report
from debar.model.vocab import Force, State
from debar.obligations.organisation import organisation
from debar.obligations.owed import owed
from debar.obligations.question import Question
from debar.writers import Style, duties
from debar.writers.layout import Page

if TYPE_CHECKING:
    from pathlib import Path

    from debar.register import Register

TODO = Obligation(
    id="obl-000000000001",
    exposures=(),
    action="Look at the list.",
    due="2024-10-02T23:59:59.999999Z",
    force=Force.MUST,
    findings=(),
    provisions=("us-far-52.204-30#review-sam",),
)
ASKED = OpenQuestion(
    fact="purpose",
    question="Is it used\x1b[31m for the purpose?",
    answers=("yes", "no"),
    form="word",
    why="2 findings cannot be decided without it",
    provisions=(),
    measures=(),
    outcomes=(Outcome(answer="yes", says="prohibited: use"),),
    undetermined=2,
    exposures=1,
    exempting=0,
    undated=0,
    contracts=("c-1",),
    systems=("s-1",),
)


@pytest.fixture
def report(tmp_path: Path, register: Register) -> Report:
    """Give a report on nothing."""
    (tmp_path / "programs.csv").write_text("name,version\nSomething,1\n", encoding="utf-8")
    asked = Question(organisation=organisation("us/company"), as_of="2024-10-01", known_on="")
    return pipeline.scan([str(tmp_path)], register, asked)


def told(report: Report, *obligations: Obligation) -> list[str]:
    """Give the lines on what to do."""
    out = io.StringIO()
    duties.write_obligations(Page(out, Style(width=200)), replace(report, obligations=obligations))
    return [line.strip() for line in out.getvalue().splitlines() if line.strip()]


def test_a_duty_names_its_owner_its_state_and_how_often(report: Report) -> None:
    """And what it is about: the provision, where nothing was found."""
    many = replace(
        TODO, state=State.OVERDUE, owner="Legal", repeats="every 3 months", done="2024-07-01", contract="c-1"
    )
    assert told(report, many)[1:] == [
        "MUST    now (since 2 Oct 2024): Look at the list.",
        "overdue, every 3 months, last on 2024-07-01, owner: Legal, contract c-1",
        "whatever was found: us-far-52.204-30#review-sam",
    ]


def test_what_its_day_says_is_not_said_again(report: Report) -> None:
    """Open and upcoming follow from the day; what it settles stands beside it."""
    for state in (State.OPEN, State.UPCOMING):
        assert told(report, replace(TODO, state=state, includes=("Stop it.", "Block it.")))[1:] == [
            "MUST    by 2 Oct 2024: Look at the list.",
            "settles as well: Stop it. Block it.",
            "whatever was found: us-far-52.204-30#review-sam",
        ]


def test_what_was_done_comes_last(report: Report) -> None:
    """With the day of the record; what recurs stays with its next day."""
    done = replace(TODO, state=State.DONE, done="2024-09-01", action="Report it.")
    again = replace(TODO, state=State.DONE, done="2024-09-01", repeats="every 3 months")
    lines = told(report, done, again)
    assert [line for line in lines if line.startswith(("MUST", "done "))] == [
        "MUST    by 2 Oct 2024: Look at the list.",
        "done    on 2024-09-01: Report it.",
    ]


def test_the_last_day_is_not_over(report: Report) -> None:
    """A duty can be done until the last instant of its day."""
    on = {day: told(replace(report, as_of=day), TODO)[1] for day in ("2024-10-02", "2024-10-03")}
    assert on["2024-10-02"].startswith("MUST    by 2 Oct 2024")
    assert on["2024-10-03"].startswith("MUST    now (since 2 Oct 2024)")


def questions(*asked: OpenQuestion, shown: int = 5) -> str:
    """Give the page on some questions."""
    out = io.StringIO()
    duties.write_questions(Page(out, Style(width=200)), asked, shown=shown)
    return out.getvalue()


def test_a_question_is_told_with_its_reasons() -> None:
    """With what answers it, why, and what would follow; what comes from elsewhere steers no terminal."""
    page = questions(ASKED)
    assert "WHAT TO ANSWER: 1 open question\n" in page
    for line in ("purpose: yes | no", "2 findings cannot be decided without it.", "yes - prohibited: use"):
        assert f"      {line}\n" in page
    assert "no answer yet for contract c-1" in page
    assert "no answer yet for system s-1" in page
    assert "\x1b" not in page


def test_the_first_few_are_shown() -> None:
    """How many more there are is said; without any there is no heading."""
    page = questions(*(replace(ASKED, fact=f"f{n}") for n in range(7)))
    assert "and 2 more: debar organisation questions shows them all" in page
    assert "f4: " in page
    assert "f5: " not in page
    assert questions() == ""


def test_what_does_not_bind_yet_is_said_where_no_day_says_it(report: Report) -> None:
    """A look that is waived until summer is not to be made now."""
    assert "upcoming" in told(report, replace(TODO, due=None, state=State.UPCOMING))[2]


def test_what_is_owed_is_not_owed_for_what_was_found(report: Report, register: Register) -> None:
    """A clause is passed on whatever was found: the machines on which something was found are not what it is about."""
    asked = Question(organisation=organisation("us/federal-contractor"), as_of="2024-10-01", known_on="")
    finding = owed(register, asked)[0]
    many = replace(TODO, exposures=("exp-1",), findings=(finding.id,))
    assert told(replace(report, findings=(finding,)), many)[-1] == "whatever was found: us-far-52.204-30#review-sam"
