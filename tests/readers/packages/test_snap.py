# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of what snapd says of a program."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers import named, sniff
from debar.readers.packages import snap
from opened import observed, opened, values

YAML = """\
name: "tool"
version: '1.0'
title: The Tool
summary: Does things
description: |
  Does: many things
  # not a comment
contact: mailto:help@maker.example
website:
  - https://maker.example/
  - https://github.com/maker/tool
confinement: strict
"""


def test_outermost_fields_are_read() -> None:
    """Quotation marks go, lists and blocks belong to their field, addresses betray the maker."""
    ((program,), _) = observed(snap, YAML)
    assert (program.label, program.version) == ("tool", "1.0")
    assert values(program, Kind.NAME) == ["The Tool"]
    assert values(program, Kind.MAINTAINER_DOMAIN) == ["maker.example"]
    assert values(program, Kind.REFERENCE_DOMAIN) == ["maker.example", "github.com"]


def test_recipe_of_a_snap_is_no_installed_snap() -> None:
    """snapcraft.yaml has the same fields, and parts to build."""
    assert sniff.find_reader(opened(YAML, "x/tool.yaml"))[0] == named("snap")
    assert sniff.find_reader(opened(YAML + "parts:\n  a: b\n", "x/tool.yaml"))[0] is None


def test_publisher_has_name_and_account() -> None:
    """Both betray the maker; the store's mark is neither."""
    text = "name: a\nsummary: b\npublisher: Maker Ltd (maker\u2713)\nsnap-id: x\ninstalled: 2.1 (5) 4MB -\n"
    ((program,), _) = observed(snap, text)
    assert (program.version, values(program, Kind.PUBLISHER)) == ("2.1", ["Maker Ltd", "maker"])


def test_snap_of_the_store_is_not_installed() -> None:
    """What has an identifier and no installed version is only offered."""
    found, source = observed(snap, "name: a\nsnap-id: x\n---\nname: b\nversion: 1\n---\nsummary: nameless\n")
    assert [o.label for o in found] == ["b"]
    assert source.tally == {"packages not installed": 1, "packages": 1, "broken places": 1}
