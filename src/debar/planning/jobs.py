# SPDX-License-Identifier: Apache-2.0
"""What goes, machine by machine: what is taken out together, what needs a shelter first, and in which order jobs are done.

1. Traffic to a party's services ends with the product that makes it; where no product was found, it is a product nobody knows.
2. A server that manages products elsewhere is a job of its own, after every machine that it manages. What it waits for is due
   no later than it is itself.
3. Jobs are done in the order of their dates; what binds goes before what does not, and then names decide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from debar.model.vocab import Category, Force, Meaning, Shelter
from debar.planning.scheduling import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from debar.model.measures import Party
    from debar.model.protected import Removal
    from debar.planning.going import Going
    from debar.planning.shelter import Sheltered, Shelters
    from debar.register import Register

LATEST = "9999"
"""Sorts behind every day."""
PROTECTING = frozenset({Category.ANTI_VIRUS, Category.ENDPOINT_DETECTION})
_ON_A_MACHINE = frozenset({Meaning.INSTALLED, Meaning.RUNNING, Meaning.SERVICE_USE})
_PREPARED = frozenset({Shelter.UNCONFIRMED, Shelter.UNHEALTHY, Shelter.NONE, Shelter.NOT_LOOKED_AT})
"""Shelters that take a visit before the one in which the product goes."""


class Unit(NamedTuple):
    """What one step takes out: a product, with the exposures that end with it."""

    party: str
    product: str
    going: tuple[Going, ...]
    removal: Removal | None
    protects: bool


class Job(NamedTuple):
    """What is done on one machine in one or two visits; or, without a visit, about an agreement."""

    asset: str
    units: tuple[Unit, ...] = ()
    looks: tuple[Going, ...] = ()
    residues: tuple[Going, ...] = ()
    agreements: tuple[Going, ...] = ()
    sheltered: Sheltered | None = None
    waits: frozenset[tuple[str, str]] = frozenset()
    """Party and product of what must have left every machine before."""
    due: str = ""
    """Day by which it is ordered; what waits for it may be due earlier than itself."""
    going: tuple[Going, ...] = ()
    """Everything that it settles on the machine."""

    @property
    def visits(self) -> int:
        """Working days on which somebody is at the machine."""
        if not self.going:
            return 0
        return 2 if self.waits or self.is_prepared else 1

    @property
    def is_prepared(self) -> bool:
        """Something must be put in place before."""
        return self.sheltered is not None and self.sheltered.shelter in _PREPARED


def piece(job: Job, targets: Mapping[str, str]) -> Piece:
    """Give what scheduling needs of a job; `targets` are the days by exposure."""
    return Piece(job.asset, job.visits, _earliest(job.going, targets))


def jobs(going: Sequence[Going], register: Register, shelters: Shelters, targets: Mapping[str, str]) -> list[Job]:
    """Give the jobs in the order in which they are done."""
    by_asset: dict[str, list[Going]] = defaultdict(list)
    for one in sorted(
        going, key=lambda g: (g.exposure.asset.casefold(), g.exposure.party, g.exposure.product, g.exposure.id)
    ):
        by_asset[one.exposure.asset.casefold()].append(one)
    there = {(g.exposure.party, g.exposure.product) for g in going if not g.is_look}
    machines: list[Job] = []
    servers: list[Job] = []
    for own in by_asset.values():
        units = _units([g for g in own if _is_taken_out(g)], register)
        waiting = [(unit, _waits(unit, there)) for unit in units]
        rest = tuple(unit for unit, waits in waiting if not waits)
        asset = own[0].exposure.asset
        looks = tuple(g for g in own if g.is_look)
        residues = tuple(g for g in own if not g.is_look and g.exposure.meaning is Meaning.RESIDUE)
        machine = Job(
            asset=asset,
            units=rest,
            looks=looks,
            residues=residues,
            going=(*(g for unit in rest for g in unit.going), *looks, *residues),
            agreements=tuple(g for g in own if not g.is_look and g.exposure.meaning is Meaning.PURCHASE),
            sheltered=shelters.of(asset) if any(unit.protects for unit in rest) else None,
        )
        if machine.going or machine.agreements:
            machines.append(machine._replace(due=_earliest((*machine.going, *machine.agreements), targets)))
        servers += [
            Job(
                asset=asset,
                units=(unit,),
                sheltered=shelters.of(asset) if unit.protects else None,
                waits=waits,
                due=_earliest(unit.going, targets),
                going=unit.going,
            )
            for unit, waits in waiting
            if waits
        ]
    return _ordered(machines, servers)


def _is_taken_out(one: Going) -> bool:
    return not one.is_look and one.exposure.meaning not in (Meaning.RESIDUE, Meaning.PURCHASE)


def _earliest(going: Iterable[Going], targets: Mapping[str, str]) -> str:
    return min((target for g in going if (target := targets[g.exposure.id])), default="")


def _units(going: Sequence[Going], register: Register) -> list[Unit]:
    """Give what is taken out of one machine, what removes others behind them."""
    # 1.
    things = [g for g in going if g.exposure.meaning is not Meaning.SERVICE_USE]
    by_product: dict[tuple[str, str], list[Going]] = defaultdict(list)
    for one in things:
        by_product[one.exposure.party, one.exposure.product].append(one)
    units = [_unit(key, own, register) for key, own in by_product.items()]
    traffic: dict[str, list[Going]] = defaultdict(list)
    for one in going:
        if one.exposure.meaning is Meaning.SERVICE_USE:
            traffic[one.exposure.party].append(one)
    for party, own in traffic.items():
        makers = [n for n, unit in enumerate(units) if unit.party == party]
        if makers:
            first = min(makers, key=lambda n: (not units[n].protects, units[n].product))
            units[first] = units[first]._replace(going=(*units[first].going, *own))
        else:
            units.append(_unit((party, ""), own, register))
    if len(units) > 1:
        units.sort(key=lambda unit: (_depth(unit, units), unit.party, unit.product))
    return units


def _unit(key: tuple[str, str], going: Sequence[Going], register: Register) -> Unit:
    party = register.parties.get(key[0])
    removal = removal_of(*key, register)
    return Unit(*key, tuple(going), removal, _protects(key[1], going, party, removal))


def removal_of(party: str, product: str, register: Register) -> Removal | None:
    """Give what the removal of a product takes, where the register knows; of a party's others where it says so."""
    own = [one for one in register.removals if one.party == party]
    named = next((one for one in own if product in one.products), None)
    return named or next((one for one in own if not one.products), None)


