# SPDX-License-Identifier: Apache-2.0
"""Where papers of a story disagree, by kind; no vote is ever taken.

How many papers give a reading, and how often, changes nothing: not whether there is a conflict, not how grave it is, not
what an official text says on it. Material is what somebody would act on otherwise: a day, an act, a stage.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar.intake.stories import bounds, counting, doing, parties, rivals, staging, timing
from debar.intake.stories.official import official
from debar.intake.stories.weighed import weigh
from debar.model.vocab.statements import ConflictKind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.intake.examined import Examined
    from debar.model.intake import Conflict, StatedDate, Statement
    from debar.register import Register


def conflicts(
    statements: Sequence[Statement],
    examined: Sequence[Examined],
    measure: str,
    register: Register,
    dates: Mapping[str, Sequence[StatedDate]] | None = None,
) -> tuple[Conflict, ...]:
    """Give the conflicts between statements about one measure, material ones first.

    Given the dates of each paper on that measure, those too that show in days of which no act was read.
    """
    weighed = weigh(statements, examined, register.lexicon.words)
    found = [
        *doing.acts(weighed),
        *doing.polarities(weighed),
        *bounds.boundaries(weighed),
        *bounds.aspects(weighed),
        *timing.dates(weighed),
        *staging.stages(weighed),
        *staging.orders(weighed),
        *counting.numbers(weighed),
        *counting.sources(weighed),
        *parties.parties(weighed, examined),
        *parties.addressees(weighed),
    ]
    found += [one for one in rivals.rivals(examined, dates or {}, register.lexicon) if not _is_known(one, found)]
    by_id = {one.id: one for one in statements}
    told = [replace(one, official=official(one, by_id, examined, measure, register)) for one in _once(found)]
    return tuple(sorted(told, key=lambda one: (one.severity is Severity.MINOR, one.type, one.topic)))


def _once(found: Sequence[Conflict]) -> Iterator[Conflict]:
    """Yield conflicts without those on an act that are wholly about days: until then allowed, and banned before."""
    days = [_facts(one) for one in found if one.type is ConflictKind.DATE]
    yield from (one for one in found if one.type is not ConflictKind.ACT or not any(_facts(one) <= day for day in days))


def _is_known(one: Conflict, found: Sequence[Conflict]) -> bool:
    """Tell whether what was read of a conflict without acts is told already, two of its sides against each other."""
    return any(
        sum(bool(set(value.facts) & _facts(other)) for value in one.values) > 1
        for other in found
        if other.type in (ConflictKind.DATE, ConflictKind.BOUNDARY)
    )


def _facts(one: Conflict) -> frozenset[str]:
    return frozenset(fact for value in one.values for fact in value.facts)
