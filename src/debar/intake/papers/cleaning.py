# SPDX-License-Identifier: Apache-2.0
"""Main text and title of a text without markup: what is left once the clutter of a page is taken off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers import belonging, sorting, titles
from debar.intake.papers.days import days
from debar.intake.papers.sorting import CLOSING, STOP, WORD, Sort
from debar.intake.papers.units import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.papers.units import Unit
    from debar.model.lexicon import Lexicon

_ENOUGH = 300
"""Characters of prose after which the heading of a list of other articles ends a text."""
_SMALL = 3
"""Words that begin small from which on a line with a full stop is a sentence, and no label with a date."""
_IS_INLINE = 0.35
"""Share of the prose that must stand before such a heading; with less before it is a box within the text."""


_LONGEST_SIGNATURE = 260
_MEMO = re.compile(
    r"(?:to|from|date|subject|sub|re|ref|reference|our ref|your ref|attn|attention|cc|copy|copy to|present|apologies|issuer|issued by|type|no|f\. ?no|file|file no|cin|circular|distribution|classification|contact|filed|docket|case|citation|recorded)\b\.?(?: [A-Z]?[\w./-]{1,12})? ?:",
    re.IGNORECASE,
)
"""Fields at the head of letters, memoranda and filings."""
_REACHED = re.compile(
    r"\b(?:tel|phone|telephone|fax|e-?mail|mob|mobile)\b[.:]? ?[+(0-9]|[\w.+-]{1,64}@[\w-]{1,63}\.\w|\bwww\.|\+[0-9]{1,3} [0-9(]|^\(?\(?\+?[0-9 ()/-]{8,30}\)?\)?$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(?:sd/-|\(?signed|/s/|signature|yours|sincerely|respectfully|for and on behalf of|by order of|given under|entered:|dated:? |done at |\[f\. ?no|\[fr doc|\(reporting|\(editing|\(writing|\([a-z]{2,4}(?:/[a-z]{2,4}){1,3}\)$|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}$|editor in charge|read [0-9]|likes? [0-9]|director\b|secretary\b|chair(?:man|woman|person)?\b|minister\b|president\b)",
    re.IGNORECASE,
)
"""How the lines at the end of a letter, an order or a wire begin."""
_NAMES = re.compile(
    r"(?=.{2,90}$)[\"“(]?(?:[A-ZÀ-Þ][\w'’./-]{0,24}|of|the|and|for|to|&|de|van|von|\(?[A-Z]{1,6}\)?)[,\"”)]?(?: {1,40}(?:\(?[A-ZÀ-Þ][\w'’./)-]{0,24}|of|the|and|for|to|&|de|van|von)[,\"”)]{0,2}){0,9}[.]?"
)
"""Words with capitals, as names and offices have them."""


class Cleaned(NamedTuple):
    """A text taken apart."""

    title: tuple[int, int] | None
    kept: tuple[tuple[int, int], ...]
    """Paragraphs, headings and items of the main text."""
    dates: tuple[tuple[int, int], ...]
    """Lines that say when it was published, outside of the main text."""
    dropped: tuple[tuple[int, int], ...]
    """Everything else."""


class Rules(NamedTuple):
    """A text as rules take it apart."""

    parts: tuple[Unit, ...]
    sorts: tuple[Sort, ...]
    title: int | None
    dates: dict[int, None]
    kept: tuple[int, ...]


def cleaned(text: str, lexicon: Lexicon, *, is_judged: bool = True) -> Cleaned:
    """Give a text taken apart: by rules, and if judged without what hardly belongs to a text by its shape."""
    rules = by_rules(text, lexicon)
    parts = rules.parts
    chosen = set(rules.kept)
    if is_judged:
        told = sorting.known(lexicon)
        left_out = belonging.left_out(text, parts, rules.sorts, rules.kept)
        chosen -= {n for n in left_out if not _is_dated(text[parts[n].start : parts[n].end], told)}
    seen = {*chosen, *rules.dates, rules.title}
    return Cleaned(
        title=None if rules.title is None else (titles.start(text, parts[rules.title].start), parts[rules.title].end),
        kept=tuple((parts[n].start, parts[n].end) for n in sorted(chosen)),
        dates=tuple((parts[n].start, parts[n].end) for n in rules.dates),
        dropped=tuple((unit.start, unit.end) for n, unit in enumerate(parts) if n not in seen),
    )


def _is_dated(content: str, told: sorting.Known) -> bool:
    """Tell whether a unit is a sentence with a day in it, which no shape outweighs: no date of a text may be lost."""
    if not content.rstrip(CLOSING).endswith("."):
        return False
    small = sum(word[0].islower() for word in WORD.findall(content))
    return small >= _SMALL and any(map(str.isdigit, content)) and bool(days(content, told.days))


def by_rules(text: str, lexicon: Lexicon) -> Rules:
    """Give a text as rules take it apart.

    1. Every unit is sorted by itself.
    2. The text ends before the first heading of comments, of other articles, of a copyright line.
    3. The title is looked for before the first paragraph of prose; what else stands there in a few words is no text.
    4. Names and labels after the last paragraph are no text either.
    """
    parts = units(text)
    known = sorting.known(lexicon)
    sorts = tuple(sorting.sort(text, unit, known) for unit in parts)  # 1.
    end = _end(text, parts, sorts)  # 2.
    first = next((n for n in range(end) if sorts[n] is Sort.PROSE), None)
    title = titles.title(text, parts[:end], sorts, first, lexicon)  # 3.
    kept = [n for n in range(end) if sorts[n] in (Sort.PROSE, Sort.ITEM, Sort.SHORT) and n != title]
    dates = _dates(sorts, first, end)
    kept += [n for n in range(end) if sorts[n] is Sort.DATE and n not in dates]
    if first is not None:
        lead = first if title is None else title
        kept = [n for n in kept if n >= first or _opens(text, parts[n], is_after=n > lead)]
        kept = _without_tail(text, parts, sorts, kept)  # 4.
    return Rules(parts, sorts, title, dates, tuple(sorted(set(kept))))


def _dates(sorts: Sequence[Sort], first: int | None, end: int) -> dict[int, None]:
    """Give the lines that say when the paper was published: date lines before the text, and after it.

    One right before the first paragraph, with no other before it, is a heading where more such follow, as in a time line.
    """
    every = [n for n, kind in enumerate(sorts) if kind is Sort.DATE]
    texts = [n for n in range(end) if sorts[n] in (Sort.PROSE, Sort.ITEM, Sort.SHORT)]
    last = texts[-1] if texts else -1
    begin = len(sorts) if first is None else first
    is_line = first is not None and every[:1] == [first - 1] and sum(first < n < end for n in every) >= 2
    return dict.fromkeys(n for n in every if (n < begin and not is_line) or n >= end or n > last)


def _end(text: str, parts: Sequence[Unit], sorts: Sequence[Sort]) -> int:
    """Give the number of the first unit after the text."""
    weights = [
        parts[n].end - parts[n].start if sorts[n] is Sort.PROSE and not _is_cut(text, parts[n]) else 0
        for n in range(len(parts))
    ]
    before, every = 0, sum(weights)
    for n, kind in enumerate(sorts):
        if kind is Sort.END and (before >= _ENOUGH or (before and before == every)) and before >= every * _IS_INLINE:
            return n
        before += weights[n]
    return len(parts)


def _is_cut(text: str, unit: Unit) -> bool:
    """Tell whether a paragraph breaks off, as teasers do."""
    return text.endswith(("…", "...", "[…]", "[...]"), unit.start, unit.end)


def _opens(text: str, unit: Unit, *, is_after: bool) -> bool:
    """Tell whether a unit before the first paragraph belongs to the text: an item, or a line under the title."""
    content = text[unit.start : unit.end]
    words = len(WORD.findall(content))
    if not is_after or _MEMO.match(content) or _REACHED.search(content):
        return False
    return words >= 5 or unit.is_item or content.endswith((":", ".", "?", "!", ","))


def _without_tail(text: str, parts: Sequence[Unit], sorts: Sequence[Sort], kept: Sequence[int]) -> list[int]:
    """Leave out names and labels after the last paragraph or item."""
    solid = [n for n in kept if sorts[n] in (Sort.PROSE, Sort.ITEM)]
    last = solid[-1] if solid else -1
    tail = [n for n in kept if n > last]
    while solid and _is_signature(text, parts[solid[-1]]) and len(solid) > 1:
        tail.append(solid.pop())
    signed = {n for n in tail if _is_signature(text, parts[n])}
    if last >= 0 and text.endswith(":", parts[last].start, parts[last].end):
        return sorted(kept)
    teasers = [n for n in tail if text[parts[n].end - 1] not in STOP + CLOSING]
    loose = {
        n
        for n in tail
        if (n in teasers and len(teasers) >= 3 and len(teasers) == len(tail))
        or (
            n in teasers
            and len(WORD.findall(text[parts[n].start : parts[n].end])) <= 3
            and not _has_digit(text, parts[n])
        )
        or text.endswith(("…", "..."), parts[n].start, parts[n].end)
    }
    return sorted(set(kept) - loose - signed)


def _is_signature(text: str, unit: Unit) -> bool:
    """Tell whether a unit at the end says who signed, where they can be reached, or under which number: lines of names."""
    content = text[unit.start : unit.end]
    if len(content) > _LONGEST_SIGNATURE:
        return False
    if _SIGNED.match(content) or _REACHED.search(content):
        return True
    lines = [line.strip() for line in content.splitlines()]
    return all(_NAMES.fullmatch(line) for line in lines if line) and not content.endswith((":", "?", "!"))


def _has_digit(text: str, unit: Unit) -> bool:
    return any(map(str.isdigit, text[unit.start : unit.end]))
