# SPDX-License-Identifier: Apache-2.0
"""Promises about plans as text and as a table: what is alike stands together, much is cut with a word, nothing is run or calculated."""

from __future__ import annotations

import csv
import io

from msgspec.structs import replace

from debar.model.measures import Organisation
from debar.model.results import Plan, Program, RegisterVersion, Step, Unprotected, Wave
from debar.model.vocab import AddresseeKind, Force, Shelter, Task
from debar.writers import Style
from debar.writers.planned import COLUMNS, write_plan, write_steps

STEP = Step(
    id="step-1",
    asset="pc-1",
    action=Task.REMOVE,
    what="Remove Shield. Use its uninstaller.",
    after=("step-0",),
    why="use: prohibited",
    on="2024-10-07",
    due="2024-10-09",
    owner="IT desk",
    force=Force.MUST,
    exposures=("exp-1", "exp-2"),
)


def plan(*steps: Step, unprotected: tuple[Unprotected, ...] = ()) -> Plan:
    """Give a plan of one wave."""
    wave = Wave(no=1, title="remove", begins="2024-10-07", until="2024-10-08", due="", assets=len(steps), steps=steps)
    return Plan(
        schema=1,
        program=Program(name="debar", version="0.1.0"),
        register=RegisterVersion(version="2026.11.22", sha256="0" * 64, added=(), age=0, warning=""),
        organisation=Organisation(name="Orchard", jurisdictions=("us",), kinds=(AddresseeKind.COMPANY,)),
        as_of="2024-10-05",
        begins="2024-10-07",
        deadline="",
        capacity=1,
        calendar="Monday to Friday",
        healthy_within=30,
        names={},
        waves=(wave,) if steps else (),
        unprotected=unprotected,
        covered=(),
        late=(),
        kept=(),
        without_updates=(),
        residue=(),
        simulated=(),
        least=None,
        templates=(),
        notes=(),
    )


def text(found: Plan, *, colour: bool = False) -> str:
    """Give a plan as it stands on a terminal of 100 columns."""
    out = io.StringIO()
    write_plan(found, out, Style(colour=colour))
    return out.getvalue()


def table(found: Plan) -> list[list[str]]:
    """Give the rows of a plan, the header first."""
    out = io.StringIO(newline="")
    write_steps(found, out, Style())
    return list(csv.reader(io.StringIO(out.getvalue(), newline="")))


def test_what_is_alike_stands_together() -> None:
    """Machines on which the same is done on the same day are one entry, with who does it."""
    said = text(
        plan(STEP, replace(STEP, id="step-2", asset="pc-2"), replace(STEP, id="step-3", asset="pc-3", on="2024-10-08"))
    )
    assert "2024-10-07  remove          pc-1, pc-2\n" in said
    assert "2024-10-08  remove          pc-3\n" in said
    assert 2 == said.count("Remove Shield. Use its uninstaller.")
    assert "by IT desk" in said
    assert "1 machine a working day; Monday to Friday" in said


def test_much_is_cut_with_a_word() -> None:
    """Of many machines and many steps the first are told, and how many more there are."""
    many = [replace(STEP, id=f"step-{n}", asset=f"pc-{n}") for n in range(40)]
    assert "pc-11 and 28 more" in " ".join(text(plan(*many)).split())
    apart = [replace(one, what=f"Remove thing {n}.") for n, one in enumerate(many)]
    assert "and 28 more steps; -o csv=steps.csv and -o json have them all" in text(plan(*apart))
    bare = tuple(
        Unprotected(asset=f"pc-{n}", products=("Shield",), shelter=Shelter.NONE, why="none", others=())
        for n in range(20)
    )
    said = text(plan(STEP, unprotected=bare))
    assert "BARE IF IT WERE REMOVED NOW: 20 machines: replace first" in said
    assert "nothing else protects them: 20" in said
    assert "and 8 more; -o json has them all" in said


def test_an_empty_plan_says_so() -> None:
    """Nothing to do is a sentence, not an empty page."""
    said = text(plan())
    assert "nothing has to go" in said
    assert "BARE IF IT WERE REMOVED NOW: none" in said
    assert "LATE BY THIS PLAN: nothing" in said


def test_names_steer_no_terminal() -> None:
    """Whatever stands in an asset's name is shown and not obeyed."""
    said = text(plan(replace(STEP, asset="pc\x1b[2J\u202eexe", why="x")))
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_colour_says_nothing_alone() -> None:
    """Without colour the same words stand there."""
    coloured = text(plan(STEP), colour=True)
    assert "\x1b[31m" in coloured
    for code in ("1", "2", "31", "33", "32", "1;36", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert text(plan(STEP)) == coloured


def test_a_row_has_every_column() -> None:
    """The header is stable, and lists are joined by spaces."""
    header, row = table(plan(STEP))
    assert list(COLUMNS) == header
    assert [
        "1", "2024-10-07", "2024-10-09", "pc-1", "remove", "Remove Shield. Use its uninstaller.", "must", "IT desk",
        "use: prohibited", "step-0", "exp-1 exp-2", "step-1",
    ] == row  # fmt: skip
    _, row = table(plan(replace(STEP, force=None, owner="", due="")))
    assert ["", "", ""] == [row[2], row[6], row[7]]


def test_no_cell_is_calculated() -> None:
    """A name that a spreadsheet would take for a formula stands behind an apostrophe."""
    _, row = table(plan(replace(STEP, asset="=cmd|' /C calc'!A0", owner="@SUM(A1)")))
    assert ("'=cmd|' /C calc'!A0", "'@SUM(A1)") == (row[3], row[7])
