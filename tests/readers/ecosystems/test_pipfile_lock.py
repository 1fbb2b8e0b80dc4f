# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Pipfile.lock."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.ecosystems import pipfile_lock
from opened import observed, values


def test_index_of_a_package_is_its_origin() -> None:
    """A package of an index that is not PyPI carries the index's host, and the index is told itself."""
    sources = [
        {"name": "pypi", "url": "https://pypi.org/simple"},
        {"name": "own", "url": "https://pypi.till.example/simple"},
    ]
    packages = {"six": {"index": "pypi", "version": "==1.16.0"}, "till": {"index": "own", "version": "==2.0"}}
    found, _ = observed(pipfile_lock, {"_meta": {"sources": sources}, "default": packages, "develop": {}})
    assert [(o.label, o.version, values(o, Kind.REFERENCE_DOMAIN)) for o in found] == [
        ("https://pypi.till.example/simple", "", ["pypi.till.example"]),
        ("six", "1.16.0", []),
        ("till", "2.0", ["pypi.till.example"]),
    ]
