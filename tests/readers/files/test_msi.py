# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Windows installers."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import compound, msi_tables, pieces
from debar.readers.files import msi
from opened import opened, values
from signing import sample

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

SIGNED = "msi/agent-signed.msi"


def read(content: bytes) -> tuple[list[Observation], Input]:
    """Read an installer."""
    source = opened(content, "web01/agent.msi")
    return list(msi.read(source)), source


def test_properties_name_product_and_maker() -> None:
    """Product, maker, both codes and the address come from the table of properties."""
    (product,), _ = read(sample(SIGNED))
    assert (product.label, product.version) == ("Beispiel Überwachung Agent", "4.2.1.77")
    assert values(product, Kind.PUBLISHER) == ["Müller Software GmbH"]
    assert len(values(product, Kind.PRODUCT_CODE)) == 2
    assert values(product, Kind.REFERENCE_DOMAIN) == ["www.vendor.example"]
    assert values(product, Kind.MAINTAINER_DOMAIN) == ["vendor.example"]


def test_installer_that_lies_there_is_not_installed() -> None:
    """An installer proves that it was fetched, and no more."""
    (product,), _ = read(sample(SIGNED))
    assert product.meaning is Meaning.RESIDUE


def test_signature_over_all_streams_names_the_signer() -> None:
    """The digest of the streams in their order is the one that was signed."""
    (product,), source = read(sample(SIGNED))
    assert values(product, Kind.SIGNER) == ["Müller Software GmbH Code Signing", "Müller Software GmbH"]
    assert source.tally == {"installers": 1, "signatures": 1}


def test_tampered_installer_is_told() -> None:
    """A changed text in a table makes the signature one of another file."""
    (product,), source = read(sample(SIGNED).replace(b"4.2.1.77", b"4.2.1.78", 1))
    assert (product.version, values(product, Kind.SIGNER)) == ("4.2.1.78", [])
    assert source.tally["signatures that do not match"] == 1


def test_other_compound_files_are_not_claimed() -> None:
    """A document of an office program is a compound file as well, of another class."""
    content = sample(SIGNED)
    assert msi.fits(opened(content))
    assert not msi.fits(opened(content.replace(msi_tables.DATABASE, bytes(16))))
    assert not msi.fits(opened(content[:600]))


def test_chain_that_bites_its_tail_ends() -> None:
    """A chain of sectors in a circle is followed no further than the file has sectors."""
    content = bytearray(sample(SIGNED))
    (fat,) = struct.unpack_from("<I", content, 76)
    table = (fat + 1) * 512
    for sector in range(128):
        struct.pack_into("<I", content, table + 4 * sector, sector)
    try:
        read(bytes(content))
    except SourceError as e:
        assert e.message


def test_small_streams_of_a_wild_size_end() -> None:
    """A limit of small streams of gigabytes, with a small table in a circle, costs no more than the table."""
    content = bytearray(sample(SIGNED))
    struct.pack_into("<I", content, 56, 0xFFFFFFFF)
    with pieces.opened(opened(bytes(content))) as file:
        inside = compound.Compound(file)
        entry = inside.entries[1]._replace(size=0xFFFFFF00, start=0)
        with pytest.raises(SourceError, match=r"bytes early|outside"):
            b"".join(inside.blocks(entry))


def test_stream_larger_than_allowed_is_refused() -> None:
    """A table that claims gigabytes is not read."""
    with pieces.opened(opened(sample(SIGNED))) as file:
        inside = compound.Compound(file)
        with pytest.raises(SourceError, match="more than"):
            inside.content(inside.entries[1]._replace(size=1 << 40))


def test_names_of_tables_are_decoded() -> None:
    """Two letters of a table's name stand in one character."""
    assert msi_tables.name("\u4840\u3f3f\u4577\u446c\u3b6a\u45e4\u4824") == "!_StringData"


@pytest.mark.parametrize(
    "content", [b"", b"\xfe\xff", b"\xfe\xff" + b"\xff" * 60, b"\xfe\xff" + b"\0" * 46 + b"\xff" * 40]
)
def test_broken_summary_says_nothing(content: bytes) -> None:
    """Offsets and counts outside the summary give no text."""
    assert msi_tables.summary(content) == {}
