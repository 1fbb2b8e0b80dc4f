# SPDX-License-Identifier: Apache-2.0
"""A hit in words: which words agree and how, what is left, and how much a brand says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.screened import Agreement, NameHit, Unmatched
from debar.model.vocab.names import Likeness, NameKind, NameRelation
from debar.screen import names
from debar.screen.keys import plain
from debar.screen.names import core
from debar.screen.score import compare
from debar.screen.vocabulary import CORE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.listed import ListedParty
    from debar.screen.index import NameIndex
    from debar.screen.names import Name
    from debar.screen.score import Compared, Pair
    from debar.screen.verdict import Verdict

_WORDS = {
    Likeness.EXACT: "{0!r} stands in both",
    Likeness.TYPO: "{0!r} is {1!r} but for a letter or two",
    Likeness.ABBREVIATION: "{0!r} is a form of {1!r}",
    Likeness.JOINED: "{0!r} and {1!r} are parted otherwise",
    Likeness.TRANSLITERATED: "{0!r} sounds like {1!r}",
    Likeness.ACRONYM: "{0!r} stands for {1!r}",
    Likeness.TRUNCATED: "{0!r} is where {1!r} was cut off",
    Likeness.IDENTIFIER: "the number {0!r} is the party's",
}
_MENDED = "{0!r} is in the name but for a letter or two"
_SHORT = 3
NATIONAL = frozenset({"registration", "company-number", "tax", "vat", "inn", "ogrn"})
"""Kinds of numbers that each country gives for itself."""
_OF_THE_WORLD = frozenset({"lei", "uei", "uscc", "isin"})
_OF_A_COUNTRY = "every country gives such numbers: look whether it is that of the same one"


def hit(index: NameIndex, owner: int, number: int, found: Compared, verdict: Verdict) -> NameHit:
    """Give a hit with everything that is known of it."""
    party = index.party(owner)
    relation, remarks = verdict.relation, _remarks(index, number, found, verdict)
    if somebody := _somebody_else(party, found, index):
        relation, remarks = NameRelation.DIFFERENT, (somebody, *remarks)
    return NameHit(
        party=party.id,
        listed_name=index.kept.texts[number],
        relation=relation,
        score=round(verdict.score, 3),
        evidence=tuple(_agreement(pair, found) for pair in found.pairs),
        unmatched=Unmatched(
            tuple(found.query.shown[at] for at in found.left_of_query),
            tuple(found.listed.shown[at] for at in found.left_of_listed),
        ),
        remarks=remarks,
        because=party.because,
    )


def is_of_kind(party: ListedParty, number: str, kind: str = "") -> bool:
    """Tell whether a party has a number of a kind; without one, of those that are given once in the world.

    Numbers of countries are of one kind, for lists mix them up. In a name they are taken for references.
    """
    kinds = _OF_THE_WORLD if not kind else NATIONAL if kind in NATIONAL else {kind}
    return any(plain(number) in map(plain, party.identifiers.get(each, "").split()) for each in kinds)


def by_number(index: NameIndex, owner: int, number: str, kind: str = "") -> NameHit:
    """Give the hit of a party whose number in a public register stands in a name or beside it: the only sure one."""
    party, how = index.party(owner), Likeness.IDENTIFIER
    return NameHit(
        party=party.id,
        listed_name=party.names[0].text,
        relation=NameRelation.SAME,
        score=1.0,
        evidence=(Agreement(number, number, how, _WORDS[how].format(number)),),
        remarks=(_OF_A_COUNTRY,) if kind in NATIONAL else (),
        because=party.because,
    )


def _agreement(pair: Pair, found: Compared) -> Agreement:
    query, listed = _text(found.query, pair.query), _text(found.listed, pair.listed)
    how = pair.alike.how
    if how is Likeness.EXACT and query.isascii() and query.replace(" ", "") not in plain(found.query.text):
        how = Likeness.TYPO  # it was mended before it was compared
    return Agreement(query, listed, how, (_MENDED if how is not pair.alike.how else _WORDS[how]).format(query, listed))


def _text(name: Name, places: Sequence[int]) -> str:
    return " ".join(name.shown[at] for at in places)


def _somebody_else(party: ListedParty, found: Compared, index: NameIndex) -> str:
    """Give why a name is known to be somebody else's; nothing where it is not."""
    own, query = found.of_listed * found.of_query, index.weights.weighed(found.query)
    for other in party.unrelated:
        against = compare(query, index.weights.weighed(names.parse(other.name, is_listed=True)))
        every = core(against.listed)
        if every and all(against.agreed(at) >= 1 for at in every) and against.of_listed * against.of_query > own:
            return f"{other.name} is somebody else: {other.text}" if other.text else f"{other.name} is somebody else"
    return ""


def _remarks(index: NameIndex, number: int, found: Compared, verdict: Verdict) -> tuple[str, ...]:
    told = []
    brand = [at for at, role in enumerate(found.listed.roles) if role in CORE]
    if len(brand) == 1 and found.listed.words[brand[0]].isascii():
        word = found.listed.words[brand[0]]
        others = index.kept.counts.get(word, 1) - 1
        if len(word) <= _SHORT:
            told.append(f"{word.upper()} is short: other companies have these letters, too")
        if others:
            who = "1 other party of the list has" if others == 1 else f"{others} other parties of the list have"
            told.append(f"{who} {word!r} in a name")
    if index.kind(number) is NameKind.WEAK:
        told.append("the list calls this a weak alias: it takes a second witness")
    if verdict.relation is NameRelation.AFFILIATE:
        told.append("it carries the brand; that it belongs to the group is not proved")
    if verdict.relation is NameRelation.SIMILAR:
        told.append("the spelling is alike; somebody has to look")
    return tuple(told)
