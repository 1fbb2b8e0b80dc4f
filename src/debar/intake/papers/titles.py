# SPDX-License-Identifier: Apache-2.0
"""The title of a text without markup: of the lines before the text, the one most like a headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.once import once
from debar.intake.papers.sorting import CLOSING, WORD, Sort
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.papers.units import Unit
    from debar.model.lexicon import Lexicon

_LABELLED = re.compile(r"(?:title|headline|subject|sub|subj|re|betreff|objet)\s{0,3}:\s{1,5}(?=\S)", re.IGNORECASE)
_LONGEST = 250
_HEAD = 300
"""Lines at the head of a text in which its title stands, menus and boxes before it included."""
_LEAST = 4
"""Likeness below which a line is no title, even if nothing better stands there."""
_NUMBERED = re.compile(
    r"\S {2,}\S|\t|^\(.{1,200}\)$|^for the |^[0-9]{1,5} \w+ |@|www\.|https?:|[0-9]{2,}[-/][0-9]+$|\b(?:no|nr|vol)\b\.? ?[0-9]|^(?:article|section|chapter|part|annex|§+) ?[0-9ivx]{1,6}\b"
    r"|[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{2}){1,2}\b|\(\w{2,6}\)$|\bp\.? ?o\.? box\b|\b[0-9]{3} ?[0-9]{2}\b|\b(?:street|avenue|road|boulevard)\b(?!.*\b(?:ban|order)s?\b)"
    r"|^(?:to|from|attn|attention|issuer|type|ref|reference|cc|cin|present|apologies|recorded|passed|adopted|entry into force|effective) ?[:. ]|^form [0-9]",
    re.IGNORECASE,
)
"""Columns, a remark in brackets, an address of a street or of the web, a number of a file."""
_PARTED = re.compile(r"\||\s/\s|^[^,]{3,40},? (?:\w{3,9} )?(?:19|20)[0-9]{2}$")
"""Names of sections side by side, or an issue with its year."""
_SHOUTED = re.compile(r"[A-Z]{4,12}: ")


class _Words(NamedTuple):
    """What a lexicon tells about lines at the head of a text."""

    authorities: tuple[str, ...]
    """With which names of authorities begin."""
    firms: re.Pattern[str]
    """At either end of names of firms and of people in office."""
    offices: re.Pattern[str]
    """With which names of authorities end."""


@once
def _words(lexicon: Lexicon) -> _Words:
    lists = {one.id: one.words for one in lexicon.words}
    firms = lists.get("paper-firm", ())
    any_firm = phrases.any_of(firms) if firms else r"(?!)"
    any_ending = phrases.any_of((*firms, *lists.get("paper-office", ()))) if firms else r"(?!)"
    return _Words(
        lists.get("paper-authority", ()), re.compile(rf"{any_firm}\.?$|^{any_firm}"), re.compile(rf"{any_ending}\.?$")
    )


def start(text: str, at: int) -> int:
    """Give where a title begins, without a label such as "Title:"."""
    label = _LABELLED.match(text, at)
    return label.end() if label else at


def title(text: str, parts: Sequence[Unit], sorts: Sequence[Sort], first: int | None, lexicon: Lexicon) -> int | None:
    """Give the number of the unit that is the title, if there is one; `first` is that of the first paragraph of prose."""
    stop = min(len(parts) if first is None else first + 1, len(parts), _HEAD)
    candidates = [n for n in range(stop) if _is_headline(text, parts, sorts, n)]
    known = _words(lexicon)
    ranked = [
        (_likeness(text[parts[n].start : parts[n].end], known) + (2 if n == candidates[0] else 0), -n)
        for n in candidates
    ]
    best = max(ranked, default=(0, 0))
    return -best[1] if best[0] >= _LEAST else None


def _likeness(content: str, known: _Words) -> int:
    """Tell how much a line is like a headline, and not like a letterhead, an address, or the name of a section."""
    words = WORD.findall(content)
    small = phrases.small(content)
    score = (
        (6 if _LABELLED.match(content) else 0)
        + min(len(words), 8)
        + (2 if any(word[0].islower() and len(word) > 3 for word in words) else 0)
    )
    score -= 6 if _NUMBERED.search(content) or known.firms.search(small) else 0
    score -= 4 if _PARTED.search(content) else 0
    score -= 3 if _SHOUTED.match(content) else 0
    is_name = not any(word[0].islower() and len(word) > 3 for word in words)
    is_office = small.startswith(known.authorities) or known.offices.search(small) is not None
    return score - (5 if is_name and len(words) <= 8 and is_office else 0)


def _is_headline(text: str, parts: Sequence[Unit], sorts: Sequence[Sort], n: int) -> bool:
    """Tell whether a unit may be a title: short, and more like a heading than what follows."""
    unit = parts[n]
    content = text[unit.start : unit.end]
    if sorts[n] not in (Sort.SHORT, Sort.PROSE) or len(content) > _LONGEST or content.endswith(","):
        return False
    bare = content.rstrip(CLOSING)
    if not bare or bare[-1] == ":":
        return False
    if bare[-1] not in ".;…。":
        return sorts[n] is Sort.SHORT or (n + 1 < len(parts) and len(content) < _LONGEST)
    # A title with a full stop stands alone, is one sentence, and paragraphs longer than it follow.
    if n > 0 or not unit.is_last or len(content) > 130 or re.search(r"[a-z]{3}[.!?]\s{1,3}[A-Z]", content):
        return False
    later = (part.end - part.start for part, kind in zip(parts[1:], sorts[1:], strict=True) if kind is Sort.PROSE)
    return next(later, 0) > len(content) * 1.3
