# SPDX-License-Identifier: Apache-2.0
"""Package files of Debian, Ubuntu and OpenWrt: the control file inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components, members, tapes
from debar.readers.binary import pieces, programs
from debar.readers.inputs import Input
from debar.readers.languages import header_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.pieces import Pieces

_MEMBERS = 16
"""Members of the archive looked at: there are three, and one for each signature."""
_CONTROL = 1 << 24
"""Largest packed control archive, bytes; those of real packages stay below 2 MiB."""
_TEXT = 1 << 20
_MAKERS = ("maintainer", "original-maintainer", "vendor")
_ADDRESSES = ("homepage", "bugs", "origin")


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that a file holds."""
    with pieces.opened(source) as file:
        fields = {name: values[0] for name, values in header_fields.read(_control(source, file)).items()}
        name = fields.get("package", "")
        if not name:
            raise SourceError("a control file without the name of the package", locator="control")
        source.tally["package files"] += 1
        observables = [
            Observable(Kind.FILE, source.name),
            Observable(Kind.PACKAGE, name),
            *(o for field in _MAKERS for o in components.maker(fields.get(field, ""))),
            *(o for field in _ADDRESSES for o in components.reference(fields.get(field, ""))),
            *components.prose(fields.get("description", "")),
        ]
        # The file lies there; whether it was ever installed, the package database says.
        version = fields.get("version", "")
        yield programs.about(source, observables, meaning=Meaning.RESIDUE, label=name, version=version)


def _control(source: Input, file: Pieces) -> str:
    """Give the text of the control file; SourceError when the package has none."""
    at = 8
    for _ in range(_MEMBERS):
        header = file.near(at, 60)
        if len(header) < 60:
            break
        name, size = header[:16].decode("ascii", "replace").rstrip(" /"), header[48:58].strip()
        if not size.isdigit():
            break
        if name.startswith("control.tar"):
            return _unpacked(source, name, file.at(at + 60, min(int(size), _CONTROL)))
        at += 60 + int(size) + int(size) % 2
    raise SourceError("a package without a control archive", locator=f"byte {at}")


def _unpacked(source: Input, name: str, archive: bytes) -> str:
    inner = Input(f"{source.path}!{name}", io.BytesIO(archive))
    with inner.stream() as stream:
        for member in tapes.contents(stream, members.Budget(len(archive))):
            if isinstance(member, members.Member) and member.name.removeprefix("./") == "control":
                return member.stream.read(_TEXT).decode("utf-8", "replace")
    raise SourceError("a control archive without a control file", locator=name)
