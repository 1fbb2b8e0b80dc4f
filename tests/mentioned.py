# SPDX-License-Identifier: Apache-2.0
"""Papers made of sentences for the tests of names, numbers and citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from debar.intake.flat import flat
from debar.intake.mentions import citations, names, numbers
from debar.intake.seen import Seen
from debar.intake.sentences import sentences
from debar.model.intake import Paper, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.mentions.names import Gazetteer
    from debar.register import Register


@pytest.fixture(scope="session")
def gazetteer(register: Register) -> Gazetteer:
    """Give what the shipped register and lexicon know by name."""
    return names.gazetteer(register, register.lexicon)


@pytest.fixture(scope="session")
def noted(gazetteer: Gazetteer) -> Callable[[str], Seen]:
    """Give a paper with the names, numbers and citations in it; a line that begins with # is its title."""

    def made(text: str) -> Seen:
        lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
        title = next((Span(first + 1, last) for first, last in lines if text[first] == "#"), None)
        paragraphs = tuple(span for span in lines if text[span[0]] != "#")
        paper = Paper(id="p", path="p", sha256="", text=text, title_span=title, main=paragraphs, paragraphs=paragraphs)
        plain = flat(text)
        parted = sentences(paper, plain)
        return Seen(
            paper=paper,
            flat=plain,
            sentences=parted,
            quotes=(),
            dates=(),
            mentions=names.find(plain, parted, gazetteer),
            numbers=numbers.find(plain, parted, gazetteer.counting),
            citations=citations.find(plain, parted),
        )

    return made
