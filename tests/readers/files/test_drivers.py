# SPDX-License-Identifier: Apache-2.0
"""Promises of the readers of driver packages: setup files and security catalogues."""

from __future__ import annotations

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.files import catalogue, driver_inf
from opened import observed, values
from signing import NAMES, sample, signed


def test_setup_file_names_provider_makers_and_files() -> None:
    """Tokens are replaced by their texts, of several languages by the first; a semicolon in a text is no comment."""
    (package, _), _ = observed(driver_inf, sample("driver-inf/sensor.inf"))
    assert values(package, Kind.PUBLISHER) == ["Vendor GmbH", "Vendor Elektronik; München"]
    assert (values(package, Kind.DRIVER), package.version) == (["vsensor.sys"], "1.4.22.0")
    assert "sensor.cat" in values(package, Kind.FILE)


def test_devices_of_a_setup_file_are_left_behind_at_most() -> None:
    """A driver for a device proves no device."""
    (_, devices), _ = observed(driver_inf, sample("driver-inf/sensor.inf"))
    assert values(devices, Kind.HARDWARE_ID) == ["usb:1234:5678", "usb:1234:567a", "pci:10ab:0c0d"]
    assert devices.meaning is Meaning.RESIDUE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_setup_file_is_read_in_any_encoding(encoding: str) -> None:
    """Old files are in the code page of their maker, new ones in UTF-16."""
    text = '[Version]\r\nSignature="$CHICAGO$"\r\nProvider="Münchner Geräte"\r\n'
    (package,), _ = observed(driver_inf, text.encode(encoding))
    assert values(package, Kind.PUBLISHER) == ["Münchner Geräte"]


def test_endless_line_is_cut() -> None:
    """A line of megabytes costs no more than its beginning."""
    (package,), _ = observed(driver_inf, "[Version]\nProvider = Vendor\n[x]\nServiceBinary" + "=a" * (1 << 20))
    assert values(package, Kind.PUBLISHER) == ["Vendor"]


def test_unknown_token_is_nobody() -> None:
    """A token without a text is left out."""
    (package,), _ = observed(driver_inf, "[Version]\nProvider = %Missing%\n[Manufacturer]\n%Also% = Models\n")
    assert values(package, Kind.PUBLISHER) == []


def test_catalogue_names_its_signer() -> None:
    """Who signed a catalogue vouches for files that may be elsewhere."""
    (found,), source = observed(catalogue, signed(b"list of digests"))
    assert (values(found, Kind.SIGNER), found.meaning) == (list(NAMES), Meaning.RESIDUE)
    assert source.tally["signatures"] == 1


def test_tampered_catalogue_names_nobody() -> None:
    """A list that was changed after signing makes the signer's name a text."""
    (found,), source = observed(catalogue, signed(b"list of digests").replace(b"list of", b"lost of"))
    assert (values(found, Kind.SIGNER), source.tally["signatures that do not match"]) == ([], 1)


def test_truncated_catalogue_is_refused() -> None:
    """A catalogue that was cut off cannot be read in part."""
    with pytest.raises(SourceError, match="no readable catalogue"):
        observed(catalogue, signed(b"list")[:-40])
