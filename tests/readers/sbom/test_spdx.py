# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX 2 JSON."""

import gzip
import json

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import sniff
from debar.readers.sbom import spdx
from opened import observed, opened, resolved, values

DOCUMENT = {
    "spdxVersion": "SPDX-2.3",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "image",
    "creationInfo": {"created": "2024-07-01T10:00:00Z"},
    "packages": [
        {
            "name": "ui",
            "SPDXID": "SPDXRef-1",
            "versionInfo": "1.0",
            "supplier": "Organization: Maker Inc (info@maker.com)",
            "originator": "Person: Jo Doe (jo@author.example)",
            "homepage": "https://www.maker.com/ui",
            "downloadLocation": "git+https://github.com/Maker/ui.git@v1",
            "packageFileName": "/opt/maker/ui",
            "description": "An interface",
            "summary": "UI",
            "comment": "none",
            "copyrightText": "NOASSERTION",
            "checksums": [{"algorithm": "SHA256", "checksumValue": "ab12"}],
            "externalRefs": [
                {
                    "referenceCategory": "PACKAGE-MANAGER",
                    "referenceType": "purl",
                    "referenceLocator": "pkg:npm/%40maker/ui@1.0",
                },
                {
                    "referenceCategory": "SECURITY",
                    "referenceType": "cpe23Type",
                    "referenceLocator": "cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*",
                },
                {
                    "referenceCategory": "SECURITY",
                    "referenceType": "cpe22Type",
                    "referenceLocator": "cpe:/a:maker:ui:1.0",
                },
                {"referenceCategory": "OTHER", "referenceType": "x", "referenceLocator": "nothing"},
            ],
        },
        {
            "name": "bare",
            "SPDXID": "SPDXRef-2",
            "supplier": "NOASSERTION",
            "downloadLocation": "NONE",
            "homepage": None,
        },
    ],
    "files": [{"fileName": "./a"}],
}


def test_every_package_is_an_observation() -> None:
    """Packages are found in order, on the thing the document names, seen when it was made."""
    found, source = observed(spdx, DOCUMENT)
    assert [("ui", "1.0"), ("bare", "")] == [(o.label, o.version) for o in found]
    assert {("image", "2024-07-01T10:00:00Z", Medium.SBOM, Meaning.COMPONENT)} == {
        (o.asset, o.observed_at, o.medium, o.meaning) for o in found
    }
    assert ({"components": 2}, []) == (dict(source.tally), source.losses)


def test_locators_can_be_found_in_the_document() -> None:
    """A locator is a JSON pointer to the very package."""
    for o in observed(spdx, DOCUMENT)[0]:
        assert o.label == resolved(DOCUMENT, o.locator)["name"]


def test_every_field_that_betrays_a_maker_is_read() -> None:
    """Supplier, originator, references, homepage, source, checksum, path and prose of one package."""
    ui = observed(spdx, DOCUMENT)[0][0]
    assert ["Maker Inc", "Jo Doe"] == values(ui, Kind.PUBLISHER)
    assert ["maker.com", "author.example"] == values(ui, Kind.MAINTAINER_DOMAIN)
    assert "pkg:npm/%40maker/ui@1.0" == values(ui, Kind.PURL)[0]
    assert ["cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*", "cpe:/a:maker:ui:1.0"] == values(ui, Kind.CPE)
    assert ["www.maker.com", "github.com"] == values(ui, Kind.REFERENCE_DOMAIN)
    assert (["ab12"], ["/opt/maker/ui"]) == (values(ui, Kind.HASH), values(ui, Kind.PATH))
    assert ["An interface", "UI"] == values(ui, Kind.TEXT)


def test_a_source_on_a_forge_is_its_project() -> None:
    """A download location names the project, without the revision that SPDX appends to it."""
    assert ["pkg:npm/%40maker/ui@1.0", "pkg:github/Maker/ui"] == values(observed(spdx, DOCUMENT)[0][0], Kind.PURL)


def test_no_assertion_says_nothing() -> None:
    """NOASSERTION and NONE are no makers."""
    bare = observed(spdx, DOCUMENT)[0][1]
    assert [(Kind.NAME, "bare")] == [(o.kind, o.value) for o in bare.observables]


