# SPDX-License-Identifier: Apache-2.0
"""What the columns of lists that anybody keeps are called, and what their words for kinds of names and parties mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab.names import NameKind
from debar.readers.names import numbers
from debar.text import header as folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.lists.tables import Table


def _words(text: str) -> tuple[str, ...]:
    """Give words that stand apart with vertical bars, folded as headers are."""
    return tuple(map(folded, text.split("|")))


_NAMES = _words(
    "name|full name|whole name|legal name|entity name|party name|company name|business name|organisation name"
    "|organization name|supplier name|vendor name|manufacturer name|listed name|english name|name english"
    "|name of entity|names|company|organisation|organization|supplier|vendor|manufacturer|entity|party"
)
"""Columns of names, the surest first."""
_IDS = _words("id|party id|entity id|uid|unique id|group id|party|entity")
"""Columns by which rows are of one party; numbers of rows and references are none, for some begin anew in each part."""
_OTHERS = {
    NameKind.ALIAS: _words(
        "alias|aliases|aka|a.k.a.|also known as|other names|other name|alt names|alt name|alternative names"
        "|alternate names|native name|local name|original name|chinese name|russian name|legal names|trade name"
        "|trading name|dba|dba name|brand|brands"
    ),
    NameKind.FORMER: _words("previous name|previous names|former name|former names|formerly|fka|f.k.a."),
    NameKind.WEAK: _words("weak alias|weak aliases|acronym|acronyms|abbreviation|abbreviations|short name"),
}
_ALIASES = {word: kind for kind, words in _OTHERS.items() for word in words}
_KIND = _words("kind|name kind|name type|alias type")
_TYPE = _words("schema|entity type|party type|subject type|type")
_COUNTRY = _words("country|countries|country code|jurisdiction|country of registration|nationality")
_SAID = _words("list|source list|program|programme|program key|measure|annex|authority|notice|celex")
_SINCE = _words("listed|listed on|date listed|start date|effective date|date|date of inclusion")
_UNTIL = _words("delisted|end date|expiration date|expires")
_OWNER = _words("parent|owner|parent company|parent name|ultimate parent")
_SHARE = _words("share|percentage|percent|owned percent")

NAME_KINDS = {
    word: kind
    for kind, words in {
        NameKind.NAME: "name|primary|primary name|main|legal|legal name|full|full name|listed",
        NameKind.ALIAS: "alias|aka|a.k.a.|alternate|alternative|primary name variation|strong",
        NameKind.FORMER: "former|previous|previous name|former name|fka|f.k.a.",
        NameKind.WEAK: "weak|weak alias|low quality|acronym|abbreviation",
    }.items()
    for word in _words(words)
}
"""What a row's word for its name means."""
PERSONS = frozenset(_words("person|individual|natural person|human|p"))
THINGS = {"vessel": "vessels", "ship": "vessels", "aircraft": "aircraft", "airplane": "aircraft"}
"""What is no party, and what several of it are called."""
PARTIES = frozenset(
    _words("company|organisation|organization|legal entity|entity|enterprise|business|public body|group|legal person|e")
)


class Columns(NamedTuple):
    """Where a row has what; what a table has not stands where every row has an empty cell."""

    name: int
    id: int
    kinds: tuple[int, ...]
    """Of the name, of the party, or of both."""
    countries: tuple[int, ...]
    since: int
    until: int
    owner: int
    share: int
    others: tuple[tuple[int, NameKind], ...]
    """Further names."""
    numbers: tuple[tuple[int, str], ...]
    said: tuple[int, ...]
    unused: tuple[str, ...]
    """Headers of what is not read."""


def name_at(cells: Iterable[str]) -> int:
    """Give which of some headers is that of names; -1 where none is."""
    words = list(map(folded, cells))
    return next((words.index(name) for name in _NAMES if name in words), -1)


def columns(table: Table) -> Columns:
    """Give where a table has what."""
    words = [folded(cell) for cell in table.header]
    name = name_at(table.header)
    # The same word may stand for names and for ids: it is that of names where no other column has any.
    id_ = next((words.index(word) for word in _IDS if word in words and words.index(word) != name), len(words))
    since, until, owner, share = (table.at(*some) for some in (_SINCE, _UNTIL, _OWNER, _SHARE))
    kinds, places, said = (
        tuple(words.index(each) for each in some if each in words)
        for some in (
            (*_KIND, *_TYPE),
            _COUNTRY,
            _SAID,
        )
    )
    others = tuple((at, _ALIASES[word]) for at, word in enumerate(words) if word in _ALIASES)
    registers = tuple((at, numbers.KINDS[word]) for at, word in enumerate(words) if word in numbers.KINDS)
    used = {name, id_, since, until, owner, share, *kinds, *places, *said, *(at for at, _ in (*others, *registers))}
    unused = tuple(cell for at, cell in enumerate(table.header) if at not in used and cell.strip())
    return Columns(name, id_, kinds, places, since, until, owner, share, others, registers, said, unused)
