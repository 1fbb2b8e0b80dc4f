# SPDX-License-Identifier: Apache-2.0
"""Promises of reading a running Linux machine, on a root made of the files that the kernel lays out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import composed
from archived import DPKG
from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.host import linux
from debar.readers.machine import kernel_net
from opened import opened, values

if TYPE_CHECKING:
    from pathlib import Path

    from debar.model.inventory import Observation

LITTLE = sys.byteorder == "little"
TCP = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0500000A:9C40 08080808:01BB 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100 0 0 10 0
   2: 0500000A:9C41 08080808:01BB 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 100 0 0 10 0
   3: 0100007F:9C42 0100007F:01BB 01 00000000:00000000 00:00000000 00000000     0        0 4 1 0 100 0 0 10 0
   nonsense
"""
ARP = """\
IP address       HW type     Flags       HW address            Mask     Device
10.0.0.9         0x1         0x2         9c:8e:cd:00:00:01     *        eth0
10.0.0.10        0x1         0x0         00:00:00:00:00:00     *        eth0
"""
FILES = {
    "proc/version": "Linux version 6.1.0\n",
    "proc/sys/kernel/hostname": "web01\n",
    "proc/modules": "klif 1 0 - Live 0x0\next4 2 1 - Live 0x0\n",
    "proc/17/comm": "avp\n",
    "proc/18/comm": "avp\n",
    "proc/net/tcp": TCP,
    "proc/net/arp": ARP,
    "sys/class/dmi/id/sys_vendor": "Some Maker\n",
    "sys/class/dmi/id/product_name": "Model 5\n",
    "sys/class/dmi/id/product_serial": "To Be Filled By O.E.M.\n",
    "sys/class/dmi/id/product_uuid": "4C4C4544-0043-3010-8052-B4C04F564431\n",
    "sys/class/net/eth0/address": "AC:DE:48:00:11:22\n",
    "sys/class/net/eth0/device/vendor": "0x19e5\n",
    "sys/class/net/docker0/address": "02:42:ac:11:00:01\n",
    "sys/bus/usb/devices/1-1/idVendor": "2c7c\n",
    "sys/bus/usb/devices/1-1/idProduct": "0125\n",
    "sys/bus/usb/devices/1-1/manufacturer": "Some Modem Maker\n",
    "sys/bus/pci/devices/0000:00:00.0/vendor": "0x19e5\n",
    "sys/bus/pci/devices/0000:00:00.0/device": "0x1822\n",
    "etc/systemd/system/kesl.service": "[Unit]\n",
    "usr/lib/systemd/system/ssh.service": "[Unit]\n",
    "usr/lib/systemd/system/kesl.service": "[Unit]\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give the root of a machine."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    (tmp_path / "proc/17/exe").symlink_to("/opt/kaspersky/kesl/bin/avp")
    return tmp_path


def read(root: Path) -> list[Observation]:
    """Read the machine below a root."""
    return list(linux.read(opened(b"", f"host:{root}")))


def of(observations: list[Observation], kind: Kind) -> list[str]:
    """Give every value of a kind, in order."""
    return [value for observation in observations for value in values(observation, kind)]


def test_machine_says_who_it_is(root: Path) -> None:
    """The first observation is the machine: names, maker, model, real numbers and the addresses of real cards."""
    machine = read(root)[0]
    assert (machine.asset, machine.label, machine.meaning) == ("web01", "Model 5", Meaning.HARDWARE)
    assert values(machine, Kind.HOSTNAME) == ["web01"]
    assert values(machine, Kind.PUBLISHER) == ["Some Maker"]
    assert values(machine, Kind.SERIAL) == ["4C4C4544-0043-3010-8052-B4C04F564431"]
    assert values(machine, Kind.MAC) == ["ac:de:48:00:11:22"]


def test_what_is_built_in_plugged_in_and_loaded(root: Path) -> None:
    """Devices come with the numbers of their makers, modules of the kernel with their names."""
    found = read(root)
    assert of(found, Kind.HARDWARE_ID) == ["usb:2c7c:0125", "pci:19e5:1822"]
    assert of(found, Kind.DRIVER) == ["klif", "ext4"]


def test_what_runs_and_is_set_up(root: Path) -> None:
    """A service is told once however often it is laid down; a program once however often it runs the same file."""
    found = read(root)
    assert of(found, Kind.SERVICE) == ["kesl.service", "ssh.service"]
    assert of(found, Kind.PROCESS) == ["avp", "avp"]
    assert of(found, Kind.PATH) == ["/opt/kaspersky/kesl/bin/avp"]


@pytest.mark.skipif(not LITTLE, reason="the table is written as a little-endian kernel does")
def test_ports_peers_and_neighbours(root: Path) -> None:
    """Each open port and each peer is told once, loopback not at all; a neighbour is an asset of its own."""
    found = read(root)
    assert of(found, Kind.PORT) == ["22/tcp"]
    assert [(o.label, o.medium) for o in found if values(o, Kind.IP)] == [("8.8.8.8", Medium.NETWORK)]
    (neighbour,) = [o for o in found if values(o, Kind.ADDRESS)]
    assert (neighbour.asset, values(neighbour, Kind.MAC)) == ("10.0.0.9", ["9c:8e:cd:00:00:01"])


@pytest.mark.skipif(not LITTLE, reason="the digits are written as a little-endian kernel does")
def test_addresses_of_the_kernel() -> None:
    """Addresses are written word by word; one of version 4 inside version 6 is one of version 4."""
    assert kernel_net.address("0500000A") == "10.0.0.5"
    assert kernel_net.address("B80D0120000000000000000001000000") == "2001:db8::1"
    assert kernel_net.address("0000000000000000FFFF00000500000A") == "10.0.0.5"


def test_board_names_its_chip(root: Path) -> None:
    """A camera's kernel says which chip it runs on, in a line or in its device tree."""
    (root / "proc/cpuinfo").write_text("processor\t: 0\n\nHardware\t: hi3518ev200\n")
    (root / "proc/device-tree").mkdir()
    (root / "proc/device-tree/compatible").write_bytes(b"hisilicon,hi3516cv300-demb\0hisilicon,hi3516cv300\0")
    (root / "sys/class/drm/card0-HDMI-A-1").mkdir(parents=True)
    (root / "sys/class/drm/card0-HDMI-A-1/edid").write_bytes(bytes.fromhex("00ffffffffffff0022f61831"))
    chips = [value for value in of(read(root), Kind.HARDWARE_ID) if value.startswith(("soc:", "pnp:"))]
    assert chips == ["soc:hi3516cv300-demb", "soc:hi3516cv300", "soc:hi3518ev200", "pnp:hwv"]


def test_no_linux_here(tmp_path: Path) -> None:
    """Where no kernel lays out anything, the fault says what to scan instead."""
    with pytest.raises(SourceError, match="no running Linux"):
        read(tmp_path)


def test_scan_of_the_host_reads_its_files_too(root: Path) -> None:
    """host:ROOT is the machine and its file tree, as one asset."""
    (root / "var/lib/dpkg").mkdir(parents=True)
    (root / "var/lib/dpkg/status").write_bytes(DPKG)
    report = composed.scanned(f"host:{root}")
    assert {s.reader for s in report.sources} == {"host", "dpkg"}
    assert {"inventory", "packages"} <= {
        medium for a in report.coverage.assets if a.asset == "web01" for medium in a.evidence
    }
