# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SWID tags."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.sbom import swid
from opened import observed, opened, values

NAMESPACE = 'xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd"'


def tag(inside: str = "", attributes: str = "") -> str:
    """Give a tag of 2015."""
    return (
        f'<SoftwareIdentity {NAMESPACE} name="Agent" tagId="a-1" version="1.0" {attributes}>{inside}</SoftwareIdentity>'
    )


def test_a_tag_is_what_is_installed() -> None:
    """Name, tag id and version; who created it with their domain."""
    reader, _ = sniff.find_reader(opened(tag()))
    (found,) = observed(
        swid, tag('<Entity name="Maker Inc" regid="maker.example" role="softwareCreator tagCreator"/>')
    )[0]
    assert reader and "swid" == reader.name
    assert ("Agent", "1.0", Meaning.INSTALLED, "some") == (found.label, found.version, found.meaning, found.asset)
    assert ["Agent", "a-1"] == values(found, Kind.NAME)
    assert (["Maker Inc"], ["maker.example"]) == (values(found, Kind.PUBLISHER), values(found, Kind.REFERENCE_DOMAIN))


def test_who_made_the_tag_alone_is_a_mention() -> None:
    """A scanner writes tags for software of others."""
    (found,) = observed(swid, tag('<Entity name="Scanner" regid="scanner.example" role="tagCreator"/>'))[0]
    assert ([], [], ["Scanner"]) == tuple(values(found, k) for k in (Kind.PUBLISHER, Kind.REFERENCE_DOMAIN, Kind.TEXT))


@pytest.mark.parametrize(
    ("regid", "domains"),
    [
        ("maker.example", ["maker.example"]),
        ("https://www.maker.example/swid", ["www.maker.example"]),
        ("regid.2010-04.example.maker", ["maker.example"]),
        ("regid.2010-04.example.maker,division", ["maker.example"]),
        ("invalid.unavailable", []),
        ("maker", []),
        ("", []),
    ],
)
def test_registration_ids_are_domains(regid: str, domains: list[str]) -> None:
    """A registration id is a domain, an address, or the form of 2009; the stand-in for none is none."""
    (found,) = observed(swid, tag(f'<Entity name="Maker" regid="{regid}" role="softwareCreator"/>'))[0]
    assert domains == values(found, Kind.REFERENCE_DOMAIN)


def test_a_tag_of_media_is_not_installed() -> None:
    """A corpus tag lies on the medium that one may install from."""
    assert [Meaning.COMPONENT] == [o.meaning for o in observed(swid, tag(attributes='corpus="true"'))[0]]


def test_the_device_of_the_evidence_is_the_asset() -> None:
    """A scanner that found the files names the machine."""
    (found,) = observed(
        swid, tag('<Evidence deviceId="web01" date="2024-07-01"><File name="/opt/a/agent"/></Evidence>')
    )[0]
    assert ("web01", ["agent"]) == (found.asset, values(found, Kind.FILE))


def test_linked_components_are_observations() -> None:
    """What the tag says to be a part is one, by the name in its identifier."""
    found, source = observed(
        swid, tag('<Link rel="component" href="swid: Maker-SDK%202-1.0"/><Link rel="license" href="x"/>')
    )
    assert [("Agent", Meaning.INSTALLED), ("Maker-SDK 2-1.0", Meaning.COMPONENT)] == [
        (o.label, o.meaning) for o in found
    ]
    assert {"tags": 1, "components": 1} == dict(source.tally)


def test_payloads_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A payload of very many files does not fill the memory."""
    monkeypatch.setattr(swid, "FILES", 3)
    (found,) = observed(swid, tag("<Payload>" + "".join(f'<File name="f{n}"/>' for n in range(9)) + "</Payload>"))[0]
    assert ["f0", "f1", "f2"] == values(found, Kind.FILE)


def test_several_tags_in_one_file_are_read() -> None:
    """An inventory strings tags together."""
    assert 2 == len(observed(swid, f"<Inventory>{tag()}{tag()}</Inventory>")[0])


def test_a_broken_tag_is_told() -> None:
    """What is not well-formed is a SourceError."""
    with pytest.raises(SourceError):
        observed(swid, "<SoftwareIdentity name='a'>")
