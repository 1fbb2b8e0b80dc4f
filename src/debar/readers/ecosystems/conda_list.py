# SPDX-License-Identifier: Apache-2.0
"""What "conda list" prints: columns, --export, --explicit, or --json."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.model.vocab import Meaning, Medium
from debar.readers import encodings, records
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_PYPI = "pypi"
"""What conda gives as the channel of a package that pip installed."""
_ARCHIVE = re.compile(r"(?:\.tar\.bz2|\.conda)(?:#.*)?$")
_EXPORTED = re.compile(r"([\w.-]+)=([^=\s]+)=([^=\s]+)", re.ASCII)


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each package of the environment."""
    listing = dependencies.Listing(source, source.asset, Medium.PACKAGES, Meaning.INSTALLED)
    is_json = encodings.to_text(source.head()).lstrip("\ufeff \t\r\n").startswith("[")
    for locator, name, version, channel in _objects(source) if is_json else _lines(source):
        source.tally["packages"] += 1
        yield listing.package(locator, name, version, _observables(name, channel))


def _observables(name: str, channel: str) -> list[Observable]:
    return (
        dependencies.python(name)
        if channel == _PYPI
        else dependencies.named("conda", name) + dependencies.origin(channel)
    )


def _objects(source: Input) -> Iterator[tuple[str, str, str, str]]:
    """Yield (locator, name, version, channel) of JSON."""
    for locator, package in records.objects(source):
        fields = records.texts(package)
        if name := fields.get("name"):
            channel = fields.get("channel", "")
            yield (
                locator,
                name,
                fields.get("version", ""),
                channel if channel == _PYPI else fields.get("base_url", channel),
            )
        else:
            source.lose(locator, "a package without a name")


def _lines(source: Input) -> Iterator[tuple[str, str, str, str]]:
    """Yield (locator, name, version, channel) of text."""
    for number, line in source.lines():
        words = line.split(None, 4)
        if not words or words[0].startswith(("#", "@")):
            continue
        if "://" in words[0]:
            # name-version-build.conda; only the name may have further hyphens
            parts = _ARCHIVE.sub("", words[0]).rpartition("/")[2].rsplit("-", 2)
            if len(parts) == 3:
                yield f"line {number}", parts[0], parts[1], words[0]
                continue
        elif exported := _EXPORTED.fullmatch(words[0]):
            yield f"line {number}", exported[1], exported[2], _PYPI if exported[3].startswith(_PYPI) else ""
            continue
        elif len(words) > 1:
            yield f"line {number}", words[0], words[1], words[3] if len(words) > 3 else ""
            continue
        source.lose(f"line {number}", "not a package")
