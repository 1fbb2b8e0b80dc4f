# SPDX-License-Identifier: Apache-2.0
"""Who proposes statements: rules, and what clues say of dates that rules leave alone; all come through one gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import found, guessing, linking, patterns
from debar.model.intake import Rejected

if TYPE_CHECKING:
    from debar.intake.seen import Seen
    from debar.model.intake import Proposal
    from debar.model.lexicon import Lexicon

RULES, CLUES = "rules 1", "clues 1"
"""Names of readers with their versions, kept with each statement that one proposed."""
_DOUBTED = "the words around the date speak against"


class Proposed(NamedTuple):
    """What readers put forward: spans of a paper, and nothing that is not in it."""

    by_reader: tuple[tuple[str, tuple[Proposal, ...]], ...]
    doubted: tuple[Rejected, ...]
    """What one reader put forward and another speaks against."""


def proposed(seen: Seen, lexicon: Lexicon) -> Proposed:
    """Give what readers take a paper to say.

    1. Rules read acts with their dates, acts without, and numbers.
    2. What they tell of a date is set aside where the clues around it speak against it: somebody must look.
    3. Dates that are then unexplained get the act for which their clues speak clearly.
    """
    ready = patterns.ready(lexicon)
    every = found.read(seen, ready)
    told = linking.proposals(seen, every, ready)  # 1.
    acts = guessing.acts_by_date(told)
    weighed = guessing.weighed(seen, every, ready, acts)
    against = {span for span, said in acts.items() if span in weighed and guessing.is_against(weighed[span], said)}
    doubted = [one for one in told if one.date in against]  # 2.
    kept = tuple(one for one in told if one.date not in against)
    explained = {one.date for one in kept if one.date is not None}
    guessed = tuple(guessing.proposals(seen, weighed, explained, ready))  # 3.
    return Proposed(((RULES, kept), (CLUES, guessed)), tuple(_rejected(seen, one) for one in doubted))


def _rejected(seen: Seen, one: Proposal) -> Rejected:
    at = one.date.start if one.date else one.evidence.start
    return Rejected(document=seen.paper.id, reader=RULES, reason=f"act {one.act!r} at {at}: {_DOUBTED} it")
