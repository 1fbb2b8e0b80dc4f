# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of FreeBSD's package database."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.packages import freebsd_pkg
from opened import observed, opened, values

if TYPE_CHECKING:
    from pathlib import Path


def database(folder: Path, script: str) -> bytes:
    """Make a database with a script."""
    path = folder / "local.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_package_gives_every_value_that_betrays_its_maker(tmp_path: Path) -> None:
    """Name, port, maintainer's domain, homepage and description; columns that a version lacks are empty."""
    content = database(
        tmp_path,
        "CREATE TABLE packages (id INTEGER PRIMARY KEY, origin TEXT, name TEXT, version TEXT, maintainer TEXT, www TEXT);"
        "INSERT INTO packages VALUES (1, 'security/kav4fs', 'kav4fs-en', '8.0', 'ports@maker.example', 'https://maker.example/'), (2, NULL, NULL, 3, NULL, NULL);",
    )
    ((package,), source) = observed(freebsd_pkg, content)
    assert values(package, Kind.PACKAGE) == ["kav4fs-en", "kav4fs"]
    assert (values(package, Kind.PUBLISHER), values(package, Kind.MAINTAINER_DOMAIN)) == ([], ["maker.example"])
    assert source.losses == [("package 2", "a package without a name")]
    assert freebsd_pkg.fits(opened(content))


def test_column_that_is_computed_is_not_read(tmp_path: Path) -> None:
    """What a schema computes is code of whoever wrote it: it is left out, the rest is read."""
    content = database(
        tmp_path,
        "CREATE TABLE packages (id INTEGER PRIMARY KEY, name TEXT, version TEXT AS (hex(zeroblob(100))) VIRTUAL);"
        "INSERT INTO packages(name) VALUES ('a');",
    )
    ((package,), _) = observed(freebsd_pkg, content)
    assert (package.label, package.version) == ("a", "")


def test_schema_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    """A schema of broken bytes, which the library quotes in its message, is told like any other fault."""
    content = database(tmp_path, "CREATE TABLE packages (id INTEGER PRIMARY KEY, origin TEXT, name TEXT)")
    with pytest.raises(SourceError, match="not readable as a SQLite database"):
        observed(freebsd_pkg, content.replace(b"CREATE TABLE packages", b"CREATE \xff\xffBLE packages"))


def test_database_of_something_else_is_an_error(tmp_path: Path) -> None:
    """A browser's history has no packages."""
    with pytest.raises(SourceError, match="without the table packages"):
        observed(freebsd_pkg, database(tmp_path, "CREATE TABLE urls (id INTEGER)"))
