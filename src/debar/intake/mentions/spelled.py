# SPDX-License-Identifier: Apache-2.0
"""Names looked for word by word: one walk over the words of a text, however many names there are.

A name is met where its words stand in its order, with no other signs between them than it has itself, and in capitals
where it has them: "US" is a country and "us" is none, "BIS" an authority and "bis" a word of other languages.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no spaces between words."""
_GAP = 40
"""Characters between two words of a name: a line that was wrapped is indented, and no further."""
_SHORT = 6
"""Letters of a word in capitals that must stand in capitals."""


class Entry(NamedTuple):
    """A name to look for, and what it stands for."""

    name: str
    kind: str
    id: str
    jurisdiction: str = ""
    """Of an authority or place; of a supplier where it is at home."""
    is_loose: bool = False
    """Whether it is distinctive enough to be met in small letters."""
    is_weak: bool = False
    """Whether it counts only beside another name of the same id; of an authority, of the same state."""


class Met(NamedTuple):
    """An entry at a place of a text."""

    start: int
    end: int
    entry: Entry


class _Spelling(NamedTuple):
    entry: Entry
    words: tuple[str, ...]
    between: tuple[str, ...]
    """What stands between its words, without spaces."""
    ending: str
    """What follows its last word and belongs to it; a full stop may be missing: U.S, Co."""


class Word(NamedTuple):
    """One word of a text."""

    text: str
    folded: str
    start: int
    end: int


class Spellings(NamedTuple):
    """Names by their words, and one expression for those of scripts without spaces."""

    lengths: dict[str, tuple[int, ...]]
    """How many words names have, by their first word; the longest first."""
    spelled: dict[tuple[str, ...], tuple[_Spelling, ...]]
    """Names by all their words, in small letters."""
    unspaced: re.Pattern[str] | None
    entries: dict[str, Entry]
    """Of the names of scripts without spaces."""


def spellings(entries: Iterable[Entry]) -> Spellings:
    """Give names ready to be looked for; of two that are spelled alike the first counts."""
    spelled: dict[tuple[str, ...], list[_Spelling]] = {}
    unspaced: dict[str, Entry] = {}
    for entry in entries:
        if _UNSPACED.search(entry.name):
            unspaced.setdefault(entry.name, entry)
            continue
        spelling = _spelling(entry)
        same = spelled.setdefault(tuple(word.casefold() for word in spelling.words), [])
        if not any(_is_alike(spelling, other) for other in same):
            same.append(spelling)
    lengths: dict[str, set[int]] = {}
    for key in filter(None, spelled):
        lengths.setdefault(key[0], set()).add(len(key))
    longest = sorted(unspaced, key=len, reverse=True)
    return Spellings(
        {word: tuple(sorted(counts, reverse=True)) for word, counts in lengths.items()},
        {key: tuple(sorted(same, key=lambda one: -len(one.ending))) for key, same in spelled.items()},
        re.compile("|".join(map(re.escape, longest))) if longest else None,
        unspaced,
    )


def _is_alike(one: _Spelling, other: _Spelling) -> bool:
    return (
        one.words == other.words and one.between == other.between and one.ending.strip(".") == other.ending.strip(".")
    )


def _spelling(entry: Entry) -> _Spelling:
    found = list(_WORD.finditer(entry.name))
    between = tuple(entry.name[one.end() : other.start()].replace(" ", "") for one, other in pairwise(found))
    ending = entry.name[found[-1].end() :].strip() if found else ""
    return _Spelling(entry, tuple(one.group() for one in found), between, ending)


def words(flat: str, start: int, end: int) -> list[Word]:
    """Give the words of a slice of a text."""
    return [
        Word(found.group(), found.group().casefold(), found.start(), found.end())
        for found in _WORD.finditer(flat, start, end)
    ]


def met(flat: str, said: Sequence[Word], names: Spellings) -> list[Met]:
    """Give the names among the words of one sentence, in order, the longest at each place and none overlapping another."""
    found: list[Met] = []
    at = 0
    while at < len(said):
        one = _met_at(flat, said, at, names)
        if one:
            found.append(one[0])
            at += one[1]
        else:
            at += 1
    if names.unspaced and said and not flat.isascii():
        found += _met_unspaced(flat, said, names)
        found.sort(key=lambda one: one.start)
    return found


def _met_at(flat: str, said: Sequence[Word], at: int, names: Spellings) -> tuple[Met, int] | None:
    """Give the longest name that begins at a word, and of how many words it is."""
    for count in names.lengths.get(said[at].folded, ()):
        part = said[at : at + count]
        for spelling in names.spelled.get(tuple(word.folded for word in part), ()):
            end = part[-1].end
            if not _is_spelled(flat, part, spelling):
                continue
            if flat.startswith(spelling.ending, end):
                return Met(part[0].start, end + len(spelling.ending), spelling.entry), count
            if spelling.ending == ".":
                return Met(part[0].start, end, spelling.entry), count
    return None


def _met_unspaced(flat: str, said: Sequence[Word], names: Spellings) -> list[Met]:
    expression = names.unspaced
    return [
        Met(found.start(), found.end(), names.entries[found.group()])
        for found in (expression.finditer(flat, said[0].start, said[-1].end) if expression else ())
    ]


def _is_spelled(flat: str, said: Sequence[Word], spelling: _Spelling) -> bool:
    if not all(_is_cased(word.text, wanted, spelling) for word, wanted in zip(said, spelling.words, strict=True)):
        return False
    return all(
        other.start - one.end <= _GAP and _is_joined(flat[one.end : other.start], sign)
        for one, other, sign in zip(said, said[1:], spelling.between, strict=False)
    )


def _is_cased(word: str, wanted: str, spelling: _Spelling) -> bool:
    """Tell whether a word has the capitals that a name wants; more of them do no harm, as in a headline."""
    if word == wanted or wanted.islower() or not wanted[0].isalpha():
        return True
    if spelling.entry.is_loose:
        return True
    if wanted.isupper() and len(wanted) <= _SHORT:
        return False
    return word[0].isupper()


def _is_joined(between: str, sign: str) -> bool:
    """Tell whether what stands between two words is what stands there in the name, or nothing but spaces or a hyphen."""
    signs = between.replace(" ", "")
    if signs == sign:
        return bool(between)
    return bool(between) and ((signs == "" and sign not in (".", "")) or (between == "-" and sign == ""))
