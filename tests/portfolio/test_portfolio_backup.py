# SPDX-License-Identifier: Apache-2.0
"""Backups: of one moment, while it is in use, whole or refused; what is restored is what was there."""

from __future__ import annotations

import io
import json
import tarfile
import threading
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import kept
import staffed
from debar.errors import DebarError, EvidenceError, SourceError, UsageError
from debar.model.vocab.portfolio import Role
from debar.portfolio import checking, databases, estates, tenants
from debar.portfolio.backup import LIST, backup
from debar.portfolio.copying import copied
from debar.portfolio.restoring import restore
from debar.portfolio.tables import COMMON, OWN, REMARKS
from debar.store import keeping
from debar.store.places import Place, place
from debar.store.tables import RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from debar.portfolio.databases import Portfolio
    from debar.store.ledger import Ledger

KINDS = ("backup", "backup.tar.zst")


def content(portfolio: Portfolio) -> dict[str, Any]:
    """Give everything that a portfolio holds: each row of each table, and each file."""
    found: dict[str, Any] = {}
    ledgers: list[tuple[str, Ledger, tuple[sa.MetaData, ...]]] = [("", portfolio.common, (COMMON,))]
    for tenant in tenants.listed(portfolio):
        estate = estates.behind(portfolio, tenant.id)
        ledgers.append((tenant.id, estate.ledger, (RUNS.metadata, OWN)))
        for file in estate.place.lake.rglob("*"):
            if file.is_file() and not file.name.startswith("history.db"):
                found[f"{tenant.id}/{file.relative_to(estate.place.lake)}"] = file.read_bytes()
    for name, ledger, kinds in ledgers:
        with ledger.reading() as connection:
            for tables in kinds:
                for table in tables.sorted_tables:
                    found[f"{name}:{table.name}"] = sorted(map(repr, connection.execute(sa.select(table))))
    return found


def filled(portfolio: Portfolio) -> None:
    """Put something of every sort into a portfolio: rows, a run with its files, a file of another sort."""
    for organisation in staffed.ORGANISATIONS:
        estate = staffed.estate(portfolio, organisation)
        staffed.remark(estate, f"of {organisation} \U0001f600")
        with keeping.keeping(estate.place) as run:
            run.keep(kept.report("2026-06-25", f"ws-{organisation}"), "2026-06-26T00:00:00Z")
        (estate.place.lake / "papers").mkdir()
        (estate.place.lake / "papers" / f"{organisation}.html").write_bytes(b"<p>" * 50_000)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portfolio]:
    """Give a portfolio that is not changed."""
    with staffed.staffed(place(str(tmp_path_factory.mktemp("source")))) as portfolio:
        filled(portfolio)
        yield portfolio


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_restored_is_what_was_there(source: Portfolio, tmp_path: Path, kind: str) -> None:
    """Every row and every file, and all of it whole."""
    made = backup(source, tmp_path / kind)
    restored = place(str(tmp_path / "again"))
    assert restore(tmp_path / kind, restored) == made
    with databases.opened(restored) as portfolio:
        assert content(portfolio) == content(source)
        assert checking.check(portfolio) == checking.Checked(2, 2, 6, ())
        staffed.remark(staffed.estate(portfolio), "goes on")
    assert sorted(file.name for file in (tmp_path / "again").iterdir()) == ["organisations", "portfolio.db"]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_else_may_read_a_backup(source: Portfolio, tmp_path: Path, kind: str) -> None:
    """It holds hashes of passwords and secrets of hooks."""
    backup(source, tmp_path / kind)
    made = [tmp_path / kind, *(tmp_path / kind).rglob("*")]
    assert {file.stat().st_mode & 0o077 for file in made} == {0}
    assert sorted(file.name for file in tmp_path.iterdir()) == [kind]


