# SPDX-License-Identifier: Apache-2.0
"""Apps of iOS and its relatives: Info.plist of the app and its parts, the team it was made by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.binary import der, packed, pieces, programs, property_lists, signatures
from debar.readers.binary.packed import Packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

_APP = r"(?:Payload/)?[^/]+\.app/Info\.plist"
_PARTS = r"Payload/[^/]+\.app/(?:Frameworks|PlugIns)/[^/]+\.(?:framework|appex)/Info\.plist"
_LIBRARIES = r"Payload/[^/]+\.app/Frameworks/[^/]+\.dylib"
_PROFILE = r"Payload/[^/]+\.app/embedded\.mobileprovision"
_MOST = 1 << 10
"""Parts looked at; the largest apps have some hundreds."""


def fits(source: Input) -> bool:
    """Tell whether a zip file is an app of iOS."""
    return packed.fits(source, rb"Payload/[^/]{1,255}\.app/Info\.plist")


def read(source: Input) -> Iterator[Observation]:
    """Yield the app, then each framework and extension in it."""
    with pieces.opened(source) as file:
        archive = Packed(file)
        apps = archive.names(_APP)
        if not apps:
            raise SourceError("an app without Info.plist")
        entries = property_lists.read(archive.content(apps[0], property_lists.LARGEST), apps[0])
        source.tally["apps"] += 1
        found = [
            Observable(Kind.FILE, source.name),
            *property_lists.observables(entries),
            Observable(Kind.APP_ID, property_lists.first(entries, "CFBundleIdentifier")),
            *(o for name in archive.names(_PROFILE)[:1] for o in _team(source, archive, name)),
        ]
        label = property_lists.first(entries, "CFBundleDisplayName", "CFBundleName", "CFBundleIdentifier")
        version = property_lists.version(entries)
        yield programs.about(source, found, meaning=Meaning.INSTALLED, label=label, version=version)
        for name in archive.names(_PARTS)[:_MOST]:
            yield from _part(source, archive, name)
        if libraries := archive.names(_LIBRARIES):
            files = [Observable(Kind.FILE, name.rpartition("/")[2]) for name in libraries]
            yield programs.about(source, files, meaning=Meaning.EMBEDDED, label=label, locator="Frameworks")


def _part(source: Input, archive: Packed, name: str) -> Iterator[Observation]:
    folder = name.split("/")[-2]
    try:
        entries = property_lists.read(archive.content(name, property_lists.LARGEST), name)
    except SourceError as e:
        source.lose(e.locator or name, e.message)
        entries = {}
    source.tally["parts of apps"] += 1
    found = [Observable(Kind.FILE, folder), *property_lists.observables(entries)]
    label, version = folder.rpartition(".")[0], property_lists.version(entries)
    yield programs.about(source, found, meaning=Meaning.EMBEDDED, label=label, version=version, locator=name)


def _team(source: Input, archive: Packed, name: str) -> list[Observable]:
    """Give the team of a provisioning profile; it is signed by Apple, so the signer tells nothing."""
    try:
        profile = property_lists.read(signatures.read(archive.content(name, property_lists.LARGEST)).content, name)
    except (SourceError, der.BrokenError) as e:
        source.lose(name, f"the provisioning profile cannot be read: {e}")
        return []
    teams = profile.get("TeamIdentifier")
    found = (
        [Observable(Kind.TEAM_ID, team) for team in teams if isinstance(team, str)] if isinstance(teams, list) else []
    )
    return found + components.maker(property_lists.first(profile, "TeamName"))
