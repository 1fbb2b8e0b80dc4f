# SPDX-License-Identifier: Apache-2.0
"""One package that a package manager says is installed, as an observation: what all their databases share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import components

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.readers.inputs import Input

FIELD = 1 << 16
"""Characters kept of one field; the longest description in Debian is below 16 KiB."""
_OWN_PLACES = ("/opt/", "/etc/opt/", "/var/opt/")
"""Where makers install under their own name: Filesystem Hierarchy Standard 3.0, sections 3.13, 3.7.4 and 5.12."""
_PATH = Kind.PATH


class Shelf:
    """Makes the observations of one source; its asset is worked out once."""

    def __init__(self, source: Input, medium: Medium = Medium.PACKAGES, observed_at: str = "") -> None:
        """Take the source, and what holds for all of it."""
        self._source, self._medium, self._observed_at = source, medium, observed_at
        self._asset = source.asset

    def installed(
        self,
        locator: str,
        label: str,
        version: str,
        observables: Iterable[Observable],
        meaning: Meaning = Meaning.INSTALLED,
    ) -> Observation:
        """Give a package with each of its observables once."""
        return Observation(
            source=self._source.id,
            locator=locator,
            asset=self._asset,
            label=label,
            version=version,
            medium=self._medium,
            meaning=meaning,
            observables=tuple(dict.fromkeys(observables)),
            observed_at=self._observed_at,
        )


def made_by(value: str) -> list[Observable]:
    """Give what "Name <mail or address>" says of a maker; an address alone names nobody, its domain does."""
    name, _, inside = value[:FIELD].partition("<")
    if "://" in inside:
        return components.maker(name.strip()) + components.reference(inside.strip(" >"))
    if "@" in value and " " not in value.strip():
        return components.contact(value.strip())
    return components.maker(value)


def source_package(file: str) -> list[Observable]:
    """Give the name of the source package of "name-version-release.src.rpm"."""
    parts = file.removesuffix(".rpm").rsplit("-", 2)
    return [Observable(Kind.PACKAGE, parts[0])] if len(parts) == 3 else []


def place_ofs(folders: Iterable[str]) -> list[Observable]:
    """Give those folders of a package that lie where makers install under their own name."""
    return [
        Observable(_PATH, folder) for folder in folders if folder.startswith(_OWN_PLACES) and folder not in _OWN_PLACES
    ]
