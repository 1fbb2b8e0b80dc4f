# SPDX-License-Identifier: Apache-2.0
"""Jobs to steps: what is done on each machine, on which day, and what comes before.

For a machine that would be bare:

1. look, where nobody has looked;
2. put a replacement in place, or bring to work what is there;
3. on the next working day see that it reports healthy;
4. remove what protects, and nothing of it before 3.;
5. remove what removed it: the agent goes behind the product;
6. check what was left behind, and take out what was left earlier;
7. scan again on the working day after.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.identity import stable_id
from debar.model.results import Step
from debar.model.vocab import Force, Meaning, Shelter, Task
from debar.planning.jobs import LATEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from debar.model.results import Report
    from debar.planning.going import Going
    from debar.planning.jobs import Job, Unit
    from debar.planning.scheduling import Days

PREPARE, REMOVE, SERVERS, VERIFY = range(4)
"""Stages of what is due at the same time."""
_HOW = {
    Meaning.EMBEDDED: "Ask the maker of what holds it for a version without it, or replace that.",
    Meaning.COMPONENT: "Build or buy a version without it.",
    Meaning.HARDWARE: "Take the device out of service, or replace it.",
    Meaning.SERVICE_USE: "Find the program that makes this traffic, remove it, and block the traffic.",
}
_BY_ITSELF = "Remove it with its own uninstaller."
_NEEDS = {
    Shelter.NONE: "Install another product that protects it.",
    Shelter.NOT_LOOKED_AT: "Unless the look finds one that works, install another product that protects it.",
    Shelter.UNHEALTHY: "Bring {name} to work, or install another product that protects it.",
    Shelter.UNCONFIRMED: "See whether {name} protects it, and bring it to work, or install another product.",
}


class Planned(NamedTuple):
    """A step, and where it belongs."""

    group: str
    """Day by which its wave is due; empty for none."""
    stage: int
    step: Step


class Steps:
    """Makes the steps of jobs, in their order; what was removed where is known to the servers that come behind."""

    def __init__(self, report: Report, targets: Mapping[str, str], days: Days) -> None:
        """Take the report, the day by which each exposure is to be settled, and the working days."""
        self._names, self._targets, self._days = report.names, targets, days
        self._removed: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._last: dict[str, tuple[int, Job, list[str]]] = {}
        """By folded asset: working day, job and ids of the last steps that change something."""

    def of(self, job: Job, begin: int) -> Iterator[Planned]:
        """Yield the steps of a job that begins on a working day, by number."""
        for one in job.agreements:
            what = f"End or let lapse what was bought ({self._called(one)}), and buy no more of it."
            yield Planned(job.due, PREPARE, self._step(job, Task.END_AGREEMENT, what, (), 0, going=(one,), why=one.why))
        for one in job.looks:
            what = f"Look again ({self._called(one)}): debar why {one.exposure.id} names what would settle it."
            yield Planned(job.due, PREPARE, self._step(job, Task.LOOK, what, (), begin, going=(one,), why=one.why))
        if not (job.units or job.residues):
            return
        prepared = list(self._prepared(job, begin))
        yield from (Planned(job.due, PREPARE, step) for step in prepared)
        end = begin + job.visits - 1
        stage = SERVERS if job.waits else REMOVE
        yield from (Planned(job.due, stage, step) for step in self._taken_out(job, prepared, end))

    def verified(self) -> Iterator[Planned]:
        """Yield the new scan of each asset on which something was changed."""
        for end, job, last in self._last.values():
            what = "Scan it again: it is done when nothing of it is met any more."
            step = self._step(
                job, Task.VERIFY, what, tuple(last), end + 1, why="a removal counts when a new scan shows it"
            )
            yield Planned(job.due, VERIFY, step)

    def _prepared(self, job: Job, begin: int) -> Iterator[Step]:
        sheltered = job.sheltered
        if not job.is_prepared or sheltered is None:
            return
        after: tuple[str, ...] = ()
        if sheltered.shelter is Shelter.NOT_LOOKED_AT:  # 1.
            what = "List its programs, and what protects it."
            look = self._step(job, Task.LOOK, what, (), begin, why=sheltered.why, key="protection")
            after = (look.id,)
            yield look
        name = sheltered.best.name if sheltered.best else ""
        what = _NEEDS[sheltered.shelter].format(name=name)
        yield self._step(job, Task.REPLACE_FIRST, what, after, begin, why=sheltered.why)  # 2.

    def _taken_out(self, job: Job, prepared: Sequence[Step], end: int) -> Iterator[Step]:
        sheltered, healthy = job.sheltered, tuple(step.id for step in prepared)
        if sheltered is not None and sheltered.shelter is not Shelter.HEALTHY:  # 3.
            what = "See that what now protects it reports healthy, and keep what it says."
            step = self._step(job, Task.CONFIRM_HEALTHY, what, healthy[-1:], end, why=sheltered.why)
            healthy = (step.id,)
            yield step
        removed: dict[tuple[str, str], str] = {}
        for unit in job.units:  # 4. and 5.
            step = self._removal(job, unit, healthy, removed, end)
            removed[unit.party, unit.product] = step.id
            self._removed[unit.party, unit.product].append(step.id)
            yield step
        last = list(removed.values())
        if units := [unit for unit in job.units if unit.removal and unit.removal.remains]:  # 6.
            names = ", ".join(dict.fromkeys(self._name(unit.party, unit.product) for unit in units))
            what = f"Look for what {names} leaves behind."
            step = self._step(job, Task.CHECK_RESIDUE, what, tuple(last), end, why=_kinds(units), key=_products(units))
            last = [step.id]
            yield step
        for one in job.residues:
            what = f"Remove what was left behind ({self._called(one)}), or confirm that nothing of it runs."
            before = tuple(id_ for (party, _), id_ in removed.items() if party == one.exposure.party)
            step = self._step(job, Task.CLEAN, what, before, end, going=(one,), why=one.why)
            last.append(step.id)
            yield step
        before_this = self._last[key][2] if (key := job.asset.casefold()) in self._last else []
        self._last[key] = (end, job, [*before_this, *last])  # jobs come in order: this one is the later

    def _removal(
        self, job: Job, unit: Unit, healthy: tuple[str, ...], removed: Mapping[tuple[str, str], str], end: int
    ) -> Step:
        first = unit.going[0]
        name = self._name(unit.party, unit.product)
        how = unit.removal.how if unit.removal and first.exposure.meaning not in _HOW else ""
        how = how or _HOW.get(first.exposure.meaning, _BY_ITSELF)
        here = unit.removal.after_here if unit.removal else ()
        after = [id_ for (party, product), id_ in removed.items() if party == unit.party and product in here]
        after += [id_ for key in sorted(job.waits) for id_ in self._removed[key]]
        after += healthy if unit.protects else ()
        why = min(unit.going, key=lambda g: (g.force is not Force.MUST, g.due or LATEST)).why
        if unit.protects and job.sheltered and job.sheltered.shelter is Shelter.HEALTHY:
            why = f"{why}; {job.sheltered.why}"
        what = f"Remove {name}. {how}"
        return self._step(
            job, Task.REMOVE, what, tuple(dict.fromkeys(after)), end, going=unit.going, why=why, key=_products([unit])
        )

    def _step(  # noqa: PLR0913 - what a step is made of, each named by whoever makes one
        self,
        job: Job,
        task: Task,
        what: str,
        after: tuple[str, ...],
        day: int,
        *,
        why: str,
        going: Sequence[Going] = (),
        key: str = "",
    ) -> Step:
        ids = tuple(sorted(g.exposure.id for g in going))
        own = going or job.going
        return Step(
            id=stable_id("step", job.asset.casefold(), task, key, *ids),
            asset=job.asset,
            action=task,
            what=what,
            after=after,
            why=why,
            on=self._days[day],
            due=min((due for g in own if (due := self._targets[g.exposure.id])), default=""),
            owner=next((g.owner for g in own if g.owner), ""),
            force=min((g.force for g in going), key=lambda force: force is not Force.MUST, default=None),
            exposures=ids,
        )

    def _called(self, one: Going) -> str:
        return self._name(one.exposure.party, one.exposure.product)

    def _name(self, party: str, product: str) -> str:
        maker = self._names.get(party, party)
        if not product:
            return f"{maker}, product not known"
        return self._names.get(f"{party}/{product}", f"{maker} {product}")


def _products(units: Sequence[Unit]) -> str:
    return " ".join(f"{unit.party}/{unit.product}" for unit in units)


def _kinds(units: Sequence[Unit]) -> str:
    kinds = dict.fromkeys(one.kind for unit in units if unit.removal for one in unit.removal.remains)
    return f"a removal may leave: {', '.join(kinds)}; the plan lists them by product"
