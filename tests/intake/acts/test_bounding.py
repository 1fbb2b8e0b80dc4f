# SPDX-License-Identifier: Apache-2.0
"""Promises of the role of a date for its act: on, from, after, before, by, until."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from debar.intake.acts import columns
from debar.intake.examined import examine
from debar.intake.mentions import names
from debar.model.intake import Paper, Published
from debar.register import load

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.intake.mentions.names import Gazetteer

ROOT = Path(__file__).parents[3]
TABLE = ROOT / "tests" / "data" / "intake" / "roles.txt"
DAY = "2025-06-10"
MARK = re.compile(r"\{([a-z_.|]{1,60})@([a-z|]{2,20}):([^{}]{1,80})\}")


class Marked(NamedTuple):
    """A date in a passage, with what is right for it."""

    start: int
    end: int
    acts: frozenset[str]
    roles: frozenset[str]


def passage(line: str) -> tuple[str, list[Marked]]:
    """Give a line without its marks, and where they stood."""
    text, at = "", 0
    marks: list[Marked] = []
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        acts, roles = (frozenset(each.split("|")) for each in (match[1], match[2]))
        marks.append(Marked(len(text), len(text) + len(match[3]), acts, roles))
        text += match[3]
        at = match.end()
    return text + line[at:], marks


def examined(text: str, gazetteer: Gazetteer) -> Examined:
    """Read a text as a paper of one day."""
    lines = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    day = Published(value=DAY, earliest=DAY, latest=DAY)
    main = ((0, len(text)),)
    return examine(
        Paper(id="text", path="text", sha256="", text=text, main=main, language="en", published=day, paragraphs=lines),
        gazetteer,
    )


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """Give what the register knows."""
    register = load.load(ROOT / "register")
    return names.gazetteer(register, register.lexicon)


LINES = tuple(line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")


@pytest.mark.parametrize("line", LINES, ids=[MARK.sub(r"\3", line)[:60] for line in LINES])
def test_a_date_has_the_role_that_a_careful_reader_gives_it(line: str, gazetteer: Gazetteer) -> None:
    """Where an act was read at a date its role for that act is right, and else the role of the date alone."""
    text, marks = passage(line)
    one = examined(text, gazetteer)
    for mark in marks:
        told = [fact for fact in one.statements if fact.date and _meet(fact.date.span.start, fact.date.span.end, mark)]
        like = [fact for fact in told if fact.act.value in mark.acts]
        dates = [date for date in one.seen.dates if _meet(date.span.start, date.span.end, mark)]
        found = next((fact.date for fact in like or told), None) or dates[-1]
        assert found is not None
        assert found.role.value in mark.roles, mark


def _meet(start: int, end: int, mark: Marked) -> bool:
    return start < mark.end and mark.start < end


@pytest.mark.parametrize(
    ("text", "act", "role"),
    [
        ("Agencies have 60 days, that is until 9 August 2025, to remove the app.", "require.remove", "until"),
        ("The company must present a report until 30 June 2025.", "require.report", "by"),
        ("The public consultation opens on 16 June 2025.", "consult", "from"),
        ("The public consultation closes on 15 August 2025.", "consult", "by"),
        ("Sales to federal agencies ended in 2022.", "supplier.stop_sales", "on"),
        ("The phase-out of Huawei, by which operators must remove it in two steps, ending in 2029.", "require.remove", "by"),
        ("1 July 2026: Sales of Dahua cameras are prohibited.", "prohibit.sell", "from"),
        ("30 June 2029\tThe antennas must be replaced.", "require.replace", "by"),
        ("The cameras must be removed before the end of the school year (30 June 2025).", "require.remove", "before"),
    ],
)  # fmt: skip
def test_the_act_decides_what_its_date_is(text: str, act: str, role: str, gazetteer: Gazetteer) -> None:
    """The end of a duty is by it, that of a trade on it; a bare day to come begins a ban; brackets repeat what stands before."""
    told = [fact for fact in examined(text, gazetteer).statements if fact.date and fact.act.value == act]
    assert told
    assert {fact.date.role.value for fact in told if fact.date} == {role}


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Until when", "until"),
        ("Last day", "until"),
        ("Deadline", "by"),
        ("Complete by", "by"),
        ("Applies from", "from"),
        ("Effective", "from"),
        ("Remarks", None),
        ("Since 2019", None),
    ],
)
def test_the_head_of_a_column_tells_what_its_dates_are(head: str, role: str | None) -> None:
    """It is looked for above all rows of as many cells; one with a number is a row."""
    text = f"Some words.\nWhat\t{head}\tWhere\nUpdates\t31 January 2026\tall\nSupport\t1 May 2026\tall\n"
    for day in ("31 January", "1 May"):
        found = columns.role_of(text, text.index(day))
        assert (found.value if found else None) == role
    assert columns.role_of(text, text.index("Updates")) is None


def test_a_date_outside_of_tables_has_no_head_of_a_column() -> None:
    """Neither at the start of a text, nor in a line without cells, nor in one too long to be a row."""
    assert columns.role_of("1 May 2026", 0) is None
    assert columns.role_of("Deadline\n1 May 2026", 9) is None
    assert columns.role_of("What\tDeadline\n" + "x" * 5000 + "\t1 May 2026", 5014) is None
    assert columns.role_of("x" * 5000 + "\t1 May 2026", 5001) is None
