# SPDX-License-Identifier: Apache-2.0
"""Ties of what is owned to its owners, as lists tell them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from debar.lists.gathered import clean
from debar.model.listed import ListedTie
from debar.model.owned import Bound
from debar.model.vocab import RelationKind
from debar.screen.shares import share_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HALF = Bound(Decimal(50))
_SHARE = 64
"""Characters of a share; what is longer is no share."""


def owned_by(
    owner: str, shares: Iterable[str], since: str = "", until: str = "", because: str = ""
) -> Iterator[ListedTie]:
    """Yield the ties of what is owned to an owner: one for each share that is told, as it is written; one without any.

    Below half it is a minority. A share that is not told, or is no number, stays what it is, and is never guessed.
    """
    for share in dict.fromkeys(filter(None, map(clean, shares))) or {"": None}:
        is_minority = bool(share) and share_from(share).high < _HALF
        yield ListedTie(
            kind=RelationKind.MINORITY if is_minority else RelationKind.SUBSIDIARY,
            to=owner,
            share=share[:_SHARE],
            valid_from=since,
            valid_until=until,
            text="" if share else "how much the owner holds is not told",
            because=because,
        )
