# SPDX-License-Identifier: Apache-2.0
"""The demonstration of the service is a year in which everything happens that the pages can show."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from debar.model.portfolio import Clock
from debar.model.vocab import Validity
from debar.model.vocab.portfolio import Asking, JobState, Role
from debar.portfolio import (
    databases,
    drafted,
    estates,
    exposures,
    jobs,
    measures,
    membership,
    newly,
    overview,
    people,
    plans,
    proofs,
    requests,
    tenants,
)
from debar.store.places import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.portfolio.databases import Portfolio
    from debar.portfolio.estates import Estate

pytestmark = pytest.mark.slow
LATER = Clock(as_of="2024-10-08")


def script() -> Any:
    """Give the script that makes it."""
    place = Path(__file__).parents[1] / "examples" / "service" / "year.py"
    spec = importlib.util.spec_from_file_location("year", place)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Give where it was made, and what is told of its accounts."""
    folder = tmp_path_factory.mktemp("year")
    return folder, script().make(folder)


@pytest.fixture
def portfolio(made: tuple[Path, str]) -> Iterator[Portfolio]:
    """Give the portfolio that was made."""
    with databases.opened(Place("", made[0] / script().PORTFOLIO, "the demonstration")) as found:
        yield found


@pytest.fixture
def northwind(portfolio: Portfolio) -> Estate:
    """Give the organisation that the year is about."""
    return estates.behind(portfolio, "northwind")


def test_there_is_somebody_of_every_role(portfolio: Portfolio, northwind: Estate, made: tuple[Path, str]) -> None:
    """Each can sign in with the password that is told; one sees two organisations."""
    assert {one.role for one in membership.members(portfolio, northwind)} == set(Role)
    for line in made[1].splitlines():
        role, *_, email, password = line.split()
        caller = people.check_password(portfolio, email, password)
        assert caller
        assert caller.roles["northwind"] == role
    assert len(tenants.listed(portfolio)) == 2


def test_the_year_is_the_one_of_the_guide(northwind: Estate) -> None:
    """Four days and one more; what was removed in September is gone in October, and the waiver has expired."""
    trend = overview.overview(northwind, LATER).trend
    assert [one.day for one in trend] == ["2024-06-25", "2024-07-25", "2024-09-20", "2024-10-05", "2024-10-08"]
    found = {
        (row.asset, row.product) for row in exposures.listed(northwind, Clock(as_of="2024-10-05"), page_size=100).items
    }
    assert ("files-01", "network-agent") not in found
    assert ("reception-pc", "endpoint-security") in found
    states = {one.state: one.standing for one in requests.listed(northwind, LATER).items}
    assert states == {Asking.ASKED: None, Asking.REFUSED: None, Asking.APPROVED: Validity.EXPIRED}


def test_papers_became_law_that_hits_something(northwind: Estate) -> None:
    """One story waits to be looked through; of another the measure counts, and says who is newly hit."""
    left = {row.documents: row.left for row in drafted.listed(northwind).items}
    assert left[1] == 0
    assert left[4] > 0
    (hit,) = newly.listed(northwind, LATER).items
    assert hit.exposures > 0
    assert any(row.id.startswith("us-or-") for row in measures.listed(northwind, Clock(as_of="2024-12-05")).items)


def test_a_plan_and_a_proof_were_made(portfolio: Portfolio, northwind: Estate) -> None:
    """The proof holds when it is checked, and no job has failed on the way."""
    assert plans.newest(northwind, LATER)
    (proof,) = proofs.listed(northwind, Clock(as_of=LATER.as_of)).items
    assert proofs.check(northwind, proof.id).intact
    assert jobs.listed(portfolio, northwind, states=(JobState.FAILED,)).total == 0
