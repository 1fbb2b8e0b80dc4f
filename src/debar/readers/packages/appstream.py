# SPDX-License-Identifier: Apache-2.0
"""What a desktop program says of itself in AppStream metadata, as Flatpak and Linux distributions install it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind
from debar.readers import components, markup
from debar.readers.databases.installations import FIELD, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input
    from debar.readers.markup import Element

_MOST_CHILDREN = 4096
"""Children of one component that are looked at; one that is translated into all languages has below 500."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation: the program."""
    root = markup.document(source)
    fields = {name: value[:FIELD] for name, value in markup.fields(root).items()}
    identifier, name = fields.get("id", ""), fields.get("name", "")
    if not (identifier or name):
        raise SourceError("a component with neither id nor name", locator=f"line {root.sourceline}")
    source.tally["packages"] += 1
    found = [Observable(Kind.PACKAGE, identifier)] if identifier else []
    found += [Observable(Kind.NAME, name)] if name else []
    found += components.maker(fields.get("developer_name", "")) + components.maker(fields.get("project_group", ""))
    version = ""
    for _, child in zip(range(_MOST_CHILDREN), root, strict=False):
        found += _told(child)
        if markup.local(child) == "releases" and not version:
            # the newest stands first
            version = next((release.get("version") or "" for release in child), "")
    found += components.prose(fields.get("summary", ""))
    yield Shelf(source).installed(f"line {root.sourceline}", name or identifier, version, found)


def _told(child: Element) -> list[Observable]:
    """Give what one child of the component says of its maker."""
    match markup.local(child):
        case "url":
            return components.reference((child.text or "").strip()[:FIELD])
        case "developer":
            return components.maker(markup.fields(child).get("name", "")[:FIELD])
        case "update_contact":
            return components.contact((child.text or "").strip().replace("_at_", "@")[:FIELD])
    return []
