# SPDX-License-Identifier: Apache-2.0
"""Labelled cases: what a source says of one thing, and what that thing truly is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = Path(__file__).parent / "labels"


class Truth(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a thing is, as far as anybody could tell."""

    party: str | None
    """Whose technology it is; null when it is nobody's of the register."""
    also: tuple[str, ...] = ()
    """Other parties that nobody could tell from it by what the case says."""
    product: str | None = None
    meaning: Meaning | None = None


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One case."""

    id: str
    medium: Medium
    meaning: Meaning
    """What the reader of such a source says that the thing is."""
    label: str
    version: str = ""
    asset: str = ""
    observed_at: str = ""
    observables: tuple[tuple[Kind, str], ...]
    truth: Truth
    trap: str = ""
    """Of a case that only looks like a supplier's: which sort of look-alike it is."""
    origin: str
    """Where it is from: a public source, or which format it was composed after."""
    note: str = ""

    @property
    def is_true(self) -> bool:
        """Tell whether an exposure is there to be found: a mention and software of others are none."""
        return self.truth.party is not None and self.truth.meaning not in {Meaning.MENTION, Meaning.CLIENT}


def read(folder: Path = FOLDER) -> list[Label]:
    """Give all cases in the order of files and lines; ValueError with file and line for a faulty one."""
    found: list[Label] = []
    taken: dict[str, str] = {}
    decoder = msgspec.json.Decoder(Label)
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_bytes().splitlines(), 1):
            place = f"{file.name}:{number}"
            try:
                case = decoder.decode(line)
            except msgspec.DecodeError as e:
                raise ValueError(f"{place}: {e}") from e
            if fault := _fault(case, taken):
                raise ValueError(f"{place}: {fault}")
            taken[case.id] = place
            found.append(case)
    return found


def _fault(case: Label, taken: dict[str, str]) -> str:
    """Give what is wrong with a case, or nothing."""
    if case.id in taken:
        return f"id {case.id!r} is taken by {taken[case.id]}"
    if not case.observables or not case.origin:
        return "a case needs observables and an origin"
    if case.truth.party is None and not case.trap:
        return "a case that is nobody's says in `trap` which sort of look-alike it is"
    return "a case that is somebody's is no trap" if case.truth.party and case.trap else ""


def observations(cases: Iterable[Label]) -> list[Observation]:
    """Give each case as a reader would: on an asset of its own, so that no two cases meet."""
    return [
        Observation(
            source="labels",
            locator=case.id,
            asset=case.id,
            label=case.label,
            version=case.version,
            medium=case.medium,
            meaning=case.meaning,
            observables=tuple(Observable(kind, value) for kind, value in case.observables),
            observed_at=case.observed_at,
        )
        for case in cases
    ]
