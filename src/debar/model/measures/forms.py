# SPDX-License-Identifier: Apache-2.0
"""Statutory forms as data: what a law wants told, element by element, and which passage asks for it."""

from __future__ import annotations

import msgspec

from debar.model.measures.sources import Citation, Noun
from debar.model.vocab import Grade


class Element(Noun, frozen=True, kw_only=True):
    """One thing that a form wants told."""

    id: str
    """As the text numbers it where it does, such as "c.4.i.a"."""
    asks: str
    """What is to be told, close to the words of the text."""
    origin: str = msgspec.field(name="from", default="human")
    """What of a report answers it, by the name of a filler (`debar.proof.fillers`); "human" where no file can."""
    citations: tuple[Citation, ...] = ()


class Form(Noun, frozen=True, kw_only=True):
    """A report, notice or representation that a provision demands."""

    id: str
    title: str
    measure: str
    provision: str
    """Of the measure: whoever it binds owes the form."""
    always: bool = False
    """It is owed without any finding too: a representation, or a nil report."""
    to: str = ""
    """Who gets it."""
    elements: tuple[Element, ...]
    grade: Grade = Grade.UNVERIFIED
    """How well the wording of the form itself is known."""
    note: str = ""
    """What to know of the form, such as that its own text was not seen."""
    citations: tuple[Citation, ...] = ()
