# SPDX-License-Identifier: Apache-2.0
"""Suppliers that only another paper introduces: what one calls "the maker Lumerad Photonics", the next one calls Lumerad.

Nobody but the papers knows such a supplier, and each paper may write it longer or shorter; all are one name here.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from debar.intake.mentions.entries import SUPPLIER
from debar.intake.mentions.mention import Mention

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from debar.intake.seen import Seen

_SHORTEST = 4
"""Letters of the first word of such a name: shorter ones are too often something else."""
_MOST = 200
"""Names that are looked for in other papers."""
_WORD = re.compile(r"[^\W_]+")
_PLAIN = re.compile(r"(?<![\w@./#-])[^\W_]+(?![\w@/_-]|\.\w)")
"""A word that is no part of an address."""


def recalled(every: Sequence[Seen]) -> list[tuple[Mention, ...]]:
    """Give, for each paper, its mentions with those of suppliers that other papers introduce.

    1. Suppliers whom only papers know, by the first word of their names; the shortest of these is the name.
    2. What some paper writes in small letters is a word, and no name; in addresses everything is small.
    3. Where a paper that knows no supplier writes that word in capitals, it names that supplier.
    """
    names = [name for seen in every for name in sorted({one.id for one in seen.mentions if _is_stranger(one)})]
    if not names:
        return [seen.mentions for seen in every]
    ids = _ids(names)  # 1.
    small = {word for seen in every for word in _small(seen) if word in ids}  # 2.
    kept = {first: id_ for first, id_ in ids.items() if first not in small}
    return [_recalled(seen, kept, small) for seen in every]  # 3.


def _small(seen: Seen) -> Iterator[str]:
    for sentence in seen.sentences:
        yield from _PLAIN.findall(seen.flat, sentence.start, sentence.end)


def _ids(names: Iterable[str]) -> Mapping[str, str]:
    """Give the name of each supplier by its first word; where names go on differently, they are of several."""
    forms: dict[str, Counter[str]] = {}
    for name in names:
        first = name.partition("-")[0]
        if len(first) >= _SHORTEST:
            forms.setdefault(first, Counter())[name] += 1
    most = sorted(forms, key=lambda first: (-forms[first].total(), first))[:_MOST]
    shortest = {first: min(forms[first], key=lambda id_: (len(id_), id_)) for first in most}
    return {first: id_ for first, id_ in shortest.items() if all(_holds(name, id_) for name in forms[first])}


def _holds(name: str, id_: str) -> bool:
    return f"{name}-".startswith(f"{id_}-")


def _is_stranger(one: Mention) -> bool:
    return one.kind == SUPPLIER and not one.jurisdiction


def _recalled(seen: Seen, ids: Mapping[str, str], small: Collection[str]) -> tuple[Mention, ...]:
    own = [_called(one, ids) for one in seen.mentions if not (_is_stranger(one) and _first(one) in small)]
    return tuple(
        own
        if any(one.kind == SUPPLIER for one in own if _is_leading(one, seen))
        else sorted([*own, *_added(seen, ids)])
    )


def _is_leading(one: Mention, seen: Seen) -> bool:
    """Tell whether a supplier stands where a paper says whom it is about, or is one that only papers know."""
    title = seen.paper.title_span
    return _is_stranger(one) or bool(title and title.start <= one.start < title.end)


def _called(one: Mention, ids: Mapping[str, str]) -> Mention:
    if not _is_stranger(one) or _first(one) not in ids:
        return one
    id_ = ids[_first(one)]
    return one._replace(id=id_, group=id_)


def _first(one: Mention) -> str:
    return one.id.partition("-")[0]


def _added(seen: Seen, ids: Mapping[str, str]) -> list[Mention]:
    """Give mentions of suppliers that other papers introduce, where nothing known stands."""
    spans = [(one.start, one.end) for one in seen.mentions]
    return [
        Mention(word.start(), word.end(), SUPPLIER, id_, word.group(), group=id_)
        for sentence in seen.sentences
        for word in _WORD.finditer(seen.flat, sentence.start, sentence.end)
        if word.group()[0].isupper() and (id_ := ids.get(word.group().casefold()))
        if not any(start < word.end() and word.start() < end for start, end in spans)
    ]
