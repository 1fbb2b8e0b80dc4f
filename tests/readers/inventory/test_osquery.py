# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of osquery results."""

import io
import json
import weakref
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import sniff
from debar.readers.inputs import Input
from debar.readers.inventory import osquery

PROGRAM = {
    "name": "Endpoint Security",
    "version": "12.1",
    "install_location": "C:\\Program Files\\Vendor\\",
    "publisher": "AO Vendor",
    "identifying_number": "{A}",
    "install_date": "",
}


def opened(text: str, path: str = "exports/pc7/programs.json") -> Input:
    """Give an input with this content."""
    source = Input(path, io.BytesIO(text.encode()))
    weakref.finalize(source, source._file.close)  # type: ignore[union-attr]
    return source


def observed(*entries: object, path: str = "exports/pc7/programs.json") -> list[Observation]:
    """Read entries as a log by the line."""
    return list(osquery.read(opened("\n".join(map(json.dumps, entries)) + "\n", path)))


def values(row: Mapping[str, object]) -> tuple[Meaning, dict[Kind, list[str]]]:
    """Give what one row amounts to."""
    (o,) = observed(row)
    found: dict[Kind, list[str]] = {}
    for x in o.observables:
        found.setdefault(x.kind, []).append(x.value)
    return o.meaning, found


def test_array_of_rows_is_about_the_host_it_is_filed_under() -> None:
    """The output of osqueryi --json names neither host nor table; the directory and the columns do."""
    (o,) = osquery.read(opened(json.dumps([PROGRAM], indent=1)))
    assert o == Observation(
        source="",
        locator="/0",
        asset="pc7",
        label="Endpoint Security",
        version="12.1",
        medium=Medium.INVENTORY,
        meaning=Meaning.INSTALLED,
        observables=(
            Observable(Kind.NAME, "Endpoint Security"),
            Observable(Kind.PATH, "C:\\Program Files\\Vendor\\"),
            Observable(Kind.PUBLISHER, "AO Vendor"),
            Observable(Kind.PRODUCT_CODE, "{A}"),
        ),
    )


def test_log_gives_present_rows_with_host_and_instant() -> None:
    """Added rows and snapshots are present; removed rows are counted only."""
    frame = {"name": "pack_x_programs", "hostIdentifier": "pc9", "unixTime": 1726740000}
    entries = [
        {**frame, "columns": PROGRAM, "action": "added"},
        {**frame, "columns": PROGRAM, "action": "removed"},
        {**frame, "snapshot": [PROGRAM, PROGRAM], "action": "snapshot"},
        {**frame, "diffResults": {"added": [PROGRAM], "removed": [PROGRAM, PROGRAM]}},
        {**frame, "diffResults": {"added": "", "removed": ""}},
        {**frame, "snapshot": ""},
    ]
    source = opened("\n".join(map(json.dumps, entries)))
    found = list(osquery.read(source))
    assert [o.locator for o in found] == [
        "line 1",
        "line 3 /snapshot/0",
        "line 3 /snapshot/1",
        "line 4 /diffResults/added/0",
    ]
    assert {(o.asset, o.observed_at) for o in found} == {("pc9", "2024-09-19T10:00:00Z")}
    assert source.tally == {"rows": 4, "removed rows": 3}


@pytest.mark.parametrize("indent", [None, 1])
def test_array_of_log_entries_is_read_like_the_lines(indent: int | None) -> None:
    """The same entries in one document are found by pointer."""
    entry = {"hostIdentifier": "pc9", "calendarTime": "Mon Sep  2 17:15:20 2024 UTC", "snapshot": [PROGRAM]}
    (o,) = osquery.read(opened(json.dumps([entry], indent=indent)))
    assert (o.locator, o.asset, o.observed_at) == ("/0/snapshot/0", "pc9", "2024-09-02T17:15:20Z")


def test_single_document_over_many_lines_is_read() -> None:
    """One pretty-printed log entry is not a log by the line."""
    (o,) = osquery.read(opened(json.dumps({"host": "pc1", "rows": [PROGRAM]}, indent=2)))
    assert (o.locator, o.asset) == ("/rows/0", "pc1")


@pytest.mark.parametrize(
    ("frame", "asset"),
    [
        ({"hostIdentifier": "pc1", "decorations": {"hostname": "pc2"}}, "pc1"),
        ({"hostIdentifier": "4C4C4544-0042-3510-8052-B4C04F4E4431", "decorations": {"hostname": "pc2"}}, "pc2"),
        ({"hostIdentifier": "4C4C4544-0042-3510-8052-B4C04F4E4431"}, "4C4C4544-0042-3510-8052-B4C04F4E4431"),
        ({"decorations": {"host_hostname": "pc3"}}, "pc3"),
        ({"decorations": 7}, "pc7"),
    ],
)
def test_host_is_what_a_person_calls_it(frame: dict[str, object], asset: str) -> None:
    """A hardware identifier gives way to a name, if the log has one."""
    assert [o.asset for o in observed({**frame, "columns": PROGRAM})] == [asset]


