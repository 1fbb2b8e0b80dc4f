# SPDX-License-Identifier: Apache-2.0
"""What tests of acts share: one text read as a paper of one day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.examined import examine
from debar.intake.mentions import names
from debar.model.intake import Paper, Published

if TYPE_CHECKING:
    from debar.intake.examined import Examined
    from debar.intake.seen import Seen
    from debar.model.intake import Statement
    from debar.register import Register

_GAZETTEERS: dict[int, names.Gazetteer] = {}


def _examined(register: Register, text: str) -> Examined:
    gazetteer = _GAZETTEERS.setdefault(id(register), names.gazetteer(register, register.lexicon))
    paragraphs = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m.group().strip())
    day = "2024-07-01"
    paper = Paper(
        id="doc",
        path="text",
        sha256="",
        text=text,
        main=((0, len(text)),),
        paragraphs=paragraphs,
        language="en",
        published=Published(value=day, earliest=day, latest=day),
    )
    return examine(paper, gazetteer)


def seen(register: Register, text: str) -> Seen:
    """Give a text as it stands before acts are read."""
    return _examined(register, text).seen


def statements(register: Register, text: str) -> tuple[Statement, ...]:
    """Give what is read out of a text."""
    return _examined(register, text).statements


def linked(register: Register, text: str) -> list[tuple[str, str]]:
    """Give each act with the words of its date; an act that is denied with an exclamation mark."""
    return [
        (f"{one.act.value}{'!' if one.polarity == 'denied' else ''}", one.date.text)
        for one in statements(register, text)
        if one.date
    ]
