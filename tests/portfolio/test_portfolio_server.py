# SPDX-License-Identifier: Apache-2.0
"""The same promises with a real PostgreSQL: a schema for each organisation, and a server that is restarted."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from test_portfolio_backup import content, filled

import staffed
from debar.errors import DebarError, NotThereError, StoreError, UsageError
from debar.model.vocab.portfolio import Permission, Role
from debar.portfolio import audit, checking, databases, estates, keys, people
from debar.portfolio.backup import backup
from debar.portfolio.restoring import restore
from debar.store.places import place

if TYPE_CHECKING:
    from pathlib import Path

    from debar.store.places import Place
    from postgresql import Server

pytestmark = pytest.mark.slow


@pytest.fixture
def there(postgresql: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Place:
    """Give a database of its own for a test, with a directory."""
    return postgresql.fresh(f"t{abs(hash(request.node.name)):x}", tmp_path / "lake")


def test_each_organisation_has_a_schema(there: Place) -> None:
    """What is written in one is in no other, and a connection means one schema alone."""
    with staffed.staffed(there) as portfolio:
        one, other = staffed.estate(portfolio), staffed.estate(portfolio, "beta-2")
        staffed.remark(one, "of alpha")
        staffed.remark(other, "of beta")
        assert (staffed.remarks(one), staffed.remarks(other)) == (["of alpha"], ["of beta"])
        with pytest.raises(NotThereError):
            estates.entered(portfolio, one.caller, "beta-2", Permission.READ)
        for reads in (portfolio.reading, one.reading, other.reading, portfolio.reading):
            with reads() as connection:
                path = connection.execute(sa.text("SELECT current_schemas(false)")).scalar()
            expected = {"alpha": "debar_o_alpha", "beta-2": "debar_o_beta_2"}
            owner = next((e.organisation for e in (one, other) if e.reading == reads), "")
            assert path == [expected.get(owner, "debar")]
        with pytest.raises(StoreError), one.reading() as connection:
            connection.execute(sa.text("DELETE FROM remarks"))
    with databases.opened(there) as portfolio:
        assert staffed.remarks(staffed.estate(portfolio, "beta-2")) == ["of beta"]
        assert audit.breaks(portfolio) == []


def test_a_question_makes_no_portfolio(there: Place) -> None:
    """Where there is none, asking says so and makes no schema."""
    for _ in range(2):
        with pytest.raises(UsageError, match="no portfolio"), databases.opened(there):
            pass


def test_accounts_and_keys(there: Place) -> None:
    """Text that no database keeps is refused as what somebody wrote, and the chain holds."""
    with staffed.staffed(there) as portfolio:
        admin = staffed.estate(portfolio)
        _, text = keys.make(portfolio, admin, "k", Role.ANALYST, "2027-01-31")
        assert keys.caller(portfolio, text)
        for wrong in ("a\0b", "\ud800"):
            with pytest.raises(UsageError, match="none that a database keeps"):
                people.find(portfolio, wrong)
        page = audit.listed(portfolio, admin, page_size=3)
        assert len(audit.listed(portfolio, admin, page_token=page.next_page_token).items) == page.total - 3


def test_writers_at_once(there: Place) -> None:
    """Four processes that begin on nothing: one portfolio, every account, one chain."""
    code = (
        "import sys\nfrom debar.portfolio import databases, estates, people\nfrom debar.store.places import place\n"
        "with databases.opened(place(sys.argv[1], sys.argv[2]), makes=True) as portfolio:\n"
        "    for n in range(5):\n"
        "        people.add(portfolio, estates.PROGRAM, email=f'{sys.argv[3]}-{n}@example.org', name='x')\n"
    )
    where = there.server.replace("+pg8000", "")
    makers = [
        subprocess.Popen([sys.executable, "-c", code, where, str(there.lake), str(number)]) for number in range(4)
    ]
    assert [maker.wait(120) for maker in makers] == [0] * 4
    with databases.opened(there) as portfolio:
        assert len(people.listed(portfolio)) == 20
        assert audit.breaks(portfolio) == []


def test_a_backup_goes_from_one_kind_to_the_other(there: Place, postgresql: Server, tmp_path: Path) -> None:
    """From a directory to a server, from there to another server, and back to a directory: the same rows and files."""
    with staffed.staffed(place(str(tmp_path / "first"))) as portfolio:
        filled(portfolio)
        first = content(portfolio)
        backup(portfolio, tmp_path / "one")
    restore(tmp_path / "one", there)
    with databases.opened(there) as portfolio:
        assert content(portfolio) == first
        assert checking.check(portfolio) == checking.Checked(2, 2, 6, ())
        backup(portfolio, tmp_path / "two.tar.zst")
        with pytest.raises(UsageError, match="not empty"):
            restore(tmp_path / "two.tar.zst", there)
    for again in (postgresql.fresh("another", tmp_path / "other"), place(str(tmp_path / "last"))):
        restore(tmp_path / "two.tar.zst", again)
        with databases.opened(again) as portfolio:
            assert content(portfolio) == first
            staffed.remark(staffed.estate(portfolio), "goes on")


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # pg8000 leaves sockets that were refused
def test_a_server_that_is_restarted_is_used_again(there: Place, postgresql: Server) -> None:
    """While it is gone every question fails as one of the store; afterwards all answer, and what was acknowledged is there."""
    with staffed.staffed(there) as portfolio:
        is_over, kept, faults = threading.Event(), [set[str]() for _ in range(4)], []

        def work(number: int) -> None:
            estate, count = staffed.estate(portfolio), 0
            while not is_over.is_set():
                text = f"{number}-{count}"
                try:
                    staffed.remark(estate, text)
                    kept[number].add(text)
                    staffed.remarks(estate)
                except StoreError as e:
                    faults.append(e.message)
                    is_over.wait(0.05)
                count += 1

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(2):
                is_over.wait(1)
                postgresql.stop()
                is_over.wait(0.5)
                with pytest.raises(DebarError), portfolio.reading():
                    pass
                postgresql.start()
                is_over.wait(1)
        finally:
            is_over.set()
            for thread in threads:
                thread.join()
        estate = staffed.estate(portfolio)
        assert faults
        assert set().union(*kept) <= set(staffed.remarks(estate))
        assert checking.check(portfolio).faults == ()