def test_live_query_row_carries_its_host() -> None:
    """A fleet's export has the host in a column of each row, which is no product."""
    (o,) = observed({"host_hostname": "pc4", **PROGRAM})
    assert (o.asset, o.label) == ("pc4", "Endpoint Security")
    assert [o.asset for o in observed(PROGRAM, path="pc8.json")] == ["pc8"]


def test_package_tables_give_packages_and_makers() -> None:
    """The maintainer's address betrays the maker, and a removed package leaves residue."""
    deb = {
        "name": "agent",
        "version": "1",
        "maintainer": "Lab <a@vendor.example>",
        "status": "deinstall ok config-files",
    }
    assert values(deb) == (
        Meaning.RESIDUE,
        {Kind.PACKAGE: ["agent"], Kind.PUBLISHER: ["Lab"], Kind.MAINTAINER_DOMAIN: ["vendor.example"]},
    )
    rpm = {"name": "agent", "version": "1", "arch": "x86_64", "vendor": "Lab", "release": "1"}
    assert values(rpm) == (Meaning.INSTALLED, {Kind.PACKAGE: ["agent"], Kind.PUBLISHER: ["Lab"]})


def test_service_and_driver_tables_give_names_that_are_exact() -> None:
    """A service path loses quotation marks and options; a driver is known by its file."""
    service = {
        "name": "AVP",
        "service_type": "OWN_PROCESS",
        "display_name": "AV Service",
        "path": '"C:\\Program Files\\V\\avp.exe" -r',
    }
    assert values(service) == (
        Meaning.INSTALLED,
        {Kind.SERVICE: ["AVP"], Kind.NAME: ["AV Service"], Kind.PATH: ["C:\\Program Files\\V\\avp.exe"]},
    )
    driver = {
        "device_id": "x",
        "image": "C:\\Windows\\system32\\drivers\\klif.sys",
        "provider": "Lab",
        "service": "KLIF",
    }
    assert values(driver) == (
        Meaning.INSTALLED,
        {
            Kind.DRIVER: ["klif.sys"],
            Kind.PATH: ["C:\\Windows\\system32\\drivers\\klif.sys"],
            Kind.PUBLISHER: ["Lab"],
            Kind.SERVICE: ["KLIF"],
        },
    )


@pytest.mark.parametrize(
    ("row", "meaning", "kinds"),
    [
        ({"bundle_identifier": "com.v.a", "path": "/A.app", "name": "A.app"}, "installed", "bundle path name"),
        ({"pid": "1", "name": "avp", "path": "/avp"}, "running", "process path"),
        ({"path": "/a", "subject_name": "AO Vendor", "issuer_name": "CA"}, "installed", "path signer"),
        (
            {"path": "/a", "authority": "Dev", "identifier": "com.v", "team_identifier": "T"},
            "installed",
            "path signer bundle team-id",
        ),
        ({"common_name": "Root", "issuer": "CN=Root", "path": "store"}, "residue", "tls-issuer tls-issuer path"),
        (
            {"identifier": "abc", "name": "Guard", "version": "1", "author": "V"},
            "installed",
            "extension name publisher",
        ),
        ({"key": "HKLM\\V", "path": "HKLM\\V\\a", "name": "a"}, "residue", "registry registry name"),
        ({"path": "/a/b", "filename": "b", "size": "1"}, "residue", "path file"),
    ],
)
def test_other_tables_are_known_by_their_columns(row: Mapping[str, object], meaning: str, kinds: str) -> None:
    """What a column means depends on the columns beside it."""
    (o,) = observed(row)
    assert (o.meaning.value, " ".join(x.kind.value for x in o.observables)) == (meaning, kinds)


def test_rows_that_name_nothing_make_no_observation() -> None:
    """Empty cells and tables without products are counted only."""
    source = opened('{"name": "-", "path": ""}\n{"usage": 7, "flag": null}\n')
    assert list(osquery.read(source)) == []
    assert source.tally["rows"] == 2


def test_broken_lines_are_losses_and_the_rest_is_read() -> None:
    """Half a line, a number and a list for a row cost themselves."""
    source = opened('{"name": "a"}\n{"name": "b\n7\n{"snapshot": [3, {"name": "c"}]}\n' + "x\n" * 9)
    assert [o.label for o in osquery.read(source)] == ["a", "c"]
    assert [place for place, _ in source.losses] == ["line 2", "line 3", "line 4 /snapshot/0", "line 5", "line 6", ""]


