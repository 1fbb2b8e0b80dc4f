# SPDX-License-Identifier: Apache-2.0
"""Names in a text that the register knows, and those that it does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions import capitals, entries, spelled, strangers
from debar.intake.mentions.asides import Asides, aside, asides
from debar.intake.mentions.entries import (
    AUTHORITY,
    CITY,
    DEMONYM,
    LAW_OF,
    NOT_A_NAME,
    OFFICE,
    PLACE,
    PRODUCT,
    SEAT,
    SUPPLIER,
)
from debar.intake.mentions.mention import Mention
from debar.intake.mentions.numbers import Counting, counting

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from debar.intake.mentions.capitals import Roles
    from debar.intake.mentions.spelled import Met, Spellings, Word
    from debar.intake.sentences import Sentence
    from debar.model.lexicon import Lexicon
    from debar.register import Register

__all__ = ["Gazetteer", "Mention", "find", "gazetteer"]
_PLACES = frozenset({PLACE, DEMONYM, SEAT, CITY, LAW_OF})
_SUPPLIERS = frozenset({SUPPLIER, PRODUCT})
_WHOSE_BEFORE = re.compile(r"(?:'s)? (?:[a-z]{2,16} )?")
"""What may stand between a place and its office: Germany's interior ministry, German federal interior ministry."""
_WHOSE_AFTER = re.compile(r" (?:of|in|for) (?:the )?")


class Gazetteer(NamedTuple):
    """Names to look for, made once from the register and the lexicon."""

    lexicon: Lexicon
    spellings: Spellings
    asides: Asides
    groups: Mapping[str, str]
    """Parties by the party under whose name they are told."""
    needs: Mapping[str, frozenset[str]]
    """Words of which one must stand in a paper, by the id of a party whose name is also another word."""
    told: frozenset[str]
    """Words of measures."""
    twins: Mapping[str, str]
    """Places of two jurisdictions by one name: the other one, which is meant where the paper names it otherwise too."""
    governing: tuple[str, ...]
    """Words that make a state or province the one that rules."""
    follow_up: tuple[str, ...]
    """Words by which a paper looks back at a measure."""
    roles: Roles
    counting: Counting
    """What is counted, and how exactly."""
    federal: frozenset[str] = frozenset()
    """Words that make the federation the one that rules, where a state of it is named too."""


class _Said(NamedTuple):
    """One sentence with its words and the names in it."""

    words: list[Word]
    met: list[Met]
    is_told: bool
    is_governing: bool


def gazetteer(register: Register, lexicon: Lexicon) -> Gazetteer:
    """Give what to look for."""
    listed = lexicon.words
    needs: dict[str, frozenset[str]] = {}
    for one in listed:
        if one.purpose == "needs":
            needs[one.means] = needs.get(one.means, frozenset()) | frozenset(one.words)
    return Gazetteer(
        lexicon,
        spelled.spellings(entries.entries(register, lexicon)),
        asides(listed),
        {word: one.means for one in listed if one.purpose == "group" for word in one.words},
        needs,
        frozenset(word.casefold() for one in listed if one.purpose == "measure-word" for word in one.words),
        {word: one.means for one in listed if one.purpose == "twin" for word in one.words},
        tuple(word for one in listed if one.purpose == "govern" for word in one.words),
        tuple(word for one in listed if one.purpose == "follow-up" for word in one.words),
        capitals.roles(lexicon),
        counting(lexicon),
        frozenset(word for one in listed if one.purpose == "federal" for word in one.words),
    )


def find(flat: str, sentences: Sequence[Sentence], names: Gazetteer) -> tuple[Mention, ...]:
    """Give the names in the sentences, in order, none overlapping another.

    1. Names that are known are met, sentence by sentence.
    2. Those that need another word beside them, in this paper, and have none, go.
    3. Each is told what its sentence says of it; offices get the place that stands beside them, and so do authorities
       whose name several states use.
    4. Names that are not known, by the words around them.
    """
    said = [_said(flat, one, names) for one in sentences]  # 1.
    meant = _meant(said, names)
    states = _states(said)
    found: list[Mention] = []
    read: list[capitals.Read] = []
    for sentence, one in zip(sentences, said, strict=True):
        kept = [met for met in one.met if met.entry.kind not in _SUPPLIERS or _is_meant(met, meant)]  # 2.
        known = _offices(flat, [_mention(flat, met, one, names, states) for met in kept])  # 3.
        read.append(capitals.Read(one.words, known, sentence.paragraph == 0, one.is_told))
        found += known
    return tuple(sorted([*found, *strangers.find(flat, read, names.roles)]))  # 4.


