# SPDX-License-Identifier: Apache-2.0
""".NET packages as files (NuGet): the manifest inside."""

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
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation

_MANIFEST = r"[^/]+\.nuspec"
_LARGEST = 1 << 22


def fits(source: Input) -> bool:
    """Tell whether a zip file is a NuGet package."""
    return packed.fits(source, rb"(?<![\w/])[^/\0]{1,255}\.nuspec", rb"\[Content_Types\]\.xml")


def read(source: Input) -> Iterator[Observation]:
    """Yield the package that a file holds."""
    with pieces.opened(source) as file:
        archive = Packed(file)
        names = archive.names(_MANIFEST)
        if not names:
            raise SourceError("a package without its manifest")
        inner = Input(f"{source.path}!{names[0]}", io.BytesIO(archive.content(names[0], _LARGEST)))
        root = markup.document(inner)
    metadata = next((child for child in root if markup.local(child) == "metadata"), None)
    fields = markup.fields(metadata) if metadata is not None else {}
    name = fields.get("id", "")
    if not name:
        raise SourceError("a manifest without the name of the package", locator=names[0])
    repository = next((c.get("url", "") for c in metadata if markup.local(c) == "repository"), "")  # type: ignore[union-attr]
    source.tally["package files"] += 1
    people = [part.strip() for key in ("authors", "owners") for part in fields.get(key, "").split(",")]
    observables = [
        Observable(Kind.FILE, source.name),
        *dependencies.named("nuget", name),
        Observable(Kind.NAME, fields.get("title", "")),
        *(o for person in people for o in components.maker(person)),
        *(o for url in (fields.get("projectUrl", ""), repository) for o in components.reference(url)),
        *components.prose(*(fields[key] for key in ("description", "copyright") if key in fields)),
    ]
    # The file lies there; whether a project uses it, the project's own files say.
    version = fields.get("version", "")
    yield programs.about(source, observables, meaning=Meaning.RESIDUE, label=name, version=version, locator=names[0])
