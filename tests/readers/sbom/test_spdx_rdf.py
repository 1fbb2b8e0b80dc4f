# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of SPDX RDF/XML."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers import sniff
from debar.readers.sbom import spdx_rdf
from opened import observed, opened

HEAD = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:doap="http://usefulinc.com/ns/doap#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:s="http://spdx.org/rdf/terms#">
"""
NESTED = f"""{HEAD}
<s:SpdxDocument rdf:about="http://a.example/d#SPDXRef-DOCUMENT"><s:name>image</s:name>
  <s:creationInfo><s:CreationInfo><s:created>2024-07-01T10:00:00Z</s:created></s:CreationInfo></s:creationInfo>
  <s:relationship><s:Relationship><s:relatedSpdxElement>
    <s:Package rdf:about="http://a.example/d#SPDXRef-1"><s:name>ui</s:name><s:versionInfo>1.0</s:versionInfo>
      <s:supplier>Organization: Maker Inc</s:supplier><doap:homepage rdf:resource="https://maker.example/ui"/>
      <s:downloadLocation rdf:resource="http://spdx.org/rdf/terms#noassertion"/>
      <s:checksum><s:Checksum><s:checksumValue>ab12</s:checksumValue></s:Checksum></s:checksum>
      <s:externalRef><s:ExternalRef><s:referenceType rdf:resource="http://spdx.org/rdf/references/purl"/>
        <s:referenceLocator>pkg:npm/ui@1.0</s:referenceLocator></s:ExternalRef></s:externalRef>
      <rdfs:comment>nice</rdfs:comment>
      <s:relationship><s:Relationship><s:relatedSpdxElement>
        <s:Package rdf:about="http://a.example/d#SPDXRef-2"><s:name>inner</s:name></s:Package>
      </s:relatedSpdxElement></s:Relationship></s:relationship>
    </s:Package></s:relatedSpdxElement></s:Relationship></s:relationship>
  <s:relationship><s:Relationship><s:relatedSpdxElement rdf:resource="http://a.example/d#SPDXRef-1"/>
  </s:Relationship></s:relationship>
</s:SpdxDocument></rdf:RDF>"""
FLAT = f"""{HEAD}
<rdf:Description rdf:nodeID="sum"><rdf:type rdf:resource="http://spdx.org/rdf/terms#Checksum"/>
  <s:checksumValue>ab12</s:checksumValue></rdf:Description>
<rdf:Description rdf:nodeID="link"><s:referenceType rdf:resource="http://spdx.org/rdf/references/purl"/>
  <s:referenceLocator>pkg:npm/ui@1.0</s:referenceLocator></rdf:Description>
<rdf:Description rdf:about="http://a.example/d#SPDXRef-1"><rdf:type rdf:resource="http://spdx.org/rdf/terms#Package"/>
  <s:name>ui</s:name><s:versionInfo>1.0</s:versionInfo><s:supplier>Organization: Maker Inc</s:supplier>
  <doap:homepage>https://maker.example/ui</doap:homepage><rdfs:comment>nice</rdfs:comment>
  <s:checksum rdf:nodeID="sum"/><s:externalRef rdf:nodeID="link"/></rdf:Description>
<rdf:Description rdf:about="http://a.example/d"><rdf:type rdf:resource="http://spdx.org/rdf/terms#SpdxDocument"/>
  <s:name>image</s:name><s:creationInfo rdf:nodeID="made"/></rdf:Description>
<rdf:Description rdf:nodeID="made"><s:created>2024-07-01T10:00:00Z</s:created></rdf:Description>
</rdf:RDF>"""


def test_packages_are_found_wherever_they_stand() -> None:
    """A package inside another's relationship is one of its own, and pointing to one does not make two."""
    reader, _ = sniff.find_reader(opened(NESTED))
    found, source = observed(spdx_rdf, NESTED)
    assert reader and "spdx-rdf" == reader.name
    assert [("ui", "1.0"), ("inner", "")] == [(o.label, o.version) for o in found]
    assert ({"components": 2}, []) == (dict(source.tally), source.losses)


@pytest.mark.parametrize("text", [NESTED, FLAT], ids=["nested", "flat"])
def test_nested_and_flat_graphs_say_the_same(text: str) -> None:
    """Nodes may stand inside the property that points to them or elsewhere under their names."""
    ui = observed(spdx_rdf, text)[0][0]
    assert ("image", "2024-07-01T10:00:00Z") == (ui.asset, ui.observed_at)
    assert [
        (Kind.NAME, "ui"),
        (Kind.PUBLISHER, "Maker Inc"),
        (Kind.PURL, "pkg:npm/ui@1.0"),
        (Kind.REFERENCE_DOMAIN, "maker.example"),
        (Kind.HASH, "ab12"),
        (Kind.TEXT, "nice"),
    ] == [(o.kind, o.value) for o in ui.observables]


def test_a_node_that_points_to_itself_ends() -> None:
    """A graph may have circles; they are not followed."""
    text = f"""{HEAD}<s:Package rdf:nodeID="a"><s:name>a</s:name><s:externalRef rdf:nodeID="a"/>
      <s:checksum rdf:nodeID="a"/></s:Package></rdf:RDF>"""
    assert ["a"] == [o.label for o in observed(spdx_rdf, text)[0]]


@pytest.mark.parametrize(
    "text",
    [HEAD, '<!DOCTYPE r [<!ENTITY a "x">]>' + NESTED.partition("?>")[2], "<a>&undefined;</a>"],
    ids=["cut", "entities", "undefined"],
)
def test_a_broken_document_is_told(text: str) -> None:
    """What is not well-formed, or declares entities, is a SourceError."""
    with pytest.raises(SourceError):
        observed(spdx_rdf, text)


def test_many_pointers_to_one_node_cost_no_more_than_they_are() -> None:
    """Ten thousand references from a node to itself are read in no time, not ten thousand times ten thousand."""
    pointers = '<s:externalRef rdf:nodeID="a"/>' * 10_000
    text = f'{HEAD}<s:Package rdf:nodeID="a"><s:name>a</s:name>{pointers}</s:Package></rdf:RDF>'
    (found,) = observed(spdx_rdf, text)[0]
    assert [(Kind.NAME, "a")] == [(o.kind, o.value) for o in found.observables]
