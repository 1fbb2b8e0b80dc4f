# SPDX-License-Identifier: Apache-2.0
"""The report for people: what it says, how it is wrapped, and that colour adds nothing."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from debar import pipeline
from debar.obligations.organisation import organisation
from debar.obligations.question import Question
from debar.writers import Style, terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.register import Register

ROOT = Path(__file__).parents[2]
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def asked(kind: str, day: str) -> Question:
    """Give a question of one organisation about one day."""
    return Question(organisation=organisation(kind), as_of=day, known_on="")


def written(register: Register, question: Question, style: Style) -> str:
    """Give the report on the demo estate as the terminal shows it."""
    out = io.StringIO()
    terminal.write_report(pipeline.scan(["examples/estate"], register, question), out, style)
    # The digest changes with every word of the register; the report does not depend on it.
    return re.sub(r"\([0-9a-f]{12}", "(...", out.getvalue())


@pytest.mark.parametrize(
    ("name", "kind", "day"),
    [
        ("company-2024-10-01", "us/company", "2024-10-01"),
        ("reseller-integrator-2024-09-29", "us/reseller+integrator", "2024-09-29"),
        ("federal-agency-2017-11-01", "us/federal-agency", "2017-11-01"),
    ],
)
def test_the_estate_reads_as_accepted(
    register: Register,
    monkeypatch: pytest.MonkeyPatch,
    accepted: Callable[[Path, str], None],
    name: str,
    kind: str,
    day: str,
) -> None:
    """What three organisations read about the demo estate changes only when somebody accepts it."""
    monkeypatch.chdir(ROOT)
    text = written(register, asked(kind, day), Style(width=100))
    assert "WHAT WAS FOUND" in text
    accepted(ROOT / "tests" / "snapshots" / f"{name}.txt", text)


def test_colour_only_repeats_words(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its colours, a coloured report is the plain one."""
    monkeypatch.chdir(ROOT)
    question = asked("us/reseller", "2024-09-29")
    coloured = written(register, question, Style(colour=True, width=100))
    assert COLOUR.search(coloured)
    assert written(register, question, Style(width=100)) == COLOUR.sub("", coloured)


@pytest.mark.parametrize("width", [40, 72, 120])
def test_lines_keep_to_the_width(register: Register, monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    """No line is wider than the terminal, but for a single word that is."""
    monkeypatch.chdir(ROOT)
    lines = written(register, asked("us/company", "2024-10-01"), Style(width=width)).splitlines()
    assert [] == [line for line in lines[1:] if len(line) > width and " " in line.strip() and ":" not in line]
