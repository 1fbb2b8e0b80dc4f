# SPDX-License-Identifier: Apache-2.0
"""Browser extensions: packed for Chromium (CRX) or Firefox (XPI), or the manifest of an unpacked one."""

from __future__ import annotations

import hashlib
import re
from struct import unpack_from
from typing import TYPE_CHECKING, Any

import msgspec

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers import components, encodings, places
from debar.readers.binary import packed, pieces, programs
from debar.readers.binary.packed import Packed
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.binary.pieces import Pieces
    from debar.readers.inputs import Input

_MANIFEST = "manifest.json"
_LARGEST = 1 << 24
"""Largest manifest or table of translations, bytes."""
_KEYS = 1 << 16
"""Largest header of a packed extension, bytes: keys and signatures."""
_PROOFS, _SIGNED, _PUBLIC_KEY, _ID = (2, 3), 10000, 1, 1
"""Fields of Chromium's crx3.proto."""
_FIELDS = 64
_STORES = frozenset({"clients2.google.com", "edge.microsoft.com", "extensionupdater.opera.com"})
"""Hosts of the browsers' stores, from which extensions of every maker are updated."""
_ID_FORM = re.compile(r"[a-p]{32}")
_MESSAGE = re.compile(r"__MSG_(\w+)__")


def fits(source: Input) -> bool:
    """Tell whether a zip file is an extension of Firefox, or a Chromium one without its header."""
    if not packed.fits(source, rb"(?<![\w/])manifest\.json"):
        return False
    try:
        with pieces.glanced(source) as file:
            return "manifest_version" in _json(Packed(file), _MANIFEST)
    except (SourceError, KeyError):
        return False


def read(source: Input) -> Iterator[Observation]:
    """Yield the extension."""
    head = source.head()
    if head.lstrip()[:1] in {b"{", b"\xef", b"\xff", b"\xfe"}:
        manifest = dependencies.json_object(source)
        yield _about(source, manifest, [_unpacked_id(source.path)], None)
        return
    with pieces.opened(source) as file:
        identifier, start = _header(file) if head[:4] == b"Cr24" else ("", 0)
        archive = Packed(file.part(start, file.size - start))
        if _MANIFEST not in archive.entries:
            raise SourceError("an extension without a manifest")
        yield _about(source, _json(archive, _MANIFEST), [identifier], archive)


def _about(source: Input, manifest: dict[str, Any], identifiers: list[str], archive: Packed | None) -> Observation:
    source.tally["extensions"] += 1
    names = _translated(source, manifest, archive)
    author = manifest.get("author")
    observables = [
        *(Observable(Kind.EXTENSION, identifier) for identifier in (*identifiers, *_own_ids(manifest)) if identifier),
        Observable(Kind.NAME, names["name"]),
        *dependencies.people({"email": author["email"]} if isinstance(author, dict) and "email" in author else author),
        *dependencies.people(manifest.get("developer")),
        *dependencies.origin(manifest.get("homepage_url")),
        *(o for o in dependencies.origin(manifest.get("update_url")) if o.value not in _STORES),
        *components.prose(names["description"]),
    ]
    version = dependencies.scalar(manifest.get("version"))
    return programs.about(source, observables, meaning=Meaning.INSTALLED, label=names["name"], version=version)


def _own_ids(manifest: dict[str, Any]) -> Iterator[str]:
    """Yield the identifiers that a manifest itself names: of Firefox, and by the key of Chromium's store."""
    for key in ("browser_specific_settings", "applications"):
        for browser in dependencies.mapping(manifest.get(key)).values():
            yield dependencies.scalar(dependencies.mapping(browser).get("id"))
    import base64
    import binascii

    try:
        public = base64.b64decode(dependencies.scalar(manifest.get("key")))
    except (binascii.Error, ValueError):
        return
    if public:
        yield _lettered(hashlib.sha256(public).digest()[:16])


def _translated(source: Input, manifest: dict[str, Any], archive: Packed | None) -> dict[str, str]:
    """Give name and description; those that stand in a table of translations in the extension's own language."""
    found = {key: dependencies.scalar(manifest.get(key)) for key in ("name", "description")}
    if archive is None or not any(_MESSAGE.fullmatch(text) for text in found.values()):
        return {key: "" if _MESSAGE.fullmatch(text) else text for key, text in found.items()}
    place = f"_locales/{dependencies.scalar(manifest.get('default_locale'))}/messages.json"
    table: dict[str, Any] = {}
    try:
        table = {key.lower(): value for key, value in _json(archive, place).items()}
    except (SourceError, KeyError) as e:
        source.lose(place, f"the translations cannot be read: {e}")
    for key, text in found.items():
        if message := _MESSAGE.fullmatch(text):
            found[key] = dependencies.scalar(dependencies.mapping(table.get(message[1].lower())).get("message"))
    return found


def _json(archive: Packed, name: str) -> dict[str, Any]:
    try:
        return dependencies.mapping(msgspec.json.decode(encodings.to_utf8(archive.content(name, _LARGEST))))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as e:
        raise SourceError(f"not readable as JSON: {e}", locator=name) from e


def _unpacked_id(path: str) -> str:
    """Give the identifier by which the folders of a Chromium profile are called: Extensions/ID/VERSION/manifest.json."""
    return next((step for step in reversed(places.parts(path)[:-1]) if _ID_FORM.fullmatch(step)), "")


def _lettered(identifier: bytes) -> str:
    """Give an identifier in Chromium's sixteen letters from a to p."""
    return identifier.hex().translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def _header(file: Pieces) -> tuple[str, int]:
    """Give the identifier, and where the archive begins."""
    (version,) = unpack_from("<I", file.at(4, 4))
    if version == 2:
        key_size, signature_size = unpack_from("<II", file.at(8, 8))
        key = file.at(16, min(key_size, _KEYS))
        return _lettered(hashlib.sha256(key).digest()[:16]), 16 + key_size + signature_size
    if version != 3:
        raise SourceError(f"an extension packed by version {version}, which is not known", locator="byte 4")
    (size,) = unpack_from("<I", file.at(8, 4))
    fields = list(_fields(file.at(12, min(size, _KEYS))))
    signed = next((value for number, value in fields if number == _SIGNED), b"")
    identifier = next((value for number, value in _fields(signed) if number == _ID), b"")
    if len(identifier) != 16:
        raise SourceError("an extension whose header has no identifier", locator="byte 12")
    return _lettered(identifier), 12 + size


def _fields(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (number, bytes) of the fields of a message of Protocol Buffers that have a length; here all have."""
    at = 0
    for _ in range(_FIELDS):
        key, at = _number(data, at)
        size, at = _number(data, at)
        if key & 7 != 2 or at > len(data):
            return
        yield key >> 3, data[at : at + size]
        at += size


def _number(data: bytes, at: int) -> tuple[int, int]:
    """Give a number of seven bits a byte, and where it ends."""
    value = 0
    for shift in range(0, 35, 7):
        if at >= len(data):
            return 0, len(data) + 1
        value |= (data[at] & 0x7F) << shift
        at += 1
        if data[at - 1] < 0x80:
            break
    return value, at