FIELDS = [
    "versionInfo",
    "supplier",
    "originator",
    "homepage",
    "downloadLocation",
    "packageFileName",
    "description",
    "summary",
    "comment",
    "copyrightText",
    "checksums",
    "externalRefs",
]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("wrong", [7, [7], {"a": 7}])
def test_a_wrong_type_costs_a_field_and_not_the_package(field: str, wrong: object) -> None:
    """The rest of the package is read, and the loss is told with its place, unless the type fits after all."""
    found, source = observed(
        spdx, {"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", field: wrong}, {"name": "b"}]}
    )
    assert ["a", "b"] == [o.label for o in found]
    assert {"/packages/0"} >= {place for place, _ in source.losses}


@pytest.mark.parametrize("field", FIELDS)
def test_null_is_absent(field: str) -> None:
    """A field that is null says nothing and is no fault."""
    found, source = observed(spdx, {"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", field: None}]})
    assert (["a"], []) == ([o.label for o in found], source.losses)


@pytest.mark.parametrize("field", ["name", "creationInfo", "packages"])
def test_null_frames_are_absent(field: str) -> None:
    """A frame that is null is an empty one, and the file is the asset where there is no name."""
    document = {"spdxVersion": "SPDX-2.3", "packages": [{"name": "a"}], field: None}
    found, source = observed(spdx, document)
    assert [] == source.losses
    assert ([] if field == "packages" else ["some/bom.json"]) == [o.asset for o in found]


TEXT = json.dumps(DOCUMENT)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        gzip.compress(TEXT.encode()),
        zstandard.compress(TEXT.encode()),
    ],
    ids=["mark", "utf-16", "be", "gzip", "zstd"],
)
def test_encodings_and_compression_do_not_matter(data: bytes) -> None:
    """The same document in another dress gives the same observations, and is recognised."""
    assert observed(spdx, TEXT)[0] == observed(spdx, data)[0]
    reader, _ = sniff.find_reader(opened(data))
    assert reader and "spdx" == reader.name


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"packages": 7}', b'{"packages": [{]}'])
def test_a_broken_document_is_told(data: bytes) -> None:
    """What cannot be decoded is a SourceError and no crash."""
    with pytest.raises(SourceError):
        observed(spdx, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "supplier", "externalRefs", "checksums", "homepage"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=3))
def test_any_json_is_read_or_told(packages: list[object]) -> None:
    """Whatever stands in the list, each place is an observation or a loss."""
    found, source = observed(spdx, msgspec.json.encode({"spdxVersion": "SPDX-2.3", "packages": packages}))
    assert sum(isinstance(p, dict) for p in packages) == len(found)
    assert len(packages) == source.tally["components"]


@pytest.mark.parametrize("key", ["sbom", "Document"])
def test_a_wrapped_document_is_unwrapped(key: str) -> None:
    """GitHub's interface wraps the document, and so do converters from XML; pointers lead into the wrapping."""
    found, source = observed(spdx, {key: DOCUMENT})
    assert [f"/{key}/packages/0", f"/{key}/packages/1"] == [o.locator for o in found]
    assert ({"components": 2}, "image") == (dict(source.tally), found[0].asset)


@pytest.mark.parametrize(
    ("kind", "locator", "purl"),
    [
        ("maven-central", "org.apache.tomcat:tomcat:9.0.0.M4", "pkg:maven/org.apache.tomcat/tomcat"),
        ("http://spdx.org/rdf/references/npm", "@scope/http-server@0.3.0", "pkg:npm/@scope/http-server"),
        ("npm", "http-server@0.3.0", "pkg:npm/http-server"),
        ("nuget", "Microsoft.AspNet.MVC/5.0.0", "pkg:nuget/Microsoft.AspNet.MVC"),
        ("bower", "modernizr#2.6.2", "pkg:bower/modernizr"),
        ("http://spdx.org/rdf/references/purl", "pkg:pypi/a@1", "pkg:pypi/a@1"),
    ],
)
def test_references_to_package_managers_are_package_urls(kind: str, locator: str, purl: str) -> None:
    """Each package manager has its own way of writing a package; all of them amount to a package URL."""
    link = {"referenceCategory": "PACKAGE-MANAGER", "referenceType": kind, "referenceLocator": locator}
    (found,) = observed(spdx, {"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", "externalRefs": [link]}]})[0]
    assert [purl] == values(found, Kind.PURL)


def test_a_device_is_hardware() -> None:
    """The purpose of a package tells a device, whose name is a model."""
    package = {"name": "Camera 7", "primaryPackagePurpose": "DEVICE"}
    (found,) = observed(spdx, {"spdxVersion": "SPDX-2.3", "packages": [package]})[0]
    assert (Meaning.HARDWARE, ["Camera 7"]) == (found.meaning, values(found, Kind.MODEL))
