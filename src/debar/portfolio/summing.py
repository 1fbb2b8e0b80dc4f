# SPDX-License-Identifier: Apache-2.0
"""What was said of kinds, counted over the exposures of each: obligations, decisions, and a view in figures."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from debar import dates
from debar.model.viewed import Owed, Ruling
from debar.model.vocab import Force, State
from debar.obligations.position import GRAVITY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from debar.model.results import Obligation
    from debar.model.viewed import Alike, Counts
    from debar.pipeline import Said

ORDER = (*map(str, GRAVITY), "")
"""Statuses, the gravest first; "" where no act is at stake."""
LAST = "9999"
"""Stands behind every day."""
DUE = frozenset({State.OPEN, State.OVERDUE, State.UPCOMING})
"""Something is yet to be done; what one has to abstain from has no day of its own."""


def owed(
    obligations: Iterable[Obligation],
    kinds: Mapping[str, str],
    many: Mapping[str, int],
    assets: Callable[[Collection[str]], int],
) -> list[Owed]:
    """Give obligations about all exposures of the kinds that they are about, in their order.

    `kinds` are those of the exposures that stand for them, `many` how many exposures each has; `assets` tells on how many assets some are.
    """
    found = []
    for one in obligations:
        own = tuple(kinds[exposure] for exposure in one.exposures)
        found.append(
            Owed(
                id=one.id,
                action=one.action,
                due=one.due or "",
                force=one.force,
                state=one.state,
                owner=one.owner,
                repeats=one.repeats,
                provisions=one.provisions,
                measures=tuple(sorted({name.partition("#")[0] for name in one.provisions})),
                contract=one.contract,
                includes=one.includes,
                done=one.done,
                exposures=sum(many[kind] for kind in own),
                assets=assets(own),
                kinds=own,
            )
        )
    return found


def due(obligations: Iterable[Owed], as_of: str) -> dict[str, str]:
    """Give by kind the next instant by which something is to be done; of what is overdue, since when."""
    now, found = moment(as_of), dict[str, str]()
    for one in obligations:
        if is_due(one.state, one.due, now):
            for kind in one.kinds:
                found[kind] = min(one.due, found.get(kind, LAST))
    return found


def moment(as_of: str) -> str:
    """Give the instant up to which something has passed on a day."""
    return dates.stamp(dates.ends(as_of, "UTC"))


def is_due(state: State, day: str, now: str) -> bool:
    """Tell whether a day is one to look at: it is still to come, or what was to be done by it is overdue."""
    return bool(day) and (state is State.OVERDUE or (state in DUE and day >= now))


def rulings(found: Said, weights: Mapping[str, int]) -> tuple[Ruling, ...]:
    """Give what became of decisions, counted; of which exposures, a list tells."""
    of_finding = {finding.id: weights.get(finding.exposure or "", 1) for finding in found.findings}
    return tuple(
        Ruling(
            id=one.id,
            state=replace(one, exposures=(), findings=()),
            exposures=sum(weights.get(exposure, 1) for exposure in one.exposures),
            findings=sum(of_finding[finding] for finding in one.findings),
        )
        for one in found.decisions
    )


def counts(
    before: Counts,
    alike: Sequence[Alike],
    obligations: Sequence[Owed],
    assets: Callable[[Collection[str]], int],
    as_of: str,
) -> Counts:
    """Give a view in figures; `before` says which run it is about."""
    counting = [one for one in alike if not one.aside]
    now = moment(as_of)
    left = [one for one in obligations if one.state is not State.DONE]
    ahead = [one.due for one in left if one.force is Force.MUST and one.due >= now and is_due(one.state, one.due, now)]
    return replace(
        before,
        exposures=sum(one.count for one in counting),
        assets=assets([one.id for one in counting]),
        set_aside=sum(one.count for one in alike if one.aside),
        statuses=by_status(counting),
        obligations=len(left),
        overdue=sum(one.state is State.OVERDUE for one in left),
        due=min(ahead, default=""),
        measures=len({reached.provision.partition("#")[0] for one in counting for reached in one.reached}),
    )


def by_status(alike: Iterable[Alike], many: Mapping[str, int] | None = None) -> dict[str, int]:
    """Give how many exposures there are by their gravest status, the gravest first; "" where no act is at stake.

    `many` says how many of each kind are meant, where that is not all of them.
    """
    found: dict[str, int] = defaultdict(int)
    for one in alike:
        found[str(one.status or "")] += one.count if many is None else many.get(one.id, 0)
    return {status: found[status] for status in ORDER if found[status]}
