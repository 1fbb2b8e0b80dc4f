# SPDX-License-Identifier: Apache-2.0
"""Promises of the readers of system_profiler reports, in all three forms."""

from __future__ import annotations

import datetime as dt
import plistlib

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.exports import system_profiler, system_profiler_text
from opened import observed, values

SIGNED = "Developer ID Application: Example Lab UK Limited (2Y8XE5CQ94)"
TEXT = f"""\
Applications:

    Foo: the Bar:

      Version: 1.2
      Signed by: {SIGNED}, Developer ID Certification Authority, Apple Root CA
      Location: /Applications/Foo.app

    Plain:

      Location: /Applications/Plain app (2).app

Software:

    System Software Overview:

      Computer Name: mac01

Locations:

    Home:

      Location: /elsewhere

USB:

    USB Bus:

        Modem:

          Product ID: 0x1f01
          Vendor ID: 0x12d1  (Huawei Technologies Co., Ltd.)

            Reader:

              Product ID: 0x0001
              Vendor ID: 0x0002
"""
APPLICATION = {
    "_name": "Foo",
    "version": "1.2",
    "path": "/Applications/Foo.app",
    "signed_by": [SIGNED, "Developer ID Certification Authority", "Apple Root CA"],
}


def test_signer_is_the_first_of_the_chain() -> None:
    """The developer and the team are told, authorities are not; blanks and brackets belong to paths."""
    (signed, plain, *_), _ = observed(system_profiler_text, TEXT)
    assert (signed.label, signed.version, signed.asset, signed.locator) == ("Foo: the Bar", "1.2", "mac01", "line 3")
    assert values(signed, Kind.SIGNER) == ["Example Lab UK Limited"]
    assert values(signed, Kind.TEAM_ID) == ["2Y8XE5CQ94"]
    assert values(plain, Kind.PATH) == ["/Applications/Plain app (2).app"]


def test_devices_inside_devices_are_told_and_other_sections_are_not() -> None:
    """Hubs hold devices; a section of settings holds none."""
    found, _ = observed(system_profiler_text, TEXT)
    assert [o.label for o in found] == ["Foo: the Bar", "Plain", "Modem", "Reader", "mac01"]
    modem, reader = found[2:4]
    assert modem.meaning is Meaning.HARDWARE
    assert values(modem, Kind.PUBLISHER) == ["Huawei Technologies Co., Ltd."]
    assert values(modem, Kind.HARDWARE_ID) == ["usb:12d1:1f01"]
    assert values(reader, Kind.HARDWARE_ID) == ["usb:0002:0001"]


def test_all_forms_say_the_same_of_an_application() -> None:
    """Text, property list and JSON differ in names of fields only."""
    text, _ = observed(
        system_profiler_text,
        f"Applications:\n\n    Foo:\n\n      Version: 1.2\n      Signed by: {SIGNED}, X\n      Location: /Applications/Foo.app\n",
    )
    listed, _ = observed(
        system_profiler, plistlib.dumps([{"_dataType": "SPApplicationsDataType", "_items": [APPLICATION]}])
    )
    json, _ = observed(system_profiler, {"SPApplicationsDataType": [APPLICATION]})
    assert text[0].observables == listed[0].observables == json[0].observables
    assert (listed[0].locator, json[0].locator) == ("/0/_items/0", "/SPApplicationsDataType/0")


def test_mac_is_known_by_its_own_addresses_only() -> None:
    """The router's and the name server's addresses are other machines'."""
    found, _ = observed(
        system_profiler,
        {
            "SPNetworkDataType": [
                {
                    "_name": "Wi-Fi",
                    "Ethernet": {"MAC Address": "f4:d4:88:11:22:33"},
                    "IPv4": {"Addresses": ["10.1.2.3"], "Router": "10.1.2.1"},
                    "DNS": {"ServerAddresses": ["10.1.2.9"]},
                }
            ]
        },
    )
    machine = found[-1]
    assert [o.value for o in machine.observables] == ["f4:d4:88:11:22:33", "10.1.2.3"]


def test_installation_of_the_past_is_residue_with_its_date() -> None:
    """What was installed once may be gone."""
    (found,), _ = observed(
        system_profiler,
        plistlib.dumps(
            [
                {
                    "_dataType": "SPInstallHistoryDataType",
                    "_items": [{"_name": "KAV", "install_date": dt.datetime(2024, 2, 26, 5, 47, 45)}],  # noqa: DTZ001
                }
            ]
        ),
    )
    assert (found.meaning, found.observed_at) == (Meaning.RESIDUE, "2024-02-26T05:47:45Z")


def test_wrong_shapes_cost_themselves() -> None:
    """Sections that are no lists and things that are no dictionaries are lost; endless nesting ends."""
    deep: dict[str, object] = {"_name": "leaf", "path": "/leaf"}
    for _ in range(100):
        deep = {"_name": "hub", "_items": [deep, None, 7]}
    found, source = observed(
        system_profiler,
        {"SPUSBDataType": [deep], "SPApplicationsDataType": [APPLICATION, [], "x"], "SPExtensionsDataType": 3},
    )
    assert [o.label for o in found] == ["Foo"]
    assert source.losses == [("/SPExtensionsDataType", "a list was expected, found int")]


@pytest.mark.parametrize("content", [b'{"SPUSBDataType": [', b"<plist><array>", b"<?xml version='1.0'?>"])
def test_cut_off_report_is_an_error(content: bytes) -> None:
    """A report that ends too early says so."""
    with pytest.raises(SourceError, match="not readable as"):
        observed(system_profiler, content)


def test_extension_that_is_loaded_is_at_work() -> None:
    """Of its extensions a Mac loads a part; the report says which."""
    text, _ = observed(
        system_profiler_text,
        "Extensions:\n\n    klif:\n\n      Bundle ID: com.v.klif\n      Loaded: Yes\n\n    other:\n\n      Loaded: No\n"
        "      Bundle ID: com.v.other\n",
    )
    json, _ = observed(
        system_profiler,
        {"SPExtensionsDataType": [{"_name": "klif", "spext_bundleid": "com.v.klif", "spext_loaded": "spext_yes"}]},
    )
    assert [o.meaning for o in (*text, *json)] == [Meaning.RUNNING, Meaning.INSTALLED, Meaning.RUNNING]
