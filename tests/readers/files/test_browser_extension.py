# SPDX-License-Identifier: Apache-2.0
"""Promises of the reader of browser extensions."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING

import pytest

from debar.errors import SourceError
from debar.model.vocab import Kind
from debar.readers.files import browser_extension
from opened import opened, values
from signing import packed, sample

if TYPE_CHECKING:
    from debar.model.inventory import Observation
    from debar.readers.inputs import Input

IDENTIFIER = "abcdefghijklmnopabcdefghijklmnop"
PLAIN = {"manifest_version": 3, "name": "Shield", "version": "1"}


def read(content: bytes | str, path: str = "web01/shield.crx") -> tuple[list[Observation], Input]:
    """Read an extension."""
    source = opened(content, path)
    return list(browser_extension.read(source)), source


def test_packed_extension_is_named_by_its_header_and_its_language() -> None:
    """The identifier stands in the header; a name that is translated is read in the extension's own language."""
    (extension,), source = read(sample("browser-extension/protection.crx"))
    assert values(extension, Kind.EXTENSION) == ["jheggiaflpmjgadchkllpofdplopomma"]
    assert (extension.label, source.losses) == ("Vendor Schutz", [])


def test_stores_of_browsers_are_no_makers() -> None:
    """Extensions of everybody are updated from the store."""
    (extension,), _ = read(sample("browser-extension/protection.crx"))
    assert values(extension, Kind.REFERENCE_DOMAIN) == ["www.vendor.example"]


def test_old_header_gives_the_identifier_by_its_key() -> None:
    """In the second version of the format the identifier is the digest of the key."""
    content = b"Cr24" + struct.pack("<III", 2, 3, 2) + b"keysi" + packed({"manifest.json": json.dumps(PLAIN)})
    (extension,), _ = read(content)
    assert values(extension, Kind.EXTENSION) == ["cmhaobclhkagegpjcchjpechmhldiohd"]


def test_extension_of_firefox_is_named_by_its_manifest() -> None:
    """Firefox keeps the identifier inside."""
    (extension,), _ = read(sample("browser-extension/protection.xpi"))
    assert values(extension, Kind.EXTENSION) == ["protection@vendor.example"]
    assert values(extension, Kind.PUBLISHER) == ["Vendor GmbH"]


def test_unpacked_extension_is_named_by_its_folder() -> None:
    """A profile keeps extensions in folders called after them."""
    (extension,), _ = read(json.dumps(PLAIN), f"web01/Extensions/{IDENTIFIER}/1_0/manifest.json")
    assert values(extension, Kind.EXTENSION) == [IDENTIFIER]


def test_name_without_translation_is_none() -> None:
    """A name that stands in a table that is missing is left out, and the missing table told."""
    manifest = PLAIN | {"name": "__MSG_appName__", "default_locale": "en"}
    (extension,), source = read(packed({"manifest.json": json.dumps(manifest)}))
    assert (values(extension, Kind.NAME), source.losses[0][0]) == ([], "_locales/en/messages.json")


@pytest.mark.parametrize("value", [None, 7, [], {}, [[]], {"gecko": 3}, "="])
def test_fields_of_wrong_types_cost_themselves(value: object) -> None:
    """Whatever stands in a field, the others are read."""
    fields = ("author", "developer", "homepage_url", "key", "description", "browser_specific_settings", "update_url")
    (extension,), _ = read(json.dumps(PLAIN | dict.fromkeys(fields, value)))
    assert extension.label == "Shield"


@pytest.mark.parametrize(
    "header",
    [
        struct.pack("<II", 9, 0),
        struct.pack("<II", 3, 0xFFFFFFFF),
        struct.pack("<II", 3, 8) + b"\xff" * 8,
        struct.pack("<III", 2, 0xFFFFFFFF, 0xFFFFFFFF),
    ],
)
def test_broken_header_is_refused(header: bytes) -> None:
    """A header of an unknown version, of a wild size or of rubbish has no identifier."""
    with pytest.raises(SourceError):
        read(b"Cr24" + header + packed({"manifest.json": json.dumps(PLAIN)}))


def test_only_manifests_of_extensions_are_claimed() -> None:
    """A zip file with some other manifest.json is not an extension."""
    assert browser_extension.fits(opened(sample("browser-extension/protection.xpi")))
    assert not browser_extension.fits(opened(packed({"manifest.json": '{"name": "site"}'})))
    assert not browser_extension.fits(opened(packed({"src/manifest.json": json.dumps(PLAIN)})))
