# SPDX-License-Identifier: Apache-2.0
"""SPDX 2 tag-value: a tag, a colon and a value on each line; <text> lets a value run over several."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from debar.readers.boms import spdx_packages
from debar.readers.boms.spdx_packages import Checksum, Package, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

T = TypeVar("T")
FIELD = 1 << 16
"""Characters kept of one value; licence texts, which are not read, are the longest."""
_TEXTS = {
    "PackageVersion": "version_info",
    "PackageFileName": "package_file_name",
    "PackageSupplier": "supplier",
    "PackageOriginator": "originator",
    "PackageDownloadLocation": "download_location",
    "PackageHomePage": "homepage",
    "PackageSourceInfo": "source_info",
    "PackageSummary": "summary",
    "PackageDescription": "description",
    "PackageComment": "comment",
    "PackageCopyrightText": "copyright_text",
    "PrimaryPackagePurpose": "primary_package_purpose",
}


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package, in file order, at the line of its name."""
    frame = spdx_packages.Frame(source)
    package: Package | None = None
    locator = ""
    for number, tag, value in _tags(source):
        if tag == "PackageName":
            if package:
                yield frame.observation(package, locator)
            source.tally["components"] += 1
            package, locator = Package(name=value), f"line {number}"
        elif tag == "DocumentName":
            frame.asset = frame.asset or value
        elif tag == "Created":
            frame.created = frame.created or value
        elif package:
            _fill(package, tag, value)
    if package:
        yield frame.observation(package, locator)


def _fill(package: Package, tag: str, value: str) -> None:
    """Put a value into the package that it follows; tags of files, snippets and licences have other names."""
    if field := _TEXTS.get(tag):
        if not getattr(package, field):
            setattr(package, field, value)
    elif tag == "PackageChecksum":
        # algorithm: digest
        package.checksums = _added(package.checksums, Checksum(value.rpartition(":")[2].strip()))
    elif tag == "PackageAttributionText":
        package.attribution_texts = _added(package.attribution_texts, value)
    elif tag == "ExternalRef":
        # category type locator
        parts = value.split(None, 2)
        if len(parts) == 3:
            package.external_refs = _added(package.external_refs, Reference(parts[1], parts[2].strip()))


def _added(several: list[T] | None, one: T) -> list[T]:
    """Give a list with one more in it."""
    if several is None:
        return [one]
    several.append(one)
    return several


def _tags(source: Input) -> Iterator[tuple[int, str, str]]:
    """Yield (number of the first line, tag, value) for each tag; a text that never ends is told."""
    first, tag, text = 0, "", ""
    for number, line in source.lines():
        if tag:
            part, end, _ = line.partition("</text>")
            if len(text) < FIELD:
                text = (text + "\n" + part)[:FIELD]
            if end:
                yield first, tag, text.strip()
                tag = ""
            continue
        name, colon, value = line.partition(":")
        if not colon or name.lstrip().startswith("#"):
            continue
        value = value.strip()
        if not value.startswith("<text>"):
            yield number, name.strip(), value[:FIELD]
            continue
        inner, end, _ = value[6:].partition("</text>")
        if end:
            yield number, name.strip(), inner[:FIELD].strip()
        else:
            first, tag, text = number, name.strip(), inner[:FIELD]
    if tag:
        source.lose(f"line {first}", f"the text of {tag[:80]} does not end")
