# SPDX-License-Identifier: Apache-2.0
"""Security catalogues of Windows (.cat): who vouches for the files of a driver or an update."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable
from debar.model.vocab import Kind, Meaning
from debar.readers.binary import der, programs, signatures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.inputs import Input


def read(source: Input) -> Iterator[Observation]:
    """Yield the catalogue with its signers."""
    try:
        found = signatures.read(source.content())
    except der.BrokenError as e:
        raise SourceError(f"no readable catalogue: {e}") from e
    source.tally["catalogues"] += 1
    observables = [Observable(Kind.FILE, source.name)]
    for signer in found.signers:
        observables += programs.vouched(source, signer, "byte 0")
    # It stands for files that may be elsewhere, or gone.
    yield programs.about(source, observables, meaning=Meaning.RESIDUE)
