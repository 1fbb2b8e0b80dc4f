# SPDX-License-Identifier: Apache-2.0
"""Packages that .NET projects reference: project files, Directory.Packages.props, packages.config."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import markup
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.markup import Element

_PACKAGES = ("PackageReference", "PackageVersion", "GlobalPackageReference", "package", "DotNetCliToolReference")
_ASSEMBLY = "Reference"
_SYSTEM = ("System", "Microsoft.CSharp", "mscorlib", "WindowsBase", "PresentationCore", "PresentationFramework")
"""Assemblies of .NET itself, which every old project references."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package, and for each assembly that is referenced as a file."""
    listing = dependencies.Listing(source, source.asset)
    for locator, element in markup.elements(source, *_PACKAGES, _ASSEMBLY):
        fields = {key.lower(): value.strip() for key, value in element.attrib.items() if isinstance(key, str)}
        name = dependencies.scalar(fields.get("include") or fields.get("update") or fields.get("id"))
        if markup.local(element) == _ASSEMBLY:
            yield from _assembly(listing, locator, name, element)
        elif name:
            source.tally["packages"] += 1
            below = markup.fields(element)
            version = fields.get("version") or fields.get("versionoverride") or below.get("Version", "")
            version = "" if "$(" in version else version.strip("[]()")  # [1.0] is exactly 1.0
            yield listing.package(locator, name, version, dependencies.named("nuget", name))
        elif "remove" not in fields:
            source.lose(locator, "a reference without a name")


def _assembly(listing: dependencies.Listing, locator: str, full: str, element: Element) -> Iterator[Observation]:
    """Yield an assembly: "Name, Version=1.0.0.0, Culture=neutral, PublicKeyToken=..." with the file it lies in."""
    name, _, rest = full.partition(",")
    hint = markup.fields(element).get("HintPath", "")
    if not name or name.startswith(_SYSTEM):
        listing.source.tally["assemblies of .NET"] += 1
        return
    listing.source.tally["assemblies"] += 1
    found = [Observable(Kind.NAME, name)]
    if hint:
        found.append(Observable(Kind.FILE, hint.replace("\\", "/").rpartition("/")[2]))
    version = next((word.partition("=")[2] for word in rest.split(",") if word.strip().startswith("Version=")), "")
    yield listing.package(locator, name, version, found)
