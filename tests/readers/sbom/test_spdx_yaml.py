# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX YAML."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import sniff
from debar.readers.sbom import spdx_yaml
from opened import observed, opened, values

DOCUMENT = """\
SPDXID: "SPDXRef-DOCUMENT"
spdxVersion: SPDX-2.3
name: image
creationInfo:
  created: 2024-07-01T10:00:00Z
packages:
- name: ui
  versionInfo: 1.10
  supplier: &maker "Organization: Maker Inc"
  originator: *maker
  homepage: null
  filesAnalyzed: false
  externalRefs:
  - {referenceType: purl, referenceLocator: "pkg:npm/ui@1.10"}
- name: "no"
  summary: ~
"""


def test_every_package_is_an_observation() -> None:
    """Versions stay as they are written, null says nothing, an alias is what it stands for."""
    found, source = observed(spdx_yaml, DOCUMENT)
    assert [("/packages/0", "ui", "1.10"), ("/packages/1", "no", "")] == [
        (o.locator, o.label, o.version) for o in found
    ]
    assert {("image", "2024-07-01T10:00:00Z")} == {(o.asset, o.observed_at) for o in found}
    assert (["pkg:npm/ui@1.10"], ["Maker Inc"]) == (values(found[0], Kind.PURL), values(found[0], Kind.PUBLISHER))
    assert ({"components": 2}, []) == (dict(source.tally), source.losses)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_do_not_matter(encoding: str) -> None:
    """It is recognised and read in whatever encoding."""
    reader, _ = sniff.find_reader(opened(DOCUMENT.encode(encoding)))
    assert reader and "spdx-yaml" == reader.name
    assert 2 == len(observed(spdx_yaml, DOCUMENT.encode(encoding))[0])


def test_a_wrapped_document_is_unwrapped() -> None:
    """Older writers put everything under one key."""
    text = "Document:\n" + "".join(f"  {line}\n" for line in DOCUMENT.splitlines())
    assert ["/Document/packages/0", "/Document/packages/1"] == [o.locator for o in observed(spdx_yaml, text)[0]]


def test_wrong_types_cost_their_field() -> None:
    """A list in place of a text, and a text in place of a package, are told with their places."""
    found, source = observed(spdx_yaml, "packages:\n- {name: a, supplier: [x], externalRefs: b}\n- text\n- {name: c}\n")
    assert ["a", "c"] == [o.label for o in found]
    assert ["/packages/0", "/packages/1"] == [place for place, _ in source.losses]


@pytest.mark.parametrize("text", ["- a\n- b\n", "a: [", "text", "a: *b\n"])
def test_what_is_no_document_is_told(text: str) -> None:
    """A list, a text, and broken YAML are a SourceError."""
    with pytest.raises(SourceError):
        observed(spdx_yaml, text)


def test_aliases_do_not_explode() -> None:
    """A thousand times a large text costs that text once."""
    text = f"x: &x {'y' * 100_000}\npackages:\n- name: a\n  attributionTexts: [" + ", ".join(["*x"] * 1000) + "]\n"
    (found,) = observed(spdx_yaml, text)[0]
    assert 1 == len(values(found, Kind.TEXT))
