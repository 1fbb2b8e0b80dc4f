# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of attestations that carry an SBOM."""

from __future__ import annotations

import base64
import json

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.sbom import attestation
from opened import observed, opened, values

DIGEST = "ab" * 32
CYCLONEDX = {"bomFormat": "CycloneDX", "components": [{"name": "part", "purl": "pkg:npm/part"}, 7]}
SPDX = {"spdxVersion": "SPDX-2.3", "name": "image", "packages": [{"name": "part"}]}
GRAPH = {"@context": "https://spdx.org/rdf/3.0.1/x", "@graph": [{"type": "software_Package", "name": "part"}]}
SYFT = {"artifacts": [{"name": "part"}], "source": {"name": "image"}}


def statement(predicate: object) -> dict[str, object]:
    """Give a statement about one image."""
    subject = [{"name": "acme/shop", "digest": {"sha256": DIGEST}}]
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": subject,
        "predicateType": "x",
        "predicate": predicate,
    }


def envelope(payload: object) -> dict[str, object]:
    """Give an envelope around a statement."""
    encoded = base64.b64encode(json.dumps(payload).encode()).decode()
    return {"payload": encoded, "payloadType": "application/vnd.in-toto+json", "signatures": [{"sig": "x"}]}


@pytest.mark.parametrize("predicate", [CYCLONEDX, SPDX, GRAPH, SYFT], ids=["cyclonedx", "spdx", "spdx-3", "syft"])
@pytest.mark.parametrize(
    "wrap",
    [
        lambda s: s,
        envelope,
        lambda s: {"mediaType": "application/vnd.dev.sigstore.bundle", "dsseEnvelope": envelope(s)},
    ],
    ids=["statement", "envelope", "bundle"],
)
def test_the_sbom_inside_is_read(wrap: object, predicate: dict[str, object]) -> None:
    """Each format in each wrapping gives its part, then the subject with its digest on the same asset."""
    document = wrap(statement(predicate))  # type: ignore[operator]
    reader, _ = sniff.find_reader(opened(json.dumps(document)))
    found, source = observed(attestation, document)
    part, subject = [o for o in found if o.label != "image"]
    assert reader and "attestation" == reader.name
    assert ("part", "acme/shop", Meaning.HARDWARE) == (part.label, subject.label, subject.meaning)
    assert "/predicate/" in part.locator
    assert [f"sha256:{DIGEST}"] == values(subject, Kind.SERIAL)
    assert part.asset == subject.asset in {"acme/shop", "image"}
    assert 1 == source.tally["statements"]


@pytest.mark.parametrize("data", [SPDX, json.dumps(SPDX)], ids=["object", "text"])
def test_predicates_of_early_cosign_are_unwrapped(data: object) -> None:
    """They stand in "Data", as an object or as a text."""
    found, _ = observed(attestation, statement({"Data": data, "Timestamp": "2024-07-01"}))
    assert ["part", "acme/shop"] == [o.label for o in found]


def test_envelopes_line_by_line_are_read() -> None:
    """A registry gives all attestations of an image, one a line; provenance is counted."""
    lines = [envelope(statement(CYCLONEDX)), envelope(statement({"buildDefinition": {}}))]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    found, source = observed(attestation, text)
    assert ["line 1/payload/predicate/components/0", "line 1/payload/subject"] == [o.locator for o in found]
    assert (2, 2, 1) == tuple(source.tally[what] for what in ("statements", "signatures", "other predicates"))
    assert ["line 1/payload/predicate/components/1"] == [place for place, _ in source.losses]


def test_the_alphabet_for_addresses_is_understood() -> None:
    """Some writers encode with - and _, and without padding."""
    payload = {**statement(SPDX), "x": "??>>~~"}
    wrapped = {
        **envelope(payload),
        "payload": base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("="),
    }
    assert "part" in [o.label for o in observed(attestation, wrapped)[0]]


@pytest.mark.parametrize(
    "payload", ["?", "é", "e30", 7, None, base64.b64encode(b"{").decode(), base64.b64encode(b"\xff").decode(), "W10="]
)
def test_a_broken_payload_is_told_or_says_nothing(payload: object) -> None:
    """What is no statement gives no observation and no crash."""
    found, source = observed(
        attestation, {"payloadType": "application/vnd.in-toto+json", "payload": payload, "signatures": 7}
    )
    assert [] == found
    assert source.losses or source.tally["other predicates"] or payload == "W10="


@pytest.mark.parametrize("subject", [None, 7, [7], [{"name": 7, "digest": 7}], [{"digest": {"sha256": ["x"]}}], {}])
def test_subjects_of_a_wrong_shape_are_nobody(subject: object) -> None:
    """The SBOM is read all the same."""
    found, _ = observed(attestation, {**statement(SPDX), "subject": subject})
    assert ["part"] == [o.label for o in found]


def test_a_format_that_mentions_in_toto_is_not_taken() -> None:
    """A statement quoted in a text of an SBOM does not make it an attestation."""
    quoted = {**CYCLONEDX, "metadata": {"component": {"description": json.dumps(statement(SPDX))}}}
    reader, _ = sniff.find_reader(opened(json.dumps(quoted)))
    assert reader and "cyclonedx" == reader.name
