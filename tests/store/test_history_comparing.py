# SPDX-License-Identifier: Apache-2.0
"""Two reports side by side: what is new, gone, unseen or changed, and why the law says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import kept
from debar.model.measures import Organisation
from debar.model.vocab import AddresseeKind, Cause, Status, Validity
from debar.store.comparing import Named, compare

if TYPE_CHECKING:
    from debar.model.results import Comparison, Report


def compared(before: Report, after: Report, *earlier: str) -> Comparison:
    """Give what is different."""
    return compare(Named(before, "before"), Named(after, "after", "run-1"), [kept.exposure(one).id for one in earlier])


def assets(some: tuple[object, ...]) -> list[str]:
    """Give the assets of some exposures."""
    return sorted(one.asset for one in some)  # type: ignore[attr-defined]


def test_what_was_not_there_is_new_or_came_back() -> None:
    """What an earlier run of the history met is not new."""
    found = compared(kept.report("2024-06-25", "a"), kept.report("2024-07-25", "a", "b", "c"), "c")
    assert (assets(found.new), assets(found.came_back)) == (["b"], ["c"])
    assert found.new[0].statuses == (Status.PROHIBITED,)
    assert (found.new[0].name, found.new[0].level) == ("Kaspersky Endpoint Security", 5)
    assert (found.after.name, found.after.run, found.after.exposures, found.after.as_of) == (
        "after", "run-1", 3, "2024-07-25",
    )  # fmt: skip


def test_what_is_not_there_is_gone_only_after_a_look() -> None:
    """The others were not looked at again."""
    found = compared(kept.report("2024-06-25", "a", "b"), kept.report("2024-07-25", looked=["a"]))
    assert (assets(found.gone), assets(found.not_looked_at)) == (["a"], ["b"])
    cut = compared(kept.report("2024-06-25", "a"), kept.report("2024-07-25", looked=["a"], is_cut=True))
    assert (assets(cut.gone), assets(cut.not_looked_at)) == ([], ["a"])
    assert "the second was interrupted: nothing is called gone" in cut.notes


def test_what_is_set_aside_is_neither_gone_nor_new() -> None:
    """It is told as changed, in both directions, and what counts again is told apart."""
    found = compared(kept.report("2024-06-25", "a", aside=["b"]), kept.report("2024-07-25", "b", aside=["a"]))
    assert (found.new, found.gone, found.not_looked_at) == ((), (), ())
    assert assets(found.restored) == ["b"]
    assert {(one.asset, one.what, one.before, one.after) for one in found.changed} == {
        ("a", "set aside", "counts", "false positive"), ("b", "set aside", "false positive", "counts"),
    }  # fmt: skip


def test_a_mention_beside_an_exposure_changes_nothing() -> None:
    """An id that counts and is set aside as well, as a mention is, counts."""
    both = kept.report("2024-06-25", "a", aside=["a"])
    found = compared(both, replace(both, as_of="2024-07-01"))
    assert (found.new, found.restored, found.changed, found.gone) == ((), (), (), ())


def test_changes_of_an_exposure_are_told() -> None:
    """Level and version, before and after."""
    before = kept.report("2024-06-25", "a")
    after = replace(before, exposures=(replace(kept.exposure("a", level=3), version="13"),))
    found = compared(before, after)
    assert [(one.what, one.before, one.after) for one in found.changed] == [
        ("level", "5", "3"),
        ("version", "12", "13"),
    ]


def test_a_finding_that_comes_into_force_is_because_of_the_day() -> None:
    """Nothing else is different."""
    [one] = compared(kept.report("2024-07-19", "a"), kept.report("2024-07-20", "a")).findings
    assert (one.before, one.after, one.cause) == (None, Status.PROHIBITED, Cause.DAY)
    assert (one.asset, one.measure, one.provision, one.contract) == ("a", kept.MEASURE, f"{kept.MEASURE}#use", None)
    assert compared(kept.report("2024-07-20", "a"), kept.report("2024-07-21", "a")).findings == ()


def test_a_finding_that_says_otherwise_has_a_cause() -> None:
    """Another register, else another question, else other evidence."""
    before = kept.report("2024-08-01", "a")
    after = kept.report("2024-08-01", "a", status=Status.EXEMPT)
    other = Organisation(name="us/reseller", jurisdictions=("us",), kinds=(AddresseeKind.RESELLER,))
    for changed, cause in (
        (after, Cause.EVIDENCE),
        (replace(after, organisation=other), Cause.QUESTION),
        (replace(after, known_on="2024-01-01"), Cause.QUESTION),
        (replace(after, organisation=other, register=replace(after.register, sha256="ef" * 32)), Cause.REGISTER),
    ):
        [one] = compared(before, changed).findings
        assert (one.before, one.after, one.cause) == (Status.PROHIBITED, Status.EXEMPT, cause)


def test_decisions_that_ended_are_told() -> None:
    """Those that held in the first and end before the day of the second; not what had ended already."""
    met = kept.exposure("a")
    decided = (
        kept.decision(met, "2024-07-01"), kept.decision(met, "2024-12-31"),
        kept.decision(met, "2024-05-01", Validity.EXPIRED), kept.decision(met, "2024-07-25"),
    )  # fmt: skip
    found = compared(kept.report("2024-06-25", "a", decided=decided), kept.report("2024-07-25", "a"))
    assert [one.expires for one in found.expired] == ["2024-07-01"]


def test_notes_say_what_else_is_different() -> None:
    """An earlier day, another organisation, another register, places that were not read."""
    before = kept.report("2024-07-25", "a")
    other = Organisation(name="us/reseller", jurisdictions=("us",), kinds=(AddresseeKind.RESELLER,))
    after = replace(
        kept.report("2024-06-25", "a"), organisation=other, register=replace(before.register, version="new", sha256="0")
    )
    notes = "\n".join(compared(before, after).notes)
    assert "earlier day" in notes
    assert "us/company, then us/reseller" in notes
    assert "2024.10.01, then new" in notes


def test_a_report_whose_day_is_none_is_refused() -> None:
    """Nothing is compared by a day that cannot be read."""
    with pytest.raises(ValueError, match="neither a date"):
        compared(kept.report("2024-06-25", "a"), kept.report("soon", "a"))


NAMES = st.frozensets(st.sampled_from("abcd"))


@given(NAMES, NAMES, NAMES, NAMES)
def test_every_exposure_is_told_once(old: frozenset[str], new: frozenset[str], aside: frozenset[str], looked: frozenset[str]) -> None:  # fmt: skip
    """Each of the first is still there, set aside, gone or unseen; each of the second was there, counts again, or is new."""
    before = kept.report("2024-08-01", *sorted(old))
    after = kept.report("2024-08-02", *sorted(new), aside=sorted(aside - new), looked=sorted(looked))
    found = compared(before, after)
    assert sorted(old) == sorted(
        [*(old & new), *(old & (aside - new)), *assets(found.gone), *assets(found.not_looked_at)]
    )
    assert sorted(new) == sorted([*(old & new), *assets(found.new)])
    assert set(assets(found.gone)) == (old - new - aside) & looked
    nothing = compared(before, before)
    assert not any((nothing.new, nothing.gone, nothing.not_looked_at, nothing.changed, nothing.findings))
