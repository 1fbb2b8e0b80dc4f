# SPDX-License-Identifier: Apache-2.0
"""Whom and what papers name for a measure as a whole - its authority, its citation, its supplier - and where.

Of several names the one is taken that the highest kind of paper gives alone; where that gives several, none is. How
many papers give a name counts for nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.citations import INSTRUMENTS
from debar.model.intake import Passage
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.intake.examined import Examined
    from debar.model.intake import Story
    from debar.register import Register

_MOST = 12
"""Passages that stand behind one line; the papers have the others."""


class Named(NamedTuple):
    """What papers name."""

    value: str
    """The one that is taken; empty where none is."""
    every: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    """The sentence in which each paper names each of them first."""


class _Name(NamedTuple):
    """One name in one paper."""

    value: str
    paper: Examined
    start: int
    end: int


def authority(examined: Iterable[Examined], jurisdiction: str, register: Register) -> Named:
    """Give the authority of the register, of that jurisdiction, that papers name."""
    return _settled(
        _Name(name.id, one, name.start, name.end)
        for one in examined
        for name in one.seen.mentions
        if (known := register.authorities.get(name.id)) and known.jurisdiction == jurisdiction
    )


def citation(examined: Iterable[Examined]) -> Named:
    """Give the instrument that papers cite."""
    return _settled(
        _Name(cited.value, one, cited.start, cited.end)
        for one in examined
        for cited in one.seen.citations
        if cited.form in INSTRUMENTS
    )


def supplier(examined: Iterable[Examined], story: Story) -> Named:
    """Give the supplier of a story, with where papers name it."""
    sought = {story.supplier, story.supplier.casefold()} - {""}
    found = _settled(
        _Name(story.supplier, one, name.start, name.end)
        for one in examined
        for name in one.seen.mentions
        if name.kind == "supplier" and {name.id, name.group, name.name.casefold()} & sought
    )
    return found._replace(value=story.supplier)


def title(examined: Sequence[Examined], otherwise: str) -> Named:
    """Give what official text calls itself; else the title that is given, for a headline is none."""
    found = _settled(
        _Name(one.paper.title, one, *((span.start, span.end) if (span := one.paper.title_span) else (0, 0)))
        for one in examined
        if one.paper.kind is PaperKind.OFFICIAL_TEXT and one.paper.title
    )
    return found if found.value else found._replace(value=otherwise)


def _settled(names: Iterable[_Name]) -> Named:
    """Give the one that the highest kind of paper names which names any, and all; empty where that names several."""
    by_kind: dict[PaperKind, set[str]] = {}
    passages: dict[tuple[str, str], Passage] = {}
    for one in names:
        by_kind.setdefault(one.paper.paper.kind, set()).add(one.value)
        if one.start < one.end:
            passages.setdefault((one.paper.paper.id, one.value), _sentence(one))
    highest = next((by_kind[kind] for kind in PaperKind if kind in by_kind), set())
    return Named(
        value=min(highest) if len(highest) == 1 else "",
        every=tuple(sorted(set().union(*by_kind.values()))),
        passages=tuple(dict.fromkeys(passages.values()))[:_MOST],
    )


def _sentence(name: _Name) -> Passage:
    """Give the sentence in which a name stands, or the name where it stands in none."""
    for one in name.paper.seen.sentences:
        if one.start <= name.start and name.end <= one.end:
            return Passage(document=name.paper.paper.id, start=one.start, end=one.end)
    return Passage(document=name.paper.paper.id, start=name.start, end=name.end)