@pytest.mark.parametrize("text", ['[{"name": "a"},', '{\n"name": '])
def test_document_that_is_broken_is_refused(text: str) -> None:
    """A document that ends early is unusable as a whole."""
    source = opened(text)
    try:
        assert list(osquery.read(source)) == []
    except SourceError as e:
        assert "not a readable" in e.message
    else:
        assert source.losses


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "snapshot", "columns", "diffResults", "added", "rows", "path", "action"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_survived(value: object) -> None:
    """Whatever the types, reading ends without an error."""
    for found in (observed(value), observed([value])):
        assert all(observation.observables for observation in found)


def test_machine_is_told_by_its_own_tables() -> None:
    """System, interfaces and addresses identify the host; a bridge's address and a junk serial do not."""
    frame = {"hostIdentifier": "pc9"}
    rows = [
        {"hostname": "pc9", "hardware_serial": "PF3ABC", "board_serial": "Default string", "hardware_vendor": "LENOVO"},
        {"interface": "eth0", "mac": "02:00:5E:00:53:09", "mtu": "1500"},
        {"interface": "docker0", "mac": "02:42:00:00:00:01", "mtu": "1500"},
        {"interface": "eth0", "address": "192.0.2.9", "mask": "255.255.255.0"},
        {"interface": "lo", "address": "127.0.0.1", "mask": "255.0.0.0"},
    ]
    (machine,) = observed(*({**frame, "columns": row, "action": "added"} for row in rows))
    assert (machine.asset, machine.label, machine.meaning) == ("pc9", "pc9", Meaning.HARDWARE)
    assert [(o.kind, o.value) for o in machine.observables] == [
        (Kind.HOSTNAME, "pc9"),
        (Kind.SERIAL, "PF3ABC"),
        (Kind.PUBLISHER, "LENOVO"),
        (Kind.MAC, "02:00:5e:00:53:09"),
        (Kind.ADDRESS, "192.0.2.9"),
    ]


def test_neighbour_is_an_asset_of_its_own() -> None:
    """An entry of the ARP cache says nothing of the host it was read on."""
    row = {"address": "192.0.2.1", "mac": "02:00:5E:00:53:05", "interface": "eth0", "permanent": "0"}
    (o,) = observed({"hostIdentifier": "pc9", "columns": row, "action": "added"})
    assert (o.asset, o.meaning) == ("192.0.2.1", Meaning.HARDWARE)
    assert [x.value for x in o.observables] == ["192.0.2.1", "02:00:5e:00:53:05"]


def test_connection_is_told_apart_from_its_process() -> None:
    """The program runs; whom it talks to is a use of a service; a loopback address is nobody."""
    row = {"pid": "4", "process_name": "avp", "remote_address": "203.0.113.8", "remote_port": "443"}
    contact, process = observed(row)
    assert (contact.meaning, contact.observables) == (Meaning.SERVICE_USE, (Observable(Kind.IP, "203.0.113.8"),))
    assert (process.meaning, process.observables) == (Meaning.RUNNING, (Observable(Kind.PROCESS, "avp"),))
    (process,) = observed({**row, "remote_address": "127.0.0.1"})
    assert process.meaning is Meaning.RUNNING


@pytest.mark.parametrize(
    ("row", "meaning"),
    [
        ({"name": "AVP", "service_type": "OWN_PROCESS", "status": "RUNNING"}, "running"),
        ({"name": "AVP", "service_type": "OWN_PROCESS", "status": "STOPPED"}, "installed"),
        ({"id": "kesl.service", "fragment_path": "/a", "active_state": "active", "sub_state": "running"}, "running"),
        ({"id": "kesl.service", "fragment_path": "/a", "active_state": "active", "sub_state": "exited"}, "installed"),
        ({"port": "13000", "protocol": "6", "address": "::", "name": "", "path": ""}, "installed"),
        ({"name": "com.v.kext", "linked_against": "<1>", "size": "1"}, "running"),
    ],
)
def test_what_is_at_work_is_told_from_what_is_there(row: Mapping[str, object], meaning: str) -> None:
    """A service runs if its state says so; a port whose program is not named is only there."""
    (found,) = observed(row)
    assert found.meaning.value == meaning


