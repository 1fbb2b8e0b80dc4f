# SPDX-License-Identifier: Apache-2.0
"""Promises of what inventories say of machines."""

import pytest

from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.machine import machines
from opened import opened


@pytest.mark.parametrize("name", ["lo", "lo0", "docker0", "br-0123456789ab", "veth12ab", "virbr0", "vmnet8", "ifb1"])
def test_interface_that_software_makes_is_internal(name: str) -> None:
    """Bridges of container engines have the same address on every host."""
    assert machines.is_internal(name)
    assert not machines.is_internal("eth0")
    assert not machines.is_internal("loans")


def test_identifier_on_a_bus_is_small_hexadecimal() -> None:
    """Both systems' ways of writing a device give the same identifier."""
    assert machines.on_bus("usb", "0x2BDF", "280") == "usb:2bdf:0280"
    assert machines.on_bus("pci", "", "0d57") == ""
    assert machines.on_bus("pci", "8086", "what") == ""
    assert machines.on_windows_bus(r"PCI\VEN_8086&DEV_51F0&SUBSYS_1") == "pci:8086:51f0"
    assert machines.on_windows_bus(r"USB\VID_0951&PID_1666\60A4") == "usb:0951:1666"
    assert machines.on_windows_bus(r"ROOT\NET\0000") == ""


@pytest.mark.parametrize(
    ("command", "program"),
    [
        ('"C:\\Program Files\\V\\avp.exe" -r', "C:\\Program Files\\V\\avp.exe"),
        ("C:\\Program Files\\V\\avp.exe -r", "C:\\Program Files\\V\\avp.exe"),
        ("C:\\Program Files\\V\\service", "C:\\Program Files\\V\\service"),
        ("/usr/bin/python3 a/b.py", "/usr/bin/python3"),
        ("/Library/Application Support/Vendor Lab/AV/kav -r", "/Library/Application Support/Vendor Lab/AV/kav"),
        ("/usr/libexec/UserEventAgent (System)", "/usr/libexec/UserEventAgent"),
        ("", ""),
    ],
)
def test_program_of_a_command_line(command: str, program: str) -> None:
    """Options are left out, blanks within a path are not where its end can be told."""
    assert program == machines.program(command)


def test_path_keeps_its_blanks_and_loses_its_quotation_marks() -> None:
    """A path is no command line, except that services of Windows have options behind theirs."""
    kinds = {"path": Kind.PATH}
    for value, path in (
        ("/Applications/Vendor Anti-Virus.app", "/Applications/Vendor Anti-Virus.app"),
        ('"C:\\V\\a.exe" -r', "C:\\V\\a.exe"),
        ("C:\\V\\a.exe -r", "C:\\V\\a.exe"),
    ):
        assert machines.observables(kinds, {"path": value}) == [Observable(Kind.PATH, path)]


def test_process_is_the_last_step_of_its_path() -> None:
    """Threads of the kernel are no programs; those with a slash in their name keep it."""

    def told(value: str) -> list[Observable]:
        return machines.observables({"cmd": Kind.PROCESS}, {"cmd": value})

    assert told("/opt/v/avp -x") == [Observable(Kind.PROCESS, "avp"), Observable(Kind.PATH, "/opt/v/avp")]
    assert told("kworker/3:5-eve") == [Observable(Kind.PROCESS, "kworker/3:5-eve")]
    assert told("[kworker/0:0H]") == []


def test_blank_values_say_nothing_and_equal_ones_are_said_once() -> None:
    """A dash, "N/A" and null of agents are no names."""
    kinds = {"a": Kind.NAME, "b": Kind.NAME, "c": Kind.NAME, "d": Kind.NAME, "e": Kind.NAME}
    cells = {"a": "-", "b": "N/A", "c": " Agent ", "d": "Agent", "e": "null"}
    assert machines.observables(kinds, cells) == [Observable(Kind.NAME, "Agent")]


