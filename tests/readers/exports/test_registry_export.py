# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of registry exports (.reg)."""

from __future__ import annotations

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.exports import registry_export
from debar.readers.machine.registry import KEYS
from opened import observed, values

HEAD = "Windows Registry Editor Version 5.00\n\n"
UNINSTALL = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall"


def key(path: str, *lines: str) -> str:
    """Give the lines of one key."""
    return "\n".join((f"[{path}]", *lines, "", ""))


def test_program_gives_every_value_that_betrays_its_maker() -> None:
    """An uninstall key gives name, publisher, folder, uninstaller, addresses, product code and the key itself."""
    code = "{E7012AFE-DB97-4B8B-9513-E98C0C3AACE3}"
    path = rf"{UNINSTALL}\{code.lower()}"
    (program,), _ = observed(
        registry_export,
        HEAD
        + key(
            path,
            '"DisplayName"="Agent \\"Pro\\""',
            '"DisplayVersion"="12.3"',
            '"Publisher"="Example Lab"',
            '"InstallLocation"="C:\\\\Program Files\\\\Example Lab\\\\"',
            f'"UninstallString"="MsiExec.exe /I{code}"',
            '"URLInfoAbout"="https://www.vendor.example/agent"',
        ),
    )
    assert (program.label, program.version, program.locator) == ('Agent "Pro"', "12.3", "line 3")
    assert program.meaning is Meaning.INSTALLED
    assert values(program, Kind.NAME) == ['Agent "Pro"']
    assert values(program, Kind.PUBLISHER) == ["Example Lab"]
    assert values(program, Kind.PRODUCT_CODE) == [code]
    assert values(program, Kind.PATH) == ["C:\\Program Files\\Example Lab\\"]
    assert values(program, Kind.REFERENCE_DOMAIN) == ["www.vendor.example"]
    assert values(program, Kind.REGISTRY) == [path]


