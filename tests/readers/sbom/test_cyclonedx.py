# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of CycloneDX JSON."""

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
from debar.readers.boms import cyclonedx_bom
from debar.readers.sbom import cyclonedx
from opened import observed, opened, resolved, values

BOM = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "metadata": {
        "timestamp": "2024-07-01T10:00:00Z",
        "component": {
            "type": "application",
            "group": "com.acme",
            "name": "shop",
            "version": "2",
            "components": [{"name": "below"}],
        },
        "tools": {"components": [{"name": "scanner", "publisher": "Maker Inc"}]},
    },
    "components": [
        {
            "name": "outer",
            "version": "1",
            "purl": "pkg:npm/%40maker/ui@1.0",
            "cpe": "cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*",
            "publisher": "Maker Inc",
            "author": "Jo Doe <jo@maker.com>",
            "supplier": {"name": "Supplier Ltd", "url": ["https://supplier.example/x"], "contact": [{"name": "Ann"}]},
            "manufacturer": {"name": "Factory GmbH", "email": "info@factory.example"},
            "authors": [{"name": "Ann", "email": "ann@author.example"}],
            "externalReferences": [
                {"type": "vcs", "url": "https://github.com/Maker/ui.git"},
                {"url": "https://maker.com"},
            ],
            "hashes": [{"alg": "SHA-256", "content": "ab12"}],
            "properties": [
                {"name": "syft:location:0:path", "value": "/opt/maker/ui"},
                {"name": "syft:cpe23", "value": "cpe:2.3:a:maker:gui:1.0:*:*:*:*:*:*:*"},
                {"name": "other", "value": "nothing"},
            ],
            "description": "An interface",
            "copyright": "(c) Maker",
            "components": [{"name": "middle", "components": [{"name": "inner", "version": "3"}]}],
        },
        {"name": "last", "group": "com.maker.sdk"},
    ],
    "services": [
        {
            "name": "lookup",
            "provider": {"name": "Maker Inc"},
            "endpoints": ["https://api.maker.com/v1"],
            "services": [{"name": "deeper"}],
        }
    ],
}


def test_components_are_found_at_every_depth() -> None:
    """Each component, service and the subject is one observation, outer before inner, in document order."""
    found, source = observed(cyclonedx, BOM)
    assert ["com.acme/shop", "below", "outer", "middle", "inner", "com.maker.sdk/last", "lookup", "deeper"] == [
        o.label for o in found
    ]
    assert {
        "subjects": 1,
        "components below the subject": 1,
        "components": 2,
        "nested components": 2,
        "services": 1,
        "nested services": 1,
    } == dict(source.tally)
    assert [] == source.losses


def test_locators_can_be_found_in_the_document() -> None:
    """A locator is a JSON pointer to the very component."""
    found, _ = observed(cyclonedx, BOM)
    for o in found:
        assert o.label.rpartition("/")[2] == resolved(BOM, o.locator)["name"]


def test_the_subject_is_the_asset() -> None:
    """Everything is on what the BOM is about, seen when it was made."""
    found, _ = observed(cyclonedx, BOM)
    assert {("shop@2", "2024-07-01T10:00:00Z", Medium.SBOM)} == {(o.asset, o.observed_at, o.medium) for o in found} or {
        ("com.acme/shop@2", "2024-07-01T10:00:00Z", Medium.SBOM)
    } == {(o.asset, o.observed_at, o.medium) for o in found}


def test_without_subject_the_file_is_the_asset() -> None:
    """A BOM that is about nothing speaks of its own file."""
    found, _ = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [{"name": "a"}]})
    assert ["some/bom.json"] == [o.asset for o in found]