def test_homepage_in_place_of_a_maker_is_a_reference() -> None:
    """OCS puts the homepage of a Debian package where its maker belongs."""
    found = machines.observables({"publisher": Kind.PUBLISHER}, {"publisher": "https://www.vendor.example/x"})
    assert found == [Observable(Kind.REFERENCE_DOMAIN, "www.vendor.example")]


def test_machine_is_told_once_with_all_that_identifies_it() -> None:
    """What several rows say of a machine is one observation; one without any identifier is none."""
    known = machines.Machines()
    known.note("pc7", "/0", [Observable(Kind.HOSTNAME, "pc7")], "2024-05-02")
    known.note("pc8", "/1", [Observable(Kind.PUBLISHER, "LENOVO")])
    known.note("pc9", "/2", [])
    known.note("pc7", "/3", [Observable(Kind.MAC, "02:00:5e:00:53:07"), Observable(Kind.HOSTNAME, "pc7")])
    source = opened("")
    (machine,) = known.told(source)
    assert (machine.asset, machine.locator, machine.label) == ("pc7", "/0", "pc7")
    assert (machine.meaning, machine.observed_at) == (Meaning.HARDWARE, "2024-05-02")
    assert [o.value for o in machine.observables] == ["pc7", "02:00:5e:00:53:07"]
    assert source.tally["machines"] == 1


def test_machine_of_endless_identifiers_is_bounded() -> None:
    """A file that invents addresses fills no memory."""
    known = machines.Machines()
    known.note("pc7", "", (Observable(Kind.SERIAL, f"number {at}") for at in range(10 * machines.IDENTIFIERS)))
    (machine,) = known.told(opened(""))
    assert len(machine.observables) == machines.IDENTIFIERS


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (r"PCI\VEN_19E5&DEV_0222&SUBSYS_01", "pci:19e5:0222"),
        (r"USB\VID_12D1&PID_1F01\5&2", "usb:12d1:1f01"),
        (r"DISPLAY\HWV3118\5&1A2B&0&UID4352", "pnp:hwv"),
        (r"MONITOR\HWV3118", "pnp:hwv"),
        (r"ACPI\VEN_HWV&DEV_1000", "pnp:hwv"),
        (r"ACPI\PNP0C0A\1", ""),
        (r"DISPLAY\Default_Monitor\1", ""),
        (r"C:\DISPLAY\settings", ""),
    ],
)
def test_device_of_windows_names_its_maker(written: str, found: str) -> None:
    """On buses by number, elsewhere by three letters; Microsoft's own numbers of kinds are no makers."""
    assert machines.on_windows_bus(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Bank 10, Hex 0x9B", "jep106:10:0x1b"),
        ("Bank 10, Hex 0x1B", "jep106:10:0x1b"),
        ("8A91", "jep106:11:0x11"),
        ("0x8A91", "jep106:11:0x11"),
        ("80CE000080CE", "jep106:1:0x4e"),
        ("8a91000000000000", "jep106:11:0x11"),
        ("8A90", ""),
        ("Samsung", ""),
        ("1234", ""),
        ("", ""),
    ],
)
def test_maker_of_a_memory_module_has_a_bank_and_a_number(written: str, found: str) -> None:
    """The bit of parity is no part of the number, and tells it from other numbers."""
    assert machines.of_module(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (bytes.fromhex("00ffffffffffff0022d61831"), "pnp:hvv"),
        (bytes.fromhex("00ffffffffffff000000"), ""),
        (bytes.fromhex("00ffffffffffff00"), ""),
        (b"text", ""),
    ],
)
def test_screen_names_its_maker_in_three_letters(written: bytes, found: str) -> None:
    """They are packed into two bytes; what is no letter is no maker."""
    assert machines.of_screen(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("hi3516cv300", "soc:hi3516cv300"),
        ("hisilicon,hi3516cv300", "soc:hi3516cv300"),
        ("Hi3518EV200 ", "soc:hi3518ev200"),
        ("Qualcomm Technologies, Inc SDM660", ""),
        ("", ""),
    ],
)
def test_chip_is_named_without_its_maker(written: str, found: str) -> None:
    """Device trees write the maker before it, kernels the chip alone."""
    assert machines.of_chip(written) == found
