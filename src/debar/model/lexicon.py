# SPDX-License-Identifier: Apache-2.0
"""Nouns of the lexicon: the words by which papers are read. Patterns are data, each with sentences that prove it."""

from __future__ import annotations

import msgspec

from debar.model.measures.sources import Noun
from debar.model.vocab.statements import PaperKind, StatedAct


class ActPattern(Noun, frozen=True, kw_only=True):
    """Words that say that an act is done; compared with sentences in small letters, spaces as one."""

    id: str
    act: StatedAct
    pattern: str
    """A regular expression of bounded repeats; a space stands for any white space, <ban> for a word of that list, <6> for
    up to six words of the same clause."""
    weight: int = 5
    """1 to 9: which of several patterns at one place, or near one date, is meant."""
    is_denied: bool = False
    """The words say that it is not so."""
    examples: tuple[str, ...]
    """Sentences that it finds."""
    counterexamples: tuple[str, ...]
    """Sentences near to it that it must not find."""
    note: str = ""


class Language(Noun, frozen=True, kw_only=True):
    """A language: by which words it is told, and how it calls months and weekdays."""

    id: str
    """ISO 639-1."""
    name: str
    words: tuple[str, ...]
    """Frequent function words that tell it from others."""
    months: tuple[tuple[str, ...], ...]
    """January to December, each with its forms and abbreviations, in small letters."""
    weekdays: tuple[tuple[str, ...], ...]
    """Monday to Sunday."""
    is_read: bool = False
    """Whether acts in it are read; of others only dates are."""


class Outlet(Noun, frozen=True, kw_only=True):
    """Who publishes: hosts, or names as papers print them, and what kind of paper comes from there."""

    id: str
    name: str
    kind: PaperKind
    hosts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    is_agency: bool = False
    """Others print what it reports: Reuters, AP, TASS."""


class Clutter(Noun, frozen=True, kw_only=True):
    """Lines of pages that are no part of a text: share bars, teasers, author boxes."""

    id: str
    pattern: str
    """Of a whole line, in small letters."""
    ends_text: bool = False
    """Whether nothing of the text follows."""
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


class Words(Noun, frozen=True, kw_only=True):
    """A list of words for one purpose of grammar: verbs of saying, nouns for who speaks, demonyms of a place."""

    id: str
    purpose: str
    words: tuple[str, ...]
    means: str = ""
    """What all of them stand for: a jurisdiction, an operator of a number."""
    note: str = ""


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """Everything by which papers are read."""

    acts: tuple[ActPattern, ...] = ()
    languages: tuple[Language, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    clutter: tuple[Clutter, ...] = ()
    words: tuple[Words, ...] = ()
