# SPDX-License-Identifier: Apache-2.0
"""What all readers of programs and packages say alike: the file itself, its signers, what it needs, strings in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers.binary import der, signatures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from debar.readers.binary.literals import Search
    from debar.readers.binary.pieces import Pieces
    from debar.readers.inputs import Input

LONGEST = 1 << 12
"""Characters kept of one value; the longest licence line seen in a version resource is below 1,000."""
OBSERVABLES = 1 << 10
"""Observables kept of one thing."""
_FILE, _PATH, _SIGNER, _STRING, _TEXT = Kind.FILE, Kind.PATH, Kind.SIGNER, Kind.STRING, Kind.TEXT
_COMPONENT, _FILES = Meaning.COMPONENT, Medium.FILES


def about(
    source: Input,
    observables: Iterable[Observable],
    *,
    meaning: Meaning,
    label: str = "",
    version: str = "",
    locator: str = "",
) -> Observation:
    """Give what is said of a file, or of a thing inside it; each value once, none blank."""
    # Where a file lies in its system tells of its maker as well; a thing inside the file lies nowhere.
    path = [Observable(_PATH, source.inside)] if source.inside and meaning is not _COMPONENT and not locator else []
    kept = [
        o if len(o.value) <= LONGEST else Observable(o.kind, o.value[:LONGEST])
        for o in (*observables, *path)
        if o.value
    ]
    return Observation(
        source=source.id,
        locator=locator,
        asset=source.asset,
        label=label or source.name,
        version=version,
        medium=_FILES,
        meaning=meaning,
        observables=tuple(dict.fromkeys(kept))[:OBSERVABLES],
    )


def needed(source: Input, names: Iterable[str], locator: str) -> Iterator[Observation]:
    """Yield one observation of the libraries that a program asks for, unless it asks for none."""
    found = [Observable(_FILE, name) for name in names]
    if found:
        yield about(source, found, meaning=_COMPONENT, locator=locator)


def signed(source: Input, data: bytes, locator: str, content: bytes = b"") -> list[Observable]:
    """Give the signers of signed data that says nothing of the file itself, such as a catalogue or a profile."""
    try:
        found = signatures.read(data, content)
    except der.BrokenError as e:
        source.lose(locator, f"the signature cannot be read: {e}")
        return []
    return [o for signer in found.signers for o in vouched(source, signer, locator)]


def vouched(source: Input, signer: signatures.Signer, locator: str, *, fits: bool = True) -> Iterator[Observable]:
    """Yield the signer's names; of a signature that does not match the file they are words, and no more."""
    if signer.is_sound is None:
        source.tally["signatures of a kind that is not checked"] += 1
    if fits and signer.is_sound is not False:
        source.tally["signatures"] += 1
        yield from (Observable(_SIGNER, name) for name in signer.subjects)
        return
    source.tally["signatures that do not match"] += 1
    source.lose(locator, f"the signature in the name of {' / '.join(signer.subjects)} does not match the file")
    yield from (Observable(_TEXT, f"signature that does not match: {name}") for name in signer.subjects)


def swept(source: Input, file: Pieces, *looks: Callable[[memoryview, int], None]) -> list[tuple[int, str]]:
    """Give (offset, literal) of each literal of the register that stands in the file, where it stands first.

    The bytes are read once for that and for every other look at all of them; not at all when there is neither.
    """
    search = _search(source)
    if search is None and not looks:
        return []
    every = [*looks, *([search.look] if search else ())]
    try:
        for offset, block in file.sweep(search.margin if search else 0):
            for look in every:
                look(block, offset)
    except SourceError as e:
        source.lose(e.locator, e.message)
    return search.places() if search else []


def _search(source: Input) -> Search | None:
    if not source.literals:
        return None
    from debar.readers.binary import literals  # only when there is something to look for

    return literals.Search(source.literals)


def strings(source: Input, file: Pieces, found: Iterable[tuple[int, str]]) -> Iterator[Observation]:
    """Yield one observation for each literal of the register that was found in the file."""
    for offset, literal in found:
        yield about(
            source,
            (Observable(_STRING, literal),),
            meaning=Meaning.EMBEDDED,
            locator=f"byte {file.start + offset}",
        )