def _protects(product: str, going: Sequence[Going], party: Party | None, removal: Removal | None) -> bool:
    """Tell whether the machine may be bare without it; a product that nobody knows may be any of its maker's."""
    if all(g.exposure.meaning not in _ON_A_MACHINE for g in going) or party is None:
        return False
    if removal is not None and removal.protects is not None:
        return removal.protects
    known = [one for one in party.products if one.id == product or not product]
    return any(not one.embedded and not PROTECTING.isdisjoint(one.categories) for one in known)


def _depth(unit: Unit, units: Sequence[Unit], seen: frozenset[str] = frozenset()) -> int:
    """Give how many units of the machine have to leave before, one after the other."""
    before = unit.removal.after_here if unit.removal else ()
    ahead = [o for o in units if o.party == unit.party and o.product in before and o.product not in seen]
    return max((1 + _depth(o, units, seen | {unit.product}) for o in ahead), default=0)


def _waits(unit: Unit, there: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Give what must have left every machine before a unit, as far as there is any of it."""
    named = unit.removal.after_everywhere if unit.removal else ()
    return frozenset((unit.party, product) for product in named) & there


def _ordered(machines: Sequence[Job], servers: Sequence[Job]) -> list[Job]:
    # 2.
    limits: dict[tuple[str, str], str] = {}
    for server in servers:
        for product in server.waits:
            limits[product] = min(limits.get(product, LATEST), server.due or LATEST)

    def limited(job: Job) -> Job:
        inherited = min((limits[key] for u in job.units if (key := (u.party, u.product)) in limits), default=LATEST)
        due = min(job.due or LATEST, inherited)
        return job._replace(due="" if due == LATEST else due)

    # 3.
    machines = sorted(map(limited, machines), key=_order)
    last: dict[tuple[str, str], int] = {}
    for number, job in enumerate(machines):
        last.update(((unit.party, unit.product), number) for unit in job.units)
    orders = [_order(job) for job in machines]
    placed = [((number, 0, orders[number]), job) for number, job in enumerate(machines)]
    for server in sorted(servers, key=_order):
        earlier = bisect_right(orders, _order(server)) - 1
        behind = max([earlier, *(last[key] for key in server.waits if key in last)])
        placed.append(((behind, 1 + _rank(server, servers), _order(server)), server))
    return [job for _, job in sorted(placed, key=lambda one: one[0])]


def _order(job: Job) -> tuple[str, bool, str]:
    must = any(g.force is Force.MUST for g in (*job.going, *job.agreements))
    return (job.due or LATEST, not must, job.asset.casefold())


def _rank(server: Job, servers: Sequence[Job], seen: frozenset[tuple[str, str]] = frozenset()) -> int:
    """Give how many servers have to leave before a server, one after the other."""
    own = {(unit.party, unit.product) for unit in server.units}
    ahead = [o for o in servers if any((u.party, u.product) in server.waits - seen for u in o.units)]
    return max((1 + _rank(o, servers, seen | own) for o in ahead), default=0)
