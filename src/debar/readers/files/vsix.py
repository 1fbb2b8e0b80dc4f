# SPDX-License-Identifier: Apache-2.0
"""Extensions of Visual Studio and Visual Studio Code as files (VSIX): the manifest inside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components, markup
from debar.readers.binary import packed, pieces, programs
from debar.readers.binary.packed import Packed
from debar.readers.inputs import Input

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation

_MANIFEST = "extension.vsixmanifest"
_LARGEST = 1 << 22
_TEXTS = 1 << 12
"""Elements of a manifest looked at."""


def fits(source: Input) -> bool:
    """Tell whether a zip file is an extension of Visual Studio or Visual Studio Code."""
    return packed.fits(source, rb"extension\.vsixmanifest")


def read(source: Input) -> Iterator[Observation]:
    """Yield the extension that a file holds."""
    with pieces.opened(source) as file:
        archive = Packed(file)
        if _MANIFEST not in archive.entries:
            raise SourceError("an extension without its manifest")
        root = markup.document(Input(f"{source.path}!{_MANIFEST}", io.BytesIO(archive.content(_MANIFEST, _LARGEST))))
    found: dict[str, str] = {}
    attributes: dict[str, str] = {}
    links: list[str] = []
    for _, element in zip(range(_TEXTS), root.iter("{*}*"), strict=False):
        tag = markup.local(element)
        if tag == "Identity":
            attributes = {str(key): str(value) for key, value in element.attrib.items()}
        elif tag == "Property" and str(element.get("Id", "")).startswith("Microsoft.VisualStudio.Services.Links."):
            links.append(str(element.get("Value", "")))
        elif (text := (element.text or "").strip()) and not len(element):
            found.setdefault(tag, text)
    publisher, name = attributes.get("Publisher", found.get("Author", "")), attributes.get("Id", "")
    source.tally["extensions"] += 1
    label = found.get("DisplayName", found.get("Name", name))
    observables = [
        Observable(Kind.FILE, source.name),
        Observable(Kind.EXTENSION, f"{publisher}.{name}" if publisher and name and " " not in publisher else name),
        Observable(Kind.NAME, label),
        *components.maker(publisher),
        *(o for url in (*links, found.get("MoreInfo", "")) for o in components.reference(url)),
        *components.prose(found.get("Description", "")),
    ]
    version = attributes.get("Version", found.get("Version", ""))
    # The file lies there; whether it was ever installed, the editor's own folder says.
    yield programs.about(source, observables, meaning=Meaning.RESIDUE, label=label, version=version, locator=_MANIFEST)
