# SPDX-License-Identifier: Apache-2.0
"""Suppliers that no paper names often enough to be sure, but several papers name beside words for what they make.

One paper says "control units by the maker Tongrui" once, the next one "who makes the boxes? Tongrui": together they tell.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.intake.mentions.entries import PRODUCT, SUPPLIER
from debar.intake.mentions.mention import Mention
from debar.intake.mentions.proper import capitals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.intake.mentions.capitals import Roles
    from debar.intake.mentions.proper import Proper
    from debar.intake.seen import Seen

_ENOUGH = 2
"""Papers that name a supplier whom nobody lists, one of them at least with words of what is done to it."""


def pooled(every: Sequence[Seen], roles: Roles) -> list[tuple[Mention, ...]]:
    """Give, for each paper, its mentions, and those of the supplier that it names together with others.

    1. Proper names of papers that name no supplier, and how often each stands beside words for a maker, for goods,
       or for what a measure does; in papers that know their supplier nothing is looked for. What one paper shows to
       be a name, is one where another begins a sentence with it.
    2. A name counts that stands in several papers, and is nobody's that has another role; where a paper names it
       beside a supplier that is known, it is somebody else.
    3. Each paper takes the one of its names that all papers together tell most of.
    """
    found = [(capitals(seen), _has_supplier(seen)) for seen in every]
    names = {name for one, _ in found for name in one.names}
    beside = {one.name for written, is_known in found if is_known for one in written.found}
    named = [
        () if known else tuple(one for one in written.found if one.name in names) for written, known in found
    ]  # 1.
    papers = Counter(name for own in named for name in {one.name for one in own})
    signs = Counter(one.name for own in named for one in own if _is_sign(one, roles))
    people = {word for seen in every for one in seen.mentions if one.kind == "person" for word in one.id.split()}
    common = people | roles.common | roles.roles | roles.organisations | roles.forms | roles.goods | roles.makers
    told = {
        name: count for name, count in signs.items() if papers[name] >= _ENOUGH and name not in common | beside
    }  # 2.
    return [_with(seen, own, told, papers) for seen, own in zip(every, named, strict=True)]  # 3.


def _has_supplier(seen: Seen) -> bool:
    return any(one.kind in (SUPPLIER, PRODUCT) for one in seen.mentions)


def _is_sign(one: Proper, roles: Roles) -> bool:
    if one.before[-1:] in roles.objects or one.before in roles.objects:
        return True
    if one.before and one.before[-1] in roles.makers:
        return True
    return bool(one.after) and (one.after[0] in roles.goods or one.after[0] in roles.forms)


def _with(
    seen: Seen, names: Iterable[Proper], told: Mapping[str, int], papers: Mapping[str, int]
) -> tuple[Mention, ...]:
    own = [one for one in names if one.name in told]
    if not own:
        return seen.mentions
    best = max({one.name for one in own}, key=lambda name: (told[name], papers[name], name))
    added = [
        Mention(one.start, one.end, SUPPLIER, best, seen.flat[one.start : one.end], group=best)
        for one in own
        if one.name == best
    ]
    return tuple(sorted([*_without(seen.mentions, added), *added]))


def _without(mentions: Iterable[Mention], added: Sequence[Mention]) -> list[Mention]:
    """Give the mentions that overlap none of the added ones: an organisation called after its supplier goes."""
    return [one for one in mentions if not any(one.start < new.end and new.start < one.end for new in added)]
