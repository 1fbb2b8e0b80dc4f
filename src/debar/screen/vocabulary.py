# SPDX-License-Identifier: Apache-2.0
"""Words that are known, and what each is in a name: a legal form, a place, a word of every day."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from operator import add
from typing import TYPE_CHECKING

from debar.screen import native, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_GLUED = 3
"""Letters of a word that may stand behind another without a space: "CNOOCLimited", and not all that ends in "sa"."""
CUT = 5
"""Letters that are left of a legal form that was cut off, at least."""
_LONG = 6
"""Letters of a brand that hardly any other word begins with."""
_FORM = 2
"""Letters of the shortest word behind such a one: "uk", "bv"."""
COMPANY = frozenset({"co", "company"})
"""Forms that are no other word, wherever they stand."""
_REFERENCE = 4
"""Digits from which a number is taken for a reference and not for a part of a name, as in "INV 22391"."""
_NUMBERED = re.compile(r"([a-z]{3,})\d{1,3}")
"""A word with a number behind it that is part of a name: "catch22"; a model or an order has more digits than letters."""


class Role(IntEnum):
    """What a word is in a name."""

    OWN = 0
    """A word that only this name and its relatives have, as far as lists of words tell."""
    ORDINARY = 1
    """A word of every day, or a name that people bear."""
    MARKET = 2
    STRUCTURE = 3
    """Says where in a group somebody stands: "holding", "international"."""
    PLACE = 4
    TRADE = 5
    """Says that somebody is in another line of business: "bank", "restaurant"."""
    NUMBER = 6
    LEGAL = 7
    REFERENCE = 8
    """What ledgers write beside a name."""


_STRANGE = ("", Role.REFERENCE)
_BEHIND = frozenset({Role.MARKET, Role.STRUCTURE, Role.LEGAL, Role.PLACE, Role.TRADE})
CORE = frozenset({Role.OWN, Role.ORDINARY})
"""What can tell one name from another."""
SILENT = frozenset({Role.LEGAL, Role.REFERENCE})
"""What no name is compared by."""


@cache
def known_words() -> Mapping[str, tuple[str, Role]]:
    """Give (as compared, role) of each known word; what stands in several lists is what the last says."""
    known = words.load()
    found: dict[str, tuple[str, Role]] = {word: (word, Role.ORDINARY) for word in known.ordinary}
    found |= {word: (number, Role.NUMBER) for word, number in known.numbers.items()}
    for role, table in (
        (Role.REFERENCE, {word: word for word in (*known.references, *known.processors, *known.particles)}),
        (Role.MARKET, known.market),
        (Role.TRADE, known.trades),
        (Role.STRUCTURE, known.structure),
        (Role.PLACE, known.places),
        (Role.LEGAL, known.legal),
        (Role.MARKET, {word: known.market.get(word, word) for word in known.market_native}),
        (Role.TRADE, {word: known.trades.get(word, word) for word in known.trades_native}),
        (Role.STRUCTURE, {word: known.structure.get(word, word) for word in known.structure_native}),
        (Role.PLACE, known.places_native),
        (Role.LEGAL, {word: known.legal.get(word, word) for word in known.legal_native}),
    ):
        found |= {word: (canonical, role) for word, canonical in table.items()}
    # "Company" says no more than a legal form does.
    return found | {word: ("company", Role.LEGAL) for word, (meant, _) in found.items() if meant == "company"}


def meaning(word: str) -> tuple[str, Role]:
    """Give a word as it is compared, and what it is when nothing stands beside it."""
    found, role = known_words().get(word) or unknown(word, is_listed=False)
    return found, Role.ORDINARY if role is Role.REFERENCE and may_be_of_a_name(word) else role


def unknown(word: str, *, is_listed: bool) -> tuple[str, Role]:
    """Give a word that is in no list as it is compared, and what it is; of a name on a list numbers are parts."""
    if word.isdigit():
        # Ledgers add numbers; what is longer than a year is no part of a name.
        return word.lstrip("0") or "0", Role.NUMBER if is_listed or len(word) < _REFERENCE else Role.REFERENCE
    if native.is_native(word):
        return word, Role.OWN
    if is_listed or word.isalpha() or len(word) <= _REFERENCE:
        return word, Role.OWN
    numbered = _NUMBERED.fullmatch(word)
    is_name = numbered is not None and numbered[1] not in words.load().references
    return word, Role.OWN if is_name else Role.REFERENCE


def may_follow(text: str, brand: str) -> bool:
    """Tell whether a word may stand behind a brand without a space: "soft", "ltd", anything in a script without spaces.

    Behind a long brand a short one may as well, and a legal form behind that: "HikvisionEuropeBV".
    """
    if native.is_native(text) or _follows(text, _GLUED):
        return True
    if len(brand) < _LONG:
        return False
    ends = range(_FORM, len(text) - _FORM + 1)
    return _follows(text, _FORM) or any(
        known_words().get(text[at:], _STRANGE)[1] is Role.LEGAL and _follows(text[:at], _FORM) for at in ends
    )


def _follows(text: str, least: int) -> bool:
    return len(text) >= least and known_words().get(text, _STRANGE)[1] in _BEHIND


@cache
def phrases() -> Mapping[str, tuple[tuple[int, tuple[str, ...], tuple[str, Role]], ...]]:
    """Give, by their first word, the known phrases: how many words, which, and what they are; the longest first."""
    known = words.load()
    found: dict[str, list[tuple[int, tuple[str, ...], tuple[str, Role]]]] = {}
    for role, table in (
        (Role.MARKET, known.market_phrases),
        (Role.TRADE, known.trades_phrases),
        (Role.STRUCTURE, known.structure_phrases),
        (Role.PLACE, known.places_phrases),
        (Role.LEGAL, known.legal_phrases),
        (Role.REFERENCE, {phrase: " ".join(phrase) for phrase in known.processor_phrases | known.reference_phrases}),
    ):
        for phrase, canonical in table.items():
            found.setdefault(phrase[0], []).append((len(phrase), phrase, (canonical, role)))
    return {first: tuple(sorted(every, reverse=True)) for first, every in found.items()}


def is_told_by_others(found: Sequence[str]) -> bool:
    """Tell whether it takes the whole name to say what its words are: some are a phrase, or a ledger's where a number is."""
    return not _open_words().isdisjoint(found) or not _begun_phrases().isdisjoint(map(add, found, found[1:]))


