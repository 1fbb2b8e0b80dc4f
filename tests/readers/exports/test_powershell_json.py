# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of PowerShell objects in JSON."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.exports import powershell_json
from opened import observed, values


def test_single_object_is_read_like_a_list_of_one() -> None:
    """ConvertTo-Json writes no list for one object."""
    one = {"DisplayName": "Agent", "Publisher": "Example Lab", "DisplayVersion": "1"}
    alone, _ = observed(powershell_json, one)
    listed, _ = observed(powershell_json, [one])
    assert alone[0].observables == listed[0].observables
    assert (alone[0].locator, listed[0].locator) == ("", "/0")


def test_lists_that_windows_powershell_wraps_are_unwrapped() -> None:
    """Version 5.1 writes a list as an object of value and Count."""
    found, _ = observed(
        powershell_json,
        {"DNSHostName": "WS-1", "IPAddress": {"value": ["10.1.2.3"], "Count": 1}, "MACAddress": "E8-6A-64-11-22-33"},
    )
    assert values(found[-1], Kind.ADDRESS) == ["10.1.2.3"]


def test_machine_is_named_by_the_session_that_asked() -> None:
    """Objects of CIM say from which server they came."""
    (found, machine), _ = observed(
        powershell_json,
        [
            {"SMBIOSBIOSVersion": "1", "SerialNumber": "PF2", "Manufacturer": "LENOVO"},
            {
                "Name": "avp",
                "DisplayName": "Engine",
                "StartMode": "Auto",
                "CimSystemProperties": {"ServerName": "WS-1", "ClassName": "Win32_Service"},
            },
        ],
    )
    assert (found.asset, machine.asset) == ("WS-1", "WS-1")
    assert values(machine, Kind.SERIAL) == ["PF2"]


def test_signer_is_the_subject_of_the_certificate() -> None:
    """As an object or, beyond the depth of conversion, as the text that the object prints."""
    for certificate in (
        {"Subject": 'CN=AO Example Lab, O="Example Lab, JSC", C=RU', "Issuer": "CN=Authority"},
        '[Subject]\r\n  CN=AO Example Lab, O="Example Lab, JSC", C=RU\r\n\r\n[Issuer]\r\n  CN=Authority\r\n',
    ):
        (found,), _ = observed(powershell_json, {"SignerCertificate": certificate, "Path": "C:\\a.exe", "Status": 0})
        assert values(found, Kind.SIGNER) == ["AO Example Lab", "Example Lab, JSC"]


def test_values_of_wrong_types_cost_themselves() -> None:
    """A list where a text was expected, null and nested rubbish leave the other properties."""
    found, source = observed(
        powershell_json,
        [
            {"DisplayName": ["Agent"], "Publisher": None, "DisplayVersion": {"a": [[]]}, "UninstallString": 7},
            {"DisplayName": {}, "Publisher": {}},
            "no object",
            None,
        ],
    )
    assert [o.label for o in found] == ["Agent"]
    assert [place for place, _ in source.losses] == ["/2", "/3"]


def test_what_is_no_json_is_an_error() -> None:
    """A cut-off document says so."""
    with pytest.raises(SourceError, match="not readable as JSON"):
        observed(powershell_json, '[{"DisplayName": "Agent"')
