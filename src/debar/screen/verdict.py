# SPDX-License-Identifier: Apache-2.0
"""What two compared names say: the relation between those who bear them, and how much of it to believe.

The rules are numbered. Each is about a class of names, and says why. Scores put hits in order; they are no
probabilities, and no two names alone are worth 1.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.names import Likeness, NameRelation
from debar.screen import native, words
from debar.screen.index import HALF, WHOLE
from debar.screen.names import core
from debar.screen.relation import BESIDE, relation_of
from debar.screen.score import EXACTLY
from debar.screen.vocabulary import CORE, SILENT, Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from debar.screen.index import NameIndex
    from debar.screen.names import Name
    from debar.screen.score import Compared, Pair

HIGHEST = 0.99
AGREES = 0.7
"""Share from which a word counts as found."""
TELLING = 0.55
"""Weight from which a word tells one party from all others."""
_LIST_SIDE = 0.55
"""How much what the list says counts beside what the name says, which may have a ledger's words in it."""
_BRAND = 0.79
"""Score of a name that begins with a brand and goes on with words of its own."""
_HEAVY = 0.85
"""Weight of a brand from which nobody else has it."""
EACH = 0.4
"""Weight of any word of names that agree as a whole."""
_EACH_OF_MARKET = 0.28
"""The same of a word that names a business: one alone is nobody's name."""
_MISSPELT = 0.6
"""Share of the telling weight that does where they agree as a whole, but for the spelling."""
_ORDINARY = 0.55
"""Score of a name that has nothing of a party but a word of every day, or three letters."""
_LONG = 6
"""Letters of a brand from which hardly anybody else has it."""
_LOOK = 0.72
"""Score of what is worth a look."""
_GENERIC = 0.72
"""Score of a name of market words of which all are there, beside where and in which group."""
_MANY = 3
"""Words of a name, however common, that nobody else has in this order."""
_IDENTICAL = 0.9
"""Score of the very name of a list, legal form and all."""
_SHARED = 0.75
"""The same of one or two common words: others may have the name, and somebody has to look."""
_SHORT = 3
"""Letters of brands that are too short to be told from an abbreviation of something else."""


class Verdict(NamedTuple):
    """What two names say."""

    relation: NameRelation
    score: float


def judged(
    found: Compared, index: NameIndex, vocabulary: AbstractSet[str] = frozenset(), *, lends_brand: bool = True
) -> Verdict:
    """Give the relation of two compared names; `vocabulary` are all words that names of the party have.

    A name that somebody no longer has lends no brand.
    """
    score = together(found.of_listed, found.of_query)
    listed, query = found.listed, found.query
    own = core(listed)
    weights = {at: found.weight(at) for at in own}
    left = [(query.words[at], query.roles[at]) for at in found.left_of_query]
    # 1. What agrees has to tell somebody apart: "international technology" is nobody, and one word of many is chance.
    best = sum(weights[at] for at in own if found.agreed(at) >= AGREES)
    surely = _surely(found, index)
    score *= surely
    # 2. Half of what tells the listed party from all others has to be there: "SZ Technology" is not DJI.
    if best < HALF * sum(weights.values()):
        score *= 0.6
    # 3. A name of market words alone is one when all of them are there, and nothing else: "China Mobile".
    if not any(role in CORE for role in listed.roles):
        score = max(score, _GENERIC * surely) if _is_generic_whole(found) else score * 0.6
    # 4. Numbers tell apart: 360 is not 365, and the 2nd institute is not the 7th.
    numbers = (
        any(listed.roles[at] is Role.NUMBER for at in found.left_of_listed),
        any(r is Role.NUMBER for _, r in left),
    )
    score *= {0: 1.0, 1: 0.9, 2: 0.75}[sum(numbers)]
    # 5. Another line of business: "Dahua Bank" is no maker of cameras.
    is_other_trade = any(role is Role.TRADE and word not in vocabulary for word, role in left)
    if is_other_trade:
        score *= 0.7
    # 6. Different places, where nothing tells more: British Telecommunications is not China Telecom.
    if best < TELLING and _places(query, found.left_of_query) and _places(listed, found.left_of_listed):
        score *= 0.7
    # 7. A word of every day is a brand only when nothing strange stands beside it: "Honor Health".
    is_ordinary = bool(own) and all(listed.roles[at] is Role.ORDINARY for at in own)
    is_strange = is_ordinary and any(word not in vocabulary for word, _ in left)
    # 8. Three letters begin many words; they are a brand where they are written as one: "ZTEsoft", not "GENTRADE".
    is_glued = any(_is_glued_short(pair, found) for pair in found.pairs)
    # So are initials of somebody: "D J I Davies".
    is_person = len(own) == 1 and any(role in CORE for _, role in left) and _is_initials(own[0], found)
    if is_strange or is_glued or is_person:
        score = min(score, _ORDINARY)
    is_brand = (
        lends_brand and not (is_glued or is_strange or is_person or all(numbers)) and _is_brand(found, own, weights)
    )
    if is_brand and is_other_trade and _is_rare(found, own):
        # A brand that nobody else has is worth a look in any trade.
        return Verdict(NameRelation.SIMILAR, max(score, _LOOK * surely))
    if is_brand and not is_other_trade:
        score = max(score, _of_brand(found, own, weights, vocabulary) * surely)
    # 11. The very name, its legal form and all, is its name however common its words are: "Tekhnologiya OOO".
    if query.words == listed.words or _all_words(query) == [*listed.words]:
        is_told = len(query.words) >= _MANY or Role.LEGAL in query.roles
        score = max(score, _IDENTICAL if is_told else _SHARED)
    # A brand that several parties of the list have says which of them only together with their other words.
    is_shared = any(len(index.brands.of(listed.words[at])) > 1 for at in own)
    return Verdict(relation_of(found, is_brand=is_brand, is_shared=is_shared), min(HIGHEST, score))


