# SPDX-License-Identifier: Apache-2.0
"""A small composed law over time, for the tests of what changes when: two authorities far apart, a few parties."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from hypothesis import strategies as st

from debar.model.measures import (
    Authority,
    Citation,
    Deadline,
    Document,
    Event,
    Exemption,
    Interruption,
    Measure,
    Party,
    Provision,
    Relation,
    Review,
    Target,
)
from debar.model.results import RegisterVersion
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Grade,
    Halt,
    Instrument,
    MeasureStatus,
    Milestone,
    Modality,
    RelationKind,
)
from debar.register import Register

RELEASE = RegisterVersion(version="2024.12.31", sha256="", added=(), age=0, warning="")
CITED = (Citation(document="order", at="sec-1", quote="shall not use"),)


def provision(id_: str = "ban", **changes: Any) -> Provision:
    """Give a ban on use from 20 July 2024 that was known since 20 June, changed."""
    plain = Provision(
        id=id_,
        modality=Modality.PROHIBITED,
        acts=(Act.USE,),
        addressees=(AddresseeKind.COMPANY,),
        targets=Target(parties=("maker",)),
        applies_from="2024-07-20",
        known_from="2024-06-20",
        text=f"Companies must not use it ({id_}).",
        grade=Grade.PRIMARY,
        citations=CITED,
    )
    return msgspec.structs.replace(plain, **changes)


def measure(id_: str, *provisions: Provision, **changes: Any) -> Measure:
    """Give an active regulation of the office that its id begins with, changed."""
    plain = Measure(
        id=id_,
        title=f"Order {id_}",
        authority=f"{id_[:2]}-office",
        jurisdiction=id_[:2],
        instrument=Instrument.REGULATION,
        status=MeasureStatus.ACTIVE,
        cite=f"cite of {id_}",
        issued="2024-06-20",
        summary="A ban.",
        documents=("order",),
        provisions=provisions or (provision(),),
        review=Review(last="2024-06-20", every=90),
    )
    return msgspec.structs.replace(plain, **changes)


def halt(kind: Halt, since: str, until: str = "", known: str = "2024-06-20", id_: str = "halt") -> Interruption:
    """Give a time in which a provision does not bite."""
    return Interruption(
        id=id_,
        kind=kind,
        text=f"{id_}.",
        applies_from=since,
        applies_until=until,
        known_from=known,
        grade=Grade.PRIMARY,
    )


def exemption(since: str = "", until: str = "", id_: str = "training") -> Exemption:
    """Give an exemption, for a time."""
    return Exemption(id=id_, text="Training is outside.", applies_from=since, applies_until=until, grade=Grade.PRIMARY)


def deadline(day: str) -> Deadline:
    """Give a deadline ten days after a day."""
    return Deadline(after=day, amount=10, unit="calendar-days")


def event(day: str, known: str = "") -> Event:
    """Give a day of a history."""
    return Event(day=day, kind=Milestone.PUBLISHED, text=f"On {day}.", known_from=known, grade=Grade.PRIMARY)


def relation(kind: RelationKind, to: str, **changes: Any) -> Relation:
    """Give a tie or listing that somebody has seen, changed."""
    plain = Relation(kind=kind, to=to, text=f"{kind} {to} {changes.get('valid_from', '')}", grade=Grade.PRIMARY)
    return msgspec.structs.replace(plain, **changes)


def party(id_: str = "maker", *relations: Relation, **changes: Any) -> Party:
    """Give a party with its ties, changed."""
    return msgspec.structs.replace(Party(id=id_, name=id_.title(), relations=relations), **changes)


def register(*measures: Measure, parties: tuple[Party, ...] = (party(),)) -> Register:
    """Give a register of an office in New York and one in Tokyo."""
    zones = {"us-office": "America/New_York", "jp-office": "Asia/Tokyo"}
    document = Document(
        id="order", title="Order", publisher="Office", url="https://example.com/order", grade=Grade.PRIMARY
    )
    return Register(
        version="2024.12.31",
        sha256="",
        added=(),
        authorities={
            id_: Authority(id=id_, name=id_, short=id_, jurisdiction=id_[:2], zone=zone) for id_, zone in zones.items()
        },
        calendars={},
        parties={one.id: one for one in parties},
        documents={"order": document},
        measures={one.id: one for one in measures},
        indicators=(),
        layouts=(),
    )


# ---- any law ---------------------------------------------------------------------------------------------------------

DAYS = st.dates(min_value=date(2022, 1, 1), max_value=date(2026, 12, 31))


@st.composite
def provisions(draw: st.DrawFn, known: bool = False) -> Provision:
    """Give any provision with a time; with `known` it was known long before."""
    begin = draw(DAYS)
    end = draw(st.none() | DAYS.filter(lambda day: day > begin))
    since = draw(DAYS)
    changes: dict[str, Any] = {
        "modality": draw(st.sampled_from(Modality)),
        "grade": draw(st.sampled_from(Grade)),
        "applies_from": begin.isoformat(),
        "applies_until": end.isoformat() if end else "",
        "known_from": "2020-01-01" if known else since.isoformat(),
        "restates": draw(st.sampled_from([(), ("us-other#ban",)])),
        "exemptions": (exemption(since.isoformat()),) if draw(st.booleans()) else (),
        "deadline": deadline(since.isoformat()) if draw(st.booleans()) else None,
        "text": draw(st.text(max_size=40)),
    }
    if not known and draw(st.booleans()):
        kind = draw(st.sampled_from(Halt))
        changes["until_known_from"] = draw(DAYS).isoformat() if end else ""
        changes["interruptions"] = (halt(kind, since.isoformat(), known=draw(DAYS).isoformat()),)
    return provision("", **changes)


@st.composite
def registers(draw: st.DrawFn, known: bool = False) -> Register:
    """Give a register of any law."""
    measures = []
    for number in range(draw(st.integers(1, 3))):
        found = draw(st.lists(provisions(known), min_size=1, max_size=4))
        named = [msgspec.structs.replace(one, id=f"p{n}") for n, one in enumerate(found)]
        where = draw(st.sampled_from(["us", "jp"]))
        instrument = draw(st.sampled_from([Instrument.STATUTE, Instrument.WARNING, Instrument.PROPOSAL]))
        history = tuple(event(day.isoformat()) for day in draw(st.lists(DAYS, max_size=4, unique=True)))
        measures.append(measure(f"{where}-m{number}", *named, instrument=instrument, history=history))
    return register(*measures)
