# SPDX-License-Identifier: Apache-2.0
"""What clues say of dates: which act one dates that rules leave alone, and where they speak against what rules told.

Rules know what they were written for, and nothing of other words. Clues weigh every word a little. So a date that no rule
explains is given the act for which its clues speak clearly. What a rule told of a date counts as one more clue, and a
strong one; where all others outweigh it, it is doubted. What neither tells stays for a person to look at.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.acts import asides, clues, denial, following, learned, proposing, sums
from debar.intake.acts.learned import Likely
from debar.intake.acts.triggers import Trigger
from debar.model.vocab.statements import StatedAct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from debar.intake.acts.found import Read
    from debar.intake.acts.patterns import Ready
    from debar.intake.acts.weighing import Place
    from debar.intake.seen import Seen
    from debar.model.intake import Proposal, Span

CLEAR = 0.45
"""Share from which on an act is told, and below which rules are not believed; chosen by leaving out (docs/reading-quality.md)."""
MOST = 3_000
"""Dates of one paper that are weighed; no notice has a tenth of them. Of further ones rules tell alone."""
VOTE = math.exp(3)
"""How many times likelier an act is that rules told; more would believe them as in the papers for which they were written."""
UNKNOWN = 0.01
"""Share of an act that was met in no lesson."""
PATTERN = "clues"


class Weighed(NamedTuple):
    """A date, with how likely it dates which act."""

    read: Read
    place: Place
    part: float
    """How far down its paper its sentence stands, of 1."""
    likely: Sequence[Likely]
    """The likeliest act first, and those that rules told; a paper of a hundred thousand dates has no room for others."""


def weighed(seen: Seen, every: Sequence[Read], ready: Ready, acts: Mapping[Span, set[str]]) -> dict[Span, Weighed]:
    """Give each date of which it matters what its clues say, with what they and the acts that rules told say together."""
    published = _day(seen)
    weigh = sums.lanes().likely
    found: dict[Span, Weighed] = {}
    for number, read in enumerate(every):
        goes_on = bool(read.places) and following.goes_on(read)
        part = number / len(every)
        for place in read.places:
            told = acts.get(place.date.span, set())
            if len(found) == MOST:
                return found
            if not _is_asked(read, place, told, goes_on=goes_on) or asides.is_loose(place, read.low):
                continue
            likely = weigh(clues.clues(read, place, published, ready.senses, part=part))
            likely = together(likely, told) if told else likely
            kept = [one for at, one in enumerate(likely) if not at or one.act in told]
            found[place.date.span] = Weighed(read, place, part, kept)
    return found


def _day(seen: Seen) -> str:
    """Give the day of a paper to which its dates lie as they do."""
    return seen.paper.published.value or seen.paper.published.latest


def _is_asked(read: Read, place: Place, told: AbstractSet[str], *, goes_on: bool) -> bool:
    """Tell whether clues can change anything: where rules told an act of this sentence, or where one could be told.

    Of words that come to no date, such as "upon publication", they are not asked: what is told there is told without one.
    """
    if not place.date.value:
        return False
    return not told.isdisjoint(trigger.act for trigger in read.triggers) if told else not goes_on


def acts_by_date(told: Iterable[Proposal]) -> dict[Span, set[str]]:
    """Give the acts that were told of each date."""
    found: dict[Span, set[str]] = {}
    for one in told:
        if one.date is not None:
            found.setdefault(one.date, set()).add(one.act)
    return found


def together(likely: Iterable[Likely], acts: AbstractSet[str]) -> list[Likely]:
    """Give what clues say of a date and the acts that rules gave it as one."""
    shares = {one.act: one.share * (VOTE if one.act in acts else 1) for one in likely}
    for act in sorted(acts - shares.keys()):
        shares[act] = UNKNOWN * VOTE
    whole = math.fsum(shares.values())
    found = [Likely(share / whole, act) for act, share in shares.items()]
    return sorted(found, key=lambda one: (-one.share, one.act))


def is_against(one: Weighed, acts: set[str]) -> bool:
    """Tell whether a date more likely dates another act than any of some; of a row of acts each has a part of the share.

    Of an act that stands in another sentence, as under a head or in what goes on, the words beside the date say nothing.
    """
    if acts.isdisjoint(trigger.act for trigger in one.read.triggers):
        return False
    together = math.fsum(likely.share for likely in one.likely if likely.act in acts)
    best = one.likely[0]
    return together < CLEAR or (best.act not in acts and best.share > together)


def proposals(seen: Seen, every: Mapping[Span, Weighed], explained: set[Span], ready: Ready) -> Iterator[Proposal]:
    """Yield the acts of dates that nobody explained, where their clues speak clearly."""
    for span, one in every.items():
        best = one.likely[0]
        is_clear = best.act != learned.NONE and best.share >= CLEAR
        if is_clear and span not in explained and one.place.date.value and not following.goes_on(one.read):
            here = clues.clues(one.read, one.place, _day(seen), ready.senses, part=one.part)
            yield proposing.proposal(one.read, seen, _trigger(one, here, StatedAct(best.act)), one.place.date)


def _trigger(one: Weighed, here: Mapping[str, float], act: StatedAct) -> Trigger:
    """Give the words that say most for an act: where it stands in its sentence."""
    start, end = _place(one, here, act)
    is_denied = one.read.is_taken_back or denial.is_denied(one.read.low, start, end, act)
    return Trigger(start, end, act, 0, is_denied, PATTERN, start)


def _place(one: Weighed, here: Mapping[str, float], act: StatedAct) -> tuple[int, int]:
    """Give where the weightiest word for an act stands, next to its date; the date itself, where no word weighs."""
    low, at = one.read.low, one.place.start
    of_words = {clue: counts for clue, counts in here.items() if clue.startswith("word")}
    for clue, _ in learned.speaking(of_words, act, learned.weights()):
        word = clue.partition(":")[2]
        if not word.isalpha():
            continue
        near = [w for w in clues.words(low) if w.stem == word]
        if near:
            nearest = min(near, key=lambda w: abs(w.start - at))
            return nearest.start, nearest.end
    return one.place.start, one.place.end
