# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of CycloneDX XML."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.sbom import cyclonedx, cyclonedx_xml
from opened import observed, opened, values

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
BODY = """\
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" version="1">
  <!-- a comment -->
  <metadata>
    <timestamp>2024-07-01T10:00:00Z</timestamp>
    <tools><components><component type="application"><name>scanner</name></component></components></tools>
    <component type="application"><group>com.acme</group><name>shop</name><version>2</version>
      <components><component type="library"><name>below</name></component></components>
    </component>
  </metadata>
  <components>
    <component type="library">
      <supplier><name>Supplier Ltd</name><url>https://supplier.example/x</url></supplier>
      <author>Jo Doe &lt;jo@maker.com&gt;</author>
      <publisher> Maker Inc </publisher>
      <name>outer</name>
      <version>1</version>
      <description>An interface</description>
      <hashes><hash alg="SHA-256">ab12</hash></hashes>
      <copyright>(c) Maker</copyright>
      <cpe>cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*</cpe>
      <purl>pkg:npm/%40maker/ui@1.0</purl>
      <pedigree><ancestors><component type="library"><name>ancestor</name></component></ancestors></pedigree>
      <externalReferences>
        <reference type="vcs"><url>https://github.com/Maker/ui.git</url></reference>
      </externalReferences>
      <properties><property name="syft:location:0:path">/opt/maker/ui</property></properties>
      <components>
        <component type="library"><name>middle</name>
          <components><component type="library"><name>inner</name><version>3</version></component></components>
        </component>
      </components>
    </component>
    <component type="library"><group>com.maker.sdk</group><name>last</name></component>
  </components>
  <services>
    <service><provider><name>Maker Inc</name></provider><name>lookup</name>
      <endpoints><endpoint>https://api.maker.com/v1</endpoint></endpoints></service>
  </services>
</bom>
"""
SAME = {
    "bomFormat": "CycloneDX",
    "metadata": {
        "timestamp": "2024-07-01T10:00:00Z",
        "component": {"group": "com.acme", "name": "shop", "version": "2", "components": [{"name": "below"}]},
    },
    "components": [
        {
            "supplier": {"name": "Supplier Ltd", "url": ["https://supplier.example/x"]},
            "author": "Jo Doe <jo@maker.com>",
            "publisher": "Maker Inc",
            "name": "outer",
            "version": "1",
            "description": "An interface",
            "hashes": [{"alg": "SHA-256", "content": "ab12"}],
            "copyright": "(c) Maker",
            "cpe": "cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*",
            "purl": "pkg:npm/%40maker/ui@1.0",
            "pedigree": {"ancestors": [{"name": "ancestor"}]},
            "externalReferences": [{"type": "vcs", "url": "https://github.com/Maker/ui.git"}],
            "properties": [{"name": "syft:location:0:path", "value": "/opt/maker/ui"}],
            "components": [{"name": "middle", "components": [{"name": "inner", "version": "3"}]}],
        },
        {"group": "com.maker.sdk", "name": "last"},
    ],
    "services": [{"provider": {"name": "Maker Inc"}, "name": "lookup", "endpoints": ["https://api.maker.com/v1"]}],
}


def told(observations: list[Observation]) -> dict[str, tuple[str, str, Meaning, str, list[str]]]:
    """Give what does not depend on the order of elements, by locator."""
    return {
        o.locator: (o.label, o.version, o.meaning, o.observed_at, sorted(f"{x.kind} {x.value}" for x in o.observables))
        for o in observations
    }


def test_xml_and_json_of_one_bom_say_the_same() -> None:
    """Both forms give the same components with the same observables at the same places."""
    xml, _ = observed(cyclonedx_xml, HEAD + BODY)
    json, _ = observed(cyclonedx, SAME)
    assert told(json) == told(xml)


