# SPDX-License-Identifier: Apache-2.0
"""Who does what: the rows of an organisation's file, of which the first that fits counts."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from debar.model.measures import Owner
    from debar.model.vocab import Act


def of_asset(owners: Iterable[Owner], asset: str | None) -> tuple[Owner, ...]:
    """Give the rows that may be about an asset, or about what is about none."""
    return tuple(row for row in owners if not row.assets or (asset is not None and _fits(asset, row.assets)))


def _fits(asset: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(asset, pattern) for pattern in patterns)


def owner(rows: Sequence[Owner], act: Act | None, provision: str) -> str:
    """Give who does what a provision demands about an act, of rows that may; nobody where none fits.

    What no provision demands is about no act, and falls to rows that name neither.
    """
    measure = provision.partition("#")[0]
    return next(
        (
            row.owner
            for row in rows
            if (not row.acts or act in row.acts) and (not row.measures or measure in row.measures)
        ),
        "",
    )
