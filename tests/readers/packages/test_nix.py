# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what Nix says is installed."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.packages import nix
from opened import observed, values

PATH = "/nix/store/00283mxalvigry6gp3ll1qiplblc60rf-tool-1.2-beta"


def test_elements_are_a_list_or_an_object() -> None:
    """Until version 2 of the manifest they are a list, since version 3 an object; keys are escaped in pointers."""
    element = {"active": True, "storePaths": [PATH, PATH + "-dev", 7], "url": "github:maker/tool/0123"}
    for elements, locator in (([element], "/elements/0"), ({"a/b": element}, "/elements/a~1b")):
        found, _ = observed(nix, {"elements": elements})
        assert (found[0].label, found[0].version, found[0].locator) == ("tool", "1.2-beta", locator)
        assert values(found[0], Kind.PURL) == ["pkg:github/maker/tool"]


def test_collection_of_nix_itself_is_no_maker() -> None:
    """That a package comes from Nixpkgs says nothing of who made it."""
    ((package,), _) = observed(nix, {"elements": [{"storePaths": [PATH], "url": "github:NixOS/nixpkgs/0123"}]})
    assert package.observables == package.observables[:1]


def test_inactive_and_broken_elements_are_left_out() -> None:
    """What is not active is not in use; an element of another shape costs itself."""
    found, source = observed(nix, {"elements": [{"active": False, "storePaths": [PATH]}, 7, {"storePaths": ["x"]}]})
    assert found == []
    assert source.tally["packages not installed"] == 1
    assert [place for place, _ in source.losses] == ["/elements/1", "/elements/2"]


def test_query_gives_homepage_and_description() -> None:
    """nix-env --query --json --meta prints them."""
    ((package,), _) = observed(
        nix, {"nixpkgs.tool": {"pname": "tool", "version": "1", "meta": {"homepage": "https://maker.example/"}}}
    )
    assert (package.label, package.locator) == ("tool", "/nixpkgs.tool")
    assert values(package, Kind.REFERENCE_DOMAIN) == ["maker.example"]
