# SPDX-License-Identifier: Apache-2.0
"""The relation of two compared names: one party, one of its group, or only spelled alike."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from debar.model.vocab.names import Likeness, NameRelation
from debar.screen import keys, native
from debar.screen.vocabulary import CORE, SILENT, Role

if TYPE_CHECKING:
    from debar.screen.score import Compared

BESIDE = frozenset({Role.PLACE, Role.STRUCTURE})
"""What stands beside the name of a party in those of its group."""


def relation_of(found: Compared, *, is_brand: bool, is_shared: bool = False) -> NameRelation:
    """Give the relation of two compared names, whatever their score; `is_shared` where other parties have the brand."""
    telling = CORE | {Role.TRADE, Role.NUMBER} | ({Role.MARKET, Role.PLACE} if is_shared else set())
    is_told = any(found.listed.roles[at] in telling for at in (*found.left_of_listed, *_cut_away(found)))
    is_glued = any(pair.is_glued for pair in found.pairs)
    # In scripts without spaces "group" is part of the legal form.
    left = [
        at
        for at in found.left_of_query
        if not native.is_native(found.query.shown[at]) or found.query.roles[at] is not Role.STRUCTURE
    ]
    is_mended = _is_mended(found)
    if found.pairs and found.is_spelled and not is_told and not is_glued and not left and not is_mended:
        return NameRelation.SAME
    # The whole name of a party with a place behind it is a name of its group: "China Mobile International (UK) Ltd".
    is_whole = len(found.pairs) > 1 and found.is_spelled and not found.left_of_listed
    is_there = is_whole and all(found.query.roles[at] in BESIDE for at in found.left_of_query)
    is_of_group = (is_brand or is_there) and not is_mended
    return NameRelation.AFFILIATE if is_of_group else NameRelation.SIMILAR


def _cut_away(found: Compared) -> list[int]:
    """Give the places of whole words that a name lacks which was cut off, or is another's that is shorter."""
    if not (found.is_whole and any(pair.alike.how is Likeness.TRUNCATED for pair in found.pairs)):
        return []
    audible = [at for at, role in enumerate(found.listed.roles) if role not in SILENT]
    sizes = [len(found.listed.shown[at].replace(" ", "")) for at in audible]
    begins = accumulate(sizes, initial=0)
    whole = len(keys.joined(found.query))
    return [at for at, begin in zip(audible, begins, strict=False) if begin >= whole]


def _is_mended(found: Compared) -> bool:
    """Tell whether a word that tells a party apart was written otherwise, and mended: "hikv1sion"."""
    query = found.query
    if not query.text.isascii():
        return False
    own = [query.shown[at] for pair in found.pairs for at in pair.query if query.roles[at] is Role.OWN]
    return any(word.replace(" ", "") not in keys.plain(query.text) for word in own)
