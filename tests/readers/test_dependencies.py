# SPDX-License-Identifier: Apache-2.0
"""Promises of what packages of all programming languages have in common."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.languages import dependencies


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("@scope/name", "pkg:npm/@scope/name"),
        ("name?version=1", "pkg:npm/name%3Fversion%3D1"),
        ("name#part", "pkg:npm/name%23part"),
        ("a b", "pkg:npm/a%20b"),
    ],
)
def test_name_cannot_end_a_package_url_early(name: str, expected: str) -> None:
    """Characters that mean something in a package URL are escaped."""
    assert dependencies.named("npm", name)[0].value == expected


@pytest.mark.parametrize("name", ["Till_Core", "till.core", "TILL-._core"])
def test_python_names_have_one_spelling(name: str) -> None:
    """However a Python package is written, its package URL is the same."""
    assert dependencies.python(name)[0].value == "pkg:pypi/till-core"


@pytest.mark.parametrize(
    ("address", "domains"),
    [
        ("https://registry.npmjs.org/a.tgz", []),
        ("registry+https://github.com/rust-lang/crates.io-index", []),
        ("https://npm.till.example/a.tgz", ["npm.till.example"]),
        ("git+ssh://git@git.till.example/a.git", ["git.till.example"]),
        ("git@git.till.example:a.git", ["git.till.example"]),
        ("", []),
        (None, []),
        (["https://x.example"], []),
    ],
)
def test_only_an_unusual_origin_is_told(address: object, domains: list[str]) -> None:
    """The registries that everybody uses say nothing of a package."""
    assert [o.value for o in dependencies.origin(address) if o.kind is Kind.REFERENCE_DOMAIN] == domains


def test_number_is_a_text_and_truth_is_none() -> None:
    """A version written as a number is read; anything else that is no text is nothing."""
    values: list[object] = [1.5, 7, True, None, [], " a "]
    assert [dependencies.scalar(value) for value in values] == ["1.5", "7", "", "", "", "a"]


def test_long_lists_of_people_are_cut() -> None:
    """No package has thousands of makers."""
    assert len(list(dependencies.people([f"P{n}" for n in range(5000)]))) == dependencies.PEOPLE