def test_every_field_that_betrays_a_maker_is_read() -> None:
    """Coordinates, makers, contacts, references, hashes, paths and prose of one component."""
    outer = next(o for o in observed(cyclonedx, BOM)[0] if o.label == "outer")
    assert ["outer"] == values(outer, Kind.NAME)
    assert "pkg:npm/%40maker/ui@1.0" == values(outer, Kind.PURL)[0]
    assert "pkg:github/Maker/ui" in values(outer, Kind.PURL)
    assert ["cpe:2.3:a:maker:ui:1.0:*:*:*:*:*:*:*", "cpe:2.3:a:maker:gui:1.0:*:*:*:*:*:*:*"] == values(outer, Kind.CPE)
    assert ["Maker Inc", "Jo Doe", "Supplier Ltd", "Factory GmbH", "Ann"] == values(outer, Kind.PUBLISHER)
    assert ["maker.com", "factory.example", "author.example"] == values(outer, Kind.MAINTAINER_DOMAIN)
    assert ["supplier.example", "github.com", "maker.com"] == values(outer, Kind.REFERENCE_DOMAIN)
    assert ["ab12"] == values(outer, Kind.HASH)
    assert ["/opt/maker/ui"] == values(outer, Kind.PATH)
    assert ["An interface", "(c) Maker"] == values(outer, Kind.TEXT)


def test_a_group_stands_in_for_a_missing_package_url() -> None:
    """A component without purl has the one that its group and name amount to."""
    last = next(o for o in observed(cyclonedx, BOM)[0] if o.label.endswith("last"))
    assert ["pkg:maven/com.maker.sdk/last"] == values(last, Kind.PURL)


def test_services_are_used_and_not_parts() -> None:
    """A service is contacted; its provider and endpoints tell whose it is."""
    service = next(o for o in observed(cyclonedx, BOM)[0] if o.label == "lookup")
    assert Meaning.SERVICE_USE is service.meaning
    assert (["Maker Inc"], ["api.maker.com"]) == (
        values(service, Kind.PUBLISHER),
        values(service, Kind.REFERENCE_DOMAIN),
    )
    assert {Meaning.COMPONENT} == {
        o.meaning for o in observed(cyclonedx, BOM)[0] if o.label not in ("lookup", "deeper")
    }


def test_tools_are_no_parts() -> None:
    """What made the BOM is not in the product."""
    assert "scanner" not in [o.label for o in observed(cyclonedx, BOM)[0]]


@pytest.mark.parametrize("wrong", [7, True, [1], {"a": 1}, [None], "text"])
@pytest.mark.parametrize(
    "field",
    [
        "version",
        "group",
        "cpe",
        "publisher",
        "supplier",
        "authors",
        "externalReferences",
        "hashes",
        "properties",
        "description",
    ],
)
def test_a_wrong_type_costs_a_field_and_not_the_component(field: str, wrong: object) -> None:
    """The rest of the component is read, and the loss is told with its place, unless the type fits after all."""
    found, source = observed(
        cyclonedx,
        {"bomFormat": "CycloneDX", "components": [{"name": "a", "purl": "pkg:npm/a", field: wrong}, {"name": "b"}]},
    )
    assert ["a", "b"] == [o.label.rpartition("/")[2] for o in found]
    assert ["pkg:npm/a"] == values(found[0], Kind.PURL)
    assert {"/components/0"} >= {place for place, _ in source.losses}
    assert all(field in reason for _, reason in source.losses)


@pytest.mark.parametrize("wrong", [None, 7, "text", [], [[]]])
def test_what_is_no_component_is_told(wrong: object) -> None:
    """Something else in the list is a loss with its place; its neighbours are read."""
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [{"name": "a"}, wrong, {"name": "b"}]})
    assert ["a", "b"] == [o.label for o in found]
    assert ["/components/1"] == [place for place, _ in source.losses]


@pytest.mark.parametrize(
    "field",
    [
        "version",
        "group",
        "purl",
        "cpe",
        "publisher",
        "supplier",
        "authors",
        "externalReferences",
        "hashes",
        "properties",
        "components",
        "services",
        "description",
    ],
)
def test_null_is_absent(field: str) -> None:
    """A field that is null says nothing and is no fault."""
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [{"name": "a", field: None}]})
    assert (["a"], []) == ([o.label for o in found], source.losses)


@pytest.mark.parametrize("field", ["metadata", "components", "services"])
def test_null_frames_are_absent(field: str) -> None:
    """A list or frame that is null is an empty one."""
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", field: None})
    assert ([], []) == (found, source.losses)


def test_a_null_subject_is_absent() -> None:
    """A subject that is null is none."""
    found, source = observed(
        cyclonedx,
        {"bomFormat": "CycloneDX", "metadata": {"component": None, "timestamp": None}, "components": [{"name": "a"}]},
    )
    assert (["a"], []) == ([o.label for o in found], source.losses)


