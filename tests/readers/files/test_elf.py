# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of Linux programs."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import built_in, elf_image, go_buildinfo, pieces
from debar.readers.files import elf
from opened import opened, values
from signing import sample

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(content: bytes, path: str = "web01/agent") -> tuple[list[Observation], Input]:
    """Read a program."""
    source = opened(content, path)
    return list(elf.read(source)), source


def test_package_note_names_package_and_version() -> None:
    """The note of a distribution says of which package and version a program is."""
    (program, *_), source = read(sample("elf/agent"))
    assert (program.version, program.meaning) == ("4.2.1-7.fc41", Meaning.INSTALLED)
    assert values(program, Kind.PURL) == ["pkg:rpm/fedora/agent"]
    assert values(program, Kind.PATH) == ["/opt/vendor/lib64"]
    assert source.tally["package notes"] == 1


def test_needed_libraries_are_parts_except_those_of_every_program() -> None:
    """The C library is left out; any other that a program needs is told."""
    found, _ = read(sample("elf/agent"))
    assert [values(o, Kind.FILE) for o in found if o.locator == "dynamic section"] == [["libagent.so.1"]]


def test_shared_library_is_a_component_under_its_own_name() -> None:
    """A library is told by its file name and by the name it gives itself."""
    (library,), _ = read(sample("elf/libagent.so.1"), "web01/libagent-4.2.so")
    assert values(library, Kind.FILE) == ["libagent-4.2.so", "libagent.so.1"]
    assert library.meaning is Meaning.COMPONENT


def test_kernel_module_names_its_author_and_no_device() -> None:
    """A module's author is a maker; the devices it could drive are not there because of it."""
    (module,), source = read(sample("elf/vendor_sensor.ko"), "web01/vendor_sensor.ko")
    assert values(module, Kind.PUBLISHER) == ["Example Vendor Ltd."]
    assert values(module, Kind.DRIVER) == ["vendor_sensor.ko"]
    assert values(module, Kind.HARDWARE_ID) == []
    assert source.tally == {"kernel modules": 1}


def test_go_program_lists_its_modules() -> None:
    """Each module is a component, the program's own module is what is installed, a replaced one is named with its heir."""
    found, _ = read(sample("elf/agent-go"))
    modules = {o.label: o for o in found[1:]}
    assert list(modules) == [
        "stdlib",
        "vendor.example/agent",
        "github.com/maker/sdk",
        "golang.org/x/example",
        "example.org/fork/quote",
    ]
    assert modules["vendor.example/agent"].meaning is Meaning.INSTALLED
    assert modules["github.com/maker/sdk"].version == "v1.4.2"
    assert "pkg:golang/rsc.example/quote" in values(modules["example.org/fork/quote"], Kind.PURL)


def with_constants(content: bytes, constants: bytes) -> bytes:
    """Give a program of 64 bits, little-endian, whose constants are these bytes."""
    with pieces.opened(opened(content)) as file:
        image = elf_image.read(file)
        old = next(section for section in elf_image.sections(file, image) if section.name == ".rodata")
    at = content.index(struct.pack("<QQ", old.offset, old.size), image.table[0])
    return content[:at] + struct.pack("<QQ", len(content), len(constants)) + content[at + 16 :] + constants


def test_program_that_everybody_has_tells_its_version() -> None:
    """A file called like a well-known program whose own text confirms it is told as that program."""
    content = with_constants(sample("elf/agent"), b"\0@(#)Bash version 5.2.15(1) release GNU\0")
    found, source = read(content, "web01/bash")
    (bash,) = [o for o in found if o.locator == ".rodata"]
    assert (bash.version, bash.meaning) == ("5.2.15", Meaning.INSTALLED)
    assert values(bash, Kind.PURL) == ["pkg:generic/bash"]
    assert source.tally["programs known by name"] == 1
    assert not [o for o in read(content, "web01/agent")[0] if o.locator == ".rodata"]


