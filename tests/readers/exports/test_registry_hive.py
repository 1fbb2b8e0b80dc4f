# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of registry hives."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.binary import hives
from debar.readers.exports import registry_export, registry_hive
from opened import observed, values

DATA = Path(__file__).parents[2] / "data" / "readers" / "exports"
SYSTEM = (DATA / "registry-hive" / "SYSTEM").read_bytes()
SOFTWARE = (DATA / "registry-hive" / "SOFTWARE").read_bytes()


def test_hive_says_what_its_text_export_says() -> None:
    """The same keys give the same programs, whichever form they come in."""
    text = (DATA / "registry-export" / "software.reg").read_bytes()
    exported, _ = observed(registry_export, text)
    found, _ = observed(registry_hive, SOFTWARE)
    said = {(o.label, o.version, o.observables) for o in found}
    assert {(o.label, o.version, o.observables) for o in exported} <= said


def test_machine_ran_with_one_control_set() -> None:
    """The current set is read under the name that Windows gives it; others are counted."""
    found, source = observed(registry_hive, SYSTEM)
    services = [o for o in found if values(o, Kind.SERVICE) == ["klif"]]
    assert values(services[0], Kind.REGISTRY) == ["HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\klif"]
    assert not any("old" in values(o, Kind.SERVICE) for o in found)
    assert source.tally["other control sets"] == 1
    assert {o.asset for o in found} == {"WS-0142"}


def test_keys_in_a_circle_are_read_once() -> None:
    """A list that names its own key again ends."""
    data = bytearray(SYSTEM)
    root = struct.unpack_from("<I", data, 36)[0]
    listed = struct.unpack_from("<I", data, hives.BINS + root + 4 + 28)[0]
    struct.pack_into("<I", data, hives.BINS + listed + 4 + 4, root)
    found, source = observed(registry_hive, bytes(data))
    assert source.tally["keys"] < 60
    assert isinstance(found, list)


@pytest.mark.parametrize(
    ("where", "value"), [(36, 0x7FFFFFF0), (36, 0), (36, 0xFFFFFFFF)], ids=["outside", "no key there", "nowhere"]
)
def test_root_that_leads_nowhere_is_an_error(where: int, value: int) -> None:
    """Without its root nothing of a hive can be read."""
    data = bytearray(SYSTEM)
    struct.pack_into("<I", data, where, value)
    with pytest.raises(SourceError, match="root of the hive"):
        observed(registry_hive, bytes(data))


def test_shorter_than_a_header_is_an_error() -> None:
    """A file of four bytes is no hive."""
    with pytest.raises(SourceError, match="header"):
        observed(registry_hive, b"regf")


def test_sizes_that_lie_cost_their_value() -> None:
    """A value that claims two gigabytes gives what its cell holds, and its neighbours stay."""
    data = bytearray(SOFTWARE)
    at = data.index(b"vk")
    while at >= 0:
        if data[at + 12] == 1 and not data[at + 7] & 0x80:
            struct.pack_into("<I", data, at + 4, 0x7FFFFFFF)
        at = data.find(b"vk", at + 2)
    found, _ = observed(registry_hive, bytes(data))
    assert "7-Zip 23.01 (x64)" in {o.label for o in found}
