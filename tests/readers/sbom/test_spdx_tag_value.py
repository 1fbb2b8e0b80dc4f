# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX tag-value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.model.vocab import Kind
from debar.readers import sniff
from debar.readers.sbom import spdx_tag_value
from opened import observed, opened, values

DOCUMENT = """\
SPDXVersion: SPDX-2.3
DataLicense: CC0-1.0
DocumentName: image
DocumentNamespace: https://a.example/image
SPDXID: SPDXRef-DOCUMENT
Creator: Tool: scanner-1.0
Created: 2024-07-01T10:00:00Z

##### Package: ui
PackageName: ui
SPDXID: SPDXRef-1
PackageVersion: 1.0
PackageSupplier: Organization: Maker Inc (info@maker.example)
PackageDownloadLocation: https://github.com/Maker/ui.git
PackageChecksum: SHA256: ab12
ExternalRef: PACKAGE-MANAGER purl pkg:npm/ui@1.0
ExternalRef: SECURITY cpe23Type cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*
PackageDescription: <text>An interface
PackageName: not a tag
</text>
PackageComment: <text>short</text>
FileName: ./a
FileComment: no part of the package

PackageName: bare
PackageSupplier: NOASSERTION
"""


def test_every_package_is_an_observation() -> None:
    """Packages are found at the line of their name, on the thing the document names, seen when it was made."""
    found, source = observed(spdx_tag_value, DOCUMENT)
    assert [("line 10", "ui", "1.0"), ("line 25", "bare", "")] == [(o.locator, o.label, o.version) for o in found]
    assert {("image", "2024-07-01T10:00:00Z")} == {(o.asset, o.observed_at) for o in found}
    assert ({"components": 2}, []) == (dict(source.tally), source.losses)


def test_every_field_that_betrays_a_maker_is_read() -> None:
    """Supplier, references, source, digest and prose, which may run over several lines."""
    ui, bare = observed(spdx_tag_value, DOCUMENT)[0]
    assert (["Maker Inc"], ["maker.example"]) == (values(ui, Kind.PUBLISHER), values(ui, Kind.MAINTAINER_DOMAIN))
    assert ["pkg:npm/ui@1.0", "pkg:github/Maker/ui"] == values(ui, Kind.PURL)
    assert ["cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*"] == values(ui, Kind.CPE)
    assert ["ab12"] == values(ui, Kind.HASH)
    assert ["An interface\nPackageName: not a tag", "short"] == values(ui, Kind.TEXT)
    assert [(Kind.NAME, "bare")] == [(o.kind, o.value) for o in bare.observables]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_and_line_ends_do_not_matter(encoding: str) -> None:
    """It is recognised and read in whatever encoding, with line ends of Windows."""
    data = DOCUMENT.replace("\n", "\r\n").encode(encoding)
    reader, _ = sniff.find_reader(opened(data))
    assert reader and "spdx-tag-value" == reader.name
    assert ["ui", "bare"] == [o.label for o in observed(spdx_tag_value, data)[0]]


def test_a_text_that_never_ends_is_told() -> None:
    """It swallows the rest of the file, which the user should know."""
    found, source = observed(spdx_tag_value, "PackageName: a\nPackageComment: <text>open\nPackageName: b\n")
    assert (["a"], [("line 2", "the text of PackageComment does not end")]) == ([o.label for o in found], source.losses)


def test_endless_text_is_cut() -> None:
    """A text of many megabytes does not fill the memory."""
    (found,) = observed(
        spdx_tag_value, "PackageName: a\nPackageComment: <text>" + "x" * 999 + ("y" * 99 + "\n") * 9999 + "</text>"
    )[0]
    assert spdx_tag_value.FIELD >= len(values(found, Kind.TEXT)[0])


@given(
    st.lists(
        st.sampled_from(
            [
                "PackageName: a",
                "ExternalRef: a b",
                "ExternalRef: a b c",
                "<text>",
                "</text>",
                ":",
                "PackageChecksum:",
                "x: <text>y",
            ]
        ),
        max_size=12,
    )
)
def test_any_tags_are_survived(lines: list[str]) -> None:
    """In whatever order tags stand, each name is a package unless a text swallows it."""
    found, source = observed(spdx_tag_value, "SPDXVersion: SPDX-2.3\n" + "\n".join(lines))
    assert source.tally["components"] == len(found) <= lines.count("PackageName: a")
