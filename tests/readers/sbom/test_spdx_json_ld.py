# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX 3 JSON-LD."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.sbom import spdx_json_ld
from opened import observed, opened, resolved

CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
EMAIL = {"type": "ExternalIdentifier", "externalIdentifierType": "email", "identifier": "info@maker.example"}
UI = {
    "spdxId": "urn:ui",
    "type": "software_Package",
    "name": "ui",
    "software_packageVersion": "1.0",
    "software_packageUrl": "pkg:npm/ui@1.0",
    "software_homePage": "https://maker.example/ui",
    "software_downloadLocation": "git+https://github.com/Maker/ui.git#main",
    "suppliedBy": "urn:maker",
    "originatedBy": ["urn:jo", {"type": "Organization", "name": "Inline Ltd"}, "urn:absent"],
    "externalIdentifier": [{"externalIdentifierType": "cpe23", "identifier": "cpe:2.3:a:maker:ui:1:*:*:*:*:*:*:*"}],
    "externalRef": [
        {"externalRefType": "altWebPage", "locator": ["https://ui.example"]},
        {"externalRefType": "securityAdvisory", "locator": ["https://advisory.example"]},
    ],
    "verifiedUsing": [
        {"type": "Hash", "algorithm": "sha256", "hashValue": "ab12"},
        {"type": "PackageVerificationCode", "hashValue": "cd34"},
    ],
    "summary": "An interface",
}
DOCUMENT = {
    "@context": CONTEXT,
    "@graph": [
        UI,
        {"@id": "_:made", "type": "CreationInfo", "created": "2024-07-01T10:00:00Z"},
        {"spdxId": "urn:maker", "type": "Organization", "name": "Maker Inc", "externalIdentifier": [EMAIL]},
        {"spdxId": "urn:jo", "type": "Person", "name": "Jo Doe"},
        {"spdxId": "urn:d", "type": "SpdxDocument", "rootElement": ["urn:ui"]},
        {"spdxId": "urn:f", "type": "software_File", "name": "./a"},
        {"spdxId": "urn:m", "type": "ai_AIPackage", "name": "model"},
        {"spdxId": "urn:c", "type": "software_Package", "name": "Camera", "software_primaryPurpose": "device"},
    ],
}


def test_every_package_is_an_observation() -> None:
    """Packages are found at their place in the graph; models and data sets are counted apart, files only counted."""
    reader, _ = sniff.find_reader(opened(msgspec.json.encode(DOCUMENT)))
    found, source = observed(spdx_json_ld, DOCUMENT)
    assert reader and "spdx-json-ld" == reader.name
    assert ["ui", "model", "Camera"] == [o.label for o in found]
    assert all(o.label == resolved(DOCUMENT, o.locator)["name"] for o in found)
    assert {("ui", "2024-07-01T10:00:00Z")} == {(o.asset, o.observed_at) for o in found}
    assert {"components": 2, "models and data sets": 1, "files": 1} == dict(source.tally)
    assert [Meaning.COMPONENT, Meaning.COMPONENT, Meaning.HARDWARE] == [o.meaning for o in found]


def test_every_field_that_betrays_a_maker_is_read() -> None:
    """Agents are followed wherever they stand; an advisory and a verification code say nothing of the maker."""
    ui = observed(spdx_json_ld, DOCUMENT)[0][0]
    assert [
        (Kind.NAME, "ui"),
        (Kind.PURL, "pkg:npm/ui@1.0"),
        (Kind.CPE, "cpe:2.3:a:maker:ui:1:*:*:*:*:*:*:*"),
        (Kind.PUBLISHER, "Maker Inc"),
        (Kind.MAINTAINER_DOMAIN, "maker.example"),
        (Kind.PUBLISHER, "Jo Doe"),
        (Kind.PUBLISHER, "Inline Ltd"),
        (Kind.REFERENCE_DOMAIN, "maker.example"),
        (Kind.REFERENCE_DOMAIN, "github.com"),
        (Kind.PURL, "pkg:github/Maker/ui"),
        (Kind.REFERENCE_DOMAIN, "ui.example"),
        (Kind.HASH, "ab12"),
        (Kind.TEXT, "An interface"),
    ] == [(o.kind, o.value) for o in ui.observables]


def test_a_document_of_one_element_needs_no_graph() -> None:
    """A single package is its own document."""
    (found,) = observed(spdx_json_ld, {"@context": CONTEXT, **UI})[0]
    assert ("", "ui") == (found.locator, found.label)


@pytest.mark.parametrize("wrong", [7, None, "text", [], {"type": 7}])
def test_what_is_no_element_is_told(wrong: object) -> None:
    """Something else in the graph is a loss with its place; its neighbours are read."""
    found, source = observed(spdx_json_ld, {"@graph": [wrong, UI]})
    assert (["ui"], ["/@graph/0"]) == ([o.label for o in found], [place for place, _ in source.losses])


@pytest.mark.parametrize("field", ["suppliedBy", "originatedBy"])
@pytest.mark.parametrize("wrong", [7, [7], {}, {"name": 7}, [[]], None])
def test_makers_of_a_wrong_type_are_nobody(field: str, wrong: object) -> None:
    """The package stays."""
    (found,) = observed(spdx_json_ld, {"@graph": [{"type": "software_Package", "name": "a", field: wrong}]})[0]
    assert [(Kind.NAME, "a")] == [(o.kind, o.value) for o in found.observables]


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"@graph": 7}'])
def test_a_broken_document_is_told(data: bytes) -> None:
    """What cannot be decoded is a SourceError."""
    with pytest.raises(SourceError):
        observed(spdx_json_ld, data)


VALUE = (
    st.none()
    | st.integers()
    | st.text(max_size=4)
    | st.lists(
        st.dictionaries(
            st.sampled_from(["identifier", "locator", "hashValue", "type"]), st.text(max_size=3) | st.none(), max_size=2
        ),
        max_size=2,
    )
)


@given(st.dictionaries(st.sampled_from(list(UI)), VALUE, max_size=5))
def test_any_package_is_read_or_told(fields: dict[str, object]) -> None:
    """Whatever stands in its fields, a package is one observation."""
    found, _ = observed(spdx_json_ld, {"@graph": [{**fields, "type": "software_Package"}]})
    assert 1 == len(found)
