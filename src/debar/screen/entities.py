# SPDX-License-Identifier: Apache-2.0
"""Two compared names as those of legal entities: the same company, and not another one of its group.

The rules are numbered; each is about a class of names, and says why.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from debar.screen import words
from debar.screen.names import core
from debar.screen.relation import relation_of
from debar.screen.verdict import AGREES, HIGHEST, Verdict
from debar.screen.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from debar.screen.names import Name
    from debar.screen.score import Compared

_LETTERS = 6
"""Letters of names that are compared letter by letter."""
_ROMAN = re.compile(r"[ivx]{1,4}")


def judged_strictly(found: Compared) -> Verdict:
    """Give whether two names are of the same company, and not only of the same group."""
    low, high = sorted((found.of_listed, found.of_query))
    score: float = low**0.7 * high**0.3
    # 1. What tells the listed company apart has to be there.
    if not any(found.agreed(at) >= AGREES for at in _heaviest(found)):
        score *= 0.7
    # 2. Words left on both sides say that they are two: one of Chicago and one of Cleveland.
    left = _left_over(found.query, found.left_of_query), _left_over(found.listed, found.left_of_listed)
    if all(left):
        score *= 0.7
    elif any(left):
        score *= 0.9
    elif any(pair.is_glued for pair in found.pairs):
        score *= 0.7
    # 3. Forms that differ are other companies as a rule: an AG is not a GmbH.
    forms = _forms(found.query), _forms(found.listed)
    if all(forms) and not forms[0] & forms[1]:
        score *= 0.95 if _families(forms[0]) & _families(forms[1]) else 0.9
    # 4. So are numbers: the third fund is not the fourth.
    if _numbers(found.query) != _numbers(found.listed):
        score *= 0.8
    else:
        # 5. Names that are the same but for a letter or two are one, however they are parted.
        score = max(score, _as_written(found))
    return Verdict(relation_of(found, is_brand=False), min(HIGHEST, score))


def is_another(found: Compared) -> bool:
    """Tell whether a name has words beside those of the listed one that make it another company of its group."""
    return found.is_spelled and _left_over(found.query, found.left_of_query) and not found.left_of_listed


def _left_over(name: Name, left: Iterable[int]) -> bool:
    return any(name.roles[at] is not Role.STRUCTURE for at in left)


def _as_written(found: Compared) -> float:
    """Give how alike two names are letter by letter, forms and all; nothing for those that differ by more than two."""
    one, other = ("".join(name.shown).replace(" ", "") for name in (found.query, found.listed))
    edits = OSA.distance(one, other, score_cutoff=2)
    return {0: 0.97, 1: 0.85, 2: 0.7}.get(edits, 0.0) if min(len(one), len(other)) >= _LETTERS else 0.0


def _heaviest(found: Compared) -> list[int]:
    own = core(found.listed)
    top = max(map(found.weight, own), default=0.0)
    return [at for at in own if found.weight(at) >= top]


def _families(forms: AbstractSet[str]) -> set[str]:
    """Give what translators take for each other: an OOO is an LLC in English."""
    families = words.load().legal_families
    return {families[form] for form in forms if form in families}


def _forms(name: Name) -> set[str]:
    return {word for word, role in zip(name.words, name.roles, strict=True) if role is Role.LEGAL} - {"company"}


def _numbers(name: Name) -> set[str]:
    every = zip(name.words[1:], name.roles[1:], strict=True)
    return {word for word, role in every if role is Role.NUMBER or _ROMAN.fullmatch(word)}