def test_list_of_values_in_digits_is_read_over_several_lines() -> None:
    """hex(2) and hex(7) hold UTF-16 that goes on after a backslash; dword and hex(b) are numbers."""
    digits = ",".join(f"{byte:02x}" for byte in "C:\\Agent\0".encode("utf-16-le"))
    half = digits.index(",", len(digits) // 2) + 1
    (program,), _ = observed(
        registry_export,
        HEAD
        + key(
            rf"{UNINSTALL}\Agent",
            f'"InstallLocation"=hex(2):{digits[:half]}\\',
            f"  {digits[half:]}",
            '"Size"=dword:0000000a',
            '"DisplayName"="Agent"',
        ),
    )
    assert values(program, Kind.PATH) == ["C:\\Agent"]
    assert values(program, Kind.NAME) == ["Agent"]


@pytest.mark.parametrize(
    ("kind", "thing"), [("00000010", None), ("00000001", "klif.sys"), ("00000002", "klif.sys"), ("junk", None)]
)
def test_driver_is_told_from_a_service_by_its_type(kind: str, thing: str | None) -> None:
    """A driver without a path is the file of its name; a service is none."""
    (service,), _ = observed(
        registry_export,
        HEAD + key(r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\klif", f'"Type"=dword:{kind}', '"Start"="1"'),
    )
    assert values(service, Kind.SERVICE) == ["klif"]
    assert values(service, Kind.DRIVER) == ([thing] if thing else [])


def test_service_without_a_type_was_left_behind() -> None:
    """Windows starts nothing from a service's key that has no type."""
    (service,), _ = observed(
        registry_export,
        HEAD + key(r"HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Services\avp", '"DisplayName"="Engine"'),
    )
    assert service.meaning is Meaning.RESIDUE


def test_programs_at_start_are_told_one_by_one() -> None:
    """Each value of a Run key is a thing of its own, under the name that its maker gave it."""
    found, _ = observed(
        registry_export,
        HEAD
        + key(
            r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run",
            '"AVP"="\\"C:\\\\Lab\\\\avpui.exe\\" -hidden"',
            '"Other"="C:\\\\Program Files\\\\Other\\\\tray.exe /q"',
        ),
    )
    assert [(o.label, values(o, Kind.PATH)) for o in found] == [
        ("AVP", ["C:\\Lab\\avpui.exe"]),
        ("Other", ["C:\\Program Files\\Other\\tray.exe"]),
    ]


def test_machine_is_known_by_its_own_keys_only() -> None:
    """The name of the computer is the asset of all; the host name in a program's settings is another machine's."""
    found, _ = observed(
        registry_export,
        HEAD
        + key(r"HKEY_CURRENT_USER\Software\SimonTatham\PuTTY\Sessions\db", '"HostName"="db9.example"')
        + key(rf"{UNINSTALL}\Agent", '"DisplayName"="Agent"')
        + key(r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName", '"ComputerName"="WS-1"')
        + key(
            r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters\Interfaces\{6f5e2c1a}",
            '"DhcpIPAddress"="10.1.2.3"',
            '"IPAddress"=hex(7):30,00,2e,00,30,00,2e,00,30,00,2e,00,30,00,00,00,00,00',
        ),
    )
    assert {o.asset for o in found} == {"WS-1"}
    machine = found[-1]
    assert (machine.label, machine.meaning) == ("WS-1", Meaning.HARDWARE)
    assert values(machine, Kind.HOSTNAME) == ["WS-1"]
    assert values(machine, Kind.ADDRESS) == ["10.1.2.3"]


def test_device_that_was_once_plugged_in_is_residue() -> None:
    """Windows never forgets a USB device; its identifier is in the key."""
    (device,), _ = observed(
        registry_export,
        HEAD
        + key(
            r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Enum\USB\VID_12D1&PID_1F01\6&1",
            '"DeviceDesc"="@usb.inf,%x%;Modem"',
            '"Mfg"="@usb.inf,%y%;Huawei"',
        ),
    )
    assert (device.label, device.meaning) == ("Modem", Meaning.RESIDUE)
    assert values(device, Kind.HARDWARE_ID) == ["usb:12d1:1f01"]
    assert values(device, Kind.PUBLISHER) == ["Huawei"]


def test_deleted_keys_and_remarks_are_no_keys() -> None:
    """A key with a minus is one that an import deletes: it is counted, its values are not read."""
    found, source = observed(
        registry_export, HEAD + key(rf"-{UNINSTALL}\Gone", '"DisplayName"="Gone"') + '; "DisplayName"="no"\n'
    )
    assert found == []
    assert source.tally == {"keys": 1, "keys to be deleted": 1}


def test_missing_quotation_mark_does_not_swallow_the_next_key() -> None:
    """A text that never ends ends at the next key, and is told."""
    found, source = observed(
        registry_export,
        HEAD + key(rf"{UNINSTALL}\A", '"DisplayName"="broken') + key(rf"{UNINSTALL}\B", '"DisplayName"="B"'),
    )
    assert [o.label for o in found] == ["B"]
    assert source.losses == [("line 4", "a text without its closing quotation mark")]


def test_registrations_of_file_types_are_passed_over_and_a_vendors_keys_are_bounded() -> None:
    """Classes fill half of a registry and name nobody; one vendor's keys cannot fill the rest."""
    classes = key(r"HKEY_LOCAL_MACHINE\SOFTWARE\Classes\.klq", '@="x"') * 10
    vendor = "".join(key(rf"HKEY_LOCAL_MACHINE\SOFTWARE\WOW6432Node\Example\{n}") for n in range(KEYS + 5))
    found, source = observed(registry_export, HEAD + classes + vendor)
    assert len(found) == KEYS
    assert found[0].label == "WOW6432Node\\Example\\0"
    assert found[0].meaning is Meaning.RESIDUE
    assert source.tally["keys of vendors beyond the first 1024"] == 5


def test_sixteen_bit_and_eight_bit_files_say_the_same() -> None:
    """Version 5 is UTF-16, REGEDIT4 the system's own code page."""
    text = key(rf"{UNINSTALL}\Maüs", '"DisplayName"="Maüs"').replace("\n", "\r\n")
    (new,), _ = observed(registry_export, (HEAD + text).encode("utf-16"))
    (old,), _ = observed(registry_export, ("REGEDIT4\r\n\r\n" + text).encode("cp1252"))
    assert new == old
    assert new.label == "Maüs"


def test_what_reg_query_prints_is_read_alike() -> None:
    """Keys stand without brackets, types between name and text; the machine's name may come last."""
    found, source = observed(
        registry_export,
        "\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Agent\r\n"
        "    (Standard)    REG_SZ    (Wert nicht gesetzt)\r\n    DisplayName    REG_SZ    Example  agent\r\n"
        "    Display Icon    REG_BINARY    00FF\r\n    DisplayVersion\tREG_SZ\t1.0\r\n    Publisher    REG_SZ\r\n\r\n"
        "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\agent\r\n    Type    REG_DWORD    0x1\r\n\r\n"
        "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ComputerName\r\n"
        "    ComputerName    REG_SZ    PC-0001\r\n\r\nEnde der Suche: 3 Übereinstimmung(en) gefunden.\r\n",
    )
    assert [(o.asset, o.label, o.version) for o in found] == [
        ("PC-0001", "Example  agent", "1.0"),
        ("PC-0001", "agent", ""),
        ("PC-0001", "PC-0001", ""),
    ]
    assert values(found[1], Kind.DRIVER) == ["agent.sys"]
    assert source.tally["keys"] == 3


@pytest.mark.parametrize("inner", ["Instances", r"Parameters\Instances"])
def test_instance_of_a_filter_tells_its_height(inner: str) -> None:
    """A file-system filter is registered below its service, in newer systems one key deeper."""
    place = rf"HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Services\klif\{inner}\KLIF Instance"
    (found,), source = observed(registry_export, HEAD + key(place, '"Altitude"="325300"', '"Flags"=dword:00000000'))
    assert [(o.kind, o.value) for o in found.observables] == [
        (Kind.SERVICE, "klif"),
        (Kind.DRIVER, "klif"),
        (Kind.ALTITUDE, "325300"),
        (Kind.REGISTRY, place),
    ]
    assert (found.label, found.meaning, source.tally["filters"]) == ("klif", Meaning.INSTALLED, 1)
