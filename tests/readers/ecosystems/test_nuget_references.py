# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of references of .NET projects."""

from __future__ import annotations

from debar.readers.ecosystems import nuget_references
from opened import observed


def test_old_project_in_a_namespace_is_read() -> None:
    """Projects of old Visual Studio have a namespace, and versions as elements."""
    found, source = observed(
        nuget_references,
        '<Project xmlns="http://schemas.microsoft.com/developer/msbuild/2003"><ItemGroup>'
        '<PackageReference Include="A"><Version>1.0</Version></PackageReference><PackageReference Update="B" VersionOverride="2"/>'
        "<PackageReference/></ItemGroup></Project>",
    )
    assert [(o.label, o.version) for o in found] == [("A", "1.0"), ("B", "2")]
    assert source.losses == [("line 1", "a reference without a name")]
