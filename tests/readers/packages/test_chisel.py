# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of chisel manifests."""

from __future__ import annotations

from debar.model.vocab import Kind
from debar.readers.packages import chisel
from opened import observed, values


def test_packages_are_told_from_paths_and_slices() -> None:
    """Only lines of packages are packages, each of Ubuntu."""
    text = '{"jsonwall":"1.0"}\n{"kind":"path","path":"/a"}\n{"kind":"package","name":"a","version":"1"}\n{"kind":"package"}\n[]\n'
    ((package,), source) = observed(chisel, text)
    assert (package.label, package.version, package.locator) == ("a", "1", "line 3")
    assert values(package, Kind.PURL) == ["pkg:deb/ubuntu/a"]
    assert [place for place, _ in source.losses] == ["line 4", "line 5"]
