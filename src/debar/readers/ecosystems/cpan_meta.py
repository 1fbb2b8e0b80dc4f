# SPDX-License-Identifier: Apache-2.0
"""META.json and MYMETA.json of Perl distributions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from debar.readers import components
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_PERL = "perl"


def read(source: Input) -> Iterator[Observation]:
    """Yield the distribution with its makers, then one observation for each module that it requires."""
    document = dependencies.json_object(source)
    name = dependencies.scalar(document.get("name"))
    listing = dependencies.Listing(source, name or source.asset)
    if name:
        source.tally["packages"] += 1
        found = [*dependencies.named("cpan", name), *_makers(document)]
        yield listing.package("", name, dependencies.scalar(document.get("version")), found)
    for phase, relations in dependencies.mapping(document.get("prereqs")).items():
        for relation, modules in dependencies.mapping(relations).items():
            if relation == "conflicts":
                continue
            for module in dependencies.mapping(modules):
                if module == _PERL:
                    continue
                source.tally["requirements"] += 1
                locator = f"/prereqs/{dependencies.step(phase)}/{relation}/{dependencies.step(module)}"
                # a distribution is called after its main module, as Foo-Bar after Foo::Bar
                yield listing.package(locator, module, "", dependencies.named("cpan", module.replace("::", "-")))


def _makers(document: dict[str, Any]) -> Iterator[Observable]:
    yield from dependencies.people(document.get("author"))
    resources = dependencies.mapping(document.get("resources"))
    yield from components.reference(dependencies.scalar(resources.get("homepage")))
    for key in ("repository", "bugtracker"):
        fields = dependencies.mapping(resources.get(key))
        yield from components.reference(dependencies.scalar(fields.get("web")))
        yield from components.reference(dependencies.scalar(fields.get("url")))
    yield from components.prose(dependencies.scalar(document.get("abstract")))
