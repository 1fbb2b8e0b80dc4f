# SPDX-License-Identifier: Apache-2.0
"""Words that stand in names of many companies: legal forms, markets, places, other trades, what ledgers add.

The lists are data beside this module; each names its origin and licence. A line is `word @mark: form form "several words"`: the
word that all of them are compared as, and how else it is written. In quotes, a|b is either, and & may stand or not.

Forms stand there as words of names are compared (`names.split`), so that nothing is left to do here: in small Latin letters,
whatever script they come from (`scripts.latin`), single letters joined ("sp zoo"); those of Han, Kana and Hangul in
simplified characters. Tests say how a new form must be written. Those of East Asia are found within names without spaces.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Words(NamedTuple):
    """All lists; in a mapping, the word that a form is compared as is behind the form."""

    legal: Mapping[str, str]
    """Legal forms of one word."""
    legal_phrases: Mapping[tuple[str, ...], str]
    legal_ends: frozenset[str]
    """Legal forms that are words elsewhere: they count as the first or the last word only."""
    legal_native: tuple[str, ...]
    """In Han, Kana and Hangul, the longest first, as are all that are called native."""
    legal_families: Mapping[str, str]
    """What translators take for each other, by form of law: "limited", "shares", "partnership" ..."""
    market: Mapping[str, str]
    """What no company owns: "technology", "communications"."""
    market_phrases: Mapping[tuple[str, ...], str]
    market_native: tuple[str, ...]
    structure: Mapping[str, str]
    """Where in a group somebody stands: "holding", "international"."""
    structure_phrases: Mapping[tuple[str, ...], str]
    structure_native: tuple[str, ...]
    places: Mapping[str, str]
    places_phrases: Mapping[tuple[str, ...], str]
    places_native: Mapping[str, str]
    trades: Mapping[str, str]
    """Lines of business that no maker of technology is in."""
    trades_phrases: Mapping[tuple[str, ...], str]
    trades_native: tuple[str, ...]
    particles: frozenset[str]
    """Words that join others: "and", "of", "der"; they are ordinary, too."""
    ordinary: frozenset[str]
    """Words of every day and names of people: alone they point to nobody."""
    references: frozenset[str]
    """What ledgers write beside a name."""
    reference_phrases: frozenset[tuple[str, ...]]
    processors: frozenset[str]
    """Who pays or sells for others, and stands in front of their names."""
    processor_phrases: frozenset[tuple[str, ...]]
    numbers: Mapping[str, str]
    """Number words, as digits."""


class _Table(NamedTuple):
    """One list, by the kind of its forms; `marks` are those of each word in front."""

    singles: dict[str, str]
    phrases: dict[tuple[str, ...], str]
    native: dict[str, str]
    marked: dict[str, list[str]]
    """Forms by mark, those of several words with a space between them."""
    families: dict[str, str]


_NATIVE = "\u3041"
"""The first letter of Kana; Han and Hangul stand behind it, and all other scripts that have forms here before it."""


@cache
def load() -> Words:
    """Give all lists, read once."""
    legal, market, structure = _table("legal"), _table("market"), _table("structure")
    places, trades, references = _table("places"), _table("trades"), _table("references")
    processors = frozenset(references.marked["processor"])
    particles = frozenset(" ".join(_lines("particles")).split())
    return Words(
        legal=legal.singles,
        legal_phrases=legal.phrases,
        legal_ends=frozenset(legal.marked["ends"]),
        legal_native=_longest_first(legal),
        legal_families=legal.families,
        market=market.singles,
        market_phrases=market.phrases,
        market_native=_longest_first(market),
        structure=structure.singles,
        structure_phrases=structure.phrases,
        structure_native=_longest_first(structure),
        places=places.singles,
        places_phrases=places.phrases,
        places_native=places.native,
        trades=trades.singles,
        trades_phrases=trades.phrases,
        trades_native=_longest_first(trades),
        particles=particles,
        ordinary=particles.union(" ".join(_lines("ordinary")).split()),
        references=frozenset(references.singles) - processors,
        reference_phrases=frozenset(phrase for phrase in references.phrases if " ".join(phrase) not in processors),
        processors=frozenset(word for word in processors if " " not in word),
        processor_phrases=frozenset(tuple(word.split()) for word in processors if " " in word),
        numbers=_table("numbers").singles,
    )


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name("words").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]


def _table(name: str) -> _Table:
    """Read a list, by whole lines: there are fifteen thousand forms, and every command that screens waits for them."""
    table = _Table({}, {}, {}, {}, {})
    for line in _lines(name):
        head, _, rest = line.partition(":")
        word, *marks = head.split()
        singles, phrases = rest.split(), list[str]()
        if '"' in rest:
            singles, phrases = _forms(rest)
        if word not in table.singles:
            # What is said of a word in front is said by its first line.
            singles.append(word)
        table.singles.update(dict.fromkeys(singles, word))
        table.phrases.update((tuple(phrase.split()), word) for phrase in phrases)
        if not line.isascii():
            table.native.update((form, word) for form in singles if form >= _NATIVE)
        if marks:
            table.families.setdefault(word, marks[0][1:])
            for mark in marks:
                table.marked.setdefault(mark[1:], []).extend((*singles, *phrases))
    return table


def _forms(text: str) -> tuple[list[str], list[str]]:
    """Give the forms of one word and those of several, each way in which one may be written."""
    # Every second part stands in quotes.
    parts = text.split('"')
    singles, phrases = " ".join(parts[::2]).split(), []
    for part in parts[1::2]:
        if "|" in part or "&" in part:
            choices = [("and", "") if word == "&" else word.split("|") for word in part.split()]
            phrases += [" ".join(filter(None, words)) for words in product(*choices)]
        else:
            phrases.append(part)
    return singles, phrases


def _longest_first(table: _Table) -> tuple[str, ...]:
    return tuple(sorted(table.native, key=len, reverse=True))
