# SPDX-License-Identifier: Apache-2.0
"""Parts that compilers write into a program: modules of Go, crates of Rust (cargo auditable)."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import msgspec

from debar.model.vocab import Meaning
from debar.readers.binary import go_modules, programs
from debar.readers.languages import dependencies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.inventory import Observable, Observation
    from debar.readers.inputs import Input

_CRATES = 1 << 23
"""Largest list of crates, bytes; cargo auditable's own reader stops at 8 MiB, too."""
_UNREADABLE = (zlib.error, msgspec.MsgspecError, UnicodeError, RecursionError)


def modules(source: Input, text: str, place: str, data: Iterable[bytes] = ()) -> Iterator[Observation]:
    """Yield the modules of a Go program; the one it is itself is installed, the others are parts.

    `data` are the program's constants, in which its version may stand.
    """
    for module in go_modules.modules(text, data):
        source.tally["Go modules"] += 1
        yield programs.about(
            source,
            module.observables,
            meaning=Meaning.INSTALLED if module.is_main else Meaning.COMPONENT,
            label=module.name,
            version=module.version,
            locator=f"{place} line {module.number}",
        )


def crates(source: Input, packed: bytes, place: str) -> Iterator[Observation]:
    """Yield the crates of a Rust program; those that only built it are not in it, and counted."""
    for number, crate in enumerate(_crates(source, packed, place)):
        locator = f"{place} /packages/{number}"
        if not isinstance(crate, dict) or not (name := dependencies.scalar(crate.get("name"))):
            source.lose(locator, "a crate without a name")
            continue
        if crate.get("kind") == "build":
            source.tally["Rust crates that only built the program"] += 1
            continue
        source.tally["Rust crates"] += 1
        yield programs.about(
            source,
            _crate(name, dependencies.scalar(crate.get("source"))),
            meaning=Meaning.INSTALLED if crate.get("root") is True else Meaning.COMPONENT,
            label=name,
            version=dependencies.scalar(crate.get("version")),
            locator=locator,
        )


def _crates(source: Input, packed: bytes, place: str) -> list[Any]:
    try:
        unpacked = zlib.decompressobj().decompress(packed, _CRATES)
        listing = msgspec.json.decode(unpacked)
    except _UNREADABLE as e:
        source.lose(place, f"the list of crates cannot be read: {e}")
        return []
    found = listing.get("packages") if isinstance(listing, dict) else None
    return found if isinstance(found, list) else []


def _crate(name: str, origin: str) -> list[Observable]:
    """Give package URL and name of a crate; one that is not of the registry has the name alone."""
    found = dependencies.named("cargo", name)
    return found if origin in {"", "crates.io"} else found[1:]
