# SPDX-License-Identifier: Apache-2.0
"""Through whom a party is tied to others: its owners, its group, and whose business it carries on, with dates and sources.

A tie that no longer holds, or not yet, is told with its dates and followed no further. A party that was on the way is
not visited again, so that companies which own each other in a ring end.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from debar.model.owned import Path, Step, TieState
from debar.model.vocab.parties import RelationKind
from debar.screen.holdings import day_from, doubt_of, share_of, state_of
from debar.screen.tie_words import names_of, step_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from debar.model.listed import ListedParty, ListedTie, PartyList

DEPTH = 6
"""Ties one after the other that are followed."""
PATHS = 40
"""Paths that are given; the order in which they are walked puts what holds first."""
_SHOWN = (
    RelationKind.SUBSIDIARY,
    RelationKind.MINORITY,
    RelationKind.SUCCESSOR,
    RelationKind.PREDECESSOR,
    RelationKind.DIVESTED,
    RelationKind.PARENT,
    RelationKind.AFFILIATE,
    RelationKind.ASSIGNEE,
    RelationKind.PARTNER,
    RelationKind.REBRANDER,
    RelationKind.OFFICER,
)
"""Kinds of ties between parties, in the order in which they are told."""
_UP = frozenset({RelationKind.SUBSIDIARY, RelationKind.MINORITY})
_ONE_WAY = frozenset({RelationKind.SUCCESSOR, RelationKind.PREDECESSOR})
_TURNED = {
    RelationKind.PARENT: RelationKind.SUBSIDIARY,
    RelationKind.SUCCESSOR: RelationKind.PREDECESSOR,
    RelationKind.PREDECESSOR: RelationKind.SUCCESSOR,
}
"""What the other party is to the one that tells the tie, where its chain has to know of it."""
_STATES = (TieState.HOLDS, TieState.PERHAPS, TieState.FORMER, TieState.COMING)


def chain(party: str, parties: Iterable[ListedParty], on: str) -> tuple[Path, ...]:
    """Give the paths of ties that begin at a party, as they stand on a day: what holds first, each path to its end.

    Owners, predecessors and successors are followed, whichever side told the tie; affiliates, partners and the like
    end a path. ValueError is raised for a day that is none.
    """
    return tuple(islice(_walk(party, ties_on(parties, on), ()), PATHS))


def ties_on(parties: Iterable[ListedParty], on: str) -> dict[str, tuple[Step, ...]]:
    """Give by party its ties to others as they stand on a day, what holds first; made once, it serves many parties.

    ValueError is raised for a day that is none.
    """
    day = day_from(on)
    found: dict[str, dict[Step, None]] = defaultdict(dict)
    for party in parties:
        for tie in party.ties:
            if tie.kind not in _SHOWN or tie.to == party.id:
                continue
            found[party.id][_step(party.id, tie.to, tie.kind, tie, day)] = None
            if turned := _TURNED.get(tie.kind):
                found[tie.to][_step(tie.to, party.id, turned, tie, day)] = None
    return {party: tuple(sorted(_once(steps), key=_order)) for party, steps in found.items()}


def _step(party: str, to: str, kind: RelationKind, tie: ListedTie, day: str) -> Step:
    return Step(
        party=party,
        to=to,
        kind=kind,
        state=state_of(tie, day),
        share=share_of(tie),
        valid_from=tie.valid_from,
        valid_until=tie.valid_until,
        because=tie.because or tie.text,
        doubt=doubt_of(tie),
    )


def _once(steps: Iterable[Step]) -> Iterable[Step]:
    """Give each tie once, though both sides tell it."""
    told: dict[tuple[str, ...], Step] = {}
    for step in sorted(steps, key=_order):
        told.setdefault((step.to, step.kind, step.share.text, step.valid_from, step.valid_until), step)
    return told.values()


def _order(step: Step) -> tuple[int | str, ...]:
    when = step.valid_from, step.valid_until, step.share.text, not step.because, step.because
    return _STATES.index(step.state), _SHOWN.index(step.kind), step.to, *when


def _walk(party: str, steps: Mapping[str, Sequence[Step]], passed: tuple[Step, ...]) -> Iterator[Path]:
    """Yield the paths that go on from a party, or the one that ends there."""
    visited = {step.party for step in passed} | {party}
    onward = [step for step in steps.get(party, ()) if step.to not in visited and _is_onward(step, passed)]
    if passed and (not onward or not _is_followed(passed[-1])):
        yield Path(passed)
    elif len(passed) == DEPTH:
        yield Path(passed, is_cut=True)
    else:
        for step in onward:
            yield from _walk(step.to, steps, (*passed, step))


def _is_onward(step: Step, passed: tuple[Step, ...]) -> bool:
    """Tell whether a tie leads on: behind the first only owners do, and whose business it was, in one direction."""
    ways = {each.kind for each in passed} & _ONE_WAY
    return not passed or step.kind in _UP or (step.kind in _ONE_WAY and ways <= {step.kind})


def _is_followed(step: Step) -> bool:
    return step.kind in _UP | _ONE_WAY and step.state in (TieState.HOLDS, TieState.PERHAPS)


def path_words(path: Path, names: Mapping[str, str]) -> str:
    """Give a path in words, tie by tie."""
    first, *others = path.steps
    told = [step_words(first, names)]
    told += [f"{names.get(step.party, step.party)}: {step_words(step, names)}" for step in others]
    return "; ".join(told) + ("; further ties were not followed" if path.is_cut else "")


def ownership_of(party_id: str, party_list: PartyList, on: str, *, is_named: bool = True) -> list[str]:
    """Give what a list knows on a day of those to whom a party is tied, a line for each path; none for a party without.

    `is_named` is False for a party whose name alone would have told nothing: each line then says so first.
    """
    parties = party_list.parties
    return lines_of(party_id, ties_on(parties, on), names_of(parties), is_named=is_named)


def lines_of(
    party: str, ties: Mapping[str, Sequence[Step]], names: Mapping[str, str], *, is_named: bool = True
) -> list[str]:
    """Give the same as `ownership_of` from what `ties_on` gave, for whoever asks about many parties of one list."""
    paths = list(islice(_walk(party, ties, ()), PATHS + 1))
    before = "" if is_named else "no evidence in the name; "
    told = [f"{before}{path_words(path, names)}" for path in paths[:PATHS]]
    told = [line[:1].upper() + line[1:] + "." for line in told]
    return [*told, f"Further ties are not told: these are the first {PATHS}."] if len(paths) > PATHS else told
