# SPDX-License-Identifier: Apache-2.0
"""Papers made of sentences for the tests of who says what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from debar.intake.flat import flat
from debar.intake.mentions.names import Mention
from debar.intake.said.quotes import quotes
from debar.intake.seen import Seen
from debar.intake.sentences import sentences
from debar.model.intake import Paper, Span
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def see() -> Callable[..., Seen]:
    """Give a paper as it stands before acts are read; a paragraph that begins with # is its title."""

    def made(text: str, id_: str = "paper", kind: PaperKind = PaperKind.NEWS, publisher: str = "") -> Seen:
        parts = [match.span() for match in re.finditer(r"[^\n]+", text)]
        title = next((Span(first + 1, last) for first, last in parts if text[first] == "#"), None)
        paragraphs = tuple(span for span in parts if text[span[0]] != "#")
        paper = Paper(
            id=id_,
            path=id_,
            sha256="",
            text=text,
            kind=kind,
            publisher=publisher,
            main=((0, len(text)),),
            paragraphs=paragraphs,
            title_span=title,
        )
        plain = flat(text)
        found = re.finditer(r"Norvik(?: Ltd)?", text)
        mentions = tuple(Mention(one.start(), one.end(), "supplier", "norvik", "Norvik") for one in found)
        return Seen(paper, plain, sentences(paper, plain), quotes(paper, plain), (), mentions, (), ())

    return made
