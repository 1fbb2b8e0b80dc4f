# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of libraries of .NET programs."""

from __future__ import annotations

from debar.model.vocab import Kind, Medium
from debar.readers.ecosystems import dotnet_libraries
from opened import observed, values


def test_native_files_are_told() -> None:
    """Assemblies and native libraries are told by their base names, resources are not."""
    found, _ = observed(
        dotnet_libraries,
        {
            "runtimeTarget": {"name": "net8.0"},
            "targets": {
                "net8.0": {
                    "A/1.0": {"native": {"runtimes/linux/liba.so": {}}, "runtime": {"lib/A.dll": {}, "lib/A.xml": {}}}
                }
            },
            "libraries": {"Till/1.0": {"type": "project"}, "A/1.0": {"type": "package"}},
        },
    )
    assert [(o.asset, o.label, o.version, o.medium) for o in found] == [("Till", "A", "1.0", Medium.PACKAGES)]
    assert values(found[0], Kind.FILE) == ["A.dll", "liba.so"]
