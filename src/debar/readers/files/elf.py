# SPDX-License-Identifier: Apache-2.0
"""Linux programs, libraries and kernel modules: names, needed libraries, package notes, parts built in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.binary import built_in, elf_image, go_buildinfo, pieces, programs, well_known
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.elf_image import Dynamic, Image, Section
    from debar.readers.binary.pieces import Pieces
    from debar.readers.inputs import Input

_PACKAGE_NOTE, _BUILD_ID = ("FDO", 0xCAFE1A7E), ("GNU", 3)
"""Owner and type of a note: systemd's "Package Metadata for Executable Files", and the linker's digest."""
_MODULE_TEXT = 1 << 20
"""Bytes looked at of a kernel module's texts; drivers of thousands of devices have 300 KiB."""
_MODULE = {"name": Kind.NAME, "description": Kind.TEXT, "license": Kind.TEXT, "vermagic": Kind.TEXT}
"""Texts of a kernel module. Its aliases name devices that it could drive, not any that is there."""
_COMMENT = 1 << 12
_CONSTANTS = 1 << 26
"""Bytes of constants looked through for a version; the largest seen, of Node.js, has 45 MiB."""
_OF_LINUX = re.compile(
    r"(?:ld|lib(?:c|m|dl|rt|util|pthread|resolv|nsl|crypt|anl|gcc_s|stdc\+\+|c\+\+|c\+\+abi|log|android))"
    r"(?:[-.][\w.-]*)?\.so(?:[.\d]*)|libc\.musl-\w+\.so\.\d+|linux-vdso\.so\.1"
)
"""Libraries of the C and C++ run-time and of Android, which nearly every program needs."""


def read(source: Input) -> Iterator[Observation]:
    """Yield what a program says of itself, what it needs, what was built into it, and the literals that stand in it."""
    with pieces.opened(source) as file:
        image = elf_image.read(file)
        sections = _sections(source, file, image)
        dynamic = _dynamic(source, file, image)
        module = _module(file, sections.get(".modinfo"))
        meaning = _meaning(source, image, dynamic, is_module=bool(module))
        notes = list(_notes(source, file, image, sections))
        observables = [
            Observable(Kind.FILE, source.name),
            *(Observable(Kind.FILE, name) for name in dynamic.names.get(elf_image.SONAME, ())),
            *_places(dynamic),
            *_driver(source, module),
            *(observable for _, found in notes for observable in found),
            *_compilers(file, sections.get(".comment")),
        ]
        version = next((version for version, _ in notes if version), "") or dict(module).get("version", "")
        yield programs.about(source, observables, meaning=meaning, version=version)
        needed = [n for n in dynamic.names.get(elf_image.NEEDED, ()) if not _OF_LINUX.fullmatch(n)]
        yield from programs.needed(source, needed, "dynamic section")
        yield from _parts(source, file, image, sections)
        yield from _known(source, file, sections)
        yield from programs.strings(source, file, programs.swept(source, file))


def _sections(source: Input, file: Pieces, image: Image) -> dict[str, Section]:
    try:
        return {section.name: section for section in reversed(elf_image.sections(file, image))}
    except SourceError as e:
        source.lose(e.locator, f"the sections cannot be read: {e.message}")
        return {}


def _dynamic(source: Input, file: Pieces, image: Image) -> Dynamic:
    try:
        return elf_image.dynamic(file, image)
    except SourceError as e:
        source.lose(e.locator, f"the needed libraries cannot be read: {e.message}")
        return elf_image.Dynamic({}, is_program=False)


def _meaning(source: Input, image: Image, dynamic: Dynamic, *, is_module: bool) -> Meaning:
    """Give what the file is, and count it: a shared object is a program when it is made to be run."""
    if is_module:
        source.tally["kernel modules"] += 1
        return Meaning.INSTALLED
    is_run = dynamic.is_program or image.has_interpreter
    if image.type == elf_image.PROGRAM or (
        image.type == elf_image.SHARED and is_run and elf_image.SONAME not in dynamic.names
    ):
        source.tally["programs"] += 1
        return Meaning.INSTALLED
    source.tally["memory dumps" if image.type == elf_image.CORE else "libraries"] += 1
    return Meaning.RESIDUE if image.type == elf_image.CORE else Meaning.COMPONENT


