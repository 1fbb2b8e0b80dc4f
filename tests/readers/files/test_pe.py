# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Windows programs."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from debar.model.vocab import Kind, Meaning
from debar.readers.binary import pe_image, pe_version
from debar.readers.files import pe
from opened import opened, values
from signing import sample

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

SIGNED = "pe/run_code_on_dllmain_x86.dll"
MESSAGE_DIGEST = bytes.fromhex("06092a864886f70d010904")
"""Object identifier of the attribute with the digest of what was signed."""
TOLD = "pe/onnxruntime_providers_shared.dll"


def read(content: bytes, path: str = "web01/vendor.dll") -> tuple[list[Observation], Input]:
    """Read a program."""
    source = opened(content, path)
    return list(pe.read(source)), source


def changed(content: bytes, at: int, to: bytes) -> bytes:
    """Give bytes with some of them replaced."""
    return content[:at] + to + content[at + len(to) :]


def header(content: bytes) -> int:
    """Give where the signature PE stands."""
    (at,) = struct.unpack_from("<I", content, 60)
    return int(at)


def test_version_resource_names_company_and_product() -> None:
    """Company, product, description and file names come from the version resource, and so does the version."""
    (library,), source = read(sample(TOLD))
    assert values(library, Kind.PUBLISHER) == ["Microsoft Corporation"]
    assert values(library, Kind.NAME) == ["Microsoft® Windows® Operating System", "ONNX Runtime"]
    assert (library.version, library.meaning) == ("1.31.1.20261023.3.6af1a93", Meaning.COMPONENT)
    assert source.tally == {"libraries": 1, "signatures": 1}


def test_signature_names_the_signer() -> None:
    """Common name and organisation of the signing certificate are told, each once."""
    (library,), source = read(sample(SIGNED))
    names = ["Microsoft 3rd Party Application Component", "Microsoft Corporation"]
    assert (values(library, Kind.SIGNER), source.losses) == (names, [])


@pytest.mark.parametrize("place", ["code", "entry point", "signed attributes"])
def test_signature_of_a_tampered_file_is_told_and_names_nobody(place: str) -> None:
    """A file changed after signing keeps the signer's name as text only, and is reported."""
    content = sample(SIGNED)
    attributes = content.index(MESSAGE_DIGEST, pe_image_directory(content)[0])
    at = {"code": 0x500, "entry point": header(content) + 40, "signed attributes": attributes + 20}[place]
    (library,), source = read(changed(content, at, bytes([content[at] ^ 1])))
    assert values(library, Kind.SIGNER) == []
    assert source.tally["signatures that do not match"] == 1


def pe_image_directory(content: bytes) -> tuple[int, int]:
    """Give offset and size of the certificate table of a 32-bit program."""
    start, size = struct.unpack_from("<II", content, header(content) + 24 + 96 + 8 * pe_image.SECURITY)
    return int(start), int(size)


def test_tampered_file_says_in_whose_name() -> None:
    """The report of a signature that does not match names whose signature it is and where it stands."""
    content = sample(SIGNED)
    (library,), source = read(changed(content, 0x500, bytes([content[0x500] ^ 1])))
    locator, reason = source.losses[0]
    assert locator == f"byte {pe_image_directory(content)[0]}"
    assert reason.startswith("the signature in the name of Microsoft 3rd Party Application Component")
    assert "signature that does not match: Microsoft Corporation" in values(library, Kind.TEXT)


def test_checksum_is_outside_of_the_signature() -> None:
    """The checksum field may be rewritten, as tools do after signing."""
    content = sample(SIGNED)
    (library,), source = read(changed(content, header(content) + 24 + 64, b"\1\2\3\4"))
    assert (len(values(library, Kind.SIGNER)), source.losses) == (2, [])


def test_bytes_appended_to_a_signed_file_are_noticed() -> None:
    """What stands behind the signature is part of the file, and no signature covers it."""
    _, source = read(sample(SIGNED) + b"payload!")
    assert source.tally["signatures that do not match"] == 1


def test_driver_is_told_by_its_subsystem() -> None:
    """A file of the native subsystem is a driver, whatever else it is."""
    content = sample(SIGNED)
    (driver,), source = read(changed(content, header(content) + 24 + 68, b"\1\0"), "web01/klif.sys")
    assert (values(driver, Kind.DRIVER), driver.meaning) == (["klif.sys"], Meaning.INSTALLED)
    assert source.tally["drivers"] == 1


