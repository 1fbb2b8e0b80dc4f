# SPDX-License-Identifier: Apache-2.0
"""What is asked of whoever knows the indicators: which places of some bytes may hold what is looked for.

Readers know how a log is written and nothing of indicators; recognition knows indicators and nothing of logs. Between
them stands a sieve: it may let through what turns out to be nothing, and never holds back what would be a hit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from debar.automaton import Finder
    from debar.model.vocab import Kind


class Wanted(NamedTuple):
    """What a reader could find in its lines, so that no more is looked for."""

    kinds: frozenset[Kind]
    """Kinds of the observables that it takes out of a line."""
    always: tuple[bytes, ...] = ()
    """Expressions of lines that matter whoever they name: headers, and those that say who is who."""
    delimiter: bytes = b""
    """What stands between the cells of a table, in which a row may go on in the next line, inside quotation marks."""
    is_labelled: bool = False
    """Host names may be written label by label, with lengths: (3)www(7)example(3)com(0)."""


class Sieve(Protocol):
    """What knows all indicators."""

    def automaton(self, wanted: Wanted) -> Finder | None:
        """Give what finds, in lines of UTF-8 with a line feed before and behind each, every place that may matter.

        Letters are found in either case. Nothing where every line may matter.
        """

    def stored(self, wanted: Wanted) -> bytes:
        """Give the same as bytes, for another process; empty where every line may matter."""

    def rows(self, wanted: Wanted, column: Any) -> Any:  # noqa: ANN401 - Arrow arrays have no types here
        """Give, as an Arrow array of int64 in order, the rows of a column of texts that may matter.

        The column is an array of any type of strings, or a dictionary of them; nulls are never given.
        """
