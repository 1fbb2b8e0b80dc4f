# SPDX-License-Identifier: Apache-2.0
"""Where a history may lie, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from debar.errors import UsageError
from debar.store.places import place


def test_a_directory_is_a_place(tmp_path: Path) -> None:
    """A directory holds the ledger and the files; it need not be there yet."""
    found = place(str(tmp_path / "new"))
    assert (found.server, found.lake, found.ledger) == ("", tmp_path / "new", tmp_path / "new" / "history.db")


def test_a_server_needs_a_lake_and_never_shows_its_password() -> None:
    """The address goes to the driver as it is, and to people without the password."""
    found = place("postgresql://me:s3cret@db.example:5432/debar?application_name=x", "/srv/lake")
    assert found.server == "postgresql+pg8000://me:s3cret@db.example:5432/debar?application_name=x"
    assert found.lake == Path("/srv/lake")
    assert found.shown == "postgresql://me:***@db.example:5432/debar?application_name=x"
    assert place("postgres://me@db/debar", "/srv/lake").shown == "postgres://me@db/debar"
    with pytest.raises(UsageError, match="needs a directory"):
        place("postgresql://me@db/debar")


@pytest.mark.parametrize("where", ["sqlite:///x.db", "mysql://me@db/debar", "s3://bucket/history"])
def test_other_databases_are_refused(where: str) -> None:
    """What is no directory and no PostgreSQL is wrong usage."""
    with pytest.raises(UsageError, match=where.partition(":")[0]):
        place(where, "/srv/lake")


def test_a_file_is_no_place_and_a_lake_goes_with_a_server(tmp_path: Path) -> None:
    """A file in place of the directory, or --lake beside one, is wrong usage."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError, match="no directory"):
        place(str(tmp_path / "file"))
    with pytest.raises(UsageError, match="--lake"):
        place(str(tmp_path), "/srv/lake")