@pytest.mark.parametrize(
    ("row", "meaning", "found"),
    [
        (
            {"usb_address": "1", "vendor": "V", "vendor_id": "2bdf", "model": "M", "model_id": "0280"},
            "hardware",
            "usb:2bdf:0280",
        ),
        (
            {"pci_slot": "0", "vendor": "V", "vendor_id": "0x8086", "model": "M", "model_id": "0x0d57"},
            "hardware",
            "pci:8086:0d57",
        ),
        (
            {"name": "My_Pkg", "version": "1", "author": "A", "directory": "/d", "summary": "s"},
            "installed",
            "pkg:pypi/my-pkg",
        ),
        (
            {"name": "@a/b", "version": "1", "author": "A", "directory": "/d", "license": "MIT"},
            "installed",
            "pkg:npm/%40a/b",
        ),
        ({"name": "wget", "version": "1", "prefix": "/opt/homebrew"}, "installed", "pkg:brew/wget"),
        (
            {"name": "git", "version": "1", "author": "A", "license": "L", "summary": "s"},
            "installed",
            "pkg:chocolatey/git",
        ),
        (
            {"id": "sha256:a", "tags": "r.example/team/app:1,x:2", "size_bytes": "1"},
            "installed",
            "pkg:docker/r.example/team/app",
        ),
        ({"id": "a", "name": "db", "image": "redis:7", "image_id": "sha256:b"}, "installed", "pkg:docker/redis"),
        ({"port": "13000", "protocol": "6", "address": "::", "name": "server"}, "running", "13000/tcp"),
        ({"name": "kl_mod", "used_by": "-", "size": "1"}, "running", "kl_mod"),
        ({"identifier": "com.v.ext", "team": "T3AM", "version": "1"}, "installed", "T3AM"),
        ({"package": "app-misc/agent", "slot": "0", "version": "1"}, "installed", "app-misc/agent"),
        (
            {"base_uri": "http://repo.vendor.example/x", "release": "s", "maintainer": "M", "version": "1"},
            "residue",
            "repo.vendor.example",
        ),
        ({"command": "root /opt/v/scan", "minute": "0"}, "residue", "root /opt/v/scan"),
        ({"name": "Vendor AV", "type": "Antivirus", "remediation_path": "C:\\V\\av.exe"}, "installed", "C:\\V\\av.exe"),
    ],
)
def test_tables_of_devices_packages_and_settings_are_known(row: Mapping[str, object], meaning: str, found: str) -> None:
    """Each table says what is exact in it, and what its rows are on the machine."""
    (o,) = observed(row)
    assert o.meaning.value == meaning
    assert found in [x.value for x in o.observables]


def test_people_are_no_products() -> None:
    """Accounts are counted, not read."""
    assert observed({"username": "a", "shell": "/bin/sh", "description": "Vendor Admin", "directory": "/home/a"}) == []


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ('[\n {"name": "a", "version": "1", "maintainer": "M"}]', True),
        ('[{"name":"a","path":"/a"}]', True),
        ('[{"name":"a","version":"1","colour":"red"}]', False),
        ('[{"city":"a","street":"b"}]', False),
        ('[{"pid":1,"name":"a"}]', False),
        ("[" + '{"name":' * 2000, False),
        ('[{"name":"a"' + " " * 60000, False),
    ],
)
def test_array_is_claimed_by_columns_that_osquery_has(text: str, claimed: bool) -> None:
    """Flat objects of texts are common: only known columns make them rows of osquery; a hostile one costs no time."""
    reader, _ = sniff.find_reader(opened(text))
    assert claimed is (reader is not None and reader.name == "osquery")


def test_decorations_identify_the_machine_once() -> None:
    """Serial number and UUID join a host's rows to other sources, nested or beside the other fields."""
    line = {"hostIdentifier": "pc1", "columns": {"name": "agent", "version": "1"}, "action": "added"}
    decorations = {"host_uuid": "4C4C4544-0044-3510-8052-B4C04F4A3532", "hardware_serial": "5DJ0J42"}
    for entry in ({**line, "decorations": decorations}, {**line, **decorations}):
        *rows, machine = observed(entry, entry)
        assert [(o.asset, o.label) for o in rows] == [("pc1", "agent")] * 2
        assert (machine.asset, machine.meaning) == ("pc1", Meaning.HARDWARE)
        assert machine.observables == tuple(Observable(Kind.SERIAL, value) for value in decorations.values())


@pytest.mark.parametrize("decorations", [{"hardware_serial": "None"}, {"uuid": [1]}, {"hostname": "pc1"}, [], None])
def test_decorations_without_an_identifier_say_nothing(decorations: object) -> None:
    """Junk serials and values of other types are no identity."""
    found = observed({"hostIdentifier": "pc1", "columns": {"name": "agent"}, "decorations": decorations})
    assert [o.label for o in found] == ["agent"]
