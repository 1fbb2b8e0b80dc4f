# SPDX-License-Identifier: Apache-2.0
"""What to look for by name: suppliers and products, authorities, places and outlets, of the register and the lexicon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.mentions.spelled import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from debar.model.lexicon import Lexicon, Words
    from debar.model.measures import Authority, Party
    from debar.register import Register

SUPPLIER, PRODUCT, AUTHORITY, PLACE, OUTLET, PERSON = "supplier", "product", "authority", "place", "outlet", "person"
DEMONYM, SEAT, CITY, LAW_OF, OFFICE = "demonym", "seat", "city", "law-of", "office"
NOT_A_NAME = "not-a-name"
_LOOSE = 5
"""Letters from which the name of a supplier is met in small letters as well: hikvision, and never zte's neighbours."""
_NOTE = re.compile(r"\s*\([^()]{1,60}\)$")
"""What the register adds to a name to tell two apart."""
_WRITTEN = {"gb": "uk", "el": "gr"}
"""Countries whose jurisdiction is written otherwise than their code."""


def entries(register: Register, lexicon: Lexicon) -> tuple[Entry, ...]:
    """Give every name to look for; of two that are spelled alike the first is meant.

    1. Names that only look like one of the others, and people whose name holds one.
    2. Names that the lexicon gives to suppliers, then those of the register: what a party is called before what it
       is also called, and of legal names those of the party that has most of them.
    3. Authorities of the register, then those of the lexicon; places; outlets.
    """
    listed = tuple(lexicon.words)
    left_out = frozenset(word for one in _of("left-out", listed) for word in one.words)
    needy = frozenset(one.means for one in _of("needs", listed))
    every = [Entry(word, NOT_A_NAME, "") for one in _of(NOT_A_NAME, listed) for word in one.words]  # 1.
    every += (Entry(word, PERSON, word.casefold()) for one in _of(PERSON, listed) for word in one.words)
    every += _suppliers(register, listed, needy)  # 2.
    every += _authorities(register, listed)  # 3.
    for purpose in (PLACE, DEMONYM, SEAT, CITY, LAW_OF, OFFICE):
        every += (Entry(word, purpose, one.means, one.means) for one in _of(purpose, listed) for word in one.words)
    every += (
        Entry(name, OUTLET, outlet.id)
        for outlet in lexicon.outlets
        for name in (outlet.name, *outlet.names)
        if len(name) > 1
    )
    return tuple(entry for entry in every if entry.name not in left_out)


def _of(purpose: str, listed: tuple[Words, ...]) -> Iterator[Words]:
    return (one for one in listed if one.purpose == purpose)


def _suppliers(register: Register, listed: tuple[Words, ...], needy: Collection[str]) -> Iterator[Entry]:
    parties = sorted(register.parties.values(), key=lambda party: (-len(party.legal_names), party.id))
    homes = {party.id: _home(party) for party in parties}
    homes |= {word: one.means for one in _of("at-home", listed) for word in one.words}
    for one in _of("alias", listed):
        for word in one.words:
            yield _supplier(word, one.means, homes.get(one.means, ""), needy)
    for names in (lambda party: (_NOTE.sub("", party.name),), lambda party: party.aliases):
        yield from (_supplier(name, party.id, homes[party.id], needy) for party in parties for name in names(party))
    for party in parties:
        for name in (*party.legal_names, *party.former_names):
            yield _supplier(name, party.id, homes[party.id], needy)
    for one in _of("supplier", listed):
        for word in one.words:
            yield _supplier(word, word.casefold().replace(" ", "-"), one.means, needy)
    known = frozenset(word for one in _of("known-for", listed) for word in one.words)
    for party in parties:
        yield from _products(party, homes[party.id], known)


def _supplier(name: str, id_: str, home: str, needy: Collection[str]) -> Entry:
    is_loose = len(name) >= _LOOSE and " " not in name and id_ not in needy
    return Entry(name, SUPPLIER, id_, home, is_loose=is_loose)


def _products(party: Party, home: str, known: Collection[str]) -> Iterator[Entry]:
    """Yield names of products; one that does not hold the name of its maker counts only beside it, if not well known."""
    makers = tuple(name.casefold() for name in (_NOTE.sub("", party.name), *party.aliases) if len(name) > 2)
    for product in party.products:
        for name in (product.name, *product.aliases):
            is_weak = name not in known and not any(maker in name.casefold() for maker in makers)
            yield Entry(name, PRODUCT, party.id, home, is_weak=is_weak)


def _home(party: Party) -> str:
    code = party.country.lower()
    return _WRITTEN.get(code, code)


def _authorities(register: Register, listed: tuple[Words, ...]) -> Iterator[Entry]:
    """Yield names of authorities; where two states have one of the same name, the lexicon says whose is meant.

    A name that several states use counts only beside another name of its state: it is weak.
    """
    places = frozenset(one.means for one in _of(PLACE, listed))
    shared = frozenset(word for one in _of("shared", listed) for word in one.words)
    for one in _of(AUTHORITY, listed):
        held = register.authorities.get(one.means)
        jurisdiction = held.jurisdiction if held else _ruled(one.means, places)
        yield from (Entry(word, AUTHORITY, one.means, jurisdiction, is_weak=word in shared) for word in one.words)
    for authority in register.authorities.values():
        yield from (
            Entry(name, AUTHORITY, authority.id, authority.jurisdiction, is_weak=name in shared)
            for name in _called(authority)
            if len(name) > 1
        )


def _called(authority: Authority) -> tuple[str, str]:
    return _NOTE.sub("", authority.name), authority.short


def _ruled(id_: str, places: Collection[str]) -> str:
    """Give the jurisdiction by the first parts of an id: that of the state before that of the country it belongs to."""
    parts = id_.split("-")
    return next((place for place in ("-".join(parts[:2]), parts[0]) if place in places), "")
