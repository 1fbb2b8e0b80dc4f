# SPDX-License-Identifier: Apache-2.0
"""Promises about what people put on record, and write under exposures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import acted
import pytest
from acted import CLOCK, DAY

import staffed
from debar.errors import ConflictError, ForbiddenError, NotThereError, UsageError
from debar.model.deeds import Recording
from debar.model.portfolio import Clock
from debar.model.vocab.portfolio import Role
from debar.obligations.organisation import organisation
from debar.portfolio import owed, papers, records, remarks, single, tenants
from debar.portfolio.register_of import register_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.model.viewed import Owed
    from debar.portfolio.databases import Portfolio


@pytest.fixture
def portfolio(tmp_path: Path) -> Iterator[Portfolio]:
    """Give a portfolio of a federal agency, which has duties."""
    with acted.found(tmp_path) as found:
        admin = acted.admin(found)
        tenants.set_facts(found, admin, organisation("us/federal-agency"), register_of(admin))
        yield found


def duty(portfolio: Portfolio) -> Owed:
    """Give something to be done about what was found, once."""
    return next(one for one in owed.rows(acted.admin(portfolio), CLOCK) if "us-dhs-bod-17-01#plan" in one.provisions)


def test_what_was_done_is_done_from_its_day_on(portfolio: Portfolio) -> None:
    """The obligation says so, and the record says which it answers; before the day nothing was done."""
    todo = duty(portfolio)
    said = Recording(duty=todo.id, on="2024-10-04", by="B. Kim", found="taken out, and scanned again")
    id_ = records.add(portfolio, acted.analyst(portfolio), CLOCK, said)
    (one,) = records.listed(acted.admin(portfolio), CLOCK).items
    assert (one.id, one.state, one.record.by, one.record.provisions) == (id_, "counts", "B. Kim", todo.provisions)
    assert todo.id in one.obligations
    assert owed.one(acted.admin(portfolio), CLOCK, todo.id).done == "2024-10-04"
    (early,) = records.listed(acted.admin(portfolio), Clock(as_of="2024-10-03")).items
    assert early.state == "not yet"


def test_a_record_may_be_of_some_of_the_exposures(portfolio: Portfolio) -> None:
    """It answers for those alone; what the duty is not about cannot be named."""
    todo = duty(portfolio)
    mine = sorted(acted.rows(portfolio, obligation=todo.id))
    other = sorted(set(acted.rows(portfolio)) - set(mine))
    records.add(portfolio, acted.analyst(portfolio), CLOCK, Recording(duty=todo.id, exposures=(mine[0],), found="gone"))
    (one,) = records.listed(acted.admin(portfolio), CLOCK, records.Filters(exposure=mine[0])).items
    assert one.record.exposures == (mine[0],)
    if other:
        with pytest.raises(UsageError, match="not about it"):
            records.add(
                portfolio, acted.analyst(portfolio), CLOCK, Recording(duty=todo.id, exposures=(other[0],), found="gone")
            )


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (Recording(duty="obl-000000000000", found="done"), "no obligation is called"),
        (Recording(duty="us-nothing#at-all", found="done"), "no provision is called"),
        (Recording(found="done"), "about nothing"),
        (Recording(exposures=("exp-000000000000",), found="seen"), "no exposure is called"),
        (Recording(exposures=("one",), on="2999-01-01", found="seen"), "no exposure"),
    ],
)
def test_what_is_no_record_is_refused(portfolio: Portfolio, said: Recording, fault: str) -> None:
    """With what is wrong with it; nothing of it stays."""
    with pytest.raises(UsageError, match=fault):
        records.add(portfolio, acted.analyst(portfolio), CLOCK, said)
    assert records.listed(acted.admin(portfolio), CLOCK).total == 0


def test_nothing_is_done_ahead_of_time_or_twice(portfolio: Portfolio) -> None:
    """A day to come, an empty result and the very same again are refused."""
    some = (min(acted.rows(portfolio)),)
    for said in (Recording(exposures=some, on="2190-01-01", found="seen"), Recording(exposures=some, found=" ")):
        with pytest.raises(UsageError):
            records.add(portfolio, acted.analyst(portfolio), CLOCK, said)
    seen = Recording(exposures=some, on=DAY, found="seen")
    records.add(portfolio, acted.analyst(portfolio), CLOCK, seen)
    with pytest.raises(ConflictError, match="there already"):
        records.add(portfolio, acted.analyst(portfolio), CLOCK, seen)
    with pytest.raises(ForbiddenError):
        records.add(portfolio, staffed.estate(portfolio, "alpha", Role.VIEWER), CLOCK, seen)


def test_evidence_is_a_paper_that_was_sent(portfolio: Portfolio) -> None:
    """Its name and digest stand in the record."""
    some = (min(acted.rows(portfolio)),)
    paper = papers.put(portfolio, acted.analyst(portfolio), "sam.txt", [b"no new order"])
    said = Recording(exposures=some, on=DAY, found="seen", evidence=paper.sha256)
    records.add(portfolio, acted.analyst(portfolio), CLOCK, said)
    (one,) = records.listed(acted.admin(portfolio), CLOCK).items
    assert (one.record.evidence, one.record.sha256) == ("sam.txt", paper.sha256)
    with pytest.raises(UsageError, match="no such paper"):
        said = Recording(exposures=some, on=DAY, found="again", evidence="0" * 64)
        records.add(portfolio, acted.analyst(portfolio), CLOCK, said)


def test_remarks_stand_under_their_exposure(portfolio: Portfolio) -> None:
    """In the order in which they were written, with who wrote them, page by page; known from their day on."""
    id_ = min(acted.rows(portfolio))
    for number in range(3):
        remarks.add(acted.analyst(portfolio), id_, f"remark {number}", at=f"2024-10-0{number + 5}T09:00:00Z")
    page = remarks.listed(acted.admin(portfolio), CLOCK, id_, page_size=2)
    rest = remarks.listed(acted.admin(portfolio), CLOCK, id_, page_size=2, page_token=page.next_page_token)
    assert [one.text for one in (*page.items, *rest.items)] == ["remark 0", "remark 1", "remark 2"]
    assert {one.by for one in page.items} == {acted.analyst(portfolio).caller.name}
    assert remarks.listed(acted.admin(portfolio), Clock(as_of=DAY, known_on="2024-10-06"), id_).total == 2
    assert len(single.one(acted.admin(portfolio), CLOCK, id_).remarks) == 3


def test_a_remark_says_something_about_something(portfolio: Portfolio) -> None:
    """Empty ones, long ones and those about nothing are refused; who only looks writes none."""
    id_ = min(acted.rows(portfolio))
    for text in ("", "  \n", "x" * 4001, "a\x00b"):
        with pytest.raises(UsageError):
            remarks.add(acted.analyst(portfolio), id_, text)
    with pytest.raises(NotThereError):
        remarks.add(acted.analyst(portfolio), "exp-000000000000", "hello")
    with pytest.raises(ForbiddenError):
        remarks.add(staffed.estate(portfolio, "alpha", Role.VIEWER), id_, "hello")
    assert remarks.listed(acted.admin(portfolio), CLOCK, id_).total == 0
