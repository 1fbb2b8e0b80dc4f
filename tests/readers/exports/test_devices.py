# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of lsusb, lspci and dmidecode."""

from __future__ import annotations

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import devices
from opened import observed, values


def test_devices_are_known_by_their_identifiers() -> None:
    """Numbers of vendor and product, in small letters, and the name that the tool knows."""
    (modem,), _ = observed(devices, "Bus 001 Device 003: ID 12D1:1F01 Huawei Technologies Co., Ltd. E353\n")
    assert values(modem, Kind.HARDWARE_ID) == ["usb:12d1:1f01"]
    assert (modem.label, modem.meaning) == ("Huawei Technologies Co., Ltd. E353", Meaning.HARDWARE)


def test_device_on_the_pci_bus_tells_its_driver() -> None:
    """The subsystem is another maker's board; the driver in use is the device's."""
    found, _ = observed(
        devices,
        "0000:03:00.0 Network controller [0280]: Example Corp. X [168c:003e] (rev 32)\n"
        "\tSubsystem: Board Inc. X [17aa:22d9]\n\tKernel driver in use: ath10k\n\n00:01.0 PCI bridge: Other Corp. Y\n",
    )
    assert [o.label for o in found] == ["Example Corp. X", "Other Corp. Y"]
    assert values(found[0], Kind.HARDWARE_ID) == ["pci:168c:003e"]
    assert values(found[0], Kind.DRIVER) == ["ath10k"]


def test_machine_is_not_its_board() -> None:
    """The serial number of the system is the machine's, that of the board or of a memory module is not."""
    found, _ = observed(
        devices,
        "# dmidecode 3.4\nHandle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: Huawei\n"
        "\tProduct Name: 2288H V5\n\tSerial Number: 2102311\n\tUUID: 4c4c4544-0042-3510-8052-b4c04f4d3132\n\n"
        "Handle 0x0002, DMI type 2, 15 bytes\nBase Board Information\n\tManufacturer: Huawei\n\tSerial Number: 0250\n",
    )
    board, machine = found
    assert values(board, Kind.SERIAL) == []
    assert values(machine, Kind.SERIAL) == ["2102311", "4c4c4544-0042-3510-8052-b4c04f4d3132"]
    assert values(machine, Kind.MODEL) == ["2288H V5"]


def test_what_nobody_filled_in_is_left_out() -> None:
    """Serial numbers that say nothing would join strangers."""
    found, _ = observed(
        devices,
        "Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n\tManufacturer: To Be Filled By O.E.M.\n"
        "\tSerial Number: Default string\n\tUUID: 00000000-0000-0000-0000-000000000000\n",
    )
    assert [o for one in found for o in one.observables if o.kind is Kind.SERIAL] == []
