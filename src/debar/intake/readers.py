# SPDX-License-Identifier: Apache-2.0
"""Who proposes statements: rules today; whatever else reads texts comes through the same gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from debar.intake.acts import linking

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.intake.seen import Seen
    from debar.model.intake import Proposal
    from debar.model.lexicon import Lexicon


class TextReader(Protocol):
    """What a reader of texts offers: spans of a paper, and nothing that is not in it."""

    @property
    def name(self) -> str:
        """Give its name and version, kept with each statement that it proposed."""

    def propose(self, seen: Seen) -> Iterable[Proposal]:
        """Give what it takes the paper to say."""


class Rules(NamedTuple):
    """The reader that goes by the lexicon."""

    lexicon: Lexicon
    name: str = "rules 1"

    def propose(self, seen: Seen) -> tuple[Proposal, ...]:
        """Give acts with their dates, acts without, and numbers."""
        return linking.proposals(seen, self.lexicon)
