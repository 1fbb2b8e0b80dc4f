# SPDX-License-Identifier: Apache-2.0
"""Windows programs, libraries and drivers: version resource, signers, imported libraries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import authenticode, built_in, der, go_buildinfo, pe_image, pe_version, pieces, programs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.pe_image import Image
    from debar.readers.binary.pieces import Pieces
    from debar.readers.inputs import Input

_TEXTS = {
    "CompanyName": Kind.PUBLISHER,
    "ProductName": Kind.NAME,
    "FileDescription": Kind.NAME,
    "OriginalFilename": Kind.FILE,
    "InternalName": Kind.FILE,
    "LegalCopyright": Kind.TEXT,
    "LegalTrademarks": Kind.TEXT,
    "Comments": Kind.TEXT,
}
"""Keys of a version resource that say who made the file."""
_VERSIONS = ("FileVersion", "ProductVersion", "")
_NATIVE = 1
"""Subsystem of drivers; of a few programs that run before Windows does, too."""
_OF_WINDOWS = re.compile(
    r"(?:api-ms-win|ext-ms)-.*|(?:kernel(?:32|base)|ntdll|ntoskrnl|hal|user32|gdi32|advapi32|shell32|shlwapi|shcore"
    r"|ole32|oleaut32|comctl32|comdlg32|combase|rpcrt4|sechost|crypt32|bcrypt|bcryptprimitives|ncrypt|wintrust"
    r"|ws2_32|wsock32|winhttp|wininet|iphlpapi|dnsapi|netapi32|userenv|version|winmm|psapi|setupapi|cfgmgr32|imm32|mpr"
    r"|msvcrt|ucrtbased?|msvc[pr]\d+(?:_\w+)?d?|vcruntime\d+(?:_\w+)?d?|mscoree|dbghelp|dwmapi|uxtheme|powrprof|wtsapi32"
    r"|winspool|gdiplus|msimg32|opengl32|d3d\d+|dxgi|dwrite|d2d1|urlmon|oleacc|propsys|ndis|fltmgr|wdfldr)"
    r"\.(?:dll|exe|sys|drv)",
    re.IGNORECASE,
)
"""Libraries of Windows and of its compilers, which nearly every program imports and which tell nothing of it."""


def read(source: Input) -> Iterator[Observation]:
    """Yield what a program says of itself, the libraries it imports, and the literals that stand in it."""
    with pieces.opened(source) as file:
        image = pe_image.read(file)
        if image is None:
            source.tally["programs of DOS or 16-bit Windows"] += 1
            yield programs.about(source, [Observable(Kind.FILE, source.name)], meaning=Meaning.INSTALLED)
            return
        texts = _texts(source, file, image)
        signers, found = _looked_through(source, file, image)
        is_driver = image.subsystem == _NATIVE and not source.name.lower().endswith((".exe", ".dll"))
        source.tally["drivers" if is_driver else "libraries" if image.is_library else "programs"] += 1
        observables = [
            Observable(Kind.FILE, source.name),
            *([Observable(Kind.DRIVER, source.name)] if is_driver else ()),
            *(Observable(kind, texts[key]) for key, kind in _TEXTS.items() if key in texts),
            *signers,
        ]
        meaning = Meaning.COMPONENT if image.is_library and not is_driver else Meaning.INSTALLED
        version = next((texts[key] for key in _VERSIONS if key in texts), "")
        yield programs.about(source, observables, meaning=meaning, version=version)
        yield from programs.needed(source, _imports(source, file, image), f"byte {image.entries + 8 * pe_image.IMPORT}")
        yield from _parts(source, file, image)
        yield from programs.strings(source, file, found)


def _texts(source: Input, file: Pieces, image: Image) -> dict[str, str]:
    """Give the texts of the version resources; of several languages the first that has a text."""
    found: dict[str, str] = {}
    try:
        for resource in pe_image.versions(file, image):
            found = {**pe_version.read(resource), **found}
    except SourceError as e:
        source.lose(e.locator, f"the version resource cannot be read: {e.message}")
    return found


def _imports(source: Input, file: Pieces, image: Image) -> list[str]:
    try:
        return [name for name in pe_image.imports(file, image) if not _OF_WINDOWS.fullmatch(name)]
    except SourceError as e:
        source.lose(e.locator, f"the imports cannot be read: {e.message}")
        return []


def _looked_through(source: Input, file: Pieces, image: Image) -> tuple[list[Observable], list[tuple[int, str]]]:
    """Give the signers of a file, and the literals in it with their places: the whole of it is read once for both.

    Signers whose signature is not of this file are given as text only.
    """
    marks = _marks(source, file, image)
    digests = authenticode.Digests(image, file.size, {mark.digest[0] for mark in marks})
    found = programs.swept(source, file, *([digests.look] if digests.is_wanted else ()))
    actual, signers = digests.made(), list[Observable]()
    for mark in marks:
        name, digest = mark.digest
        fits = not name or actual[name] == digest
        signers += programs.vouched(source, mark.signer, f"byte {mark.offset}", fits=fits)
    return signers, found


def _marks(source: Input, file: Pieces, image: Image) -> list[authenticode.Mark]:
    entries = authenticode.table(file, image)
    marks: list[authenticode.Mark] = []
    try:
        marks.extend(authenticode.marks(entries))
    except der.BrokenError as e:
        source.lose(f"byte {entries[0][0]}", f"a signature cannot be read: {e}")
    return marks


def _parts(source: Input, file: Pieces, image: Image) -> Iterator[Observation]:
    """Yield modules of Go, which stand at the beginning of the data, and crates of Rust, in a section of their own."""
    sections = {section.name: section for section in reversed(image.sections)}
    try:
        if data := sections.get(".data"):
            text = go_buildinfo.text(file, data.offset, image.place)
            yield from built_in.modules(source, text, "Go build information")
        if rust := sections.get(".dep-v0"):
            yield from built_in.crates(source, file.near(rust.offset, min(rust.size, pieces.PIECE)), ".dep-v0")
    except SourceError as e:
        source.lose(e.locator, f"the parts built in cannot be read: {e.message}")
