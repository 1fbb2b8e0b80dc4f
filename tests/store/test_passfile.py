# SPDX-License-Identifier: Apache-2.0
"""A password of PostgreSQL is found where its own programs find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from debar.store.ledger import _server
from debar.store.passfile import Login, password
from debar.store.places import place

if TYPE_CHECKING:
    from pathlib import Path

LOGIN = Login("db.example", "5432", "debar", "ann")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a file that is looked into."""
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    return tmp_path / "pgpass"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("db.example:5432:debar:ann:quiet\n", "quiet"),
        ("*:*:*:ann:any\ndb.example:5432:debar:ann:later\n", "any"),
        ("# db.example:5432:debar:ann:no\n*:*:*:*:yes\n", "yes"),
        ("db.example:5432:debar:ann:with\\:colon\\\\and\n", "with:colon\\and"),
        ("other:5432:debar:ann:no\ndb.example:5433:debar:ann:no\n*:*:*:ben:no\n", ""),
        ("db.example:5432:debar\n\n::::\n", ""),
    ],
)
def test_the_first_line_that_fits_counts(file: Path, text: str, found: str) -> None:
    """As PostgreSQL documents it: stars fit everything, a backslash makes the next sign a plain one."""
    file.write_text(text)
    assert password(LOGIN) == found


def test_a_variable_goes_before_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PGPASSWORD is for every login; without it and without a file there is none."""
    assert password(LOGIN) == ""
    file.write_text("*:*:*:*:of the file\n")
    monkeypatch.setenv("PGPASSWORD", "of the variable")
    assert password(LOGIN) == "of the variable"


def test_what_stands_in_the_address_counts_first(file: Path) -> None:
    """An address with a password keeps it; one without gets the one that is kept."""
    file.write_text("*:*:*:*:kept\n")
    assert _server(place("postgresql://ann:own@db.example/debar", "lake")).password == "own"
    assert _server(place("postgresql://ann@db.example/debar", "lake")).password == "kept"
    assert _server(place("postgresql://db.example/debar", "lake")).password is None
