# SPDX-License-Identifier: Apache-2.0
"""A small composed law for the tests of obligations: one authority, one supplier, one measure at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from debar import dates
from debar.model.measures import (
    Authority,
    Calendar,
    Citation,
    Claim,
    Condition,
    Contract,
    Document,
    Exemption,
    Interruption,
    Measure,
    Organisation,
    Party,
    Product,
    Provision,
    Relation,
    Review,
    System,
    Target,
    Waiver,
)
from debar.model.results import Exposure, Identity
from debar.model.vocab import (
    Act,
    AddresseeKind,
    Category,
    Grade,
    Halt,
    Instrument,
    Meaning,
    MeasureStatus,
    Modality,
    RelationKind,
    Status,
)
from debar.obligations.findings import decide
from debar.obligations.question import Question, Subject, subject_of
from debar.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterable

    from debar.model.results import Finding

ZONE = "America/New_York"

MAKER = Party(
    id="maker",
    name="Maker",
    products=(
        Product(id="shield", name="Maker Shield", categories=(Category.ANTI_VIRUS, Category.CYBERSECURITY)),
        Product(id="course", name="Maker Course", categories=(Category.SECURITY_TRAINING,)),
        Product(id="toolkit", name="Maker Toolkit", categories=(Category.LIBRARY,)),
    ),
)
OTHER = Party(id="other", name="Other")
DOCUMENTS = {
    id_: Document(
        id=id_, title=f"Text {id_}", publisher="Office", url=f"https://example.com/{id_}", grade=Grade.PRIMARY
    )
    for id_ in ("order", "notice")
}
PROVISION = Provision(
    id="ban",
    modality=Modality.PROHIBITED,
    acts=(Act.USE,),
    addressees=(AddresseeKind.COMPANY,),
    targets=Target(parties=("maker",)),
    applies_from="2024-07-20",
    known_from="2024-06-20",
    text="Companies must not use it.",
    action="Stop using it.",
    grade=Grade.PRIMARY,
    citations=(Citation(document="order", at="sec-1", quote="shall not use"),),
)
CONDITION = Condition(id="purpose", fact="purpose", equals="yes", needs="Is it used for the purpose?")
EXEMPTION = Exemption(
    id="training",
    text="Training is outside.",
    grade=Grade.SECONDARY,
    citations=(Citation(document="notice"),),
)


def provision(**changes: Any) -> Provision:
    """Give the ban on use, changed."""
    return msgspec.structs.replace(PROVISION, **changes)


def exemption(**changes: Any) -> Exemption:
    """Give an exemption for everybody, changed."""
    return msgspec.structs.replace(EXEMPTION, **changes)


def measure(*provisions: Provision, **changes: Any) -> Measure:
    """Give an active regulation with these provisions, changed."""
    plain = Measure(
        id="us-order",
        title="Order",
        authority="us-office",
        jurisdiction="us",
        instrument=Instrument.REGULATION,
        status=MeasureStatus.ACTIVE,
        cite="1 FR 1",
        issued="2024-06-20",
        summary="A ban.",
        documents=("order", "notice"),
        provisions=provisions or (PROVISION,),
        review=Review(last="2024-06-20", every=90),
    )
    return msgspec.structs.replace(plain, **changes)


def register(
    *measures: Measure, parties: Iterable[Party] = (), calendar: Calendar | None = None, zone: str = ZONE
) -> Register:
    """Give a register of these measures, with more parties, and a calendar and zone of the first authority."""
    offices = (
        Authority(
            id="us-office",
            name="us-office",
            short="us-office",
            jurisdiction="us",
            zone=zone,
            calendar=calendar.id if calendar else "",
        ),
        Authority(id="jp-office", name="jp-office", short="jp-office", jurisdiction="jp", zone="Asia/Tokyo"),
    )
    return Register(
        version="2024.06.20",
        sha256="",
        added=(),
        authorities={office.id: office for office in offices},
        calendars={calendar.id: calendar} if calendar else {},
        parties={p.id: p for p in (MAKER, OTHER, *parties)},
        documents=DOCUMENTS,
        measures={m.id: m for m in measures},
        indicators=(),
        layouts=(),
    )


def company(
    *kinds: AddresseeKind,
    jurisdictions: tuple[str, ...] = ("us",),
    facts: dict[str, str] | None = None,
    **more: Any,
) -> Organisation:
    """Give a company, or an organisation of other kinds, with its answers, systems, contracts and waivers."""
    return Organisation(
        name=more.pop("name", "asker"),
        jurisdictions=jurisdictions,
        kinds=kinds or (AddresseeKind.COMPANY,),
        facts=facts or {},
        **more,
    )


def system(id_: str, *assets: str, **facts: str) -> System:
    """Give a part of the estate with facts of its own."""
    return System(id=id_, assets=assets, facts=facts)


def contract(id_: str, **facts: str) -> Contract:
    """Give a contract with facts of its own."""
    return Contract(id=id_, facts=facts)


def question(organisation: Organisation | None = None, as_of: str = "2024-10-01", known_on: str = "") -> Question:
    """Give a question of a company on 1 October 2024, changed."""
    return Question(organisation=organisation or company(), as_of=as_of, known_on=known_on)


def subject(
    product: str = "shield",
    *,
    meaning: Meaning = Meaning.INSTALLED,
    level: int = 5,
    exposure: str | None = None,
    party: Party = MAKER,
    origin: str = "",
) -> Subject:
    """Give the installed shield, changed."""
    return subject_of(party, product, meaning, level=level, exposure=exposure, origin=origin)


def exposure(id_: str = "exp-1", **changes: Any) -> Exposure:
    """Give an exposure on an asset of the same name: the installed shield, changed."""
    plain = Exposure(
        id=id_,
        asset=id_,
        party="maker",
        product="shield",
        version="",
        identity=Identity(on="", dated=False, ties=(), host=""),
        meaning=Meaning.INSTALLED,
        level=5,
        confidence=0.99,
        techniques=(),
        matches=(),
        first_seen="",
        last_seen="",
    )
    return msgspec.structs.replace(plain, **changes)


def supplier(id_: str, *relations: Relation, **changes: Any) -> Party:
    """Give a party with some ties, without products."""
    return Party(id=id_, name=id_.title(), relations=relations, **changes)


def tie(kind: RelationKind, to: str, **changes: Any) -> Relation:
    """Give a tie that is proven and holds for good, changed."""
    plain = Relation(
        kind=kind, to=to, text=f"It is tied to {to}.", grade=Grade.PRIMARY, citations=(Citation(document="notice"),)
    )
    return msgspec.structs.replace(plain, **changes)


CLAIMS = (
    Claim(value="still on the list", by="Gazette", grade=Grade.PRIMARY),
    Claim(value="taken off", by="Press", grade=Grade.SECONDARY),
)


def waiver(**changes: Any) -> Waiver:
    """Give a waiver of the ban for everybody from August 2024 on, changed."""
    plain = Waiver(
        id="grace",
        provisions=("ban",),
        granted_by="Office",
        text="The Office waives it.",
        applies_from="2024-08-01",
        grade=Grade.SECONDARY,
        citations=(Citation(document="notice"),),
    )
    return msgspec.structs.replace(plain, **changes)


def halt(kind: Halt = Halt.SUSPENSION, **changes: Any) -> Interruption:
    """Give an interruption from September 2024 on, known since mid-August, changed."""
    plain = Interruption(
        id="halt",
        kind=kind,
        text="It is halted.",
        applies_from="2024-09-01",
        known_from="2024-08-15",
        grade=Grade.SECONDARY,
        citations=(Citation(document="notice"),),
    )
    return msgspec.structs.replace(plain, **changes)


def said(
    *rules: Provision,
    about: Subject | None = None,
    asked: Question | None = None,
    act: Act = Act.USE,
    of: Measure | None = None,
    parties: Iterable[Party] = (),
    more: Iterable[Measure] = (),
) -> list[Finding]:
    """Give the findings under some provisions of one measure, or of a measure as it stands, beside other measures."""
    law = register(of or measure(*rules), *more, parties=parties)
    return decide(law, about or subject(), asked or question(), (act,))


def facts_of_law(findings: Iterable[Finding]) -> list[Finding]:
    """Give findings without their open questions: those depend on the day, as a waiver that is over helps nobody."""
    return [msgspec.structs.replace(f, missing=(), questions=()) for f in findings]


Time = tuple[Status, str, str | None]
"""Status, first day, first day on which it no longer holds."""


def times(findings: Iterable[Finding], zone: str = ZONE) -> list[Time]:
    """Give status and days of findings in order; whatever does not begin at midnight in the zone stays an instant."""
    return [(f.status, day(f.since, zone), day(f.until, zone) if f.until else None) for f in findings]


def day(stamp: str, zone: str = ZONE) -> str:
    """Give the day that begins with an instant in a zone, or the instant when it begins none."""
    local = dates.key(stamp).astimezone(dates.zone(zone))
    return local.date().isoformat() if stamp == dates.stamp(dates.begins(local.date().isoformat(), zone)) else stamp
