# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Apple programs."""

from __future__ import annotations

import hashlib
import plistlib
import struct
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.files import macho
from opened import opened, values
from signing import NAMES, sample, signed

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

PAGE = 4096
PLIST = {"CFBundleIdentifier": "example.vendor.agent", "CFBundleName": "Agent", "CFBundleShortVersionString": "3.2.1"}


def read(content: bytes) -> tuple[list[Observation], Input]:
    """Read a program."""
    source = opened(content, "mac01/agent")
    return list(macho.read(source)), source


def made(*, team: str = "ABCDE12345", libraries: tuple[str, ...] = ()) -> bytes:
    """Make a signed program of 64 bits with an Info.plist inside and two pages."""
    plist = plistlib.dumps(PLIST)
    commands = struct.pack("<II16sQQQQIIII", 0x19, 152, b"__TEXT", 0, 2 * PAGE, 0, 2 * PAGE, 7, 5, 1, 0)
    commands += struct.pack(
        "<16s16sQQIIIIIIII", b"__info_plist", b"__TEXT", 2048, len(plist), 2048, 0, 0, 0, 0, 0, 0, 0
    )
    for name in libraries:
        text = name.encode() + b"\0" * (8 - len(name) % 8)
        commands += struct.pack("<IIIIII", 0xC, 24 + len(text), 24, 0, 0, 0) + text
    commands += struct.pack("<IIII", 0x1D, 16, 2 * PAGE, 1 << 14)
    count = 3 + len(libraries)
    header = struct.pack("<IIIIIIII", 0xFEEDFACF, 0x0100000C, 0, 2, count, len(commands), 0, 0)
    code = (header + commands).ljust(2048, b"\0") + plist
    code = code.ljust(2 * PAGE, b"\0")
    return code + signature(code, team).ljust(1 << 14, b"\0")


def signature(code: bytes, team: str) -> bytes:
    """Make a code signature over pages."""
    pages = b"".join(hashlib.sha256(code[at : at + PAGE]).digest() for at in range(0, len(code), PAGE))
    texts = b"example.vendor.agent\0" + team.encode() + b"\0"
    start = 52 + len(texts)
    fields = struct.pack(">IIIIIBBBBI", start, 52, 0, 2, len(code), 32, 2, 0, 12, 0)
    body = struct.pack(">II", 0x20200, 0) + fields + struct.pack(">II", 0, 52 + 21) + texts + pages
    directory = struct.pack(">II", 0xFADE0C02, 8 + len(body)) + body
    cms = signed(directory, detached=True)
    blob = struct.pack(">II", 0xFADE0B01, 8 + len(cms)) + cms
    index = struct.pack(">IIII", 0, 28, 0x10000, 28 + len(directory))
    size = 28 + len(directory) + len(blob)
    return struct.pack(">III", 0xFADE0CC0, size, 2) + index + directory + blob


def test_signed_program_names_identifier_team_and_signer() -> None:
    """Identifier and team come from the code directory, the signer from the certificate that signed it."""
    (program,), source = read(made())
    assert values(program, Kind.BUNDLE) == ["example.vendor.agent"]
    assert values(program, Kind.TEAM_ID) == ["ABCDE12345"]
    assert values(program, Kind.SIGNER) == list(NAMES)
    assert (source.tally, source.losses) == ({"programs": 1, "signatures": 1}, [])


def test_info_plist_inside_names_the_program() -> None:
    """A program without a bundle around it carries its Info.plist in a section."""
    (program,), _ = read(made())
    assert (values(program, Kind.NAME), program.version) == (["Agent"], "3.2.1")


def test_tampered_page_is_told_and_the_signer_is_text_only() -> None:
    """A page that differs from its digest makes the signature one of another file."""
    content = bytearray(made())
    content[PAGE + 100] ^= 1
    (program,), source = read(bytes(content))
    assert values(program, Kind.SIGNER) == []
    assert values(program, Kind.TEXT) == [f"signature that does not match: {name}" for name in NAMES]
    assert source.tally["signatures that do not match"] == 1


def test_tampered_code_directory_is_told() -> None:
    """Digests that were changed along with the page no longer fit what was signed."""
    content = made().replace(b"ABCDE12345\0", b"ZZZZZ99999\0", 1)
    (program,), source = read(content)
    assert (values(program, Kind.SIGNER), source.tally["signatures that do not match"]) == ([], 1)


def test_libraries_of_the_system_are_left_out() -> None:
    """What a program loads from elsewhere is told by path and name."""
    content = made(libraries=("/usr/lib/libSystem.B.dylib", "/opt/vendor/libsdk.dylib", "@rpath/Other.framework/Other"))
    (_, needed), _ = read(content)
    assert values(needed, Kind.FILE) == ["libsdk.dylib", "Other"]
    assert values(needed, Kind.PATH) == ["/opt/vendor/libsdk.dylib"]
    assert needed.meaning is Meaning.COMPONENT


def test_universal_file_is_read_slice_by_slice() -> None:
    """Values of all slices are told once, of one file."""
    one = made()
    fat = struct.pack(">II", 0xCAFEBABE, 2) + struct.pack(">IIIII", 7, 3, PAGE, len(one), 12)
    fat += struct.pack(">IIIII", 0x0100000C, 0, PAGE, len(one), 12)
    (program,), source = read(fat.ljust(PAGE, b"\0") + one)
    assert values(program, Kind.TEAM_ID) == ["ABCDE12345"]
    assert source.tally["signatures"] == 2


def test_signature_in_nobodys_name_names_nobody() -> None:
    """An ad-hoc signature has an identifier and no signer."""
    (program,), source = read(sample("macho/spawn-helper-arm64"))
    assert (values(program, Kind.BUNDLE), values(program, Kind.SIGNER)) == (["spawn-helper"], [])
    assert source.tally["signatures in nobody's name"] == 1


def test_slices_outside_the_file_are_lost() -> None:
    """A universal file whose slices lie outside of it tells so."""
    fat = struct.pack(">II", 0xCAFEBABE, 2) + struct.pack(">IIIII", 7, 3, 0xFFFFFFF0, 0xFFFFFFFF, 12) * 2
    with pytest.raises(SourceError, match="no part of it can be read"):
        read(fat)


@pytest.mark.parametrize("size", [4, 28, 32, 60, 200, 2100, 5000, 2 * PAGE, 2 * PAGE + 50])
def test_truncated_program_names_no_signer(size: int) -> None:
    """What is cut off cannot vouch for anything."""
    try:
        found, _ = read(made()[:size])
    except SourceError:
        found = []
    assert all(values(o, Kind.SIGNER) == [] for o in found)