TEXT = json.dumps({**BOM, "components": [{"name": "Kästner™"}]}, ensure_ascii=False)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        gzip.compress(TEXT.encode()),
        zstandard.compress(TEXT.encode()),
        gzip.compress(TEXT[:9].encode()) + gzip.compress(TEXT[9:].encode()),
        zstandard.compress(TEXT[:9].encode()) + zstandard.compress(TEXT[9:].encode()),
        gzip.compress(TEXT.encode("utf-16")),
    ],
    ids=[
        "utf-8",
        "mark",
        "utf-16",
        "le",
        "be",
        "be-mark",
        "utf-32",
        "gzip",
        "zstd",
        "gzip-members",
        "zstd-frames",
        "gzip-utf-16",
    ],
)
def test_encodings_and_compression_do_not_matter(data: bytes) -> None:
    """The same BOM in another dress gives the same observations, and is recognised."""
    assert observed(cyclonedx, TEXT)[0] == observed(cyclonedx, data)[0]
    reader, _ = sniff.find_reader(opened(data))
    assert reader and "cyclonedx" == reader.name


def test_the_digest_is_of_the_file_on_disk() -> None:
    """Size and digest are those of the bytes before decompression."""
    import hashlib

    data = gzip.compress(TEXT.encode())
    _, source = observed(cyclonedx, data)
    assert (len(data), hashlib.sha256(data).hexdigest()) == (source.size, source.sha256)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b'{"components": 7}',
        b'{"components": [{]}',
        gzip.compress(b"{}", mtime=0)[:-4],
        b"\xff\xfe{",
    ],
)
def test_a_broken_document_is_told(data: bytes) -> None:
    """What cannot be decoded is a SourceError and no crash."""
    with pytest.raises(SourceError):
        observed(cyclonedx, data)


def test_depth_has_an_end() -> None:
    """Nesting deeper than any real BOM is told and not followed."""
    deep: dict[str, object] = {"name": "x"}
    for _ in range(cyclonedx_bom.DEPTH + 50):
        deep = {"name": "x", "components": [deep]}
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [deep]})
    assert cyclonedx_bom.DEPTH <= len(found) <= cyclonedx_bom.DEPTH + 1
    assert any("nested deeper" in reason for _, reason in source.losses)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "group", "purl", "components", "supplier", "url", "hashes", "properties", "value"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=3), JSON, JSON)
def test_any_json_is_read_or_told(components: list[object], subject: object, services: object) -> None:
    """Whatever stands in the fields, there are observations and losses, or a SourceError."""
    document = {"bomFormat": "CycloneDX", "components": components, "metadata": subject, "services": services}
    try:
        found, _ = observed(cyclonedx, msgspec.json.encode(document))
    except SourceError:
        return
    for o in found:
        assert isinstance(resolved(document, o.locator), dict)


def properties(**named: str) -> list[dict[str, str]]:
    """Give properties of the collector of hardware."""
    return [{"name": f"cdx:hbom:{name}", "value": value} for name, value in named.items()]


def machine(**named: str) -> dict[str, object]:
    """Give the BOM of a machine with one network card and one headset."""
    return {
        "bomFormat": "CycloneDX",
        "metadata": {"component": {"type": "device", "name": "Model 7", "properties": properties(**named)}},
        "components": [
            {
                "type": "device",
                "name": "card",
                "properties": properties(
                    hardwareClass="network-interface",
                    macAddress="8C-16-45-AA-BB-01",
                    vendorId="0x8086",
                    productId="1a1c",
                ),
            },
            {
                "type": "device",
                "name": "headset",
                "properties": properties(
                    hardwareClass="bluetooth-device", macAddress="00:11:22:33:44:55", serialNumber="H1"
                ),
            },
        ],
    }


def test_devices_are_hardware_with_their_own_identifiers() -> None:
    """A machine has its serial number and the addresses of its cards, and not those of what is paired with it."""
    document = machine(serialNumber="7XK2LM3", platform="linux")
    document["components"][0]["properties"] += properties(pciSlot="00:1f.6")  # type: ignore[index]
    subject, card, headset = observed(cyclonedx, document)[0]
    assert {Meaning.HARDWARE} == {subject.meaning, card.meaning, headset.meaning}
    assert {"Model 7 7XK2LM3"} == {subject.asset, card.asset}
    assert (["Model 7"], ["7XK2LM3"]) == (values(subject, Kind.MODEL), values(subject, Kind.SERIAL))
    assert (["8c:16:45:aa:bb:01"], ["pci:8086:1a1c"]) == (values(card, Kind.MAC), values(card, Kind.HARDWARE_ID))
    assert ([], []) == (values(headset, Kind.MAC), values(headset, Kind.SERIAL))