def test_components_after_the_subject_have_its_name() -> None:
    """The asset is what the BOM is about, and the same in both forms."""
    xml, _ = observed(cyclonedx_xml, HEAD + BODY)
    json, _ = observed(cyclonedx, SAME)
    assert {o.asset for o in json} == {o.asset for o in xml if o.locator.startswith("/components")}
    assert {o.asset for o in json} == {o.asset for o in xml}


def test_components_are_counted_by_where_they_stand() -> None:
    """Parts, nested parts, the subject, what lies below it, and relatives and tools, which are no parts."""
    found, source = observed(cyclonedx_xml, HEAD + BODY)
    assert {
        "subjects": 1,
        "components below the subject": 1,
        "components": 2,
        "nested components": 2,
        "services": 1,
        "components of relatives and tools": 2,
    } == {what: count for what, count in source.tally.items() if count}
    assert "scanner" not in {o.label for o in found}


@pytest.mark.parametrize("version", [f"1.{n}" for n in range(8)])
def test_every_version_is_read(version: str) -> None:
    """From 1.0 to 1.7 the namespace is all that tells them apart here."""
    text = HEAD + BODY.replace("bom/1.5", f"bom/{version}")
    reader, _ = sniff.find_reader(opened(text))
    assert reader and "cyclonedx-xml" == reader.name
    assert 8 == len(observed(cyclonedx_xml, text)[0])


def test_a_prefix_does_not_matter() -> None:
    """A namespace prefix on every element is the same document."""
    import re

    text = re.sub(r"<(/?)(?=[a-z])", r"<\1b:", BODY).replace("xmlns=", "xmlns:b=")
    assert told(observed(cyclonedx_xml, HEAD + BODY)[0]) == told(observed(cyclonedx_xml, HEAD + text)[0])


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode(),
        b"\xef\xbb\xbf" + BODY.encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>\n' + BODY).encode("utf-16"),
        gzip.compress((HEAD + BODY).encode()),
        (HEAD + BODY).replace("\n", "\r\n").encode(),
        b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + BODY.replace("Jo Doe", "Jö Doe").encode("latin-1"),
    ],
    ids=["bare", "mark", "utf-16", "gzip", "crlf", "latin-1"],
)
def test_encodings_and_compression_do_not_matter(data: bytes) -> None:
    """The same BOM in another dress has the same components."""
    expected = [o.label for o in observed(cyclonedx_xml, HEAD + BODY)[0]]
    assert expected == [o.label for o in observed(cyclonedx_xml, data)[0]]
    reader, _ = sniff.find_reader(opened(data))
    assert reader and "cyclonedx-xml" == reader.name


DOCTYPE = '<!DOCTYPE bom [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "&a;&a;">]>\n'


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + DOCTYPE + BODY).encode(),
        (DOCTYPE + BODY).encode(),
        ("<!-- x -->\n" + DOCTYPE + BODY).encode(),
        ("<!-- <a> -->\n" + DOCTYPE + BODY).encode(),
        ("<!-- " + "x" * 70_000 + " -->\n" + DOCTYPE + BODY).encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + DOCTYPE + BODY).encode("utf-16"),
        gzip.compress((HEAD + DOCTYPE + BODY).encode()),
    ],
    ids=["plain", "bare", "comment", "comment-with-tag", "long-comment", "utf-16", "gzip"],
)
def test_a_document_type_is_refused(data: bytes) -> None:
    """However it is hidden, a declared document type ends the reading before anything is said."""
    with pytest.raises(SourceError, match="document type"):
        observed(cyclonedx_xml, data)


@pytest.mark.parametrize(
    "data", [b"", b"<bom", BODY[:400].encode(), b"<a>&undefined;</a>", BODY.encode().replace(b"outer", b"\x00")]
)
def test_a_broken_document_is_told(data: bytes) -> None:
    """What is not well-formed is a SourceError with its line."""
    with pytest.raises(SourceError):
        observed(cyclonedx_xml, data)


