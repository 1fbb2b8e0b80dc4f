# SPDX-License-Identifier: Apache-2.0
"""Runs of words in capitals that stand together, with the words around them, and the words that tell what such a run is.

A run is a name where it also stands inside a sentence, and never in small letters: headlines capitalise every word, and
each sentence its first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.placed import begun

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.mentions.mention import Mention
    from debar.intake.mentions.spelled import Word
    from debar.model.lexicon import Lexicon

_MOST = 5
"""Words of a name; what is longer is a headline."""
_JOINS = frozenset({" ", "-", ". ", " & ", "'"})
"""What may stand between two words of one name."""


class Roles(NamedTuple):
    """Words around names, from the lexicon."""

    roles: frozenset[str]
    organisations: frozenset[str]
    forms: frozenset[str]
    makers: frozenset[str]
    objects: frozenset[tuple[str, ...]]
    goods: frozenset[str]
    common: frozenset[str]
    """Months, weekdays and function words of the languages that are read."""


class Run(NamedTuple):
    """Words in capitals that stand together, and the words around them."""

    words: tuple[Word, ...]
    before: tuple[str, ...]
    """Up to three words before it, in small letters."""
    after: tuple[str, ...]
    is_inside: bool
    """Whether it stands inside a sentence of the main text, not at its beginning."""
    is_title: bool
    is_told: bool


class Read(NamedTuple):
    """One sentence: its words, the names that are known in it, and what it is."""

    words: Sequence[Word]
    known: Sequence[Mention]
    is_title: bool
    is_told: bool


def roles(lexicon: Lexicon) -> Roles:
    """Give the words around names."""

    def of(purpose: str) -> frozenset[str]:
        return frozenset(word.casefold() for one in lexicon.words if one.purpose == purpose for word in one.words)

    read = [language for language in lexicon.languages if language.is_read]
    named = [word for language in read for forms in (*language.months, *language.weekdays) for word in forms]
    return Roles(
        of("role"),
        of("organisation-noun"),
        of("company-form"),
        of("maker"),
        frozenset(tuple(phrase.split()) for phrase in of("object-of")),
        of("goods"),
        frozenset(word.casefold().rstrip(".") for word in (*named, *(word for one in read for word in one.words))),
    )


def runs(flat: str, one: Read, words: Roles) -> Iterator[Run]:
    """Yield runs of words in capitals that are no known name, no month, no role and no function word."""
    covered = {word.start for known in one.known for word in begun(one.words, known.start, known.end)}
    at = 0
    while at < len(one.words):
        if one.words[at].start in covered or not _is_capital(one.words[at], words):
            at += 1
            continue
        end = at + 1
        while end < len(one.words) and end - at < _MOST and _goes_on(flat, one.words, end, covered, words):
            end += 1
        yield Run(
            tuple(one.words[at:end]),
            tuple(word.folded for word in one.words[max(0, at - 3) : at]),
            tuple(word.folded for word in one.words[end : end + 4]),
            at > 0 and not one.is_title and flat[one.words[at].start - 1] not in '"\u201c\u00ab:',
            one.is_title,
            one.is_told,
        )
        at = end


def _is_capital(word: Word, words: Roles) -> bool:
    return word.text[0].isupper() and word.folded not in words.common and word.folded not in words.roles


def _goes_on(flat: str, said: Sequence[Word], at: int, covered: set[int], words: Roles) -> bool:
    return (
        said[at].start not in covered
        and _is_capital(said[at], words)
        and flat[said[at - 1].end : said[at].start] in _JOINS
        and not (flat[said[at - 1].end : said[at].start] == ". " and len(said[at - 1].text) > 1)
    )
