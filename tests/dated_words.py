# SPDX-License-Identifier: Apache-2.0
"""What tests of dates share: a sentence or paper worked out by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

from debar.intake.dating import values, words
from debar.intake.flat import flat
from debar.intake.sentences import Sentence, sentences
from debar.model.intake import Paper, Published
from debar.model.lexicon import Language
from debar.register import yamlfile

if TYPE_CHECKING:
    from debar.model.intake import StatedDate

LANGUAGES = Path(__file__).parents[1] / "register" / "lexicon" / "languages"


class Read(Protocol):
    """Reads the dates of a text."""

    def __call__(self, text: str, published: str = "", **context: object) -> tuple[StatedDate, ...]:
        """Give them, with what else is known."""


@pytest.fixture(scope="session")
def languages() -> dict[str, Language]:
    """Give the languages of the register by their id."""
    every = [yamlfile.read(file, Language) for file in sorted(LANGUAGES.glob("*.yaml"))]
    return {each.id: each for each in every}


@pytest.fixture(scope="session")
def read(languages: dict[str, Language]) -> Read:
    """Give what reads the dates of an English text, each line of it a paragraph."""

    def dates(text: str, published: str = "", **context: object) -> tuple[StatedDate, ...]:
        plain = flat(text)
        told = parted(text)
        first, _, last = published.partition("/")
        known = {"published": Published(value="" if last else first, earliest=first, latest=last or first), **context}
        found = words.find(plain, told, (languages["en"],))
        return values.resolve(found, plain, values.Context(**known, sentences=told))  # type: ignore[arg-type]

    return dates


def parted(text: str) -> tuple[Sentence, ...]:
    """Give the sentences of a text whose lines are its paragraphs."""
    paragraphs, start = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            paragraphs.append((start, start + len(line.rstrip())))
        start += len(line)
    paper = Paper(id="paper", path="paper.txt", sha256="", text=text, paragraphs=tuple(paragraphs))
    return sentences(paper, flat(text))