def test_what_was_read_before_the_break_stays() -> None:
    """A file that was cut short still gives the components that ended before the cut."""
    observations = cyclonedx_xml.read(opened(HEAD + BODY[: BODY.index("<services>")]))
    found: list[str] = []
    with pytest.raises(SourceError):
        found.extend(observation.label for observation in observations)
    assert "outer" in found


def test_nested_makers_belong_to_their_own_component() -> None:
    """An inner component's name and purl are not the outer one's."""
    by_label = {o.label: o for o in observed(cyclonedx_xml, HEAD + BODY)[0]}
    assert ["inner"] == values(by_label["inner"], Kind.NAME)
    assert ["outer"] == values(by_label["outer"], Kind.NAME)
    assert [] == values(by_label["middle"], Kind.PURL)


METADATA = """\
<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata>
  <timestamp>2024-07-01T10:00:00Z</timestamp>
  <component type="application"><name>shop</name><version>2</version>
    <components><component type="library"><name>below</name></component></components></component>
  <manufacture><name>Factory GmbH</name></manufacture>
  <supplier><name>Supplier Ltd</name><contact><name>Ann</name><email>ann@supplier.example</email></contact></supplier>
  <manufacturer><name>BOM Office</name></manufacturer>
</metadata>
<components><component type="library"><name>part</name>
  <evidence><identity><field>purl</field><concludedValue>pkg:npm/part</concludedValue></identity>
    <occurrences><occurrence><location>/opt/part.js</location></occurrence></occurrences></evidence>
  <swid tagId="part-1" name="Part"/></component></components>
<vulnerabilities><vulnerability/><vulnerability/></vulnerabilities>
<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>
</bom>"""


@pytest.mark.parametrize("padding", ["", "<!-- " + "x" * (1 << 23) + " -->"], ids=["small", "streamed"])
def test_supplier_and_manufacture_of_the_metadata_are_the_subjects(padding: str) -> None:
    """Who supplies the subject stands after it in the file and counts as its maker; who made the BOM is a mention."""
    found, source = observed(cyclonedx_xml, METADATA.replace("</bom>", padding + "</bom>"))
    shop, below, office, part = found
    assert ["Supplier Ltd", "Factory GmbH"] == values(shop, Kind.PUBLISHER)
    assert ["supplier.example"] == values(shop, Kind.MAINTAINER_DOMAIN)
    assert ("/metadata/manufacturer", Meaning.MENTION) == (office.locator, office.meaning)
    assert ("shop@2", "2024-07-01T10:00:00Z") == (below.asset, below.observed_at)
    assert (["pkg:npm/part"], ["/opt/part.js"]) == (values(part, Kind.PURL), values(part, Kind.PATH))
    assert ["part", "Part", "part-1"] == values(part, Kind.NAME)
    assert (2, 1) == (source.tally["vulnerabilities"], source.tally["signatures"])


def test_ancestors_are_residue_at_every_depth() -> None:
    """What a component was made from, and its parts, are to be looked at and are no parts of the subject."""
    ancestor = "<component><name>a</name><components><component><name>b</name></component></components></component>"
    text = f"""<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component><name>fork</name>
      <pedigree><ancestors>{ancestor}</ancestors><variants>{ancestor}</variants></pedigree></component></components></bom>"""
    found, source = observed(cyclonedx_xml, text)
    place = "/components/0/pedigree/ancestors/0"
    assert [
        (f"{place}/components/0", "b", Meaning.RESIDUE),
        (place, "a", Meaning.RESIDUE),
        ("/components/0", "fork", Meaning.COMPONENT),
    ] == [(o.locator, o.label, o.meaning) for o in found]
    assert 4 == source.tally["components of relatives and tools"]


@given(st.text(alphabet="<>/&;! bomcpnet=\"'[]-x\n", max_size=80))
def test_any_text_is_read_or_told(text: str) -> None:
    """Whatever the file holds, the answer is observations or a SourceError."""
    try:
        observed(cyclonedx_xml, '<bom xmlns="http://cyclonedx.org/schema/bom/1.5">' + text)
    except SourceError as e:
        assert e.message
