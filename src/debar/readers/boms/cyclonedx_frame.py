# SPDX-License-Identifier: Apache-2.0
"""From a CycloneDX component to an observation: what all components of one BOM share, and what each means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components
from debar.readers.boms import cyclonedx_components, cyclonedx_machines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.readers.boms.cyclonedx_components import Fields
    from debar.readers.inputs import Input

# In Python 3.11 looking up a member of an enumeration costs as much as making an observable.
_SBOM, _COMPONENT, _HARDWARE = Medium.SBOM, Meaning.COMPONENT, Meaning.HARDWARE
SUBJECT = "/metadata/component"
RELATIVES = "components of relatives and tools"
"""Ancestors are counted like this, and mean residue: a component is made from their code, which is to be looked at, but
nobody declares them to be parts."""


class Frame:
    """What all components of one BOM share."""

    def __init__(self, source: Input, asset: str, seen_at: str = "") -> None:
        """Take the source, the asset that the BOM is about, and when it was made."""
        self.source, self.asset, self.seen_at = source, asset, seen_at
        self.has_rows = False
        """Whether components may be rows of osquery."""

    def observation(
        self, component: Fields, locator: str, meaning: Meaning, makers: Sequence[Observable] = ()
    ) -> Observation:
        """Give what a component is and who may have made it; `makers` are those that the BOM names beside it."""
        found = cyclonedx_components.observables(component)
        medium = _SBOM
        if makers:
            found += makers
        if component.type == "device" and meaning is _COMPONENT:
            meaning = _HARDWARE
            pairs = [(entry.name, entry.value) for entry in component.properties or ()]
            found += cyclonedx_machines.device(pairs, is_subject=locator.endswith(SUBJECT))
        elif self.has_rows and (row := cyclonedx_machines.row(component)):
            meaning, medium = row.meaning, Medium.INVENTORY
            found += row.observables
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset,
            label=cyclonedx_components.label(component),
            version=component.version,
            medium=medium,
            meaning=meaning,
            observables=components.each_once(found),
            observed_at=self.seen_at,
        )

    def contacts(self, one: Observation, component: Fields) -> Iterator[Observation]:
        """Yield whom a program of a machine talks to, which is no more about the program."""
        if found := cyclonedx_machines.contacts(component):
            yield msgspec.structs.replace(one, meaning=Meaning.SERVICE_USE, observables=tuple(found))

    def organisation(self, locator: str, meaning: Meaning, found: list[Observable]) -> Observation:
        """Give what a BOM says of an organisation apart from any component."""
        return Observation(
            source=self.source.id,
            locator=locator,
            asset=self.asset,
            label=found[0].value,
            medium=_SBOM,
            meaning=meaning,
            observables=tuple(dict.fromkeys(found)),
            observed_at=self.seen_at,
        )


def named(component: Fields | None) -> str:
    """Give the asset that a subject is: its label and version; nothing for none, or one without a name.

    A machine that a collector looked at has its model for a name, as all of its kind have: the serial number tells it
    from them, and without one the file has to.
    """
    if component is None or not component.name:
        return ""
    label = cyclonedx_components.label(component)
    if component.type == "device":
        pairs = [(entry.name, entry.value) for entry in component.properties or ()]
        if cyclonedx_machines.is_collected(pairs):
            found = cyclonedx_machines.device(pairs, is_subject=True)
            return next((f"{label} {one.value}" for one in found if one.kind is Kind.SERIAL), "")
    return f"{label}@{component.version}".rstrip("@")
