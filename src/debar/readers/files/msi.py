# SPDX-License-Identifier: Apache-2.0
"""Installers of Windows (MSI) and their patches: properties of the product, summary, signature."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components
from debar.readers.binary import authenticode, compound, der, msi_tables, pieces, programs
from debar.readers.binary.compound import STORAGE, STREAM, Compound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.compound import Entry
    from debar.readers.inputs import Input

_PROPERTIES = {
    "ProductName": Kind.NAME,
    "ProductCode": Kind.PRODUCT_CODE,
    "UpgradeCode": Kind.PRODUCT_CODE,
    "ARPCOMMENTS": Kind.TEXT,
    "ARPREADME": Kind.TEXT,
}
_ADDRESSES = ("ARPURLINFOABOUT", "ARPHELPLINK", "ARPURLUPDATEINFO")
_SIGNATURE, _EXTENDED = "\x05DigitalSignature", "\x05MsiDigitalSignatureEx"
_SUMMARY = "\x05SummaryInformation"
_STORAGES = 1 << 10
"""Storages inside storages that are looked at for the digest; installers have one for each language."""


def fits(source: Input) -> bool:
    """Tell whether a compound file is an installer's, by the class identifier of its root."""
    try:
        with pieces.glanced(source) as file:
            return compound.root_identifier(file) in {msi_tables.DATABASE, msi_tables.PATCH}
    except SourceError:
        return False


def read(source: Input) -> Iterator[Observation]:
    """Yield what an installer says of its product, with who signed it."""
    with pieces.opened(source) as pages:
        file = Compound(pages)
        streams = msi_tables.streams(file)
        told = _told(source, file, streams)
        source.tally["installers"] += 1
        observables = [
            Observable(Kind.FILE, source.name),
            *(Observable(kind, told[key]) for key, kind in _PROPERTIES.items() if key in told),
            *components.maker(told.get("Manufacturer", "")),
            *components.contact(told.get("ARPCONTACT", "")),
            *(o for key in _ADDRESSES for o in components.reference(told.get(key, ""))),
            *_summarised(source, file, streams),
            *_signers(source, file, streams),
        ]
        label, version = told.get("ProductName", ""), told.get("ProductVersion", "")
        # An installer lies there; whether anybody ran it, it does not say.
        yield programs.about(source, observables, meaning=Meaning.RESIDUE, label=label, version=version)


def _told(source: Input, file: Compound, streams: dict[str, Entry]) -> dict[str, str]:
    try:
        return msi_tables.properties(file, streams)
    except SourceError as e:
        source.lose(e.locator or "Property", f"the properties cannot be read: {e.message}")
        return {}


def _summarised(source: Input, file: Compound, streams: dict[str, Entry]) -> list[Observable]:
    """Give author and subject, which repeat maker and product, and what else the summary says."""
    if _SUMMARY not in streams:
        return []
    try:
        said = msi_tables.summary(file.content(streams[_SUMMARY]))
    except SourceError as e:
        source.lose(e.locator or "SummaryInformation", e.message)
        return []
    named = [Observable(Kind.NAME, said[key]) for key in ("subject",) if key in said]
    return [
        *components.maker(said.get("author", "")),
        *named,
        *components.prose(*(said[key] for key in ("title", "comments", "program") if key in said)),
    ]


def _signers(source: Input, file: Compound, streams: dict[str, Entry]) -> list[Observable]:
    if _SIGNATURE not in streams:
        return []
    found: list[Observable] = []
    try:
        prefix = file.content(streams[_EXTENDED]) if _EXTENDED in streams else b""
        for mark in authenticode.marks([(0, file.content(streams[_SIGNATURE]))]):
            name, digest = mark.digest
            fits = not name or _digest(file, name, prefix) == digest
            found += programs.vouched(source, mark.signer, "DigitalSignature", fits=fits)
    except (SourceError, der.BrokenError) as e:
        source.lose("DigitalSignature", f"the signature cannot be read: {e}")
    return found


def _digest(file: Compound, algorithm: str, prefix: bytes) -> bytes:
    """Give the digest of an installer as its signature means it.

    1. the digest of names and times, where the signature has one  2. the contents of each storage in the order
    of names: streams without the signature's own  3. after these the storage's class identifier
    """
    digest = hashlib.new(algorithm, prefix, usedforsecurity=False)
    root = file.entries[0]
    waiting: list[Entry | bytes] = [root]
    count, left = 0, file.size
    while waiting:
        one = waiting.pop()
        if isinstance(one, bytes):
            digest.update(one)
        elif one.type == STREAM:
            left -= one.size
            if left < 0:  # streams lie side by side, so together they are no larger than the file
                raise SourceError("a compound file whose streams are larger than itself")
            for block in file.blocks(one):
                digest.update(block)
        elif one is root or one.type == STORAGE:
            count += 1
            if count > _STORAGES:
                raise SourceError("a compound file of too many storages")
            inside = [e for e in file.inside(one) if one is not root or e.name not in {_SIGNATURE, _EXTENDED}]
            waiting += [one.identifier, *reversed(inside)]
    return digest.digest()
