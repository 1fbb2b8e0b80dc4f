# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX XML."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import sniff
from debar.readers.sbom import spdx_xml
from opened import observed, opened, values

PACKAGES = """\
<packages><SPDXID>SPDXRef-1</SPDXID><name>ui</name><versionInfo>1.0</versionInfo>
<supplier>Organization: Maker Inc</supplier><checksums><algorithm>SHA1</algorithm><checksumValue>ab12</checksumValue></checksums>
<externalRefs><referenceType>purl</referenceType><referenceLocator>pkg:npm/ui@1.0</referenceLocator></externalRefs>
<attributionTexts>by Maker</attributionTexts></packages>
<packages><name>bare</name></packages>
"""
ABOUT = """\
<SPDXID>SPDXRef-DOCUMENT</SPDXID><spdxVersion>SPDX-2.3</spdxVersion><name>image</name>
<creationInfo><created>2024-07-01T10:00:00Z</created></creationInfo>
"""


@pytest.mark.parametrize("body", [ABOUT + PACKAGES, PACKAGES + ABOUT], ids=["before", "after"])
def test_the_name_of_the_document_may_stand_anywhere(body: str) -> None:
    """Packages are on the thing that the document names, before them or after them."""
    found, source = observed(spdx_xml, f"<Document>{body}</Document>")
    assert [("image", "ui", "1.0"), ("image", "bare", "")] == [(o.asset, o.label, o.version) for o in found]
    assert ({"components": 2}, []) == (dict(source.tally), source.losses)
    assert (["Maker Inc"], ["pkg:npm/ui@1.0"]) == (values(found[0], Kind.PUBLISHER), values(found[0], Kind.PURL))
    assert (["ab12"], ["by Maker"]) == (values(found[0], Kind.HASH), values(found[0], Kind.TEXT))


def test_it_is_recognised() -> None:
    """Its version tells it, in any encoding."""
    text = f'<?xml version="1.0" encoding="UTF-16"?><Document>{ABOUT}{PACKAGES}</Document>'
    reader, _ = sniff.find_reader(opened(text.encode("utf-16")))
    assert reader and "spdx-xml" == reader.name
    assert 2 == len(observed(spdx_xml, text.encode("utf-16"))[0])


def test_without_a_name_the_file_is_the_asset() -> None:
    """Packages of a document that names nothing are not lost."""
    assert ["some/bom.json"] * 2 == [o.asset for o in observed(spdx_xml, f"<Document>{PACKAGES}</Document>")[0]]


def test_what_was_read_before_the_break_stays() -> None:
    """A file that was cut short still gives the packages before the cut."""
    observations = spdx_xml.read(opened(f"<Document>{ABOUT}{PACKAGES}<packages>"))
    found: list[str] = []
    with pytest.raises(SourceError):
        found.extend(observation.label for observation in observations)
    assert ["ui", "bare"] == found
