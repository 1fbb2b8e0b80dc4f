# SPDX-License-Identifier: Apache-2.0
"""Addresses inside of the pages: every one carries on the two days that somebody asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CLOCK = ("as-of", "known-on")
"""Parameters that go with every link."""
_PAGING = "page"


class Links(NamedTuple):
    """Where a page is, and how it leads to others."""

    base: str
    """Path of the organisation, or nothing for what belongs to none."""
    path: str
    """Of the page itself."""
    query: tuple[tuple[str, str], ...]
    """What it was asked with."""

    def to(self, *parts: str, **query: object) -> str:
        """Give the address of another page: its parts, each of them whatever text, and its parameters."""
        path = "/".join(quote(part, safe="") for part in parts if part)
        return _joined(f"{self.base}/{path}", [*self._clock(), *_pairs(query)])

    def plain(self, *parts: str, **query: object) -> str:
        """Give the address of a page without the days: of a file, or where a form is sent."""
        path = "/".join(quote(part, safe="") for part in parts if part)
        return _joined(f"{self.base}/{path}", _pairs(query))

    def same(self, **changes: object) -> str:
        """Give the address of this page, asked otherwise; it begins at its first rows again."""
        changed = {name.replace("_", "-") for name in changes} | {_PAGING, "said"}
        kept = [pair for pair in self.query if pair[0] not in changed]
        return _joined(self.path, [*kept, *_pairs(changes)])

    def without(self, name: str, value: str = "") -> str:
        """Give the address of this page without a parameter, or without one of its values."""
        left = [pair for pair in self.query if pair[0] not in (_PAGING, "said")]
        return _joined(self.path, [pair for pair in left if pair[0] != name or (value and pair[1] != value)])

    def kept(self, *names: str) -> list[tuple[str, str]]:
        """Give what a form of this page has to carry on, besides the names that it has fields for."""
        return [pair for pair in self.query if pair[0] not in (*names, _PAGING, "said")]

    def days(self) -> list[tuple[str, str]]:
        """Give the two days as a form carries them on."""
        return list(self._clock())

    @property
    def has_page(self) -> bool:
        """Tell whether these are not the first rows of a list."""
        return any(name == _PAGING for name, _ in self.query)

    def _clock(self) -> Iterable[tuple[str, str]]:
        return [pair for pair in self.query if pair[0] in CLOCK and pair[1]]


def _pairs(query: Mapping[str, object]) -> list[tuple[str, str]]:
    """Give parameters in their order; what is empty is left out, what is several stands several times."""
    found: list[tuple[str, str]] = []
    for name, value in query.items():
        values = value if isinstance(value, (tuple, list)) else (value,)
        found += [(name.replace("_", "-"), str(one)) for one in values if one not in ("", None, False)]
    return found


def _joined(path: str, query: Iterable[tuple[str, str]]) -> str:
    asked = urlencode(list(query))
    return f"{path}?{asked}" if asked else path
