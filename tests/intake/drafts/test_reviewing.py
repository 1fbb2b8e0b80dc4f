# SPDX-License-Identifier: Apache-2.0
"""Promises about what a person has to look at: everything is there, and nothing impossible can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.intake.drafts import reviewing
from debar.model.intake import Chosen
from debar.model.vocab.statements import Choice
from drafted import told

if TYPE_CHECKING:
    from debar.intake.drafts.reviewing import Item
    from debar.register import Register


def items(register: Register) -> dict[str, Item]:
    """Give what there is to look at, by path; the date as "date"."""
    found = told(register)
    return {one.line.path if one.line else "date": one for one in reviewing.items(found, found.stories[0])}


def test_lines_come_first_and_then_dates(register: Register) -> None:
    """Each line of the draft and each date that no statement explains is there, under its own id."""
    found = told(register)
    story = found.stories[0]
    every = reviewing.items(found, story)
    assert story.draft
    assert [one.id for one in every[:-1]] == [line.id for line in story.draft.lines]
    assert every[-1].id == found.unexplained_dates[0].id
    assert every[-1].text.endswith(": May")


def test_what_has_a_choice_is_not_left(register: Register) -> None:
    """Whatever was chosen, also a refusal, is decided; choices of other stories count for nothing."""
    found = told(register)
    every = reviewing.items(found, found.stories[0])
    one = Chosen(story=every[0].story, line=every[0].id, choice=Choice.REJECT, by="", at="")
    assert reviewing.left(every, {(one.story, one.line): one}) == every[1:]
    assert reviewing.left(every, {("another", one.line): one}) == every


@pytest.mark.parametrize(
    ("path", "choice", "value", "fault"),
    [
        ("provisions[0]", Choice.ACCEPT, "", ""),
        (
            "provisions[1]",
            Choice.ACCEPT,
            "",
            "'2024-09' is no day such as 2024-07-20, and no instant with its zone such as 2024-07-20T00:00-04:00: edit it",
        ),
        ("provisions[1]", Choice.EDIT, "2024-09-29", ""),
        ("provisions[0]", Choice.EDIT, "soon", "'soon' is no day"),
        ("provisions[0]", Choice.EDIT, "2024-02-30", "is no day"),
        ("provisions[0]", Choice.EDIT, " ", "an edit needs the value that is right"),
        ("provisions[0]", Choice.OTHER_MEASURE, "", ""),
        ("authority", Choice.ACCEPT, "", "it has no value: edit it, or reject it"),
        ("authority", Choice.EDIT, "../us-bis", "is no id of an authority"),
        ("authority", Choice.EDIT, "us-bis", ""),
        ("jurisdiction", Choice.EDIT, "../../etc", "is no jurisdiction"),
        ("jurisdiction", Choice.EDIT, "us-tx", ""),
        ("instrument", Choice.EDIT, "ban", "'ban' is no kind of instrument: statute, "),
        ("instrument", Choice.EDIT, "determination", ""),
        ("issued", Choice.EDIT, "2024-06", "is no day"),
        ("targets", Choice.EDIT, "--", "is no name of anybody"),
        ("targets", Choice.EDIT, "Acme Ltd", ""),
        ("provisions[0]", Choice.EDIT, "2024-07-20T00:00-04:00", ""),
        ("provisions[0]", Choice.EDIT, "2024-07-20T00:00", "and no instant with its zone"),
        ("issued", Choice.EDIT, "2024-07-20T00:00-04:00", "is no day"),
        ("title", Choice.EDIT, "x\n- y", "a value is one line"),
        ("title", Choice.EDIT, "x" * 401, "a value is one line of at most 400"),
        ("title", Choice.EDIT, "a\u202eb", "a value is one line"),
        ("title", Choice.EDIT, "Final Determination", ""),
        ("cite", Choice.REJECT, "", ""),
        ("cite", Choice.OTHER_MEASURE, "", "it tells of the measure as a whole"),
        ("issued", Choice.NOT_A_FACT, "", "it tells of the measure as a whole"),
        ("date", Choice.ACCEPT, "", "a date by itself is no line of a measure"),
        ("date", Choice.EDIT, "2024-05-01", "a date by itself is no line of a measure"),
        ("date", Choice.NOT_A_FACT, "", ""),
    ],
)
def test_what_can_be_chosen(register: Register, path: str, choice: Choice, value: str, fault: str) -> None:
    """A value must fit its line; nothing without one is accepted; a date by itself is never a line."""
    said = reviewing.fault(items(register)[path], choice, value)
    assert said.startswith(fault) or fault in said
    assert bool(said) == bool(fault)