def test_rust_crates_that_only_built_the_program_are_left_out() -> None:
    """A crate that ran on the maker's machine is not in the program; one from a folder has no package URL."""
    found, source = read(sample("elf/agent"))
    crates = {o.label: o for o in found if o.locator.startswith(".dep-v0")}
    assert list(crates) == ["agent", "serde", "vendor-sdk"]
    assert values(crates["serde"], Kind.PURL) == ["pkg:cargo/serde"]
    assert values(crates["vendor-sdk"], Kind.PURL) == []
    assert source.tally["Rust crates that only built the program"] == 1


@pytest.mark.parametrize(
    "listing", [None, [], 7, {"packages": 3}, {"packages": [None, 7, [], {"name": 5}, {"name": None}]}]
)
def test_crates_of_wrong_types_cost_themselves(listing: object) -> None:
    """Whatever the list holds instead of crates is lost, and nothing else."""
    source = opened(b"", "web01/agent")
    found = list(built_in.crates(source, zlib.compress(msgspec.json.encode(listing)), ".dep-v0"))
    assert [o.label for o in found] in ([], ["5"])


def test_crates_that_unpack_to_gigabytes_are_cut() -> None:
    """A list that grows out of all proportion is unpacked no further than a limit, and told."""
    source = opened(b"", "web01/agent")
    assert list(built_in.crates(source, zlib.compress(b" " * (1 << 25)), ".dep-v0")) == []
    assert "the list of crates cannot be read" in source.losses[0][1]


@pytest.mark.parametrize(("order", "width"), [("<", 8), (">", 8), ("<", 4), (">", 4)])
def test_build_information_of_old_go_is_found_through_its_pointers(order: str, width: int) -> None:
    """Before Go 1.18 the block points to the texts, in the byte order and size of the machine."""
    text = b"S" * 16 + b"path\tvendor.example/agent\nmod\tvendor.example/agent\tv1.0.0\n" + b"E" * 16
    word = order + ("Q" if width == 8 else "I")
    block = (
        go_buildinfo.MAGIC + bytes([width, int(order == ">")]) + struct.pack(word, 0x1040) + struct.pack(word, 0x1060)
    )
    content = block.ljust(0x40, b"\0") + struct.pack(word + word[1], 0x1070, 8)
    content = content.ljust(0x60, b"\0") + struct.pack(word + word[1], 0x1080, len(text))
    content = content.ljust(0x70, b"\0") + b"go1.17.3"
    content = content.ljust(0x80, b"\0") + text
    with pieces.opened(opened(content)) as file:
        found = go_buildinfo.text(file, 0, lambda address: address - 0x1000)
    assert found == "go\tgo1.17.3\n" + text[16:-16].decode()


def test_build_information_of_a_wild_length_is_none() -> None:
    """A length of gigabytes, or a pointer outside the file, gives no text."""
    hostile = go_buildinfo.MAGIC + b"\x08\x02" + b"\0" * 16 + b"\xff\xff\xff\xff\x7f"
    with pieces.opened(opened(hostile)) as file:
        assert go_buildinfo.text(file, 0, lambda address: address) == ""


@pytest.mark.parametrize("offset", [40, 32, 60, 62])
def test_headers_outside_the_file_cost_what_they_point_to(offset: int) -> None:
    """Tables said to lie outside the file are not read; the file name remains."""
    content = bytearray(sample("elf/agent"))
    content[offset : offset + 2] = b"\xff\xff"
    (program, *_), _ = read(bytes(content))
    assert "agent" in values(program, Kind.FILE)


def test_file_of_neither_class_is_refused() -> None:
    """Four right bytes do not make a program."""
    with pytest.raises(SourceError, match="neither of 32 nor of 64 bits"):
        read(b"\x7fELF" + b"\x09" * 60)


def test_literals_are_looked_for() -> None:
    """A literal of the register inside a library is something embedded."""
    source = opened(sample("elf/libagent.so.1") + b"\0HCNetSDK\0", "web01/lib.so")
    source.literals = ("HCNetSDK",)
    assert [values(o, Kind.STRING) for o in elf.read(source)][1:] == [["HCNetSDK"]]