@cache
def open_beginnings() -> frozenset[str]:
    """Give words with which a phrase may begin, and legal forms that are words elsewhere: what follows decides."""
    return words.load().legal_ends.union(phrases())


@cache
def _open_words() -> frozenset[str]:
    """Give words that ledgers write, and names have as well; and legal forms that are words elsewhere."""
    known = words.load()
    return known.legal_ends.union(filter(may_be_of_a_name, known.references)) - COMPANY


@cache
def _begun_phrases() -> frozenset[str]:
    """Give the first two words of each known phrase, as one."""
    return frozenset(phrase[0] + phrase[1] for every in phrases().values() for _, phrase, _ in every)


@cache
def beginnings() -> frozenset[str]:
    """Give all beginnings of long legal forms."""
    known = words.load()
    every = (*known.legal, *(" ".join(phrase) for phrase in known.legal_phrases))
    return frozenset(form[:size] for form in every if len(form) > CUT for size in range(CUT, len(form)))


def may_be_of_a_name(word: str) -> bool:
    """Tell whether a word that ledgers write is a word of names as well: "payment", but neither "paypal" nor "and"."""
    known = words.load()
    return word in known.references and len(word) > _REFERENCE


@cache
def silent_words() -> frozenset[str]:
    """Give the known words that no name is compared by, whatever stands beside them."""
    return frozenset(word for word in known_words() if meaning(word)[1] in SILENT)
