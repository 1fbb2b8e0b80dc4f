# SPDX-License-Identifier: Apache-2.0
"""A sentence in words, and the noun phrases in it that name speakers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.grammar import DETERMINERS, NATIONS, NOT_ADJECTIVES, PRONOUNS

if TYPE_CHECKING:
    from debar.intake.said.words import Speech

_WORD = re.compile(
    r"(?:[A-Z]\.){1,5}|(?:Sen|Rep|Mrs?|Ms|Dr|Prof|Gov|Gen|Inc|Corp|Co|Ltd|Jr|Lt|Col|St|Dept)\.(?=\s)"
    r"|\w{1,60}(?:['&./@-]\w{1,60}){0,6}(?:'(?=\s))?|\S"
)
_ABBREVIATION = re.compile(r"[A-Z]{2,8}|(?:[A-Z]\.){2,5}")
_MOST_NAMES = 4
"""Words of the name of a person."""


class Words(NamedTuple):
    """A sentence in words."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    text: tuple[str, ...]
    small: tuple[str, ...]
    """In small letters, without the 's of a possessive."""


class Phrase(NamedTuple):
    """A noun phrase that names a speaker, by its words."""

    first: int
    last: int
    """Half-open."""
    kind: str
    """person, company, authority, outlet, document, source, spokesperson, pronoun, name (which may be any)."""
    name_at: int
    """Where the name of a person begins after offices and titles; `first` where there is none."""
    about: tuple[int, int] = (0, 0)
    """Words beside it that say what it is: ", a spokesperson for X,"."""


class Frame(NamedTuple):
    """One turn of phrase that names a speaker."""

    at: int
    """Which word of the sentence it hangs on."""
    place: str
    """origin: the one cited; speaker; through: who was told or shown it; outer: who tells the whole sentence."""
    phrase: Phrase
    is_backward: bool = False
    """It says who reported what stands before: "This was reported by X"."""
    holds: bool = False
    """It is a name and a colon: what follows in the paragraph is said by the same one."""


def words(flat: str, start: int, end: int) -> Words:
    """Give a slice of a text in words and marks."""
    found = list(_WORD.finditer(flat, start, end))
    text = tuple(match.group() for match in found)
    return Words(
        tuple(match.start() for match in found),
        tuple(match.end() for match in found),
        text,
        tuple(_small(word) for word in text),
    )


def _small(word: str) -> str:
    small = word.lower()
    if small.endswith("'s"):
        return small[:-2]
    return small.removesuffix("'") if len(small) > 1 else small


def is_capital(word: str) -> bool:
    """Tell whether a word begins with a capital, or is a name like "iFlytek"."""
    return word[0].isupper() or (len(word) > 2 and word[1].isupper() and word[0].isalpha())


def is_named(sentence: Words, at: int) -> bool:
    """Tell whether a word of a sentence begins with a capital and is no mark."""
    word = sentence.text[at]
    return word[0].isalnum() and is_capital(word)


def is_possessive(word: str) -> bool:
    """Tell whether a word says whose something is."""
    return word.endswith(("'s", "'"))


def is_pronoun(sentence: Words, at: int) -> bool:
    """Tell whether a word is a pronoun, and not a name in capitals such as IT."""
    return sentence.small[at] in PRONOUNS and not sentence.text[at].isupper()


def is_name(sentence: Words, at: int, speech: Speech) -> bool:
    """Tell whether a capitalised word can be part of a name, rather than begin its sentence or name a day."""
    small = sentence.small[at]
    if not sentence.text[at][0].isalnum() or small.isdigit():
        return False
    if small in speech.not_speakers and not is_inner(sentence, at, speech):
        return False
    is_known = small in speech.titles or small in speech.ends or small in speech.outlets
    return at > 0 or is_known or not speech.kind(small)


def is_inner(sentence: Words, at: int, speech: Speech) -> bool:
    """Tell whether a word that alone is no name stands within one: Big Brother Watch."""
    small = sentence.small[at]
    if at == 0 or small in speech.days or small in NOT_ADJECTIVES or small in DETERMINERS:
        return False
    return is_named(sentence, at - 1) and (at > 1 or sentence.small[0] not in NOT_ADJECTIVES)


def is_nation(sentence: Words, at: int) -> bool:
    """Tell whether "Russian" belongs to the name after it: Russian Foreign Ministry."""
    return sentence.small[at].endswith(NATIONS) and at + 1 < len(sentence.text) and is_capital(sentence.text[at + 1])


def belongs(sentence: Words, at: int, speech: Speech) -> bool:
    """Tell whether a capitalised word can stand within a run of them that is a name."""
    if not is_named(sentence, at):
        return False
    return sentence.small[at] not in speech.not_speakers or is_nation(sentence, at) or is_inner(sentence, at, speech)


def name_kind(sentence: Words, first: int, last: int, speech: Speech) -> str:
    """Give what kind of speaker a name names, as far as its words tell."""
    small = sentence.small[first:last]
    name = " ".join(small).removeprefix("the ")
    if name in speech.outlets or f"the {name}" in speech.outlets or (len(small) > 1 and "news" in small):
        return "outlet"
    for word in (small[-1], small[0]):
        if word in speech.ends:
            return speech.ends[word]
        if word in speech.nouns and len(small) > 1:
            return speech.nouns[word]
    run = sentence.text[first:last]
    return "person" if 1 < len(run) <= _MOST_NAMES and all(looks_personal(word) for word in run) else "name"


def looks_personal(word: str) -> bool:
    """Tell whether a word could be part of the name of a person."""
    return (
        word[0].isupper()
        and not (word.isupper() and len(word) > 1)
        and not _ABBREVIATION.fullmatch(word)
        and not any(sign.isdigit() for sign in word)
    )
