# SPDX-License-Identifier: Apache-2.0
"""SCAN in: one file for each input format, one row for each reader.

A reader is one function `read(source: Input) -> Iterator[Observation]` in the module its row names;
the module is loaded when the first such input turns up. `sniff` decides by content which row it is.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import UsageError, did_you_mean
from debar.model.vocab import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


class Reader(NamedTuple):
    """One row of the table."""

    name: str
    """Shown to users, and used as a scheme: cyclonedx:bom.json."""
    module: str
    """Loaded on first use."""
    title: str
    media: tuple[Medium, ...]
    extracts: str
    """What it takes out of an input."""
    limits: str
    """What it does not see."""


READERS = (
    Reader(
        "cyclonedx",
        "debar.readers.cyclonedx",
        "CycloneDX JSON 1.2-1.7",
        (Medium.SBOM,),
        "components at every depth, services, the subject; purl, group, name, CPE, makers, references, hashes",
        "vulnerabilities, dependencies, pedigree, evidence, SWID tags, formulation, signatures and the BOM's own supplier are not read",
    ),
    Reader(
        "cyclonedx-xml",
        "debar.readers.cyclonedx_xml",
        "CycloneDX XML 1.0-1.7",
        (Medium.SBOM,),
        "as cyclonedx",
        "documents with a document type declaration are refused",
    ),
    Reader(
        "spdx",
        "debar.readers.spdx",
        "SPDX JSON 2.2-2.3",
        (Medium.SBOM,),
        "packages; name, supplier, originator, purl, CPE, homepage, source, checksums",
        "files, snippets, relationships and licences are not read",
    ),
    Reader(
        "dpkg",
        "debar.readers.dpkg",
        "Debian package status (dpkg)",
        (Medium.PACKAGES,),
        "installed packages and left-over configuration; name, maintainer, homepage, configuration files",
        "says nothing of software that was not installed as a package",
    ),
    Reader(
        "osquery",
        "debar.readers.osquery",
        "osquery results, JSON",
        (Medium.INVENTORY,),
        "rows of programs, packages, services, drivers, processes, signatures, extensions, certificates and others",
        "rows of a differential log that were removed again are left out",
    ),
    Reader(
        "zeek",
        "debar.readers.zeek",
        "Zeek dns, ssl, http and x509 logs, TSV or JSON",
        (Medium.NETWORK,),
        "names looked up, contacted and presented; certificate issuers; the client's address",
        "a contact is proven, not which program made it; traffic that bypasses the sensor is not seen",
    ),
    Reader(
        "leases",
        "debar.readers.leases",
        "DHCP leases: ISC, dnsmasq, Kea",
        (Medium.LEASES,),
        "address, hardware address and host name, which join traffic to machines",
        "a host name is chosen by its owner and never counts as evidence of a supplier",
    ),
    Reader(
        "table",
        "debar.readers.table",
        "CSV and other delimited tables, by column layout",
        (Medium.INVENTORY, Medium.PURCHASES),
        "what the columns of a layout in the register hold: programs, publishers, sellers, items bought",
        "a table whose header no layout knows is not read",
    ),
)


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
