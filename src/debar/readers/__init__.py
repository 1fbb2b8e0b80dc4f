# SPDX-License-Identifier: Apache-2.0
"""SCAN in: one file for each input format, one row for each reader, in the folder of its family.

A reader is one function `read(source: Input) -> Iterator[Observation]` in the module its row names;
the module is loaded when the first such input turns up. `sniff` decides by content which row it is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from debar.errors import UsageError, did_you_mean
from debar.readers import (
    business,
    columnar,
    containers,
    ecosystems,
    exports,
    files,
    host,
    inventory,
    logs,
    network,
    packages,
    sbom,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input
    from debar.readers.rows import Reader

FAMILIES = {
    "SBOMs": sbom.ROWS,
    "Package databases": packages.ROWS,
    "Programming languages": ecosystems.ROWS,
    "Endpoint inventories": inventory.ROWS,
    "Exports of an operating system": exports.ROWS,
    "Network": network.ROWS,
    "Files": files.ROWS,
    "Logs of servers and gateways": logs.ROWS,
    "Business records and tables": business.ROWS,
    "Warehouses and lakes": columnar.ROWS,
    "Containers": containers.ROWS,
    "This machine": host.ROWS,
}
"""Readers by what they read; the first that recognises an input reads it, so specific ones stand before general ones."""
READERS: tuple[Reader, ...] = tuple(row for rows in FAMILIES.values() for row in rows)


def named(word: str) -> Reader:
    """Give the reader of a name; UsageError for an unknown one."""
    for reader in READERS:
        if reader.name == word:
            return reader
    names = [reader.name for reader in READERS]
    raise UsageError(
        f"no reader is called {word!r}{did_you_mean(word, names)}", hint="debar formats lists every reader"
    )


def load(reader: Reader) -> Callable[[Input], Iterator[Observation]]:
    """Give the reader's function."""
    read: Callable[[Input], Iterator[Observation]] = import_module(reader.module).read
    return read
