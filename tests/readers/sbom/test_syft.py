# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Syft JSON."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.boms import syft_artifacts
from debar.readers.sbom import syft
from opened import observed, opened, resolved, values

DIGEST = "sha256:" + "ab" * 32
ARTIFACT = {
    "id": "1",
    "name": "agent",
    "version": "1.0",
    "type": "deb",
    "foundBy": "dpkgdb-cataloger",
    "locations": [{"path": "/var/lib/dpkg/status"}],
    "cpes": [{"cpe": "cpe:2.3:a:maker:agent:1.0:*:*:*:*:*:*:*", "source": "generated"}],
    "purl": "pkg:deb/debian/agent@1.0",
    "metadataType": "dpkg-db-entry",
    "metadata": {
        "maintainer": "Maker Inc <info@maker.example>",
        "files": [{"path": "/opt/maker/agent"}, {"path": "/etc/a"}],
    },
}
DOCUMENT = {
    "artifacts": [ARTIFACT],
    "artifactRelationships": [],
    "source": {
        "id": "x",
        "name": "acme/shop",
        "version": "2",
        "type": "image",
        "metadata": {"userInput": "acme/shop:2", "manifestDigest": DIGEST, "repoDigests": ["acme/shop@" + DIGEST, 7]},
    },
    "distro": {
        "prettyName": "Debian GNU/Linux 12",
        "name": "Debian GNU/Linux",
        "id": "debian",
        "versionID": "12",
        "homeURL": "https://www.debian.org/",
    },
    "descriptor": {"name": "syft"},
    "schema": {"version": "16.0.0"},
}


def test_image_distribution_and_artifacts_are_read() -> None:
    """The image is known by its digests, and everything else is on it."""
    reader, _ = sniff.find_reader(opened(msgspec.json.encode(DOCUMENT)))
    found, source = observed(syft, DOCUMENT)
    image, distro, agent = found
    assert reader and "syft" == reader.name
    assert {"acme/shop:2"} == {o.asset for o in found}
    assert (Meaning.HARDWARE, [DIGEST]) == (image.meaning, values(image, Kind.SERIAL))
    assert ("Debian GNU/Linux 12", "12", ["www.debian.org"]) == (
        distro.label,
        distro.version,
        values(distro, Kind.REFERENCE_DOMAIN),
    )
    assert (["agent"], ["Maker Inc"], ["maker.example"]) == (
        values(agent, Kind.PACKAGE),
        values(agent, Kind.PUBLISHER),
        values(agent, Kind.MAINTAINER_DOMAIN),
    )
    assert ["/var/lib/dpkg/status", "/opt/maker/agent", "/etc/a"] == values(agent, Kind.PATH)
    assert "agent" == resolved(DOCUMENT, agent.locator)["name"]
    assert ({"components": 1}, []) == (dict(source.tally), source.losses)


@pytest.mark.parametrize(
    ("scanned", "asset"),
    [
        ({"type": "image", "target": {"userInput": "alpine:3", "manifestDigest": DIGEST}}, "alpine:3"),
        ({"type": "directory", "target": "/srv/shop"}, "/srv/shop"),
        ({"type": "directory", "name": "shop", "metadata": {"path": "/srv/shop"}}, "shop"),
        ({"type": "file", "target": {"path": "/srv/a.jar"}}, "/srv/a.jar"),
        ({"type": "image", "target": {"userInput": ["x"]}}, "some/bom.json"),
        (None, "some/bom.json"),
        ("text", "some/bom.json"),
    ],
)
def test_what_was_scanned_is_the_asset_in_every_version(scanned: object, asset: str) -> None:
    """Versions of the schema say it in different places; without it the file is the asset."""
    found, _ = observed(syft, {"artifacts": [{"name": "a"}], "source": scanned})
    assert asset == found[-1].asset


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ({"vendor": "Maker Inc", "sourceRpm": "a.src.rpm"}, [(Kind.PUBLISHER, "Maker Inc")]),
        (
            {"manifest": {"main": {"Implementation-Vendor": "Maker Inc", "Bundle-SymbolicName": "com.maker.a"}}},
            [(Kind.PUBLISHER, "Maker Inc"), (Kind.CODE, "com.maker.a")],
        ),
        ({"manifest": {"main": [{"key": "Bundle-Vendor", "value": "Maker Inc"}]}}, [(Kind.PUBLISHER, "Maker Inc")]),
        ({"pomProperties": {"groupId": "com.maker", "artifactId": "a"}}, [(Kind.CODE, "com.maker")]),
        (
            {"author": "Jo Doe <jo@maker.example>", "homepage": "https://maker.example"},
            [
                (Kind.PUBLISHER, "Jo Doe"),
                (Kind.MAINTAINER_DOMAIN, "maker.example"),
                (Kind.REFERENCE_DOMAIN, "maker.example"),
            ],
        ),
        (
            {"companyName": "Maker Inc", "legalCopyright": "(c) Maker"},
            [(Kind.PUBLISHER, "Maker Inc"), (Kind.TEXT, "(c) Maker")],
        ),
        ({"authors": ["Jo Doe", 7, None]}, [(Kind.PUBLISHER, "Jo Doe")]),
        (["text", {"digest": [{"algorithm": "sha1", "value": "x"}]}], []),
    ],
)
def test_metadata_of_every_kind_tell_their_maker(metadata: object, expected: list[tuple[Kind, str]]) -> None:
    """Fields are known by their names at whatever depth."""
    (found,) = observed(syft, {"artifacts": [{"name": "", "metadata": metadata}]})[0]
    assert expected == [(o.kind, o.value) for o in found.observables]


def test_paths_have_an_end() -> None:
    """A package of very many files does not fill the memory."""
    files = [{"path": f"/opt/{n}"} for n in range(syft_artifacts.FILES + 50)]
    (found,) = observed(syft, {"artifacts": [{"name": "a", "metadata": {"files": files, "vendor": "Maker Inc"}}]})[0]
    assert (syft_artifacts.FILES, ["Maker Inc"]) == (len(values(found, Kind.PATH)), values(found, Kind.PUBLISHER))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"artifacts": 7}'])
def test_a_broken_document_is_told(data: bytes) -> None:
    """What cannot be decoded is a SourceError."""
    with pytest.raises(SourceError):
        observed(syft, data)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["maintainer", "url", "key", "value", "path", "name"]), inner, max_size=3)
    ),
    max_leaves=9,
)


@given(JSON, JSON, JSON)
def test_any_json_is_read(scanned: object, distro: object, metadata: object) -> None:
    """Whatever stands in the fields, the artifact is one observation."""
    found, _ = observed(syft, {"artifacts": [{"name": "a", "metadata": metadata}], "source": scanned, "distro": distro})
    assert "a" == found[-1].label