def test_imported_libraries_are_parts_except_those_of_windows() -> None:
    """What a program imports is an observation of its own, since it is not what the program is."""
    (_, needed), _ = read(sample("pe/_win32sysloader.pyd"))
    assert (values(needed, Kind.FILE), needed.meaning) == (["python311.dll"], Meaning.COMPONENT)


def test_program_of_dos_tells_its_name() -> None:
    """A file that begins like a Windows program and is none is no fault."""
    (program,), source = read(b"MZ" + b"\0" * 200, "web01/old.exe")
    assert (values(program, Kind.FILE), source.losses) == (["old.exe"], [])
    assert source.tally["programs of DOS or 16-bit Windows"] == 1


@pytest.mark.parametrize("size", [2, 63, 64, 100, 300, 1000, 5000, 20000])
def test_truncated_program_costs_what_is_missing(size: int) -> None:
    """Whatever is cut off, the file name remains, and nothing is invented."""
    found, _ = read_or_none(sample(TOLD)[:size])
    assert all("vendor.dll" in values(o, Kind.FILE) for o in found[:1])
    assert all(values(o, Kind.SIGNER) == [] for o in found)


def read_or_none(content: bytes) -> tuple[list[Observation], str]:
    """Read a program; nothing and why when nothing of it can be read."""
    from debar.errors import SourceError

    try:
        return read(content)[0], ""
    except SourceError as e:
        return [], e.message


def test_sizes_that_lie_are_bounded() -> None:
    """A certificate table, imports and resources that claim the end of the world read no byte outside the file."""
    content = sample(SIGNED)
    entries = header(content) + 24 + 96
    for directory in (pe_image.IMPORT, pe_image.RESOURCE, pe_image.SECURITY, pe_image.DELAYED):
        hostile = changed(content, entries + 8 * directory, struct.pack("<II", 0xFFFFFFF0, 0xFFFFFFFF))
        found, _ = read(hostile)
        assert values(found[0], Kind.FILE) == ["vendor.dll"]


def test_literals_are_found_in_either_encoding() -> None:
    """A literal of the register that stands in the file is told with its place, as something embedded."""
    content = sample(SIGNED) + b"HCNetSDK" + "Sentinel Engine".encode("utf-16-le")
    source = opened(content, "web01/vendor.dll")
    source.literals = ("HCNetSDK", "Sentinel Engine", "is not there")
    found = [o for o in pe.read(source) if o.meaning is Meaning.EMBEDDED]
    size = len(sample(SIGNED))
    assert [(values(o, Kind.STRING), o.locator) for o in found] == [
        (["HCNetSDK"], f"byte {size}"),
        (["Sentinel Engine"], f"byte {size + 8}"),
    ]


def test_version_lengths_in_bytes_or_characters_are_the_same() -> None:
    """Compilers count the value's length in characters or in bytes; neither cuts a text or runs into the next."""
    for unit in (1, 2):
        assert pe_version.read(resource({"CompanyName": "Vendor GmbH", "ProductName": "Agent"}, unit)) == {
            "CompanyName": "Vendor GmbH",
            "ProductName": "Agent",
        }


def test_version_resource_that_turns_in_circles_ends() -> None:
    """A block of length zero, or longer than the resource, ends the reading."""
    made = resource({"CompanyName": "Vendor GmbH"}, 1)
    for length in (0, 1, 0xFFFF):
        assert isinstance(pe_version.read(struct.pack("<H", length) + made[2:]), dict)


def resource(texts: dict[str, str], unit: int) -> bytes:
    """Make a version resource; `unit` 1 counts values in characters, 2 in bytes."""
    strings = b"".join(
        block(key, (text + "\0").encode("utf-16-le"), (len(text) + 1) * unit) for key, text in texts.items()
    )
    table = block("040904b0", strings, 0)
    return block("VS_VERSION_INFO", block("StringFileInfo", table, 0), 0)


def block(key: str, value: bytes, length: int) -> bytes:
    """Make a block; the next begins at a multiple of four bytes."""
    name = (key + "\0").encode("utf-16-le")
    name += b"\0" * (-(6 + len(name)) % 4)
    made = struct.pack("<HHH", 6 + len(name) + len(value), length, 1) + name + value
    return made + b"\0" * (-len(made) % 4)
