# SPDX-License-Identifier: Apache-2.0
"""What Java archives say of themselves: manifests, and the coordinates and project files that Maven leaves in them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind
from debar.readers import components, markup
from debar.readers.inputs import Input
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.markup import Element

FIELD = 1 << 14
"""Characters kept of one manifest field; Export-Package alone is longer in real bundles, and is not read."""
DEVELOPERS = 200
"""Developers of one project that are looked at; the longest list in Maven Central is near 150."""
_KINDS = {
    "implementation-vendor": Kind.PUBLISHER,
    "bundle-vendor": Kind.PUBLISHER,
    "specification-vendor": Kind.PUBLISHER,
    "vendor": Kind.PUBLISHER,
    "bundle-contactaddress": Kind.MAINTAINER_DOMAIN,
    "implementation-url": Kind.REFERENCE_DOMAIN,
    "bundle-docurl": Kind.REFERENCE_DOMAIN,
    "bundle-updatelocation": Kind.REFERENCE_DOMAIN,
    "specification-url": Kind.REFERENCE_DOMAIN,
    "implementation-title": Kind.NAME,
    "bundle-name": Kind.NAME,
    "specification-title": Kind.NAME,
    "bundle-symbolicname": Kind.CODE,
    "automatic-module-name": Kind.CODE,
    "implementation-vendor-id": Kind.CODE,
    "extension-name": Kind.CODE,
    "main-class": Kind.CODE,
    "bundle-description": Kind.TEXT,
    "bundle-copyright": Kind.TEXT,
}
"""Fields of a manifest after the JAR file specification and the OSGi core specification, in small letters."""
_WANTED = frozenset({*_KINDS, "implementation-version", "bundle-version", "specification-version"})
_LOCALISED = "%"
"""First character of an OSGi value that stands in a properties file of the bundle instead."""
_PROPERTY = re.compile(r"\$\{([\w.-]{1,200})\}")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\w{1,8});)")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_ROUNDS = 5
"""Properties that stand for properties are followed so often; projects do so once or twice."""


class Coordinates(NamedTuple):
    """What Maven calls a project."""

    group: str
    artifact: str
    version: str


def manifest(text: str) -> dict[str, str]:
    """Give the wanted fields of a manifest's main section by their names in small letters."""
    fields: dict[str, str] = {}
    name = ""
    for line in text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not line.strip():
            if fields or name:
                break
            continue
        if line[0] == " ":  # a line holds 72 bytes; what follows the one blank continues it
            if name in fields and len(fields[name]) < FIELD:
                fields[name] += line[1:]
            continue
        name, _, value = line.partition(":")
        name = name.strip().lower()
        if name in _WANTED:
            fields[name] = value[:FIELD].lstrip()
    return {name: value.strip() for name, value in fields.items() if value.strip()}


def version(fields: dict[str, str]) -> str:
    """Give the version that a manifest tells."""
    names = ("implementation-version", "bundle-version", "specification-version")
    return next((fields[name] for name in names if name in fields), "")


def title(fields: dict[str, str]) -> str:
    """Give what a manifest calls its archive."""
    names = ("implementation-title", "bundle-name", "bundle-symbolicname", "automatic-module-name", "main-class")
    found = (fields[name] for name in names if name in fields and not fields[name].startswith(_LOCALISED))
    return next(found, "").partition(";")[0]


def betrayed(fields: dict[str, str]) -> Iterator[Observable]:
    """Yield every value of a manifest that can betray a maker."""
    for name, kind in _KINDS.items():
        value = fields.get(name, "")
        if not value or value.startswith(_LOCALISED):
            continue
        if kind is Kind.PUBLISHER:
            yield from components.maker(value)
        elif kind is Kind.MAINTAINER_DOMAIN:
            yield from components.contact(value)
        elif kind is Kind.REFERENCE_DOMAIN:
            yield from components.reference(value)
        elif kind is Kind.CODE:
            yield Observable(kind, value.partition(";")[0].strip())  # "org.example;singleton:=true"
        else:
            yield Observable(kind, value)


def properties(text: str) -> Coordinates:
    """Give the coordinates in a pom.properties; fields that are not there are empty."""
    fields: dict[str, str] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.startswith(("#", "!")):
            fields.setdefault(name.strip(), value.strip()[: dependencies.LONGEST])
    return Coordinates(fields.get("groupId", ""), fields.get("artifactId", ""), fields.get("version", ""))


