# SPDX-License-Identifier: Apache-2.0
"""Promises on suppliers that only another paper introduces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.mentions.recalled import recalled

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.seen import Seen

FIRST = "#Ban on Ondarix cameras\nThe maker Ondarix Vision Ltd must go. The ban on Ondarix Vision holds. Ondarix Vision sold cameras."


def suppliers(mentions: tuple[object, ...]) -> set[str]:
    return {one.id for one in mentions if one.kind == "supplier"}  # type: ignore[attr-defined]


def test_what_one_paper_introduces_another_names(noted: Callable[[str], Seen]) -> None:
    """A name that one paper explains is a supplier in the next one too, longer or shorter."""
    own, other = recalled([noted(FIRST), noted("#A ruling\nThe court heard Ondarix on Friday.")])
    assert len(suppliers(own)) == 1
    assert suppliers(other) == suppliers(own)


def test_a_word_that_some_paper_writes_small_is_no_name(noted: Callable[[str], Seen]) -> None:
    """What stands in small letters anywhere is a word, and names nobody anywhere."""
    small = noted("#A ruling\nThe court heard of an ondarix on Friday.")
    assert [suppliers(one) for one in recalled([noted(FIRST), small])] == [set(), set()]


def test_a_known_supplier_in_the_title_stays(noted: Callable[[str], Seen]) -> None:
    """A paper whose title names a known supplier is about that one."""
    known = noted("#Poland bans Huawei\nOndarix is another matter.")
    assert suppliers(recalled([noted(FIRST), known])[1]) == {"huawei"}


def test_papers_that_introduce_nobody_stay_as_they_are(noted: Callable[[str], Seen]) -> None:
    """Nothing is added where all suppliers are known."""
    seen = noted("#Poland bans Huawei\nHuawei protested.")
    assert recalled([seen]) == [seen.mentions]
    assert recalled([]) == []
