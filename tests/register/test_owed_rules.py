# SPDX-License-Identifier: Apache-2.0
"""What the register refuses of duties that are owed whatever was found, and of those that recur or follow another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import small
from debar.register.check import faults
from debar.register.load import load

if TYPE_CHECKING:
    from pathlib import Path

DUTY = "    modality: required\n    acts: [report]\n"
BAN = "    modality: prohibited\n    acts: [use]\n"


def said(folder: Path, head: str, more: str) -> list[str]:
    """Give what is wrong with the first provision of the small register after a change."""
    small.write(folder)
    small.change(folder, "measures/us/us-order.yaml", BAN, head)
    small.change(
        folder,
        "measures/us/us-order.yaml",
        "    text: Companies must not use it.\n",
        f"{more}    text: Companies must not use it.\n",
    )
    return [
        fault.partition("provision ban: ")[2] for fault in faults(folder, small.TODAY)[1] if "provision ban" in fault
    ]


@pytest.mark.parametrize(
    ("head", "more", "expected"),
    [
        (DUTY, "    owed: true\n", ""),
        (BAN, "    owed: true\n", "only a duty is owed whatever is found, but this is prohibited"),
        (DUTY, "    deadline: {after: last_on, amount: 3, unit: months, repeats: true, resets: true}\n", ""),
        (
            DUTY,
            "    deadline: {after: last_on, amount: 3, unit: months, resets: true}\n",
            "deadline: what is done once has no interval that could begin anew",
        ),
        (DUTY, "    deadline: {after: told_on, amount: 3, unit: months, follows: [advice]}\n", ""),
        (
            DUTY,
            "    deadline: {after: told_on, amount: 3, unit: months, follows: [advise]}\n",
            "deadline: provision 'advise' is not in the register; did you mean 'advice'?",
        ),
        (
            DUTY,
            "    deadline: {after: '2024-07-20', amount: 3, unit: months, follows: [advice]}\n",
            "deadline: it counts from 2024-07-20, whatever was done before",
        ),
    ],
)
def test_what_cannot_be_meant_is_told(tmp_path: Path, head: str, more: str, expected: str) -> None:
    """A ban is never owed without evidence, only what recurs begins anew, and what follows names what it follows."""
    assert said(tmp_path / "register", head, more) == ([expected] if expected else [])


def test_a_provision_does_not_follow_itself(tmp_path: Path) -> None:
    """That would count from nothing."""
    more = "    deadline: {after: told_on, amount: 3, unit: months, follows: [ban]}\n"
    assert len(said(tmp_path / "register", DUTY, more)) == 1


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """The keys mean what they say."""
    said(
        tmp_path / "register",
        DUTY,
        "    owed: true\n    deadline: {after: a_on, amount: 3, unit: months, follows: [advice]}\n",
    )
    (rule, other) = load(tmp_path / "register", ()).measures["us-order"].provisions
    assert rule.deadline
    assert (rule.owed, rule.deadline.follows, rule.deadline.resets, other.owed) == (True, ("advice",), False, False)
