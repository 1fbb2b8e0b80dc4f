# SPDX-License-Identifier: Apache-2.0
"""Uploads, jobs and runs with a real PostgreSQL: the same promises."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

import composed
import staffed
import worked
from debar.errors import DebarError
from debar.model.vocab.portfolio import JobKind, JobState
from debar.portfolio import estates, holding, jobs, running, sweeping, uploads
from debar.store import checking, runs

if TYPE_CHECKING:
    from pathlib import Path

    from debar.store.places import Place
    from postgresql import Server

pytestmark = pytest.mark.slow


@pytest.fixture
def there(postgresql: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Give a database of its own for a test, with a directory."""
    return postgresql.fresh(f"w{abs(hash(request.node.name)):x}", tmp_path / "lake")


def test_from_an_upload_to_a_run(there: Place) -> None:
    """What was sent is read by a copy, and becomes a run that is whole; the other organisation has nothing of it."""
    with staffed.staffed(there) as portfolio:
        alpha = estates.behind(portfolio, "alpha")
        (upload,) = worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
        job = worked.copied(portfolio)
        assert (job.state, job.about, job.says) == (JobState.DONE, upload.id, "5 observations")
        made = running.run(portfolio, alpha, on="2024-10-01")
        assert made
        assert len(runs.report(alpha.ledger, made).exposures) == made.exposures > 0
        assert running.run(portfolio, alpha, on="2024-10-01") == made
        assert checking.check(alpha.ledger).faults == ()
        assert uploads.listed(alpha, words="BOM").total == 1
        assert uploads.listed(estates.behind(portfolio, "beta-2")).total == 0
        sweeping.Sweeper(portfolio).sweep()


def test_workers_take_each_job_once(there: Place) -> None:
    """Eight workers at once: no job is taken twice, and none is left."""
    with staffed.staffed(there) as portfolio:
        alpha = estates.behind(portfolio, "alpha")
        ids = {jobs.add(portfolio, alpha, JobKind.READ, f"upl-{number}").id for number in range(24)}
        took: list[str] = []

        def work(name: str) -> None:
            while job := holding.take(portfolio, name):
                took.append(job.id)
                assert holding.hold(portfolio, job, name, done=1, of=2)
                assert holding.end(portfolio, job, name)

        threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(took) == sorted(ids)


def test_a_server_that_is_away(there: Place, postgresql: Server) -> None:
    """Nothing is acknowledged while it is away, and what was before is there when it is back."""
    with staffed.staffed(there) as portfolio:
        alpha = estates.behind(portfolio, "alpha")
        (kept,) = worked.send(portfolio, alpha, {"bom.json": composed.CYCLONEDX})
        postgresql.stop()
        try:
            with pytest.raises(DebarError):
                worked.send(portfolio, alpha, {"other.json": composed.SPDX})
            with pytest.raises(DebarError):
                holding.take(portfolio, "w")
        finally:
            postgresql.start()
        assert [one.id for one in uploads.current(alpha)] == [kept.id]
        assert worked.at_once(portfolio) == ["5 observations"]
