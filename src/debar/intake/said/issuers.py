# SPDX-License-Identifier: Apache-2.0
"""Papers that are somebody's own words: releases of an authority, and letters and statements of a company.

What an authority tells in its own paper the paper says by itself. What a company tells in its own rests on its word alone, and
who reads of it elsewhere should know.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.said.grammar import EMPTY
from debar.intake.said.quotes import between
from debar.model.vocab.statements import PaperKind
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence

_OFFICIAL = frozenset({PaperKind.OFFICIAL_TEXT, PaperKind.OFFICIAL_RELEASE})
_WORD = re.compile(r"[^\W_]{1,40}")
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s)\b")
_SPEAKS = 2
"""Times that "we" or "our" stands in what a company writes."""
_LEAD = 2
"""Paragraphs in which a release tells whose it is."""
_OFFICES = frozenset({"ministry", "department", "agency", "commission", "office", "authority", "government", "bureau"})


def company(seen: Seen, supplier: str) -> str:
    """Give the supplier whose own words a paper is; empty for any other."""
    paper = seen.paper
    if paper.kind is PaperKind.COMPANY:
        return supplier or paper.publisher
    if not supplier or paper.kind is not PaperKind.NEWS:
        return ""
    is_theirs = supplier.lower() in paper.publisher.lower()
    return supplier if is_theirs and len(_WE.findall(seen.flat, 0, 40_000)) >= _SPEAKS else ""


def speaks(seen: Seen, sentence: Sentence, name: str) -> bool:
    """Tell whether a sentence of a company's own paper tells of the company: by "we", or by its name."""
    is_plain = sentence.paragraph > 0 and not between(seen.quotes, sentence.start, sentence.end)
    is_own = _WE.search(seen.flat, sentence.start, sentence.end) or seen.flat.startswith(name, sentence.start)
    return is_plain and bool(is_own) and seen.flat[sentence.end - 1] != "?"


def without_issuer(seen: Seen, chains: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Give chains without an authority that speaks in its own paper, unless it is quoted."""
    if seen.paper.kind not in _OFFICIAL:
        return list(chains)
    own = _words(seen.paper.publisher)
    for sentence, chain in zip(seen.sentences, chains, strict=True):
        if sentence.paragraph > _LEAD:
            break
        if chain and (_words(chain[0]) & _OFFICES):
            own |= _words(chain[0])
    return [
        ()
        if chain
        and not between(seen.quotes, one.start, one.end)
        and (_words(chain[0]) <= own or _words(chain[0]) <= _OFFICES)
        else chain
        for one, chain in zip(seen.sentences, chains, strict=True)
    ]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(name)) if word not in EMPTY)
