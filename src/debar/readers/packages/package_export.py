# SPDX-License-Identifier: Apache-2.0
"""JSON in which a tool lists packages by name and version, and little else: scoop, Container-Optimized OS and Spack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning
from debar.readers import components, records
from debar.readers.databases.installations import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input


class _Format(NamedTuple):
    """Where one tool's packages stand."""

    steps: tuple[str, ...]
    """Keys that lead to the list."""
    name: str
    version: str
    address: str = ""
    """Key of an address the package came from."""
    rest: Meaning = Meaning.INSTALLED
    """What all packages after the first are."""
    absent: str = ""
    """Key beside the list under which packages stand that are not on the machine."""


_FORMATS = (
    _Format(("apps",), "Name", "Version", address="Source"),
    # What built the image is not in it.
    _Format(("installedPackages",), "name", "version", absent="buildTimePackages"),
    # A specification begins with the package itself; what it was built with or from follows.
    _Format(("spec", "nodes"), "name", "version", rest=Meaning.COMPONENT),
)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package, in file order."""
    shelf = Shelf(source)
    for place, document in records.objects(source):
        form, packages = _found(document)
        if isinstance(absent := document.get(form.absent), list):
            source.tally["packages not installed"] += len(absent)
        for number, entry in enumerate(packages):
            locator = f"{place}/{'/'.join(form.steps)}/{number}"
            fields = records.texts(entry)
            if not (name := fields.get(form.name, "")):
                source.lose(locator, "a package without a name")
                continue
            source.tally["packages"] += 1
            found = [Observable(Kind.PACKAGE, name), *components.reference(fields.get(form.address, ""))]
            meaning = form.rest if number else Meaning.INSTALLED
            yield shelf.installed(locator, name, fields.get(form.version, ""), found, meaning)


def _found(document: dict[str, Any]) -> tuple[_Format, list[Any]]:
    """Give the format whose list the document has, and the list."""
    for form in _FORMATS:
        value: Any = document
        for step in form.steps:
            value = value.get(step) if isinstance(value, dict) else None
        if isinstance(value, list):
            return form, value
    raise SourceError("no list of packages stands where scoop, Container-Optimized OS or Spack write it")
