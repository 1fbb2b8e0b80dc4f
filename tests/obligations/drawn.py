# SPDX-License-Identifier: Apache-2.0
"""Laws, suppliers and organisations drawn by lot: of any register, or of composed ones in which all meets all.

A lot is a number: the one that a failing test names draws the same law again.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from hypothesis import strategies as st
from law import (
    CLAIMS,
    CONDITION,
    MAKER,
    company,
    contract,
    exemption,
    halt,
    measure,
    provision,
    supplier,
    system,
    tie,
    waiver,
)
from law import register as law_of

from debar.model.measures import Condition, Target
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Effect,
    Grade,
    Halt,
    Instrument,
    Meaning,
    MeasureStatus,
    Modality,
    OriginTest,
    RelationKind,
    Tie,
)
from debar.obligations import conditions
from debar.obligations.findings import PRODUCED_IN, SUPPLIES
from debar.obligations.question import Subject, subject_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.measures import Measure, Organisation, Provision, Relation, Waiver
    from debar.register import Register

T = TypeVar("T")
LOTS = st.integers(0, 2**32)
ASKING: list[AddresseeKind] = [
    kind for kind in AddresseeKind if kind not in (AddresseeKind.ANYONE, AddresseeKind.DOMESTIC_PERSON)
]
_COUNTRIES = ("US", "CN", "RU", "GB", "TW")
_FIRST, _DAYS = date(2016, 1, 1), 14 * 365


class Lot(Random):
    """Chance, as a test needs it; the same number draws the same."""

    def one(self, of: Sequence[T]) -> T:
        """Give one of these."""
        return self.choice(list(of))

    def some(self, of: Sequence[T], most: int, least: int = 0) -> tuple[T, ...]:
        """Give a few of these, each once."""
        every = list(of)
        return tuple(self.sample(every, min(len(every), self.randint(least, most))))

    def maybe(self, chance: float = 0.5) -> bool:
        """Tell whether something is so."""
        return self.random() < chance

    def day(self) -> str:
        """Give a day on which the law that ships moves."""
        return (_FIRST + timedelta(days=self.randrange(_DAYS))).isoformat()


# ---- who asks about what, of any register


def answers(law: Register) -> dict[str, Condition | None]:
    """Give each fact that a register asks for, with a condition on it where there is one."""
    found: dict[str, Condition | None] = {}
    for of in law.measures.values():
        for rule in of.provisions:
            found |= {condition.fact: condition for condition in conditions.of_provision(of, rule)}
            if rule.deadline and not rule.deadline.after[:4].isdecimal():
                found.setdefault(rule.deadline.after, None)
    return found


def _answer(lot: Lot, condition: Condition | None) -> str:
    if condition and condition.above:
        return str(lot.randint(0, 100))
    if condition is None or condition.not_before or condition.before:
        return lot.day() if lot.maybe() else str(lot.randint(2016, 2030)) if condition else lot.day()
    return lot.one([condition.equals, "no"])


def facts(lot: Lot, known: dict[str, Condition | None], most: int = 6) -> dict[str, str]:
    """Give answers to some questions, and to those that the program asks of itself."""
    found = {fact: _answer(lot, known[fact]) for fact in lot.some(sorted(known), most)}
    if lot.maybe(0.2):
        found[SUPPLIES] = lot.one(["yes", "no"])
    if lot.maybe(0.3):
        found[PRODUCED_IN] = lot.one(_COUNTRIES)
    return found


def organisation(
    lot: Lot, law: Register, *, parts: bool = False, kinds: Sequence[AddresseeKind] = ASKING
) -> Organisation:
    """Give an organisation with answers to some questions; if `parts`, with systems, contracts and waivers too."""
    known = answers(law)
    more: dict[str, Any] = {}
    if parts:
        named = [f"{m.id}#{p.id}" for m in law.measures.values() for p in m.provisions]
        more = {
            "systems": tuple(system(f"s-{n}", f"host-{n}*", **facts(lot, known, 3)) for n in range(lot.randint(0, 2))),
            "contracts": tuple(contract(f"c-{n}", **facts(lot, known, 3)) for n in range(lot.randint(0, 2))),
            "waivers": tuple(
                msgspec.structs.replace(_waiver(lot, f"own-{n}", name), citations=())
                for n, name in enumerate(lot.some(named, 2))
            ),
        }
    places = sorted({m.jurisdiction for m in law.measures.values()})
    return company(
        *lot.some(kinds, 4, 1),
        name=lot.one(["asker", "holder"]),
        jurisdictions=tuple(dict.fromkeys(["us", *lot.some(places, 2)] if lot.maybe(0.8) else lot.some(places, 2, 1))),
        facts=facts(lot, known),
        **more,
    )


def subject(lot: Lot, law: Register, level: int = 5) -> Subject:
    """Give any product of any party in any meaning, sometimes with its country of production."""
    party = lot.one(list(law.parties.values()))
    product = lot.one(["", *(p.id for p in party.products)])
    origin = lot.one(_COUNTRIES) if lot.maybe(0.3) else ""
    return subject_of(party, product, lot.one(list(Meaning)), level=level, origin=origin)


# ---- composed laws

ACTS = (Act.USE, Act.ACQUIRE, Act.UPDATE, Act.INTEGRATE, Act.RESELL)
"""What composed laws are about."""
TRADERS = (AddresseeKind.COMPANY, AddresseeKind.RESELLER, AddresseeKind.INTEGRATOR, AddresseeKind.SUPPLIER)
"""Who asks under composed laws."""
_MOVES = ("2024-01-01", "2024-04-01", "2024-07-01", "2024-07-20", "2024-10-01", "2025-01-01", "2025-07-01")
MOMENTS = (*_MOVES, "2023-12-31", "2024-06-30", "2024-12-31T12:00:00Z", "2024-07-20T03:59:59Z", "2026-01-01")
"""Days and instants on and around which composed laws move."""
_ASKED = (
    CONDITION,
    Condition(id="late", fact="awarded", not_before="2024-07-01", needs="When was it awarded?"),
    Condition(id="early", fact="awarded", before="2024-07-01", needs="Since when has it been there?"),
    Condition(id="much", fact="share", above="50", needs="How much is it?"),
)
_GRADES = (*[Grade.PRIMARY] * 5, Grade.SECONDARY, Grade.UNVERIFIED)


def _time(lot: Lot) -> dict[str, str]:
    since, until = sorted(lot.sample(_MOVES, 2))
    return {"applies_from": since, "applies_until": until if lot.maybe() else ""}


def _known(lot: Lot) -> str:
    return lot.one(_MOVES) if lot.maybe() else ""


def _conditions(lot: Lot) -> tuple[Condition, ...]:
    return lot.some(_ASKED, 2) if lot.maybe(0.4) else ()


def _waiver(lot: Lot, id_: str, *names: str) -> Waiver:
    return waiver(
        id=id_,
        provisions=names,
        holder=lot.one(["", "holder"]),
        known_from=_known(lot),
        conditions=_conditions(lot),
        grade=lot.one(_GRADES),
        **_time(lot),
    )


def _relation(lot: Lot) -> Relation:
    kind = lot.one(
        [RelationKind.SUBSIDIARY, RelationKind.SUBSIDIARY, RelationKind.AFFILIATE, RelationKind.MINORITY]
        + [RelationKind.LISTED] * 2
    )
    since, until = sorted(lot.sample(_MOVES, 2))
    return tie(
        kind,
        "us-list" if kind is RelationKind.LISTED else lot.one(["maker", "maker", "child", "grandchild"]),
        share=lot.one(["", "30", "50", "51"]) if kind is RelationKind.SUBSIDIARY else "",
        valid_from=since if lot.maybe() else "",
        valid_until=until if lot.maybe() else "",
        known_from=_known(lot),
        claims=CLAIMS if lot.maybe(0.2) else (),
        grade=lot.one(_GRADES),
    )


def _relations(lot: Lot) -> list[Relation]:
    """Give a few ties; no two of the same kind to the same begin together and are both undisputed."""
    drawn = [_relation(lot) for _ in range(lot.randint(0, 3))]
    return list({(r.kind, r.to, r.valid_from, bool(r.claims)): r for r in drawn}.values())


def _target(lot: Lot) -> Target:
    return Target(
        parties=lot.one([("maker",), ("maker", "other"), ()]),
        lists=lot.one([(), ("us-list",)]),
        origins=lot.one([(), ("foreign",), ("CN", "RU")]),
        origin_test=lot.one(list(OriginTest)),
        extends_to=lot.one([(), (Tie.SUBSIDIARIES, Tie.AFFILIATES), (Tie.HALF_OWNED,)]),
        categories=(Category.ANTI_VIRUS,) if lot.maybe(0.2) else (),
        meanings=(Meaning.EMBEDDED, Meaning.INSTALLED) if lot.maybe(0.2) else (),
    )


def _provision(lot: Lot, id_: str) -> Provision:
    return provision(
        id=id_,
        modality=lot.one(list(Modality)),
        effect=lot.one(list(Effect)),
        acts=lot.some(ACTS, 2, 1),
        until_known_from=_known(lot),
        addressees=(lot.one([*TRADERS, AddresseeKind.DOMESTIC_PERSON, AddresseeKind.ANYONE]),),
        counterparties=(AddresseeKind.DOMESTIC_PERSON,) if lot.maybe(0.3) else (),
        targets=_target(lot),
        known_from=lot.one(_MOVES),
        conditions=_conditions(lot),
        exemptions=tuple(
            exemption(
                id=f"out-{n}",
                known_from=_known(lot),
                conditions=_conditions(lot),
                grade=lot.one(_GRADES),
                **_time(lot),
            )
            for n in range(lot.randint(0, 2))
        ),
        interruptions=tuple(
            halt(lot.one(list(Halt)), known_from=_known(lot), grade=lot.one(_GRADES), **_time(lot))
            for _ in range(lot.randint(0, 1))
        ),
        grade=lot.one(_GRADES),
        **_time(lot),
    )


def _measure(lot: Lot, id_: str, office: str) -> Measure:
    waived = lot.one(["p-0", f"{id_}#p-0", "us-one#p-0"])
    return measure(
        *(_provision(lot, f"p-{n}") for n in range(lot.randint(1, 3))),
        id=id_,
        authority=office,
        jurisdiction=office[:2],
        instrument=lot.one([Instrument.REGULATION] * 10 + list(Instrument)),
        status=lot.one([MeasureStatus.ACTIVE] * 5 + [MeasureStatus.DRAFT]),
        waivers=(_waiver(lot, "w", waived),) if lot.maybe() else (),
        interruptions=(halt(Halt.SUSPENSION, id="of-all", known_from=_known(lot), **_time(lot)),)
        if lot.maybe(0.2)
        else (),
    )


def composed(lot: Lot, *offices: str) -> Register:
    """Give a register of a measure of each office, a list, and parties with ties to each other."""
    names = ("us-one", "us-two", "us-three")
    rules = [
        _measure(lot, id_, office) for id_, office in zip(names, offices or ("us-office", "jp-office"), strict=False)
    ]
    parties = [
        supplier(
            id_,
            *_relations(lot),
            country=lot.one(["", *_COUNTRIES]),
            products=lot.one([(), MAKER.products]),
        )
        for id_ in ("child", "grandchild")
    ]
    return law_of(measure(id="us-list", provisions=()), *rules, parties=parties)


# ---- what was known on a day


def forget(law: Register, known_on: str) -> Register:
    """Give a register without whatever the public could not know on a day; its knowledge has bare dates."""

    def known(*days: str) -> bool:
        return next((day for day in days if day), "")[:10] <= known_on

    # Nobody knows of the end of a tie before its day.
    parties = {
        id_: msgspec.structs.replace(
            party,
            relations=tuple(
                msgspec.structs.replace(r, valid_until=r.valid_until if known(r.valid_until) else "")
                for r in party.relations
                if known(r.known_from, r.valid_from)
            ),
        )
        for id_, party in law.parties.items()
    }
    measures = {
        id_: msgspec.structs.replace(
            of,
            provisions=tuple(
                msgspec.structs.replace(
                    rule,
                    applies_until=rule.applies_until if known(rule.until_known_from) else "",
                    exemptions=tuple(one for one in rule.exemptions if known(one.known_from)),
                    interruptions=tuple(one for one in rule.interruptions if known(one.known_from)),
                    doubts=tuple(one for one in rule.doubts if known(one.known_from)),
                )
                for rule in of.provisions
                if known(rule.known_from)
            ),
            waivers=tuple(one for one in of.waivers if known(one.known_from)),
            interruptions=tuple(one for one in of.interruptions if known(one.known_from)),
        )
        for id_, of in law.measures.items()
    }
    return msgspec.structs.replace(law, parties=parties, measures=measures)
