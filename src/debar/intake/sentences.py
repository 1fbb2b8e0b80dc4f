# SPDX-License-Identifier: Apache-2.0
"""Sentences of a paper, with their offsets: those of the title and of each paragraph, in the order of the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.units import is_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.intake import Paper

_END = re.compile(r"[.!?…]{1,3}[\"'”’»)\]]{0,3}(?=\s|$)|[。！？]{1,3}[」』”’）]{0,3}")
_NEXT = re.compile(r"\s{1,40}[\"'“‘„«(\[]{0,2}([A-Z0-9À-ÞĀ-ſА-ЯΑ-Ω•§][\w'’]{0,30})")
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:[Nn]os?|[Nn]r|NO|[Aa]rts?|[Ss]ecs?|[Pp]aras?|[Pp]ars?|pp?|[Vv]ol|[Cc]h|[Cc]l|[Rr]eg|[Ff]ig|[Pp]t|[Ss]tat|cf|[Dd]oc"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ref|approx|ca|est)\.$"
)
"""Short words that go with the number after them: No. 117-328, Sec. 7, Sept. 29."""
_BEFORE_NAME = re.compile(
    r"(?:^|[\s(\[\"“'‘])(?:Mr|Mrs|Ms|Dr|Prof|Gov|Sen|Rep|Reps|Sens|Gen|Lt|Col|Maj|Capt|Sgt|Cmdr|Adm|Hon|St|Rev|Fr|Jr|Messrs|Mme|Sr|Amb|Atty|Asst|Dep|Sec"
    r"|Pub|Pub\. ?L|Fed|Ed|Mt|Ft|vs|v|cf|e\.g|i\.e|eg|ie|viz|esp|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Dept|Div|Univ|Assoc|Bros)\.$"
)
"""Short words that go with the name after them: Mr. Smith, Pub. L., Fed. Reg."""
_EITHER = re.compile(
    r"(?:(?:^|[\s(\[\"“'‘.])(?:[A-Z]\.){0,4}[A-Z]|\b(?:[a-z]\.){1,3}[a-z]|(?:^|\s)[0-9]{1,2}"
    r"|\b(?:[Ii]nc|[Ll]td|[Cc]o|[Cc]os|[Cc]orp|LLC|PLC|[Pp]lc|[Ll]lc|[Ee]tc|al|[Jj]r|S\.A|Ltda|Bhd|Pte|Pty|U\. S|dept|govt|Supp|App|Reg|Cir|Ct))\.$"
)
"""What may stand within a sentence and at its end: U.S., p.m., Inc., an initial, a number with a full stop."""
_BEGINS = frozenset(
    (
        "The",
        "It",
        "In",
        "On",
        "He",
        "She",
        "They",
        "This",
        "That",
        "These",
        "Those",
        "A",
        "An",
        "But",
        "And",
        "However",
        "Its",
        "Under",
        "As",
        "For",
        "If",
        "We",
        "Our",
        "His",
        "Her",
        "Their",
        "There",
        "When",
        "While",
        "After",
        "Before",
        "From",
        "By",
        "At",
        "With",
        "Since",
        "According",
        "Although",
        "Also",
        "Because",
        "Both",
        "Even",
        "Instead",
        "Last",
        "Meanwhile",
        "Most",
        "No",
        "Not",
        "One",
        "Only",
        "Other",
        "So",
        "Some",
        "Then",
        "To",
        "What",
        "Who",
        "Why",
        "How",
        "Yet",
        "You",
        "I",
        "Until",
        "Any",
        "All",
        "Such",
        "Where",
        "Nor",
        "Or",
        "Officials",
        "Earlier",
        "Separately",
        "Following",
        "During",
    )
)
"""Words with a capital that begin a sentence and no name."""
_LONGEST = 4000
"""Characters of a sentence; what has no full stop for longer is no prose, and is cut at a space."""


class Sentence(NamedTuple):
    """One sentence, by its offsets in the text of its paper."""

    start: int
    end: int
    paragraph: int
    """0 is the title, 1 the first paragraph."""
    is_item: bool = False
    """Whether its paragraph is an item of a list."""


def sentences(paper: Paper, flat: str) -> tuple[Sentence, ...]:
    """Give the sentences of title and main text in order; `flat` is the text made plain."""
    parts = [(paper.title_span.start, paper.title_span.end)] if paper.title_span else [(0, 0)]
    found = [
        Sentence(start, end, number, number > 0 and is_item(flat, first, last))
        for number, (first, last) in enumerate([*parts, *paper.paragraphs])
        for start, end in _split(flat, first, last)
    ]
    # On some pages the title stands below the first lines of the text.
    return tuple(sorted(found))


def _split(flat: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a paragraph, without the white space around them."""
    start = first
    for match in _END.finditer(flat, first, last):
        at = match.end()
        if at < last and not _ends(flat, start, match, last):
            continue
        yield from _cut(flat, start, at)
        start = at
    yield from _cut(flat, start, last)


def _ends(flat: str, start: int, match: re.Match[str], last: int) -> bool:
    """Tell whether a full stop ends its sentence, and no abbreviation."""
    mark = match.group()
    if mark[0] in "。！？":
        return True
    following = _NEXT.match(flat, match.end(), last)
    if not following or mark[0] != "." or mark.startswith(".."):
        return following is not None
    word = following.group(1)
    before = flat[max(start, match.start() - 14) : match.start() + 1]
    if _BEFORE_NUMBER.search(before):
        return not word[0].isdigit()
    if _BEFORE_NAME.search(before):
        return False
    if _EITHER.search(before):
        # "in the U.S. The company": a word that begins sentences and no names; a number of an item begins none.
        is_number = before[-2:-1].isdigit()
        return len(mark) > 1 or (word in _BEGINS and not (is_number and match.start() - start < 4))
    return True


def _cut(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence without the white space around it; one that is too long for prose in several pieces."""
    while end - start > _LONGEST:
        space = flat.rfind(" ", start + 1, start + _LONGEST)
        at = space if space > start else start + _LONGEST
        yield from _stripped(flat, start, at)
        start = at
    yield from _stripped(flat, start, end)


def _stripped(flat: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and flat[start] == " ":
        start += 1
    while end > start and flat[end - 1] == " ":
        end -= 1
    if start < end:
        yield start, end
