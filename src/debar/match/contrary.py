# SPDX-License-Identifier: Apache-2.0
"""What speaks against a match in its own place: the thing there names another maker, or it was the wrong time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.model.vocab import Held, Kind, Meaning, Medium
from debar.text import fold, printable

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from debar.match.compile import Index
    from debar.model.inventory import Indicator
    from debar.model.results import Hit

_MAKERS = frozenset({Kind.PUBLISHER, Kind.SIGNER})
_NAMES = frozenset({Kind.NAME, Kind.FILE, Kind.PROCESS, Kind.SERVICE})
"""Kinds that anybody may choose, so that a maker who is named beside them says more."""
_OWN = frozenset({Meaning.INSTALLED, Meaning.RUNNING})
"""Meanings of a thing that stands for itself; a part of others names those as makers of the whole."""
_INSIDE = frozenset({Meaning.EMBEDDED, Meaning.RESIDUE, Meaning.CLIENT, Meaning.MENTION})
"""Meanings by which an indicator says itself that the thing is of somebody else."""
_VOUCHERS = frozenset(
    {
        "microsoft windows hardware compatibility publisher",
        "microsoft windows",
        "microsoft corporation third party application component",
        "apple mac os application signing",
        "unknown",
        "n a",
        "none",
        "null",
        "not available",
        "unbekannt",
        "inconnu",
        "desconocido",
        "sconosciuto",
        "неизвестно",
    }
)
"""Names that stand where a maker should and name none: who signs for others, and what tables say for nothing."""
_REGISTRIES = tuple(
    f"pkg:{kind}/"
    for kind in ("cargo", "composer", "conda", "cpan", "cran", "gem", "hackage", "hex", "npm", "nuget", "pub", "pypi")
)
"""Beginnings of package URLs whose names belong to whoever came first."""
_SHOWN = 60


def another_maker(hit: Hit, beside: Collection[Kind], indicator: Indicator, called: Collection[str]) -> str:
    """Give who else is named as maker of the thing that was hit, or nothing.

    `beside` are the kinds of the same observation that point to the same party: a maker among them agrees, and
    so does one whose name holds what the party is `called`.
    """
    if indicator.kind is Kind.PUBLISHER and hit.observation.medium is Medium.NETWORK:
        return _table_of_prefixes(hit, beside)
    if indicator.kind not in _NAMES or not _MAKERS.isdisjoint(beside):
        return ""
    if indicator.kind is Kind.NAME and Kind.PURL not in beside and (coordinates := _of_registry(hit)):
        return f"it is {coordinates} of a public registry, where anybody may take a name"
    if hit.observation.meaning not in _OWN or indicator.meaning in _INSIDE:
        return ""
    named = [o.value for o in hit.observation.observables if o.kind in _MAKERS]
    if any(own in f" {fold(name)} " for name in named for own in called):
        return ""
    other = next((name for name in named if (said := fold(name)) and said not in _VOUCHERS), "")
    return f"it names another maker: {printable(other)[:_SHOWN]!r}" if other else ""


def _of_registry(hit: Hit) -> str:
    """Give the coordinates of the thing that was hit in a registry of packages, or nothing when they name none."""
    named = (o.value for o in hit.observation.observables if o.kind is Kind.PURL)
    return next((printable(purl)[:_SHOWN] for purl in named if purl.startswith(_REGISTRIES)), "")


def _table_of_prefixes(hit: Hit, beside: Collection[Kind]) -> str:
    """Give that an address contradicts the maker beside it, which a scanner took from a table of its own, or nothing."""
    address = next((o.value for o in hit.observation.observables if o.kind is Kind.MAC), "")
    if not address or Kind.MAC in beside:
        return ""
    return f"the hardware address beside it, {printable(address)[:_SHOWN]}, lies in no block registered to it"


def untimely(indicator: Indicator, day: str) -> str:
    """Give why an indicator says nothing of a day, or nothing when it does."""
    if indicator.valid_from and day and day < indicator.valid_from:
        return f"it points to {indicator.party} only since {indicator.valid_from}, and was seen on {day}"
    if indicator.valid_until and day and day >= indicator.valid_until:
        return f"it pointed to {indicator.party} only until {indicator.valid_until}, and was seen on {day}"
    return ""


def not_held(index: Index, position: int) -> str:
    """Give why a product of others, which was recognised, is no exposure; nothing where it is known to be one."""
    embedding = index.embeddings.get(position)
    if embedding is None or embedding.held is Held.KNOWN:
        return ""
    if embedding.held is Held.KNOWN_NOT:
        return f"{embedding.host} is known not to hold it: {embedding.text}"
    return f"whether {embedding.host} holds it is not known, and nothing is inferred: {embedding.text}"


def beside(hits: Sequence[Hit], index: Index) -> dict[str, set[Kind]]:
    """Give, by party, the kinds of the values of one observation that point to it."""
    found: dict[str, set[Kind]] = {}
    for hit in hits:
        indicator = index.indicators[hit.indicator]
        if hit.indicator not in index.embeddings:
            found.setdefault(indicator.party, set()).add(indicator.kind)
    return found
