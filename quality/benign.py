# SPDX-License-Identifier: Apache-2.0
"""Benign samples: values that are nobody's, in which an indicator may find nothing.

The files in `samples/` hold values from places where a supplier's name may stand by chance, one a line. What is
truly a supplier's among them is named in `samples/theirs.txt`, one "party value" a line: everything else that is
met at level 3 or more is a fault of the indicator.
"""

from __future__ import annotations

import lzma
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from debar.match.bulk import kernel
from debar.model.vocab import Kind, Meaning
from quality.outcomes import FOUND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.match.compile import Index

FOLDER = Path(__file__).parent / "samples"
_THEIRS = "theirs.txt"
_BATCH = 1 << 18
_NO_EXPOSURE = frozenset({Meaning.MENTION, Meaning.CLIENT})


class Sample(NamedTuple):
    """Values of one kind from one place."""

    name: str
    kind: Kind
    values: list[str]


_AS: dict[str, tuple[tuple[Kind, str], ...]] = {
    "pypi": ((Kind.PURL, "pkg:pypi/"), (Kind.NAME, "")),
    "npm": ((Kind.PURL, "pkg:npm/"), (Kind.NAME, "")),
    "debian-packages": ((Kind.PURL, "pkg:deb/debian/"), (Kind.PACKAGE, ""), (Kind.NAME, "")),
    "debian-usr": ((Kind.PATH, ""),),
    "debian-usr-files": ((Kind.FILE, ""), (Kind.PROCESS, ""), (Kind.DRIVER, ""), (Kind.SERVICE, "")),
    "debian-usr-strings": ((Kind.STRING, ""), (Kind.TEXT, "")),
    "windows-programs": ((Kind.NAME, ""),),
    "windows-publishers": ((Kind.PUBLISHER, ""), (Kind.SIGNER, "")),
    "windows-files": ((Kind.FILE, ""), (Kind.PROCESS, ""), (Kind.DRIVER, "")),
    "windows-services": ((Kind.SERVICE, ""),),
    "domains": ((Kind.DOMAIN, ""), (Kind.REFERENCE_DOMAIN, ""), (Kind.MAINTAINER_DOMAIN, "")),
    "devices": ((Kind.MODEL, ""), (Kind.NAME, ""), (Kind.BANNER, "")),
    "registrants": ((Kind.PUBLISHER, ""), (Kind.SUPPLIER, "")),
}
"""Name of a sample -> as which kinds its values are asked, each with what stands before them."""


def samples(folder: Path = FOLDER) -> Iterator[Sample]:
    """Yield every sample, once for each kind that its values can be; KeyError for a file of another name."""
    for file in sorted(folder.glob("*.txt*")):
        if file.name == _THEIRS:
            continue
        name = file.name.split(".")[0]
        content = lzma.decompress(file.read_bytes()) if file.suffix == ".xz" else file.read_bytes()
        values = content.decode().splitlines()
        for kind, before in _AS[name]:
            yield Sample(f"{name} ({kind})", kind, [before + value for value in values] if before else values)


def theirs(folder: Path = FOLDER) -> frozenset[tuple[str, str]]:
    """Give (party, value) of what stands in the samples and is truly a supplier's."""
    lines = (folder / _THEIRS).read_text(encoding="utf-8").splitlines()
    named = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return frozenset((party, value) for party, value in named)


def faults(index: Index, folder: Path = FOLDER) -> Iterator[str]:
    """Yield each value of a sample that an indicator wrongly finds, and each exception that nothing needs."""
    known = theirs(folder)
    met: set[tuple[str, str]] = set()
    for sample in samples(folder):
        for party, indicator, value in found(sample, index):
            if (party, value) in known:
                met.add((party, value))
            else:
                yield f"{indicator} meets {value!r} of the benign sample {sample.name}"
    yield from (
        f"{folder.name}/{_THEIRS}: {party} {value}: no indicator meets it" for party, value in sorted(known - met)
    )


def found(sample: Sample, index: Index) -> Iterator[tuple[str, str, str]]:
    """Yield (party, indicator, value) of what an indicator of level 3 or more meets in a sample."""
    for start in range(0, len(sample.values), _BATCH):
        values = sample.values[start : start + _BATCH]
        hits = kernel(index, sample.kind, pa.array(values, pa.string()))
        for row, position in zip(hits.column("row").to_pylist(), hits.column("indicator").to_pylist(), strict=True):
            indicator = index.indicators[position]
            if indicator.level >= FOUND and indicator.meaning not in _NO_EXPOSURE and position not in index.embeddings:
                yield indicator.party, indicator.id, values[row]