def _places(dynamic: Dynamic) -> Iterator[Observable]:
    """Yield the folders in which a program looks for its libraries, unless they are relative to itself."""
    for tag in (elf_image.RPATH, elf_image.RUNPATH):
        for places in dynamic.names.get(tag, ()):
            yield from (Observable(Kind.PATH, place) for place in places.split(":") if place.startswith("/"))


def _module(file: Pieces, section: Section | None) -> list[tuple[str, str]]:
    """Give (key, text) of a kernel module's own description."""
    if section is None:
        return []
    texts = file.near(section.offset, min(section.size, _MODULE_TEXT)).decode("utf-8", "replace").split("\0")
    pairs = [text.partition("=") for text in texts if "=" in text and not text.startswith("alias=")]
    return [(key, value.strip()) for key, _, value in pairs]


def _driver(source: Input, module: list[tuple[str, str]]) -> Iterator[Observable]:
    if module:
        yield Observable(Kind.DRIVER, source.name)
    for key, value in module:
        if key == "author":
            yield from components.maker(value)
        elif key in _MODULE:
            yield Observable(_MODULE[key], value)


def _notes(
    source: Input, file: Pieces, image: Image, sections: dict[str, Section]
) -> Iterator[tuple[str, list[Observable]]]:
    """Yield (version, observables) of the notes that say which package or build a file is of."""
    try:
        for owner, kind, description in elf_image.notes(file, image, list(sections.values())):
            if (owner, kind) == _BUILD_ID:
                yield "", [Observable(Kind.HASH, description.hex())]
            elif (owner, kind) == _PACKAGE_NOTE:
                source.tally["package notes"] += 1
                yield _package(source, description)
    except SourceError as e:
        source.lose(e.locator, f"a note cannot be read: {e.message}")


def _package(source: Input, description: bytes) -> tuple[str, list[Observable]]:
    try:
        note = dependencies.mapping(msgspec.json.decode(description.rstrip(b"\0 \n")))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        source.lose("package note", str(e))
        return "", []
    fields = {key: dependencies.scalar(value) for key, value in note.items()}
    kind, system, name = (fields.get(key, "") for key in ("type", "os", "name"))
    found = [Observable(Kind.PACKAGE, name)]
    if kind and name:
        found.append(Observable(Kind.PURL, f"pkg:{kind}/{system}/{dependencies.quoted(name)}".replace("//", "/")))
    found += [Observable(Kind.CPE, fields[key]) for key in ("osCpe", "appCpe") if fields.get(key)]
    found += components.maker(fields.get("vendor", "")) + components.maker(fields.get("maintainer", ""))
    return fields.get("version", ""), found + components.reference(fields.get("debugInfoUrl", ""))


def _compilers(file: Pieces, section: Section | None) -> Iterator[Observable]:
    if section is not None:
        for text in file.near(section.offset, min(section.size, _COMMENT)).split(b"\0"):
            yield Observable(Kind.TEXT, pieces.text(text))


def _constants(file: Pieces, sections: dict[str, Section]) -> Iterator[bytes]:
    """Yield what a program has for reading only, where its texts stand."""
    if section := sections.get(".rodata"):
        yield from file.blocks(section.offset, section.offset + min(section.size, _CONSTANTS))


def _known(source: Input, file: Pieces, sections: dict[str, Section]) -> Iterator[Observation]:
    """Yield the program that a file is by its name, if its own text confirms that and tells the version."""
    known = well_known.program(source.name)
    if known is not None and (version := known.version(_constants(file, sections))):
        source.tally["programs known by name"] += 1
        yield programs.about(
            source, known.observables, meaning=Meaning.INSTALLED, label=known.name, version=version, locator=".rodata"
        )


def _parts(source: Input, file: Pieces, image: Image, sections: dict[str, Section]) -> Iterator[Observation]:
    """Yield modules of Go and crates of Rust."""
    try:
        if go := sections.get(".go.buildinfo"):
            text = go_buildinfo.text(file, go.offset, image.offset)
            yield from built_in.modules(source, text, ".go.buildinfo", _constants(file, sections))
        if rust := sections.get(".dep-v0"):
            yield from built_in.crates(source, file.near(rust.offset, min(rust.size, pieces.PIECE)), ".dep-v0")
    except SourceError as e:
        source.lose(e.locator, f"the parts built in cannot be read: {e.message}")
