# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Fleet's software and hosts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers import sniff
from debar.readers.inventory import fleet
from opened import observed, opened, values


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ("deb_packages", {Kind.PACKAGE: ["A_b"]}),
        ("rpm_packages", {Kind.PACKAGE: ["A_b"]}),
        ("programs", {Kind.NAME: ["A_b"]}),
        ("python_packages", {Kind.NAME: ["A_b"], Kind.PURL: ["pkg:pypi/a-b"]}),
        ("npm_packages", {Kind.NAME: ["A_b"], Kind.PURL: ["pkg:npm/A_b"]}),
        ("homebrew_packages", {Kind.NAME: ["A_b"], Kind.PURL: ["pkg:brew/A_b"]}),
    ],
)
def test_source_of_a_software_tells_what_its_name_is(source: str, kinds: dict[Kind, list[str]]) -> None:
    """Sources are tables of osquery: packages of a system, of a language, or programs."""
    (o,) = observed(fleet, {"software": [{"name": "A_b", "version": "1", "source": source}]})[0]
    assert kinds == {kind: values(o, kind) for kind in {x.kind for x in o.observables}}


def test_software_gives_everything_that_is_exact() -> None:
    """Maker, bundle, extension, CPE, path and the signer's team."""
    software = {
        "name": "Guard.app",
        "version": "2",
        "source": "apps",
        "vendor": "Lab",
        "bundle_identifier": "com.vendor.guard",
        "extension_id": "abc",
        "generated_cpe": "cpe:2.3:a:vendor:guard:2:*:*:*:*:*:*:*",
        "installed_paths": ["/Applications/Guard.app", 7, ""],
        "signature_information": [{"installed_path": "/Applications/Guard.app", "team_identifier": "T3AM"}, None],
    }
    (o,) = observed(fleet, {"software": [software]})[0]
    assert o.meaning is Meaning.INSTALLED
    assert [(x.kind, x.value) for x in o.observables] == [
        (Kind.NAME, "Guard.app"),
        (Kind.PUBLISHER, "Lab"),
        (Kind.BUNDLE, "com.vendor.guard"),
        (Kind.EXTENSION, "abc"),
        (Kind.CPE, "cpe:2.3:a:vendor:guard:2:*:*:*:*:*:*:*"),
        (Kind.TEAM_ID, "T3AM"),
        (Kind.PATH, "/Applications/Guard.app"),
    ]


def test_each_version_of_a_title_is_told() -> None:
    """A title stands for all its versions; one that no host has is counted only."""
    titles = [
        {"name": "A", "source": "apps", "hosts_count": 2, "versions": [{"version": "1"}, {"version": "2"}]},
        {"name": "B", "source": "apps", "hosts_count": 0, "versions": []},
        {"name": "C", "source": "apps", "installed_versions": [{"version": "3", "bundle_identifier": "c.c.c"}]},
    ]
    found, source = observed(fleet, {"software_titles": titles})
    assert [(o.locator, o.label, o.version) for o in found] == [
        ("/software_titles/0/versions/0", "A", "1"),
        ("/software_titles/0/versions/1", "A", "2"),
        ("/software_titles/2/versions/0", "C", "3"),
    ]
    assert source.tally["software on no host"] == 1


