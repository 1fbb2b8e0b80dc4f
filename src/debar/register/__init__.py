# SPDX-License-Identifier: Apache-2.0
"""The register: the law and the identifiers as data, loaded as one whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from debar.errors import UsageError, did_you_mean
from debar.holidays import days_off
from debar.model.inventory import Calibration, Embedding, Indicator, Layout, LogLayouts
from debar.model.lexicon import Lexicon
from debar.model.measures import Authority, Calendar, Document, Form, Measure, Party, Product
from debar.model.protected import Protector, Removal, StateField

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the register holds, each part by id and in the order of ids."""

    version: str
    """CalVer of the release."""
    sha256: str
    """Digest over the names and contents of its files."""
    added: tuple[str, ...]
    """Names of the directories that an organisation added to it."""
    authorities: dict[str, Authority]
    calendars: dict[str, Calendar]
    parties: dict[str, Party]
    documents: dict[str, Document]
    measures: dict[str, Measure]
    indicators: tuple[Indicator, ...]
    calibrations: tuple[Calibration, ...] = ()
    """How sure matches are, measured."""
    embeddings: tuple[Embedding, ...] = ()
    """Which products of others hold a party's technology, and which do not."""
    layouts: tuple[Layout, ...]
    """Of tables."""
    log_layouts: LogLayouts = LogLayouts()
    protectors: tuple[Protector, ...] = ()
    """Products that protect an endpoint, of whatever maker."""
    state_fields: tuple[StateField, ...] = ()
    """What fields mean that say how such a product is."""
    removals: tuple[Removal, ...] = ()
    """What the removal of a party's products takes."""
    forms: dict[str, Form] = msgspec.field(default_factory=dict)
    """What a law wants told, element by element."""
    lexicon: Lexicon = Lexicon()
    """The words by which notices and news are read."""

    def days_off(self, authority: Authority) -> Callable[[int], frozenset[date]] | None:
        """Give the days off of an authority by year; nothing where no calendar is recorded for it."""
        calendar = self.calendars.get(authority.calendar)
        return (lambda year: days_off(calendar, year)) if calendar else None

    def party(self, word: str) -> Party:
        """Give a party by id or by one of its names; UsageError for an unknown one."""
        if word in self.parties:
            return self.parties[word]
        folded = word.casefold()
        called = [
            party
            for party in self.parties.values()
            if folded in (name.casefold() for name in (party.name, *party.aliases, *party.legal_names))
        ]
        if called:
            # A name that a group shares with companies of it that a measure names apart means those.
            return min(called, key=lambda party: len(party.legal_names))
        raise UsageError(
            f"party {word!r} is not in the register{did_you_mean(word, self.parties)}",
            hint="debar register list shows every party; lists that name many are held in part,"
            " so that one which is missing here is not thereby unlisted",
        )

    def product(self, party: Party, word: str) -> Product:
        """Give a product of a party by id, name or alias; UsageError for an unknown one."""
        folded = word.casefold()
        for product in party.products:
            if folded in (product.id, product.name.casefold(), *(alias.casefold() for alias in product.aliases)):
                return product
        known = [product.id for product in party.products]
        raise UsageError(
            f"product {word!r} of {party.id} is not in the register{did_you_mean(word, known)}",
            hint=f"known products: {', '.join(known)}",
        )
