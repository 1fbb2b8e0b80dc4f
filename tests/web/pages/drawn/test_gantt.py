# SPDX-License-Identifier: Apache-2.0
"""A plan as a picture: where what is due is told, and what moves with a bar."""

from __future__ import annotations

import re

from debar.model.results import Step
from debar.model.vocab.planned import Task
from debar.web.pages.drawn import gantt
from debar.web.pages.drawn.gantt import Lane


def _lane(due: str) -> Lane:
    step = Step(
        id="stp-1", asset="till-04", action=Task.REMOVE, what="Remove it.", after=(), why="", on="2024-10-07", due=due,
        owner="", force=None, exposures=(),
    )  # fmt: skip
    return Lane("till-04", 1, "remove", (step,), "2024-10-07", "2024-10-07", due, is_late=True, is_must=False)


def _drawn(due: str) -> str:
    return gantt.drawn([_lane(due)], "2024-10-07", "2024-10-05")


def test_what_was_due_before_the_picture_is_pointed_at() -> None:
    """A day that lies before the first one of the axis is no line on a day on which it is not."""
    assert 'class="was-due"' in _drawn("2024-09-28")
    assert 'class="deadline"' not in _drawn("2024-09-28")


def test_what_is_due_in_the_picture_is_a_line() -> None:
    """A day within the picture is a line after it, and one that nobody names is nothing."""
    assert 'class="deadline"' in _drawn("2024-10-20")
    assert 'class="was-due"' not in _drawn("2024-10-20")
    assert not re.search("was-due|deadline", _drawn(""))


def test_a_bar_takes_its_words_along() -> None:
    """What is done stands in the group that is moved; screen readers hear the days with their days of the week."""
    moved = re.search(r'<g class="step[^"]*".*?</g>', _drawn("2024-09-28"))
    assert moved
    assert ">remove</text>" in moved[0]
    assert 'aria-valuetext="Mon 7 Oct 2024, due Sat 28 Sep 2024, late"' in moved[0]


def test_words_never_hide_a_day() -> None:
    """Where a line would stand behind the words, the line is what is seen."""
    assert ">remove</text>" not in _drawn("2024-10-08")