def project(data: bytes) -> Project:
    """Give a project file; SourceError when it is not well-formed.

    Maven itself long read files with entities of HTML and with bytes of another encoding than they declare.
    """
    try:
        return Project(markup.document(Input("pom.xml", io.BytesIO(data))))
    except SourceError:
        text = _DECLARATION.sub("", _ENTITY.sub(" ", data.decode(errors="replace")), count=1)
        return Project(markup.document(Input("pom.xml", io.BytesIO(text.encode()))))


class Project:
    """A Maven project file: its coordinates, makers and dependencies, with its own properties filled in."""

    def __init__(self, root: Element) -> None:
        """Take the root element of a pom.xml."""
        self._root = root
        fields = markup.fields(root)
        parent = child(root, "parent")
        above: dict[str, str] = markup.fields(parent) if parent is not None else {}
        inherited: dict[str, str] = {name: above[name] for name in ("groupId", "version") if name in above}
        self.fields: dict[str, str] = {**inherited, **fields}
        own = child(root, "properties")
        self._properties = markup.fields(own) if own is not None else {}
        for name, value in self.fields.items():
            self._properties.setdefault(f"project.{name}", value)
            self._properties.setdefault(f"pom.{name}", value)
        for name, value in above.items():
            self._properties.setdefault(f"project.parent.{name}", value)

    def filled(self, value: str) -> str:
        """Give a value with the properties in it filled in; empty when one of them is defined elsewhere."""
        for _ in range(_ROUNDS):
            if "${" not in value:
                return value
            value = _PROPERTY.sub(lambda found: self._properties.get(found[1], found[0]), value)[: dependencies.LONGEST]
        return "" if "${" in value else value

    @property
    def coordinates(self) -> Coordinates:
        """Give group, artifact and version of the project itself."""
        return self.coordinates_in(self.fields)

    def coordinates_in(self, fields: dict[str, str]) -> Coordinates:
        """Give group, artifact and version of a reference to a project."""
        return Coordinates(*(self.filled(fields.get(name, "")) for name in ("groupId", "artifactId", "version")))

    def makers(self) -> Iterator[Observable]:
        """Yield the organisation, the developers and the addresses of the project."""
        if name := self.filled(self.fields.get("name", "")):
            yield Observable(Kind.NAME, name)
        for element in [child(self._root, "organization"), *_below(self._root, "developers", "contributors")]:
            if element is None:
                continue
            fields = markup.fields(element)
            yield from components.maker(fields.get("name", ""))
            yield from components.contact(fields.get("email", ""))
            yield from components.maker(fields.get("organization", ""))
            for key in ("url", "organizationUrl"):
                yield from components.reference(fields.get(key, ""))
        yield from components.reference(self.filled(self.fields.get("url", "")))
        if (scm := child(self._root, "scm")) is not None:
            yield from components.reference(self.filled(markup.fields(scm).get("url", "")))
        yield from components.prose(self.fields.get("description", "")[:FIELD])

    def repositories(self) -> Iterator[Observable]:
        """Yield the hosts that the project's parts are fetched from, besides the one that everybody uses."""
        for element in _below(self._root, "repositories", "pluginRepositories"):
            yield from dependencies.origin(markup.fields(element).get("url", ""))

    def dependencies(self) -> Iterator[tuple[str, Coordinates]]:
        """Yield (line, coordinates) of the parent and of each dependency; versions may be managed by the project."""
        managed: dict[tuple[str, str], str] = {}
        if (management := child(self._root, "dependencyManagement")) is not None:
            for element in _below(management, "dependencies", most=None):
                group, artifact, number = self.coordinates_in(markup.fields(element))
                managed[group, artifact] = number
        parent = child(self._root, "parent")
        if parent is not None:
            yield f"line {parent.sourceline}", self.coordinates_in(markup.fields(parent))
        for element in _below(self._root, "dependencies", most=None):
            found = self.coordinates_in(markup.fields(element))
            number = found.version or managed.get((found.group, found.artifact), "")
            yield f"line {element.sourceline}", found._replace(version=number)


def child(element: Element, name: str) -> Element | None:
    """Give the first child of a local name."""
    return next((below for below in element if markup.local(below) == name), None)


def _below(element: Element, *lists: str, most: int | None = DEVELOPERS) -> list[Element]:
    """Give the members of lists such as <developers>."""
    found = [member for name in lists if (group := child(element, name)) is not None for member in group]
    return found[:most]
