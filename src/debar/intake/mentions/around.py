# SPDX-License-Identifier: Apache-2.0
"""Names that stand around the main text: in the letterhead, and in the name of whoever publishes.

A letter of a ministry names its state at its head alone, and a company its own name in the sender's line. What the main
text says weighs more; these only tell where it is silent, or close to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.flat import flat
from debar.intake.mentions import names
from debar.intake.mentions.entries import AUTHORITY, CITY, DEMONYM, PLACE, PRODUCT, SEAT, SUPPLIER
from debar.intake.sentences import Sentence
from debar.model.vocab.statements import PaperKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.intake.mentions.mention import Mention
    from debar.intake.mentions.names import Gazetteer
    from debar.model.intake import Paper

LONGEST_HEAD = 800
"""Characters before the main text that are its letterhead; what stands further up belongs to something else."""
_MOST = 0.6
"""Share of the name of a publisher that is that of an authority, where the authority itself publishes."""
_PLAIN = frozenset({"text", "mail", "pdf"})
"""Forms in which the lines above the main text are a letterhead; on web pages they are menus."""
_OFFICIAL = frozenset({PaperKind.OFFICIAL_TEXT, PaperKind.OFFICIAL_RELEASE})
_SUPPLIERS = frozenset({SUPPLIER, PRODUCT})
_OWN, _HEAD, _SOMEWHERE, _OUTLET = 12.0, 3.0, 1.0, 0.5
"""What a name weighs: of an authority that publishes its own text; above a letter; of a city there, where somebody may just
sit; and in the name of somebody else who publishes: an outlet may be called after a country that it does not write about."""
_SENDER = 4.0
"""What a supplier weighs that is in the name of the publisher: it writes about itself."""


def around(paper: Paper, gazetteer: Gazetteer) -> list[tuple[Mention, float]]:
    """Give the names of suppliers, places and authorities around the main text, with what each weighs."""
    return [*_publisher(paper, gazetteer), *_head(paper, gazetteer)]


def _publisher(paper: Paper, gazetteer: Gazetteer) -> Iterator[tuple[Mention, float]]:
    for one in _named(paper.publisher, gazetteer):
        if one.kind in _SUPPLIERS:
            yield one, _SENDER
        elif paper.kind in _OFFICIAL or (one.kind == AUTHORITY and len(one.name) >= _MOST * len(paper.publisher)):
            yield one, _OWN if one.kind == AUTHORITY or one.form not in (SEAT, CITY) else _SOMEWHERE
        elif one.kind == AUTHORITY:
            yield one, _OUTLET


def _head(paper: Paper, gazetteer: Gazetteer) -> Iterator[tuple[Mention, float]]:
    """Yield the names in the lines before the main text; the title among them is weighed by itself."""
    if paper.form not in _PLAIN or not paper.paragraphs:
        return
    end = paper.paragraphs[0][0]
    start = max(0, end - LONGEST_HEAD)
    title = paper.title_span
    above = paper.text[start:end]
    if title and start <= title.start and title.end <= end:
        above = paper.text[start : title.start] + " . " + paper.text[title.end : end]
    for line in above.splitlines():
        for one in _named(line, gazetteer):
            yield one, _SOMEWHERE if one.form in (SEAT, CITY) else _HEAD


def _named(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Give the known suppliers, and the places and authorities of a known jurisdiction, in a line."""
    if not text.strip():
        return []
    plain = flat(text)
    found = names.find(plain, [Sentence(0, len(plain), 1)], gazetteer)
    return [
        one
        for one in found
        if one.jurisdiction and (one.kind in _SUPPLIERS or one.kind in (PLACE, AUTHORITY)) and not _is_aside(one)
    ]


def _is_aside(one: Mention) -> bool:
    return bool(one.aside) and one.form == DEMONYM