def _said(flat: str, sentence: Sentence, names: Gazetteer) -> _Said:
    words = spelled.words(flat, sentence.start, sentence.end)
    met = [one for one in spelled.met(flat, words, names.spellings) if one.entry.kind != NOT_A_NAME]
    lower = flat[sentence.start : sentence.end].casefold()
    is_told = any(word.folded in names.told for word in words)
    return _Said(words, met, is_told, any(word in lower for word in names.governing))


def _meant(said: Iterable[_Said], names: Gazetteer) -> frozenset[str]:
    """Give the ids of suppliers that the paper is known to mean: by a name of their own, and by the words they need."""
    said = tuple(said)
    ids = {met.entry.id for one in said for met in one.met if met.entry.kind in _SUPPLIERS and not met.entry.is_weak}
    needy = ids & names.needs.keys()
    if needy:
        words = {word.folded for one in said for word in one.words}
        ids -= {id_ for id_ in needy if not names.needs[id_] & words}
    return frozenset(ids)


def _states(said: Iterable[_Said]) -> frozenset[str]:
    """Give the jurisdictions that a paper names by a name of their own."""
    return frozenset(met.entry.jurisdiction for one in said for met in one.met if not met.entry.is_weak)


def _is_meant(met: Met, meant: frozenset[str]) -> bool:
    return met.entry.id in meant


def _mention(flat: str, met: Met, said: _Said, names: Gazetteer, states: Collection[str]) -> Mention:
    entry = met.entry
    if entry.kind == AUTHORITY and entry.is_weak and entry.jurisdiction not in states:
        # Several states have one of this name: whose it is, the place beside it tells, as of any office.
        entry = entry._replace(kind=OFFICE, id=entry.id.partition("-")[2])
    name = flat[met.start : met.end]
    if entry.kind in _PLACES:
        first = bisect_left(said.words, met.end, key=attrgetter("start"))
        following = said.words[first : first + 4]
        twin = names.twins.get(entry.name, "")
        if entry.kind == PLACE and twin in states:
            entry = entry._replace(id=twin, jurisdiction=twin)
        is_told = said.is_governing if "-" in entry.id and entry.kind != SEAT else said.is_told
        return Mention(
            met.start,
            met.end,
            PLACE,
            entry.id,
            name,
            entry.jurisdiction,
            form="name" if entry.kind == PLACE else entry.kind,
            aside=aside(flat, met, following, names.asides),
            is_told=is_told,
        )
    if entry.kind == OFFICE:
        return Mention(met.start, met.end, AUTHORITY, entry.id, name, form=OFFICE, is_told=said.is_told)
    group = names.groups.get(entry.id, entry.id) if entry.kind in _SUPPLIERS else ""
    return Mention(
        met.start, met.end, entry.kind, entry.id, name, entry.jurisdiction, is_told=said.is_told, group=group
    )


def _offices(flat: str, found: Sequence[Mention]) -> list[Mention]:
    """Give mentions in which an office beside a place is that place's: German interior ministry, Ministry of Justice of Poland."""
    told: list[Mention] = []
    for one in found:
        before = told[-1] if told else None
        if one.form == OFFICE and before and _is_place(before) and _WHOSE_BEFORE.fullmatch(flat, before.end, one.start):
            told[-1] = _office(flat, one, before)
        elif before and before.form == OFFICE and not before.jurisdiction and _is_place(one):
            if _WHOSE_AFTER.fullmatch(flat, before.end, one.start):
                told[-1] = _office(flat, before, one)
            else:
                told.append(one)
        else:
            told.append(one)
    return told


def _is_place(one: Mention) -> bool:
    return one.kind == PLACE


def _office(flat: str, office: Mention, place: Mention) -> Mention:
    """Give the office of a place, as one name from where the two begin to where they end."""
    start, end = min(office.start, place.start), max(office.end, place.end)
    return office._replace(
        start=start,
        end=end,
        id=f"{place.jurisdiction}-{office.id}",
        name=flat[start:end],
        jurisdiction=place.jurisdiction,
    )
