# SPDX-License-Identifier: Apache-2.0
"""Promises of stages and order: one date or several, and nothing before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.stories.staging import orders, stages
from debar.intake.stories.weighed import Weighed, weigh
from debar.model.vocab.statements import Severity
from storied import stated

if TYPE_CHECKING:
    from debar.model.intake import Statement

SALES = stated("prohibit.sell", "from 2024-07-20", "b")
UPDATES = stated("prohibit.update", "from 2024-09-29", "b")


def weighed(*statements: Statement) -> tuple[Weighed, ...]:
    return weigh(statements, (), ())


def test_one_date_for_the_ban_stands_against_stages() -> None:
    """The ban takes effect on one day, says one; in two stages, says another: material for the second of them."""
    (found,) = stages(weighed(stated("effective", "from 2024-07-20", "a"), SALES, UPDATES))
    assert [value.value for value in found.values] == ["one date (2024-07-20)", "stages (2024-07-20, 2024-09-29)"]
    assert [set(value.facts) for value in found.values] == [{"a-effective-from.2024-07-20-asserted---"}, {SALES.id, UPDATES.id}]  # fmt: skip
    assert found.severity is Severity.MATERIAL


def test_a_date_that_is_no_stage_is_no_part_of_this() -> None:
    """Another day is a conflict of dates, or another thing that takes effect."""
    assert list(stages(weighed(stated("effective", "from 2024-06-20", "a"), SALES, UPDATES))) == []


def test_days_that_are_nearly_one_are_no_stages() -> None:
    """From the 20th and from the 22nd is one stage told in two ways."""
    near = stated("prohibit.update", "from 2024-07-22", "b")
    assert list(stages(weighed(stated("effective", "from 2024-07-20", "a"), SALES, near))) == []
    week = stated("prohibit.update", "from 2024-07-27", "b")
    assert len(list(stages(weighed(stated("effective", "from 2024-07-20", "a"), SALES, week)))) == 1


def test_a_paper_that_knows_of_another_stage_is_not_told_to_miss_it() -> None:
    """Who dates the law and a deadline after it gives stages, in other words; so does who dates one particular act."""
    deadline = stated("comply_deadline", "by 2024-09-29", "a")
    assert list(stages(weighed(stated("effective", "from 2024-07-20", "a"), deadline, SALES, UPDATES))) == []
    particular = stated("prohibit.sell", "from 2024-07-20", "a")
    assert list(stages(weighed(stated("effective", "from 2024-07-20", "a"), particular, SALES, UPDATES))) == []


def test_an_effect_before_the_making_is_out_of_order() -> None:
    """Effective in July and made in September: one of the days is wrong, or it was kept secret."""
    (found,) = orders(weighed(stated("effective", "from 2025-07-11", "a"), stated("issue", "on 2025-09-15", "b")))
    assert [value.value for value in found.values] == ["binds from 2025-07-11", "made on 2025-09-15"]


def test_an_effect_on_or_after_the_making_is_in_order() -> None:
    """A month that holds the day of issue is not before it, and neither is the day itself."""
    for when in ("from 2025-09-15", "from 2025-09", "from 2025-10-01"):
        assert list(orders(weighed(stated("effective", when, "a"), stated("issue", "on 2025-09-15", "b")))) == []


def test_what_took_effect_long_before_is_another_measure() -> None:
    """A ban of years ago is history, and no effect of what is made now."""
    assert list(orders(weighed(stated("effective", "from 2018-07-16", "a"), stated("issue", "on 2025-09-15", "b")))) == []  # fmt: skip


def test_one_early_account_of_the_making_puts_it_in_order() -> None:
    """Only an effect before every account of issue and announcement is out of order."""
    said = weighed(
        stated("effective", "from 2025-07-11", "a"),
        stated("issue", "on 2025-09-15", "b"),
        stated("announce", "on 2025-07-10", "c"),
    )
    assert list(orders(said)) == []


def test_without_a_making_there_is_no_order() -> None:
    """An effect alone is before nothing."""
    assert list(orders(weighed(stated("effective", "from 2025-07-11", "a")))) == []
