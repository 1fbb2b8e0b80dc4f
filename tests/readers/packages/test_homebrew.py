# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what Homebrew says is installed."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind
from debar.readers.packages import homebrew
from opened import observed, opened, values

RECEIPT = '{"homebrew_version": "4.3.0", "source": {"tap": "maker/tools", "path": "%s", "versions": {"stable": "2.0"}}}'


@pytest.mark.parametrize(
    ("path", "recipe", "expected"),
    [
        ("mac/opt/homebrew/Cellar/wget/1.24/INSTALL_RECEIPT.json", "/api/formula.jws.json", ("wget", "1.24")),
        ("mac/opt/homebrew/Caskroom/tool/.metadata/INSTALL_RECEIPT.json", "", ("tool", "2.0")),
        ("INSTALL_RECEIPT.json", "/Taps/x/Formula/wget.rb", ("wget", "2.0")),
    ],
)
def test_receipt_is_named_by_its_place_or_its_recipe(path: str, recipe: str, expected: tuple[str, str]) -> None:
    """A receipt does not name its program; its place in the cellar does, or the recipe it came from."""
    (program,) = homebrew.read(opened(RECEIPT % recipe, path))
    assert (program.label, program.version) == expected
    assert values(program, Kind.PURL) == ["pkg:github/maker/homebrew-tools"]


def test_receipt_of_nobody_knows_what_is_lost() -> None:
    """Without place and recipe nothing says of which program it is."""
    found, source = observed(homebrew, RECEIPT % "/api/formula.jws.json")
    assert (found, len(source.losses)) == ([], 1)


def test_only_what_is_installed_counts() -> None:
    """What brew info prints describes what could be installed as well."""
    document = {
        "formulae": [
            {"name": "a", "installed": [{"version": "1"}, {"version": "2"}]},
            {"name": "b", "installed": []},
            7,
        ],
        "casks": [
            {"token": "c", "name": ["C"], "installed": "3", "url": "https://dl.maker.example/c"},
            {"token": "d", "installed": None},
        ],
    }
    found, source = observed(homebrew, document)
    assert [(o.label, o.version) for o in found] == [("a", "2"), ("C", "3")]
    assert values(found[1], Kind.REFERENCE_DOMAIN) == ["dl.maker.example"]
    assert source.tally == {"packages": 2, "packages not installed": 2, "broken places": 1}
