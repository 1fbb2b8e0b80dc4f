# SPDX-License-Identifier: Apache-2.0
"""What weights of clues are learned from, as one digest: weights that were learned from anything else are stale."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.intake.acts import clauses, clues, learned, senses
from quality.intake import annotated, taught
from quality.intake import corpus as sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.lexicon import Lexicon

LEARNING = Path(__file__).with_name("train.py")
CODE = (*(Path(str(module.__file__)) for module in (clauses, clues, learned, senses, annotated, taught)), LEARNING)
"""Modules that make clues of sentences, and weights of clues. Those that find dates and sentences are not among them."""


def digest(lexicon: Lexicon) -> str:
    """Give a digest of lessons, annotated papers, words that are clues, and code."""
    told = hashlib.sha256()
    for name, content in _parts(lexicon):
        told.update(f"{name} {len(content)}\n".encode())
        told.update(content)
    return told.hexdigest()


def _parts(lexicon: Lexicon) -> Iterator[tuple[str, bytes]]:
    """Yield everything that counts, by name, in a fixed order."""
    folder = sets.FOLDER / sets.TUNED
    papers = sorted(file for file in folder.glob("*/*") if file.is_file())
    yield from ((file.relative_to(folder).as_posix(), file.read_bytes()) for file in papers)
    yield from ((file.name, file.read_bytes()) for file in (*taught.SENTENCES, taught.TABLE, *CODE))
    words = [one for one in lexicon.words if one.purpose in senses.PURPOSES]
    yield "words", msgspec.json.encode([(one.id, one.purpose, one.means, one.words) for one in words])