@given(texts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), unique=True, max_size=5))
@settings(max_examples=5)
def test_any_portfolio_is_restored(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """restore(backup(x)) == x, whatever people wrote."""
    home = tmp_path_factory.mktemp("any")
    with databases.opened(place(str(home / "x")), makes=True) as portfolio:
        tenants.add(portfolio, estates.PROGRAM, name="o")
        for text in texts:
            staffed.remark(estates.behind(portfolio, "o"), text)
        backup(portfolio, home / "b.tar.zst")
        restore(home / "b.tar.zst", place(str(home / "y")))
        with databases.opened(place(str(home / "y"))) as again:
            assert content(again) == content(portfolio)


def test_a_backup_of_a_portfolio_in_use_is_of_one_moment(tmp_path: Path) -> None:
    """Two organisations that one thread writes to in turn: no backup has the second of a pair without the first."""
    with staffed.staffed(place(str(tmp_path / "source"))) as portfolio:
        is_over = threading.Event()
        counted = [0]

        def write() -> None:
            while not is_over.is_set():
                for organisation in staffed.ORGANISATIONS:
                    staffed.remark(estates.behind(portfolio, organisation), f"{counted[0]:05}")
                counted[0] += 1

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for number in range(4):
                before = counted[0]
                backup(portfolio, tmp_path / f"{number}")
                restore(tmp_path / f"{number}", place(str(tmp_path / f"again-{number}")))
                with databases.opened(place(str(tmp_path / f"again-{number}"))) as again:
                    first, second = (
                        staffed.remarks(estates.behind(again, organisation)) for organisation in staffed.ORGANISATIONS
                    )
                    assert checking.check(again).faults == ()
                assert len(second) <= len(first) <= len(second) + 1
                assert len(second) >= before
        finally:
            is_over.set()
            writer.join()


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_is_made_where_nothing_is(source: Portfolio, tmp_path: Path, kind: str) -> None:
    """Nothing is written over, neither by a backup nor by what is restored from one."""
    backup(source, tmp_path / kind)
    with pytest.raises(UsageError, match="already"):
        backup(source, tmp_path / kind)
    (tmp_path / "used").mkdir()
    (tmp_path / "used/portfolio.db").write_bytes(b"")
    for used in (tmp_path / "used", source.place.lake):
        with pytest.raises(UsageError, match="not empty"):
            restore(tmp_path / kind, place(str(used)))


def test_a_backup_that_was_changed_is_refused(source: Portfolio, tmp_path: Path) -> None:
    """A byte of a file, a file that is gone, one that was added: told by name, and nothing is restored."""
    made = tmp_path / "backup"
    backup(source, made)
    database, paper = made / "organisations/alpha/history.db", made / "organisations/alpha/papers/alpha.html"
    database.write_bytes(database.read_bytes()[:-1] + b"\1")
    paper.unlink()
    (made / "organisations/alpha/papers/new.html").write_bytes(b"")
    with pytest.raises(EvidenceError) as told:
        restore(made, place(str(tmp_path / "again")))
    assert [line.rpartition("/")[2] for line in told.value.message.splitlines()] == [
        "history.db: was changed since it was backed up", "alpha.html: is gone", "new.html: was added",
    ]  # fmt: skip
    assert list((tmp_path / "again").iterdir()) == []


def test_what_a_kill_left_is_no_backup(source: Portfolio, tmp_path: Path) -> None:
    """The list comes last; half a file of tar is told too."""
    backup(source, tmp_path / "backup")
    (tmp_path / "backup" / LIST).unlink()
    backup(source, tmp_path / "b.tar.zst")
    packed = (tmp_path / "b.tar.zst").read_bytes()
    (tmp_path / "half.tar.zst").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "empty.tar.zst").write_bytes(b"")
    (tmp_path / "other.tar.zst").write_bytes(b"PK\3\4" + bytes(5000))
    for name in ("backup", "half.tar.zst", "empty.tar.zst", "other.tar.zst"):
        with pytest.raises(SourceError):
            restore(tmp_path / name, place(str(tmp_path / "again")))
    with pytest.raises(DebarError, match="nowhere"):
        restore(tmp_path / "nowhere", place(str(tmp_path / "again")))


@pytest.mark.parametrize(
    "name",
    ["../out", "/out", "organisations/../../out", "organisations/a/../../../out", "out", "organisations/A/x", "./x"],
)
def test_a_hostile_backup_writes_nothing_outside(tmp_path: Path, name: str) -> None:
    """Names that climb are no names of a backup; neither are links and devices."""
    for kind in (tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
        about = tarfile.TarInfo(name if kind == tarfile.REGTYPE else "organisations/a/x")
        about.type, about.linkname, about.size = kind, "/etc/passwd", 3 if kind == tarfile.REGTYPE else 0
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as tar:
            tar.addfile(about, io.BytesIO(b"bad"))
        file = tmp_path / "hostile.tar.zst"
        file.write_bytes(zstandard.compress(buffer.getvalue()))
        with pytest.raises(SourceError):
            restore(file, place(str(tmp_path / "again")))
        file.unlink()
    assert [file.name for file in tmp_path.rglob("*")] == ["again"]


def test_a_list_of_a_newer_debar_is_told(source: Portfolio, tmp_path: Path) -> None:
    """With what to do."""
    backup(source, tmp_path / "backup")
    listing = json.loads((tmp_path / "backup" / LIST).read_text("utf-8"))
    (tmp_path / "backup" / LIST).write_text(json.dumps({**listing, "new": 1}), "utf-8")
    with pytest.raises(SourceError, match=LIST) as told:
        restore(tmp_path / "backup", place(str(tmp_path / "again")))
    assert "newer" in told.value.hint


def test_how_far_the_logs_were_is_told(source: Portfolio, tmp_path: Path) -> None:
    """Whoever keeps the list elsewhere can show that nothing was taken off the end."""
    made = backup(source, tmp_path / "backup")
    assert [head.database for head in made.heads] == [
        "organisations/alpha/history.db", "organisations/beta-2/history.db", "portfolio.db",
    ]  # fmt: skip
    assert all(head.seq and len(head.hash) == 64 for head in made.heads)


def test_rows_go_to_a_place_that_has_none(tmp_path: Path) -> None:
    """More rows than go at once, and columns of bytes."""
    with staffed.staffed(place(str(tmp_path / "x"))) as portfolio:
        estate = staffed.estate(portfolio, role=Role.ANALYST)
        row = {"exposure": "e", "by": "b", "at": "a", "text": "t"}
        with estate.writing() as connection:
            connection.execute(sa.insert(REMARKS), [{**row, "id": f"{n}"} for n in range(2500)])
        at = Place("", tmp_path, "x", file="copy.db")
        with databases.alone(at, is_common=False) as target, estate.reading() as rows, target.writing() as connection:
            copied(rows, connection, OWN)
            assert connection.execute(sa.select(sa.func.count()).select_from(REMARKS)).scalar() == 2500
