# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of properties that Windows tools list."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import windows_properties
from debar.readers.machine.windows_objects import WAITING
from opened import observed, values

PRODUCT = """

IdentifyingNumber={BCF4CF24-88AB-45E1-A6E6-40C8278A70C5}
Name=Agent
Vendor=Example Lab
Version=14.2


Name=Other
Vendor=Other Inc
Version=1
IdentifyingNumber=
"""


def test_products_are_read_in_any_encoding_and_with_any_line_ends() -> None:
    """Wmic writes UTF-16, and two carriage returns a line once its output goes through a pipe."""
    plain, _ = observed(windows_properties, PRODUCT)
    assert [(o.label, o.version) for o in plain] == [("Agent", "14.2"), ("Other", "1")]
    assert values(plain[0], Kind.PRODUCT_CODE) == ["{BCF4CF24-88AB-45E1-A6E6-40C8278A70C5}"]
    for content in (
        PRODUCT.replace("\n", "\r\n").encode("utf-16"),
        PRODUCT.replace("\n", "\r\r\n").encode(),
        PRODUCT.replace("\n", "\r\r\n").encode("utf-16"),
    ):
        found, _ = observed(windows_properties, content)
        assert [(o.label, o.observables) for o in found] == [(o.label, o.observables) for o in plain]


def test_wrapped_value_is_joined() -> None:
    """Format-List breaks a value at the width of the window: in a word without a blank, else at one."""
    (service,), _ = observed(
        windows_properties,
        "Name        : agent\nDisplayName : Example agent\n              service\nStartMode   : Auto\n"
        "PathName    : C:\\Program Files\\Example Lab\\a\n              gent.exe\n",
    )
    assert values(service, Kind.NAME) == ["Example agent service"]
    assert values(service, Kind.PATH) == ["C:\\Program Files\\Example Lab\\agent.exe"]


def test_things_that_name_no_machine_belong_to_the_one_that_is_named() -> None:
    """Adapters without a host name come before the one that has it, and are of the same machine."""
    found, _ = observed(
        windows_properties,
        "DHCPEnabled=FALSE\nIPAddress=\nMACAddress=\nDescription=Miniport\nDNSHostName=\n\n"
        'DHCPEnabled=TRUE\nIPAddress={"10.1.2.3","fe80::1"}\nMACAddress=E8:6A:64:11:22:33\n'
        "Description=Ethernet\nDNSHostName=WS-1\n",
    )
    assert {o.asset for o in found} == {"WS-1"}
    assert [o.label for o in found] == ["Miniport", "Ethernet", "WS-1"]
    machine = found[-1]
    assert values(machine, Kind.MAC) == ["e8:6a:64:11:22:33"]
    assert values(machine, Kind.ADDRESS) == ["10.1.2.3"]
    assert machine.meaning is Meaning.HARDWARE


def test_addresses_that_every_machine_has_identify_none() -> None:
    """Dial-up adapters, host-only networks and container bridges have the same address everywhere."""
    found, _ = observed(
        windows_properties,
        'DNSHostName=WS-1\nMACAddress=50:50:54:50:30:30\nIPAddress={"192.168.56.1"}\nDescription=Miniport\n\n'
        'DNSHostName=WS-1\nMACAddress=00:50:56:C0:00:08\nIPAddress={"169.254.1.1"}\nDescription=VMnet8\n',
    )
    assert [o.value for o in found[-1].observables] == ["WS-1"]


def test_services_of_sc_are_read_with_and_without_their_configuration() -> None:
    """Sc query tells names, sc qc the program too."""
    found, _ = observed(
        windows_properties,
        "SERVICE_NAME: klnagent\nDISPLAY_NAME: Network Agent\n        TYPE               : 10  WIN32_OWN_PROCESS\n\n"
        "[SC] QueryServiceConfig SUCCESS\n\nSERVICE_NAME: avp\n        TYPE               : 10  WIN32_OWN_PROCESS\n"
        '        BINARY_PATH_NAME   : "C:\\Lab\\avp.exe" -r\n        DISPLAY_NAME       : Engine\n',
    )
    assert [(values(o, Kind.SERVICE), o.label) for o in found] == [(["klnagent"], "Network Agent"), (["avp"], "Engine")]
    assert values(found[1], Kind.PATH) == ["C:\\Lab\\avp.exe"]


def test_objects_of_other_classes_are_counted() -> None:
    """A printer's queue is no evidence of a maker."""
    found, source = observed(windows_properties, "JobId=1\nTotalPages=2\n\nJobId=2\nTotalPages=1\n")
    assert found == []
    assert source.tally == {"objects": 2, "objects of no known class": 2}


def test_endless_objects_do_not_wait_for_ever() -> None:
    """Objects wait for the name of their machine only so long."""
    found, _ = observed(windows_properties, "HotFixID=KB1\n\n" * (WAITING + 10) + "HotFixID=KB2\nCSName=WS-1\n")
    assert len(found) == WAITING + 11
    assert found[-1].asset == "WS-1"


@pytest.mark.parametrize(
    ("lines", "meaning"),
    [
        ("SERVICE_NAME: AVP21.3\nDISPLAY_NAME: AVP\n        STATE              : 4  RUNNING\n", Meaning.RUNNING),
        ("SERVICE_NAME: AVP21.3\nDISPLAY_NAME: AVP\n        STATE              : 1  STOPPED\n", Meaning.INSTALLED),
        ("DisplayName=AVP\nName=AVP21.3\nStarted=TRUE\nStartMode=Auto\nState=Running\n", Meaning.RUNNING),
        ("Status      : Stopped\nName        : AVP21.3\nDisplayName : AVP\n", Meaning.INSTALLED),
        ("Status      : Running\nName        : AVP21.3\nDisplayName : AVP\n", Meaning.RUNNING),
        ("DisplayName=AVP\nName=AVP21.3\nStarted=FALSE\nStartMode=Auto\nStatus=OK\n", Meaning.INSTALLED),
    ],
)
def test_service_runs_if_its_state_says_so(lines: str, meaning: Meaning) -> None:
    """What is stopped is installed; "OK" is no state of work."""
    (found,), _ = observed(windows_properties, lines)
    assert found.meaning is meaning
