# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of pyproject.toml."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import pyproject
from opened import observed, values


def test_tables_of_poetry_are_read() -> None:
    """Poetry's own tables give the project, requirements of every group, and its further indexes."""
    found, _ = observed(
        pyproject,
        """
        [tool.poetry]
        name = "till"
        version = "1.0"
        authors = ["Ada Counter <ada@till.example>"]
        [tool.poetry.dependencies]
        python = "^3.9"
        six = "1.16.0"
        drawer = { git = "https://git.till.example/drawer.git" }
        here = { path = "../here" }
        [tool.poetry.group.test.dependencies]
        iniconfig = "*"
        [[tool.poetry.source]]
        name = "own"
        url = "https://pypi.till.example/simple"
        """,
    )
    assert [o.label for o in found] == ["till", "six", "drawer", "iniconfig", "https://pypi.till.example/simple"]
    assert values(found[0], Kind.PUBLISHER) == ["Ada Counter"]
    assert values(found[2], Kind.REFERENCE_DOMAIN) == ["git.till.example"]