def test_host_has_its_software_and_its_identity() -> None:
    """The public address is that of a router, and a time that never was is none."""
    host = {
        "hostname": "web01",
        "uuid": "4C4C4544-0042-3510-8052-B4C04F4E4431",
        "hardware_serial": "PF3ABC",
        "hardware_vendor": "LENOVO",
        "hardware_model": "X1",
        "primary_ip": "192.0.2.2",
        "public_ip": "203.0.113.9",
        "primary_mac": "02:00:5E:00:53:01",
        "os_version": "Astra Linux 1.7",
        "detail_updated_at": "0001-01-01T00:00:00Z",
        "seen_time": "2024-05-02T09:30:11Z",
        "software": [{"name": "kesl", "version": "12", "source": "deb_packages"}],
    }
    system, software, machine = observed(fleet, {"hosts": [host]})[0]
    assert {o.asset for o in (system, software, machine)} == {"web01"}
    assert (system.label, software.label, machine.label) == ("Astra Linux 1.7", "kesl", "web01")
    assert (machine.observed_at, software.observed_at) == ("2024-05-02T09:30:11Z", "")
    assert values(machine, Kind.ADDRESS) == ["192.0.2.2"]
    assert values(machine, Kind.MAC) == ["02:00:5e:00:53:01"]
    assert values(machine, Kind.SERIAL) == ["PF3ABC", "4C4C4544-0042-3510-8052-B4C04F4E4431"]


@pytest.mark.parametrize(
    ("document", "locator"),
    [
        ({"host": {"hostname": "a"}}, "/host"),
        ({"hosts": [{"hostname": "b"}, {"hostname": "a"}]}, "/hosts/1"),
        ({"kind": "host", "apiVersion": "v1", "spec": {"hostname": "a"}}, "/spec"),
    ],
)
def test_hosts_stand_in_several_frames(document: dict[str, object], locator: str) -> None:
    """One host, a list of hosts, and what fleetctl prints."""
    found, _ = observed(fleet, document)
    assert (found[-1].label, found[-1].locator) == ("a", locator)


def test_yaml_of_fleetctl_is_read_document_by_document() -> None:
    """One document for each host, numbers as they are written."""
    text = "---\napiVersion: v1\nkind: software\nspec:\n- name: a\n  version: 1.10\n  source: programs\n---\n[1]\n---\nkind: host\nspec:\n  hostname: b\n"
    found, source = observed(fleet, text)
    assert [(o.locator, o.label, o.version) for o in found] == [
        ("document 1 /spec/0", "a", "1.10"),
        ("document 3 /spec", "b", ""),
    ]
    assert [place for place, _ in source.losses] == ["document 2"]


@pytest.mark.parametrize(
    ("text", "reader"),
    [
        ('{"counts_updated_at": "x", "software": []}', "fleet"),
        ('{"software_titles": []}', "fleet"),
        ('{"kind": "host", "apiVersion": "v1", "spec": {"hostname": "a"}}', "fleet"),
        ("---\napiVersion: v1\nkind: host\nspec: {}\n", "fleet"),
        ('{"hosts": [{"orbit_version": "1", "hostname": "a"}]}', "fleet"),
    ],
)
def test_answers_of_fleet_are_recognised(text: str, reader: str) -> None:
    """By fields that only Fleet has."""
    found, why = sniff.find_reader(opened(text))
    assert (found.name if found else why) == reader


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "Pod", "apiVersion": "v1", "spec": {"hostname": "a"}}',
        "apiVersion: v1\nkind: Pod\nspec:\n  hostname: a\n",
    ],
)
def test_other_documents_of_the_same_frame_are_not_claimed(text: str) -> None:
    """Kubernetes writes apiVersion, kind and spec as well."""
    found, _ = sniff.find_reader(opened(text))
    assert found is None or found.name != "fleet"


@pytest.mark.parametrize("text", ["{", '{"software": [', "a: [1"])
def test_half_a_document_is_refused(text: str) -> None:
    """Neither JSON nor YAML that ends early is read."""
    with pytest.raises(SourceError):
        observed(fleet, text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "version", "versions", "software", "hostname", "installed_paths"]), inner
        )
    ),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["software", "hosts", "host", "spec", "software_titles", "os_versions"]), JSON))
def test_any_json_is_survived(document: object) -> None:
    """Whatever the types, reading ends without an error."""
    for kind in ("host", "software", None):
        found, _ = observed(fleet, json.dumps({"kind": kind, **document}))  # type: ignore[dict-item]
        assert all(o.observables for o in found)
