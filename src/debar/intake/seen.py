# SPDX-License-Identifier: Apache-2.0
"""What readers of a text are given: the paper and everything that was found in it before acts."""

from __future__ import annotations

from typing import NamedTuple

# Copies of this process send what they saw: its fields are looked up when that is decoded.
from debar.intake.mentions.citations import Cited
from debar.intake.mentions.names import Mention
from debar.intake.said.quotes import Quoted
from debar.intake.sentences import Sentence
from debar.model.intake import Paper, StatedDate, StatedNumber


class Seen(NamedTuple):
    """A paper as it stands before acts are read."""

    paper: Paper
    flat: str
    """Its text made plain, of the same length."""
    sentences: tuple[Sentence, ...]
    quotes: tuple[Quoted, ...]
    dates: tuple[StatedDate, ...]
    mentions: tuple[Mention, ...]
    numbers: tuple[StatedNumber, ...]
    citations: tuple[Cited, ...]