def _all_words(name: Name) -> list[str]:
    """Give the words of a name, small ones and legal forms too, but for what a ledger wrote beside it."""
    small = words.load().particles
    every = zip(name.words, name.roles, strict=True)
    return [word for word, role in every if role is not Role.REFERENCE or word in small]


def _is_rare(found: Compared, own: list[int]) -> bool:
    """Tell whether a brand is so long, and so little of every day, that hardly anybody else has it as one word."""
    is_parted = any(len(pair.query) > 1 and not set(pair.listed).isdisjoint(own) for pair in found.pairs)
    return not is_parted and all(
        found.listed.roles[at] is Role.OWN and len(found.listed.words[at]) >= _LONG for at in own
    )


def _surely(found: Compared, index: NameIndex) -> float:
    """Give how far chance does not explain what agrees: less among many names, and less where nothing is left over."""
    if found.left_of_query or found.left_of_listed or not found.pairs:
        return chance(found.of_listed * sum(found.weights.values()), index.weights.telling)
    # Of names that agree as a whole each word counts, however common it is.
    listed = found.listed
    agreed = sum(
        max(EACH if found.is_whole else _each(listed.roles[at]), found.weight(at)) * pair.alike.share
        for pair in found.pairs
        for at in pair.listed
    )
    return sqrt(min(1.0, agreed / (index.weights.telling * (WHOLE if found.is_spelled else _MISSPELT))))


def together(of_listed: float, of_query: float) -> float:
    """Give the score of names of which such shares agree."""
    score: float = of_listed**_LIST_SIDE * of_query ** (1 - _LIST_SIDE)
    return score


def branded(brand: float) -> float:
    """Give the score of a name that begins with a brand of such a weight, and goes on with words of its own."""
    return _BRAND * min(1.0, brand / _HEAVY)


def chance(agreed: float, telling: float) -> float:
    """Give how far chance does not explain that words of so much weight agree, while others do not."""
    return sqrt(min(1.0, agreed / telling))


def _each(role: Role) -> float:
    if role in BESIDE:
        return 0.0
    return EACH if role is not Role.MARKET else _EACH_OF_MARKET


def _places(name: Name, left: Iterable[int]) -> bool:
    return any(name.roles[at] is Role.PLACE for at in left)


def _is_generic_whole(found: Compared) -> bool:
    """Tell whether a name of market words is there, with nothing beside it but where and in which group."""
    first = next((at for at, role in enumerate(found.listed.roles) if role not in SILENT), -1)
    if any(found.listed.roles[at] not in BESIDE or at == first for at in found.left_of_listed):
        return False
    return all(found.query.roles[at] in BESIDE for at in found.left_of_query)


def _is_brand(found: Compared, own: list[int], weights: dict[int, float]) -> bool:
    """Tell whether everything that tells the listed party apart is there as it is written."""
    return bool(own) and all(found.agreed(at) >= EXACTLY for at in own) and max(weights.values()) >= TELLING


def _of_brand(found: Compared, own: list[int], weights: dict[int, float], vocabulary: AbstractSet[str]) -> float:
    """Give the least score of a name that has the brand of a party."""
    query, listed = found.query, found.listed
    left = [at for at in found.left_of_query if query.words[at] not in vocabulary]
    strange = [at for at in left if query.roles[at] in CORE]
    brand = [pair for pair in found.pairs if not set(pair.listed).isdisjoint(own)]
    score = branded(max(weights.values()))
    # 9. A brand that is written as two words is two words when another trade goes with it: "Tik Tok Clocks".
    if any(pair.alike.how is Likeness.JOINED and len(pair.query) > 1 for pair in brand):
        beside = [at for at in left if query.roles[at] not in BESIDE | {Role.MARKET}]
        return 0.5 if beside else score
    # 10. A brand leads; behind other names it may be a customer's, or somebody's surname.
    first = min((at for pair in brand for at in pair.query), default=0)
    is_rare = _is_rare(found, own)
    if any(at < first for at in strange):
        score -= 0.05 if is_rare else 0.12
    if strange and all(len(listed.words[at]) <= _SHORT and not native.is_native(listed.words[at]) for at in own):
        score -= 0.03
    return score - (0.01 if is_rare else 0.02) * min(3, len(strange))


def _is_glued_short(pair: Pair, found: Compared) -> bool:
    """Tell whether a short brand is only the beginning of a word, and not told from the rest by its capitals."""
    if not pair.is_glued:
        return False
    brand = found.listed.words[pair.listed[0]]
    text = found.query.text
    if len(brand) > _SHORT or native.is_native(brand):
        return False
    at = text.lower().find(found.query.shown[pair.query[0]])
    return at < 0 or not (text[at : at + len(brand)].isupper() and text[at + len(brand) :][:1].islower())


def _is_initials(brand: int, found: Compared) -> bool:
    """Tell whether a short brand was written as letters that stand apart."""
    words = [found.query.shown[at] for pair in found.pairs if brand in pair.listed for at in pair.query]
    return len(words) == 1 and 1 < len(words[0]) <= _SHORT and words[0] not in found.query.text.lower()