@pytest.mark.parametrize("serial", ["redacted:3XYZ", "To be filled by O.E.M.", "0000000", "", "None"])
def test_a_machine_without_a_serial_number_is_known_by_its_file(serial: str) -> None:
    """Junk and redacted numbers would make one machine of all that have the model."""
    subject = observed(cyclonedx, machine(serialNumber=serial))[0][0]
    assert ("some/bom.json", []) == (subject.asset, values(subject, Kind.SERIAL))


def test_rows_of_osquery_are_inventory() -> None:
    """A row of a service is installed, named a service, and from another medium than what a maker declares."""
    cells = {"cdx:osquery:category": "services_snapshot", "path": "C:\\a.exe", "identifying_number": "{1-2}"}
    row = {"name": "agentsvc", "properties": [{"name": name, "value": value} for name, value in cells.items()]}
    found = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [row, {"name": "part"}]})[0]
    assert [(Medium.INVENTORY, Meaning.INSTALLED), (Medium.SBOM, Meaning.COMPONENT)] == [
        (o.medium, o.meaning) for o in found
    ]
    assert ["agentsvc"] == values(found[0], Kind.SERVICE)
    assert (["{1-2}"], ["C:\\a.exe"]) == (values(found[0], Kind.PRODUCT_CODE), values(found[0], Kind.PATH))


def test_ancestors_are_residue() -> None:
    """A component made from another's code is worth a check; relatives of unknown kind say nothing."""
    fork = {"name": "fork", "pedigree": {"ancestors": [{"name": "a"}], "variants": [{"name": "v"}]}}
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [fork]})
    assert [("fork", Meaning.COMPONENT), ("a", Meaning.RESIDUE)] == [(o.label, o.meaning) for o in found]
    assert {"components": 1, "components of relatives and tools": 1} == dict(source.tally)


def test_a_bom_of_vulnerabilities_says_nothing_and_is_no_fault() -> None:
    """Vulnerabilities and signatures are counted; wrong ones are told."""
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", "vulnerabilities": [{}, {}], "signature": {"a": 1}})
    assert ([], {"vulnerabilities": 2, "signatures": 1}, []) == (found, dict(source.tally), source.losses)
    found, source = observed(cyclonedx, {"bomFormat": "CycloneDX", "vulnerabilities": {"a": 1}})
    assert ([], ["/vulnerabilities"]) == (found, [place for place, _ in source.losses])


def test_a_supplier_without_subject_is_told_of_the_file() -> None:
    """A BOM that names a supplier only is from that supplier."""
    metadata = {"supplier": {"name": "Maker Inc", "contact": [{"name": "Ann", "email": "ann@maker.example"}]}}
    (found,) = observed(cyclonedx, {"bomFormat": "CycloneDX", "metadata": metadata})[0]
    assert ("/metadata/supplier", "Maker Inc", Meaning.COMPONENT) == (found.locator, found.label, found.meaning)
    assert (["Maker Inc"], ["maker.example"]) == (
        values(found, Kind.PUBLISHER),
        values(found, Kind.MAINTAINER_DOMAIN),
    )


@pytest.mark.parametrize(
    "identity", [{"field": "purl", "concludedValue": "pkg:npm/a"}, [{"methods": [{"value": "pkg:npm/a"}]}]]
)
def test_identities_of_the_evidence_are_read(identity: object) -> None:
    """One identity or several, concluded or as the value of a method; a file name is no identity."""
    evidence = {"identity": identity, "occurrences": [{"location": "/opt/a"}]}
    (found,) = observed(cyclonedx, {"bomFormat": "CycloneDX", "components": [{"name": "a", "evidence": evidence}]})[0]
    assert (["pkg:npm/a"], ["/opt/a"]) == (values(found, Kind.PURL), values(found, Kind.PATH))
