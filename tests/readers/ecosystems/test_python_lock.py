# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lock files of Python."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import python_lock
from opened import observed, values


def test_registry_of_ones_own_is_told() -> None:
    """A package that uv or Poetry fetched from another index carries its host."""
    found, _ = observed(
        python_lock,
        "[[package]]\nname = 'a'\nversion = '1'\nsource = { registry = 'https://pypi.till.example/simple' }\n"
        "[[package]]\nname = 'b'\nversion = '2'\n[package.source]\ntype = 'legacy'\nurl = 'https://poetry.till.example'\n"
        "[[package]]\nname = 'c'\nversion = '3'\nsource = { registry = 'https://pypi.org/simple' }\n",
    )
    assert [values(o, Kind.REFERENCE_DOMAIN) for o in found] == [["pypi.till.example"], ["poetry.till.example"], []]


def test_own_folder_names_the_project() -> None:
    """The package in the folder of uv.lock is the asset, and no part of itself."""
    found, source = observed(
        python_lock,
        "[[package]]\nname = 'till'\nsource = { editable = '.' }\n[[package]]\nname = 'six'\nversion = '1.16.0'\n",
    )
    assert [(o.asset, o.label) for o in found] == [("till", "six")]
    assert source.tally["own packages"] == 1
